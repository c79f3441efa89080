"""The list of actions, and the form that a results page opens half filled in."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from pulse.actions.listing import LATE, SHOWN, read_list, shown_from
from pulse.actions.queries import list_actions
from pulse.db import writing
from pulse.surveys.models import Programme, Wave
from pulse.surveys.queries import list_wave_units
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.actions.factories import make_action, make_done_action, make_programme, make_wave, make_wave_unit
from tests.actions.test_views import filled, send

TODAY = date(2025, 6, 1)


@pytest.fixture
def editor(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_account(Role.OD_EDITOR))


@pytest.fixture
def programme(client: FlaskClient) -> Programme:
    """A survey with a late promise, one in time, one under way and late, and one that is done."""
    programme = make_programme()
    wave = make_wave(programme)
    make_action(wave, said="late", due_on=date(2025, 5, 31))
    make_action(wave, said="in time", due_on=date(2030, 1, 1))
    make_action(wave, said="late too", state="doing", due_on=date(2025, 5, 1))
    make_done_action(wave, date(2025, 2, 1), said="over")
    return programme


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("all", {"late", "in time", "late too", "over"}),
        (LATE, {"late", "late too"}),
        ("promised", {"late", "in time"}),
        ("doing", {"late too"}),
        ("done", {"over"}),
        ("not_done", set()),
    ],
)
def test_the_list_is_narrowed_by_state_or_to_what_is_late(
    shown: str, said: set[str], programme: Programme
) -> None:
    found = read_list(programme, shown, TODAY, lambda _: [], lambda *_: True)
    assert {row.summary.said for row in found.rows} == said
    assert {kind: found.counts[kind] for kind in SHOWN} == {
        **{"all": 4, "late": 2, "promised": 2, "doing": 1, "done": 1, "not_done": 0}
    }


@pytest.mark.parametrize("text", ["", "ALL", "x", "late ", "done'--"])
def test_an_unknown_state_shows_everything(text: str) -> None:
    assert shown_from(text) == "all"


def test_the_page_is_narrowed_by_its_links_and_says_where_there_is_none_of_a_kind(
    editor: FlaskClient, programme: Programme
) -> None:
    page = editor.get("/actions?state=done").text
    assert "You said: over" in page
    assert "You said: late" not in page
    assert '<strong aria-current="true">Done (1)</strong>' in page
    assert "None of this kind." in editor.get("/actions?state=not_done").text
    assert editor.get("/actions?state=%01&state=late").status_code == 200


@pytest.fixture
def wave(client: FlaskClient) -> Wave:
    programme = make_programme()
    older = make_wave(programme, 1)
    make_wave(programme, 2)
    return older


def selected(page: str, name: str) -> str:
    """The value that a list of the form stands at."""
    box = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    found = re.search(r'value="([^"]*)" selected', box)
    return found.group(1) if found else ""


def test_the_link_below_a_finding_fills_in_what_it_answers(editor: FlaskClient, wave: Wave) -> None:
    (unit,) = list_wave_units(wave.id)
    url = f"/actions/programmes/{wave.programme_id}/add"
    page = editor.get(
        url,
        query_string={
            "wave": wave.id,
            "unit": unit.unit_id,
            "measure": "PTA",
            "finding": "Told yes,\n given <no> time",
        },
    ).text
    assert selected(page, "wave_id") == str(wave.id)
    assert (selected(page, "unit_id"), selected(page, "measure")) == (str(unit.unit_id), "PTA")
    assert 'value="Told yes, given &lt;no&gt; time"' in page
    assert list_actions(wave.programme_id) == []


@pytest.mark.parametrize(
    "junk",
    [
        {"wave": "999", "unit": "999", "measure": "XYZ", "finding": "x" * 301},
        {"wave": "x", "unit": "-1", "measure": "\x01", "finding": "\x01"},
        {"wave": "9" * 40, "unit": "", "measure": "", "finding": " "},
    ],
)
def test_what_is_no_choice_is_ignored(junk: dict[str, str], editor: FlaskClient, wave: Wave) -> None:
    answer = editor.get(f"/actions/programmes/{wave.programme_id}/add", query_string=junk)
    assert answer.status_code == 200
    assert "xxx" not in answer.text
    assert selected(answer.text, "unit_id") == selected(answer.text, "measure") == ""


def test_the_finding_is_stored_and_shown_and_may_be_left_empty(editor: FlaskClient, wave: Wave) -> None:
    url = f"/actions/programmes/{wave.programme_id}/add"
    assert send(editor, url, filled(wave, finding="Told yes, given no time")).status_code == 303
    assert send(editor, url, filled(wave, finding="  ")).status_code == 303
    assert {listed.action.finding for listed in list_actions(wave.programme_id)} == {
        "Told yes, given no time",
        None,
    }
    page = editor.get("/actions").text
    assert page.count("Answers the finding “Told yes, given no time”.") == 1
    assert page.count("Answers the finding") == 1


def test_a_finding_that_is_too_long_is_one_sentence(editor: FlaskClient, wave: Wave) -> None:
    url = f"/actions/programmes/{wave.programme_id}/add"
    page = send(editor, url, filled(wave, finding="y" * 301)).text
    assert page.count("Use 300 characters or fewer; these are 301.") == 2
    assert list_actions(wave.programme_id) == []


def test_what_cannot_be_printed_is_not_stored(editor: FlaskClient, wave: Wave) -> None:
    url = f"/actions/programmes/{wave.programme_id}/add"
    assert send(editor, url, filled(wave, said="a\x01b\u202ec", finding="\x07")).status_code == 303
    (listed,) = list_actions(wave.programme_id)
    assert (listed.action.said, listed.action.finding) == ("a b c", None)


def test_a_finding_of_one_part_is_for_its_own_leaders_and_those_who_read_everything(
    client: FlaskClient,
) -> None:
    wave = make_wave()
    housing = list_wave_units(wave.id)[0].unit_id
    other = make_wave_unit(wave, "Parks")
    make_action(wave, unit_id=housing, finding="Housing is torn")
    make_action(wave, finding="All of us are torn")
    for account, reads in (
        (make_account(Role.LEADER, unit_id=housing), True),
        (make_account(Role.LEADER, unit_id=other), False),
        (make_account(Role.HR_ANALYST), True),
        (make_account(Role.UNION_OBSERVER), False),
    ):
        page = sign_in(client.application.test_client(), account).get("/actions").text
        assert ("Housing is torn" in page) is reads
        assert "All of us are torn" in page


def test_nothing_is_called_held_once_a_wave_was_let_open_without_a_response(client: FlaskClient) -> None:
    programme = make_programme()
    make_wave(programme)
    later = make_wave(programme, number=2, state="planned")

    def holds() -> bool:
        return read_list(programme, "all", TODAY, lambda _: [], lambda *_: True).holds

    assert holds()
    for state in ("planned", "open"):
        with writing():
            later.opens_unanswered, later.state = "There was a flood.", state
        make_wave(programme, number=3, state="planned") if state == "open" else None
        assert not holds()
