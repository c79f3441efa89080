"""Changing a survey by its pages: from its next wave on, with drafts, and with two editors at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.surveys import drafts, programmes, queries
from pulse.surveys.details import details_of
from pulse.surveys.keyring import Keyring
from pulse.surveys.running_models import ProgrammeDraft
from pulse.web.access import Role
from tests.directory.factories import Org, make_org
from tests.surveys.browsing import as_role, make_current_wave, make_future_wave, page
from tests.surveys.wizarding import change, make_draft, of_step, typed


@pytest.fixture(autouse=True)
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Org:
    """Eight people; what a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_org()


def test_the_change_page_holds_what_is_set_and_says_from_when_it_counts(
    client: FlaskClient, keyring: Keyring
) -> None:
    wave = make_current_wave(keyring, rule="FREQ=MONTHLY;INTERVAL=6", k=12, name="Kept")
    as_role(client, Role.OD_EDITOR)

    shown = page(client, f"/programmes/{wave.programme_id}/edit")

    assert f"{wave.label} stays exactly as it opened. A change counts from wave 2, the next to open." in shown
    assert "By the rule FREQ=MONTHLY;INTERVAL=6" in shown
    what, when = (page(client, f"/programmes/{wave.programme_id}/edit/{step}") for step in ("what", "when"))
    assert 'value="Kept"' in what
    assert 'name="question_set" type="radio" value="keep" checked' in what
    assert 'value="FREQ=MONTHLY;INTERVAL=6"' in when
    assert "Not finished" not in page(client, "/programmes/")


def test_a_change_leaves_the_open_wave_alone(client: FlaskClient, keyring: Keyring) -> None:
    wave = make_current_wave(keyring, k=12)
    as_role(client, Role.OD_EDITOR)
    asked, closes_at = queries.get_plan(wave.id).plan["items"], wave.closes_at

    draft = change(client, wave.programme_id, question_set="annual_baseline")
    client.post(f"{draft}/when", data=of_step("when", typed(open_days="30")))
    response = client.post(f"{draft}/check", follow_redirects=True)

    assert "The survey is changed." in response.text
    db.session.expire_all()
    kept, programme = queries.get_wave(wave.id), queries.get_programme(wave.programme_id)
    assert kept.closes_at == closes_at
    assert queries.get_plan(wave.id).plan["items"] == asked
    assert (programme.open_days, len(programme.rotation)) == (30, 1)


def test_raising_k_asks_first_once_a_wave_has_opened(client: FlaskClient, keyring: Keyring) -> None:
    wave = make_current_wave(keyring)
    as_role(client, Role.OD_EDITOR)
    draft = change(client, wave.programme_id, k="15")

    assert "Raise k from 10 to 15. A wave has opened, so it can never be lowered again." in page(
        client, f"{draft}/check"
    )
    refused = client.post(f"{draft}/check")
    assert refused.status_code == 422
    assert 'href="#raise_k">Tick the box' in refused.text
    assert queries.get_programme(wave.programme_id).k == 10
    assert client.post(f"{draft}/check", data={"raise_k": "y"}).status_code == 303
    assert queries.get_programme(wave.programme_id).k == 15


def test_raising_k_before_the_first_wave_asks_nothing(client: FlaskClient) -> None:
    wave = make_future_wave()
    as_role(client, Role.OD_EDITOR)
    draft = change(client, wave.programme_id, k="15")

    assert "raise_k" not in page(client, f"{draft}/check")
    assert client.post(f"{draft}/check").status_code == 303


def test_the_second_of_two_editors_is_told_what_the_first_changed_and_loses_nothing(
    client: FlaskClient,
) -> None:
    programme = make_future_wave(name="Shared").programme
    as_role(client, Role.OD_EDITOR)
    draft = change(client, programme.id, purpose="Mine.")
    client.post(f"{draft}/who", data=of_step("who", typed(ask_leaders="y")))
    theirs = details_of(programme)
    programmes.update_programme(
        programme.id, replace(theirs, purpose="Theirs.", open_days=21, k=12), datetime.now(UTC)
    )

    told = client.post(f"{draft}/check")

    assert told.status_code == 409
    assert "<li>Why people are asked: you changed it too, and yours stands below</li>" in told.text
    assert "<li>Open for</li>" in told.text
    assert "<li>Fewest answers shown (k)</li>" in told.text
    assert "Mine." in told.text
    assert queries.get_programme(programme.id).purpose == "Theirs."
    assert client.post(f"{draft}/check").status_code == 303
    saved = queries.get_programme(programme.id)
    assert (saved.purpose, saved.open_days, saved.k, saved.ask_leaders) == ("Mine.", 21, 12, True)


def test_a_draft_is_its_own_accounts_only(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = make_draft(name="Secret plans")
    assert "Secret plans" in page(client, "/programmes/")

    as_role(client, Role.ADMINISTRATOR)

    assert "Secret plans" not in page(client, "/programmes/")
    for place in ("check", "what", "preview/1"):
        assert client.get(f"{draft}/{place}").status_code == 404
    for place in ("check", "what", "remove"):
        assert client.post(f"{draft}/{place}", data=of_step("what", typed())).status_code == 404
    assert queries.list_programmes() == []


def test_a_draft_is_taken_up_again_from_the_list_or_removed(client: FlaskClient) -> None:
    wave = make_future_wave(name="Running")
    as_role(client, Role.OD_EDITOR)
    draft = change(client, wave.programme_id, name="Running", purpose="Not sure yet.")

    assert f'href="{draft}/check">Running</a>, a change, last on' in page(client, "/programmes/")
    assert f'href="{draft}/check">Go on with the change' in page(
        client, f"/programmes/{wave.programme_id}/edit"
    )
    removed = client.post(f"{draft}/remove", follow_redirects=True)

    assert "The draft is removed. Nothing that runs has changed." in removed.text
    assert "Not finished" not in removed.text


def test_drafts_are_deleted_a_month_after_the_last_change(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    old, new = make_draft(name="Old"), make_draft(name="New")
    now = datetime.now(UTC)
    with writing():
        for one, name in drafts.list_unfinished(_account_of(old)):
            if name == "Old":
                one.changed_at = now - timedelta(days=31)

    assert drafts.purge_drafts(now) == 1

    assert client.get(f"{old}/check").status_code == 404
    assert client.get(f"{new}/check").status_code == 200


def _account_of(draft: str) -> int:
    found = db.session.get(ProgrammeDraft, draft.rpartition("/")[2])
    assert found is not None
    return found.account_id
