"""The pages of a guardians' key: shown once, typed back, and in no place that keeps it."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.db import db, writing
from pulse.domain.key_text import fingerprint_of
from pulse.surveys import guardians, queries
from pulse.surveys.inbox import offer_inboxes
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import make_org
from tests.support.rows import all_rows
from tests.surveys.browsing import EDITORS, as_role, make_future_wave, page
from tests.surveys.guarding import make_guarded_open_wave
from tests.surveys.key_browsing import KEY_TEXT, address, make, make_guarded, typed


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def make_closing(app: Flask, keyring: Keyring) -> tuple[int, list[str]]:
    make_org()
    wave_id, texts = make_guarded_open_wave(keyring)
    with writing():
        queries.claim_state(wave_id, "open", "closing")
    offer_inboxes(keyring, app.config["SECRET_KEY"], datetime.now(UTC))
    return wave_id, texts


@pytest.mark.parametrize("holders", [1, 2])
def test_a_key_is_made_shown_once_and_typed_back(holders: int, client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.OD_EDITOR)
    assert guardians.IF_LOST in page(client, address(wave_id))

    texts = make(client, wave_id, holders)
    assert len(texts) == holders
    again = page(client, address(wave_id))
    assert KEY_TEXT.findall(again) == []
    assert "Made, not tested yet" in again

    response = client.post(address(wave_id, "/test"), data=typed(texts), follow_redirects=True)
    assert "The key opened its test: this wave can open on its day." in response.text
    assert "Made and tested" in response.text
    assert queries.get_wave(wave_id).key_tested


def test_the_page_of_the_wave_leads_there_and_offers_no_opening_before_the_test(client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.ADMINISTRATOR)

    before = page(client, f"/programmes/waves/{wave_id}")
    assert "Waits for its key" in before
    assert f'href="{address(wave_id)}"' in before
    assert "Open now</button>" not in before
    assert "Cancel this wave</button>" in before

    client.post(address(wave_id, "/test"), data=typed(make(client, wave_id)))
    assert "Open now</button>" in page(client, f"/programmes/waves/{wave_id}")


def test_a_wave_whose_day_came_before_its_key_can_still_be_cancelled(client: FlaskClient) -> None:
    wave_id = make_guarded()
    with writing():
        queries.get_wave(wave_id).opens_at = datetime.now(UTC) - timedelta(hours=1)
    as_role(client, Role.ADMINISTRATOR)
    shown = page(client, f"/programmes/waves/{wave_id}")
    assert "Cancel this wave</button>" in shown
    assert "Within a minute" not in shown


def test_the_survey_says_who_holds_the_key_and_warns_of_its_loss(client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.UNION_OBSERVER)
    programme_id = queries.get_wave(wave_id).programme_id
    assert "If they lose it, the wave is lost." in page(client, f"/programmes/{programme_id}")
    as_role(client, Role.OD_EDITOR)
    form = page(client, f"/programmes/{programme_id}/edit/protection")
    assert 'name="key_mode" type="radio" value="guardian" checked' in form
    assert "If they lose their key, the wave is lost: nobody can open its answers." in form


@pytest.mark.parametrize("role", [Role.HR_ANALYST, Role.UNION_OBSERVER])
def test_those_who_watch_see_the_state_and_the_fingerprint_and_no_form(
    role: Role, client: FlaskClient
) -> None:
    wave_id = make_guarded()
    guardians.make_key(wave_id, 2)
    as_role(client, role)

    shown = page(client, address(wave_id))

    assert "Made, not tested yet" in shown
    assert fingerprint_of(queries.get_wave(wave_id).public_key or b"") in shown
    assert "<form" not in shown.partition("<main")[2]


def test_the_menu_marks_where_the_page_of_a_key_belongs(client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.OD_EDITOR)
    assert re.search(r'aria-current="page">Surveys<', page(client, address(wave_id)))


@pytest.mark.parametrize("role", list(Role))
def test_only_editors_make_test_discard_hand_in_and_give_up(role: Role, client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, role)
    steps = ("make", "test", "discard", "hand")
    posts = {client.post(address(wave_id, f"/{step}")).status_code for step in steps}
    gets = client.get(f"/programmes/waves/{wave_id}/give-up").status_code
    assert (posts, gets) == (({422, 200}, 200) if role in EDITORS else ({403}, 403))


def test_a_mistyped_key_is_told_and_never_sent_back(client: FlaskClient) -> None:
    wave_id = make_guarded()
    as_role(client, Role.OD_EDITOR)
    first, second = make(client, wave_id)
    wrong = second[:-1] + ("A" if second[-1] != "A" else "B")

    response = client.post(address(wave_id, "/test"), data=typed([first, wrong]))

    assert response.status_code == 422
    assert (
        '<a href="#second">A character of the key is wrong: compare it group by group.</a>' in response.text
    )
    assert first not in response.text
    assert wrong not in response.text
    assert 'value="' not in "".join(re.findall(r'<input[^>]*type="password"[^>]*>', response.text))


def test_at_the_close_the_key_is_handed_in_and_counted_with(
    app: Flask, client: FlaskClient, keyring: Keyring
) -> None:
    wave_id, texts = make_closing(app, keyring)
    as_role(client, Role.ADMINISTRATOR)
    assert "Awaited: the wave has closed" in page(client, address(wave_id))
    assert "Waits for its key" in page(client, "/programmes/")

    response = client.post(address(wave_id, "/hand"), data=typed(texts), follow_redirects=True)

    assert "The key has been handed in: the answers are counted within a minute." in response.text
    assert "<form" not in response.text.partition("<main")[2]
    db.session.expire_all()
    assert queries.get_wave(wave_id).handed_key is not None


def test_while_the_worker_is_away_no_key_is_taken(app: Flask, client: FlaskClient, keyring: Keyring) -> None:
    wave_id, texts = make_closing(app, keyring)
    offer_inboxes(keyring, app.config["SECRET_KEY"], datetime.now(UTC) - timedelta(minutes=10))
    as_role(client, Role.ADMINISTRATOR)

    refused = client.post(address(wave_id, "/hand"), data=typed(texts))

    assert refused.status_code == 422
    assert "The worker is not running, or is busy: nothing was passed on." in refused.text
    assert not any(text in refused.text for text in texts)
    db.session.expire_all()
    assert queries.get_wave(wave_id).handed_key is None


def test_the_key_is_in_no_log_cookie_address_or_row_and_no_page_may_be_kept(
    app: Flask, client: FlaskClient, keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    wave_id = make_guarded()
    as_role(client, Role.OD_EDITOR)
    seen: list[TestResponse] = []
    with caplog.at_level(logging.DEBUG):
        made = client.post(address(wave_id, "/make"), data={"holders": "2"})
        texts = KEY_TEXT.findall(made.text)
        for step in ("/test", "/hand", "/make"):
            seen.append(client.post(address(wave_id, step), data=typed(texts)))
            seen.append(client.post(address(wave_id, step), data=typed(["broken " + texts[0], texts[1]])))
        seen += [client.get(address(wave_id)), client.get(f"/programmes/waves/{wave_id}")]

    assert len(texts) == 2
    assert {response.headers["Cache-Control"] for response in [made, *seen]} == {"no-store"}
    with client.session_transaction() as cookie:
        kept = repr(dict(cookie))
    haystack = kept + caplog.text + repr(all_rows()) + "".join(f"{r.headers}{r.text}" for r in seen)
    for text in texts:
        assert text not in haystack
        assert text.replace(" ", "") not in haystack
        assert text not in str(made.headers)


def test_a_form_token_is_asked_for(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    wave_id = make_guarded()
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    as_role(client, Role.OD_EDITOR)
    assert client.post(address(wave_id, "/make"), data={"holders": "2"}).status_code == 400
    assert queries.get_wave(wave_id).public_key is None


@pytest.mark.parametrize("step", ["", "/make", "/test", "/discard", "/hand"])
def test_a_wave_of_the_worker_has_no_such_page(step: str, client: FlaskClient) -> None:
    wave_id = make_future_wave().id
    as_role(client, Role.OD_EDITOR)
    response = client.post(address(wave_id, step)) if step else client.get(address(wave_id))
    assert response.status_code == 404
    assert "The worker holds the key of this wave." in response.text
