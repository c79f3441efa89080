"""The pages of actions, in a browser's eyes."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.actions.queries import list_actions
from pulse.db import db
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.actions.factories import make_action, make_programme, make_wave

EDITORS = [Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST]
READERS = [Role.LEADER, Role.UNION_OBSERVER]


@pytest.fixture
def editor(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_account(Role.HR_ANALYST))


def filled(wave: Wave, **changes: str) -> dict[str, str]:
    """What a browser sends for a promise."""
    values = {
        "wave_id": str(wave.id),
        "said": "Forms take longer than the visit.",
        "did": "We will halve the visit form.",
        "owner": "Head of Housing",
        "due_on": "2025-04-30",
        "unit_id": "",
        "measure": "",
        "state": "promised",
        "done_on": "",
    }
    return values | changes


def send(client: FlaskClient, url: str, fields: dict[str, str]) -> TestResponse:
    """Open the page and send its form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(url).text)
    assert found, "the page has no form"
    return client.post(url, data=fields | {"csrf_token": found.group(1)})


@pytest.mark.parametrize("role", EDITORS + READERS)
def test_everybody_who_is_signed_in_reads_the_list(client: FlaskClient, role: Role) -> None:
    wave = make_wave(label="Spring 2025")
    action = make_action(wave, said="Forms take longer than the visit.")
    page = sign_in(client, make_account(role)).get("/actions")
    assert page.status_code == 200
    assert "Forms take longer than the visit." in page.text
    assert "Spring 2025" in page.text
    assert (f"/actions/{action.id}/edit" in page.text) is (role in EDITORS)
    assert (f"/actions/programmes/{wave.programme_id}/add" in page.text) is (role in EDITORS)


@pytest.mark.parametrize("role", READERS)
def test_readers_cannot_write(client: FlaskClient, role: Role) -> None:
    action = make_action()
    sign_in(client, make_account(role))
    for url in (f"/actions/programmes/{action.programme_id}/add", f"/actions/{action.id}/edit"):
        assert client.get(url).status_code == 403


def test_nobody_reads_without_signing_in(client: FlaskClient) -> None:
    make_action()
    answer = client.get("/actions")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location


def test_an_action_is_added_and_listed(editor: FlaskClient) -> None:
    wave = make_wave()
    unit_id = re.search(
        r'value="(\d+)"[^>]*>Housing', editor.get(f"/actions/programmes/{wave.programme_id}/add").text
    )
    assert unit_id
    fields = filled(wave, unit_id=unit_id.group(1), measure="PTA")
    answer = send(editor, f"/actions/programmes/{wave.programme_id}/add", fields)
    assert (answer.status_code, answer.location) == (303, "/actions")
    page = editor.get("/actions").text
    assert "The action is added." in page
    assert "Promised by April 2025" in page
    assert "For Housing" in page
    assert "Should change: Permission to act" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"due_on": "2025-01-02"},
            "The due date is before the wave closed on 15 January 2025: give a later day.",
        ),
        ({"state": "done"}, "Give the day on which it was done."),
        ({"due_on": ""}, "Give the day by which it is promised."),
        ({"due_on": "soon"}, "Give a day, month and year, such as 2027-03-31."),
        ({"said": "  "}, "Write what people said."),
        ({"wave_id": "999"}, "Choose one from the list."),
        ({"wave_id": "x"}, "Choose one from the list."),
        ({"unit_id": "999"}, "Choose one from the list."),
        ({"measure": "XYZ"}, "Choose one from the list."),
        ({"state": "maybe"}, "Choose one from the list."),
        ({"done_on": "2025-02-01"}, "Only what is done has this day: remove it, or choose done."),
    ],
)
def test_a_mistake_is_one_sentence_and_keeps_what_was_typed(
    editor: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    wave = make_wave()
    page = send(editor, f"/actions/programmes/{wave.programme_id}/add", filled(wave, **changes)).text
    assert page.count(f">{sentence}<") == 1  # in the summary at the top
    assert page.count(sentence) == 2  # and beside the field
    assert "<title>Error: " in page
    assert "We will halve the visit form." in page
    assert list_actions(wave.programme_id) == []


@pytest.mark.parametrize("due_on", ["", "2025-01-02"])
def test_all_that_is_wrong_is_shown_at_once(editor: FlaskClient, due_on: str) -> None:
    wave = make_wave()
    fields = filled(wave, said="", did="Ring Sam on 07700 900123", owner="sam@example.org", due_on=due_on)
    page = send(editor, f"/actions/programmes/{wave.programme_id}/add", fields).text
    due = "The due date is before the wave closed" if due_on else "Give the day by which it is promised."
    for sentence in (
        "Write what people said.",
        "Take out the phone number: everybody who is asked can read this without signing in.",
        "Take out the e-mail address: everybody who is asked can read this without signing in.",
        due,
    ):
        assert page.count(sentence) == 2  # in the summary at the top, and beside the field
    assert list_actions(wave.programme_id) == []


def test_whoever_saves_is_told_to_check_that_it_names_nobody(editor: FlaskClient) -> None:
    wave = make_wave()
    send(editor, f"/actions/programmes/{wave.programme_id}/add", filled(wave))
    assert "so check that it names nobody." in editor.get("/actions").text


def test_an_action_opens_as_it_is_and_is_changed(editor: FlaskClient) -> None:
    action = make_action(measure="PTA")
    url = f"/actions/{action.id}/edit"
    page = editor.get(url).text
    assert 'value="Forms take longer than the visit."' in page
    assert '<option value="PTA" selected>' in page
    assert 'value="promised" checked' in page
    wave = db.session.get_one(Wave, action.wave_id)
    page = send(editor, url, filled(wave, state="done", done_on="2024-11-01")).text
    assert "The day it was done is before the wave closed" in page
    assert send(editor, url, filled(wave, state="done", done_on="2025-02-01")).status_code == 303
    assert "Done, February 2025" in editor.get("/actions").text
    db.session.expire_all()
    assert (action.state, action.measure) == ("done", None)


def test_a_survey_without_results_cannot_be_answered(editor: FlaskClient) -> None:
    programme = make_programme()
    make_wave(programme, state="open")
    url = f"/actions/programmes/{programme.id}/add"
    assert url not in editor.get("/actions").text
    assert editor.get(url).status_code == 303
    assert "this survey has none yet" in editor.get("/actions").text


def test_what_does_not_exist_is_not_found(editor: FlaskClient) -> None:
    assert editor.get("/actions/999/edit").status_code == 404
    assert editor.get("/actions/programmes/999/add").status_code == 404


def test_a_form_without_its_hidden_field_changes_nothing(editor: FlaskClient) -> None:
    wave = make_wave()
    answer = editor.post(f"/actions/programmes/{wave.programme_id}/add", data=filled(wave))
    assert answer.status_code == 400
    assert list_actions(wave.programme_id) == []


def test_markup_in_an_action_stays_text(editor: FlaskClient) -> None:
    make_action(said="<b>bold</b>", did="<script>x</script>")
    page = editor.get("/actions").text
    assert "<b>bold" not in page
    assert "<script>x" not in page


def test_a_promise_past_its_day_is_called_late(editor: FlaskClient) -> None:
    make_action(due_on=date(2025, 4, 30))
    assert "Promised by April 2025, <strong>now late</strong>." in editor.get("/actions").text


def test_without_a_survey_the_page_says_so(editor: FlaskClient) -> None:
    assert "There is no survey yet." in editor.get("/actions").text
