"""The gate on the pages of surveys: shown beforehand, obeyed by "Open now", and passed with a reason."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.actions.promises import add_promise
from pulse.db import db, writing
from pulse.surveys import queries
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.actions.factories import make_promise
from tests.results.stored import store_group, store_wave
from tests.surveys.browsing import EDITORS, READERS, as_role, make_future_wave, page

REASON = "The office that sees to it was <flooded> in May."


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def make_held_wave(*, due: bool = False) -> Wave:
    """The second wave of a survey; the results of the first are out, and nobody has said what was done."""
    planned = make_future_wave()
    with writing():
        planned.number = 2
        if due:
            planned.opens_at = datetime.now(UTC) - timedelta(hours=1)
        first = store_wave(1, planned.programme_id, k=10, label="Spring 2026")
        first.opens_at, first.closes_at = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 15))
        store_group(first)
    db.session.expire_all()
    return planned


def respond(planned: Wave) -> None:
    first = queries.list_waves(planned.programme_id)[0]
    add_promise(make_promise(first), datetime.now(UTC))
    db.session.expire_all()


def addresses(wave: Wave) -> tuple[str, str]:
    return f"/programmes/{wave.programme_id}", f"/programmes/waves/{wave.id}"


@pytest.mark.parametrize("role", READERS)
def test_before_its_day_both_pages_say_that_it_will_be_held_and_link_to_where_one_answers(
    role: Role, client: FlaskClient
) -> None:
    wave = make_held_wave()
    first = queries.list_waves(wave.programme_id)[0]
    as_role(client, role)
    link = f"/actions/programmes/{wave.programme_id}/add?wave={first.id}"
    for address in addresses(wave):
        shown = page(client, address)
        assert "will be held: nobody has said yet what was done about Spring 2026." in shown
        assert (link in shown) is (role is not Role.UNION_OBSERVER)
        assert "Open now" not in shown
    assert ("open-unanswered" in shown) is (role in EDITORS)


def test_on_its_day_the_page_says_that_it_waits_and_not_that_it_opens(client: FlaskClient) -> None:
    wave = make_held_wave(due=True)
    as_role(client, Role.OD_EDITOR)
    shown = page(client, addresses(wave)[1])
    assert "This wave waits: nobody has said yet what was done about Spring 2026." in shown
    assert "Once a response is posted" in shown
    assert "Within a minute" not in shown
    assert "open-unanswered" in shown


def test_once_a_response_is_posted_nothing_holds_it(client: FlaskClient) -> None:
    wave = make_held_wave()
    respond(wave)
    as_role(client, Role.OD_EDITOR)
    for address in addresses(wave):
        assert "nobody has said" not in page(client, address)
    assert "Open now" in page(client, addresses(wave)[1])
    assert "open-unanswered" not in page(client, addresses(wave)[1])


def test_open_now_is_refused_in_one_sentence_and_changes_nothing(client: FlaskClient) -> None:
    wave = make_held_wave()
    opens_at = wave.opens_at
    as_role(client, Role.ADMINISTRATOR)
    answer = client.post(f"{addresses(wave)[1]}/open", follow_redirects=True)
    assert "nobody has said yet what was done about Spring 2026. To go on, post a response" in answer.text
    db.session.expire_all()
    assert wave.opens_at == opens_at


@pytest.mark.parametrize("role", [role for role in Role if role not in EDITORS])
def test_only_editors_go_round_the_gate(role: Role, client: FlaskClient) -> None:
    wave = make_held_wave()
    as_role(client, role)
    answer = client.post(f"{addresses(wave)[1]}/open-unanswered", data={"reason": REASON})
    assert answer.status_code == 403
    assert wave.opens_unanswered is None


def test_a_reason_lets_it_open_and_stays_on_both_pages_in_the_words_that_staff_read(
    client: FlaskClient,
) -> None:
    wave = make_held_wave()
    as_role(client, Role.OD_EDITOR)
    address = addresses(wave)[1]
    client.post(f"{address}/open-unanswered", data={"reason": f"  {REASON}\n"})
    for each in addresses(wave):
        shown = page(client, each)
        assert "opens although no response to the last one was posted. Reason: The office" in shown
        assert "&lt;flooded&gt;" in shown
        assert "nobody has said" not in shown
    assert wave.opens_unanswered == REASON
    assert "opens within a minute" in client.post(f"{address}/open", follow_redirects=True).text


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("", "Give the reason"), (" \x01 ", "Give the reason"), ("x" * 301, "Use 300 characters or fewer")],
)
def test_without_a_reason_nothing_changes(reason: str, sentence: str, client: FlaskClient) -> None:
    wave = make_held_wave()
    as_role(client, Role.OD_EDITOR)
    answer = client.post(f"{addresses(wave)[1]}/open-unanswered", data={"reason": reason})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f">{reason}</textarea>" in answer.text  # what was typed stays, however long
    assert "maxlength" not in answer.text
    db.session.expire_all()
    assert wave.opens_unanswered is None


def test_until_it_opens_a_reason_can_be_changed_from_the_one_that_stands(client: FlaskClient) -> None:
    wave = make_held_wave()
    as_role(client, Role.OD_EDITOR)
    address = addresses(wave)[1]
    client.post(f"{address}/open-unanswered", data={"reason": "First reason."})
    shown = page(client, address)
    assert ">First reason.</textarea>" in shown
    assert "Change the reason" in shown
    client.post(f"{address}/open-unanswered", data={"reason": "Second reason."})
    db.session.expire_all()
    assert wave.opens_unanswered == "Second reason."


def test_the_list_of_surveys_says_which_wave_waits_for_a_response(client: FlaskClient) -> None:
    wave = make_held_wave()
    as_role(client, Role.OD_EDITOR)
    assert "Waits for a response" in page(client, "/programmes/")
    respond(wave)
    assert "Waits for a response" not in page(client, "/programmes/")


def test_where_nothing_holds_it_a_reason_is_refused(client: FlaskClient) -> None:
    wave = make_held_wave()
    respond(wave)
    as_role(client, Role.OD_EDITOR)
    answer = client.post(
        f"{addresses(wave)[1]}/open-unanswered", data={"reason": REASON}, follow_redirects=True
    )
    assert "Nothing holds this wave" in answer.text
    assert wave.opens_unanswered is None


def test_a_first_wave_is_never_said_to_be_held(client: FlaskClient) -> None:
    wave = make_future_wave()
    as_role(client, Role.OD_EDITOR)
    assert "nobody has said" not in page(client, addresses(wave)[0]) + page(client, addresses(wave)[1])
