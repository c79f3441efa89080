"""The page and the command of who has answered so far: shares of large units, and no person."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient, FlaskCliRunner
from werkzeug.test import TestResponse

from pulse.invitations.participation import bring_rates_up_to_date, find_participation
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.closes import close
from tests.results.factories import Council, Site, answer_all, make_council, make_sent_wave
from tests.support.rows import all_rows
from tests.surveys.browsing import as_role

MORNING = datetime(2026, 10, 6, 8, tzinfo=UTC)
#: with k = 5: steps of 15 points from 34 people on, of 25 for 20, of 5 for 100 and more
UNITS = {"Council": ("", 0), "North": ("Council", 60), "South": ("Council", 0)}
UNITS |= {"Depot": ("South", 20), "Office": ("South", 22), "Yard": ("South", 4)}


@pytest.fixture
def council() -> Council:
    return make_council(UNITS)


@pytest.fixture
def wave_id(site: Site, council: Council) -> int:
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council, turnout=lambda voter: voter.unit in ("North", "Yard"))
    bring_rates_up_to_date(MORNING)
    return wave_id


def visit(client: FlaskClient, wave_id: int, asked: str = "") -> TestResponse:
    return client.get(f"/programmes/waves/{wave_id}/participation{asked}")


def shown(wave_id: int, top: int | None = None) -> dict[str, str]:
    found = find_participation(wave_id, top)
    assert found is not None
    return {unit.name.removeprefix("Unit "): unit.words for unit in found.units}


def test_shares_are_of_large_units_and_never_say_that_all_have_answered(wave_id: int) -> None:
    assert shown(wave_id) == {
        "Council": "60% to 65%",
        "North": "90% or more",
        "South": "Fewer than 15%",
        "Office": "Fewer than 25%",
    }


def test_a_unit_that_would_give_a_small_one_away_is_counted_with_the_hidden(wave_id: int) -> None:
    found = find_participation(wave_id)
    assert found is not None
    assert found.hidden == 2  # the Yard is small; with the Depot's and the Office's share it would follow


def test_an_answer_moves_nothing_before_the_next_day(site: Site, wave_id: int, council: Council) -> None:
    before = shown(wave_id)
    answer_all(site, wave_id, council, turnout=lambda voter: voter.unit == "Office")
    bring_rates_up_to_date(MORNING + timedelta(hours=5))
    assert shown(wave_id) == before
    bring_rates_up_to_date(MORNING + timedelta(days=1))
    assert shown(wave_id)["Office"] == "75% or more"


def test_nothing_of_it_is_left_after_the_close(site: Site, wave_id: int) -> None:
    assert all_rows()["unit_rate"]
    close(wave_id, site)
    assert all_rows()["unit_rate"] == []
    assert find_participation(wave_id) is None


def test_of_everybody_it_is_said_in_the_words_of_the_teams_and_never_as_none_or_more(
    client: FlaskClient, site: Site, council: Council
) -> None:
    wave_id = make_sent_wave(site)
    bring_rates_up_to_date(MORNING)
    as_role(client, Role.OD_EDITOR)
    assert "<strong>Fewer than 5%</strong> of everybody asked had answered" in visit(client, wave_id).text
    assert "Fewer than 5% of the people asked had answered" in client.get(f"/programmes/waves/{wave_id}").text
    answer_all(site, wave_id, council, turnout=lambda voter: voter.unit in ("North", "Yard"))
    bring_rates_up_to_date(MORNING + timedelta(days=1))
    assert "<strong>60% to 65%</strong> of everybody asked had answered" in visit(client, wave_id).text


def test_a_leader_reads_their_own_part_only(client: FlaskClient, wave_id: int, council: Council) -> None:
    sign_in(client, make_account(role=Role.LEADER, unit_id=council.units["South"]))
    said = visit(client, wave_id).text
    assert "Office" in said
    assert "North" not in said
    assert "of everybody asked" not in said


@pytest.mark.parametrize("number", ["{}", "999"])
def test_an_unknown_wave_and_one_that_is_not_open_look_alike(
    number: str, client: FlaskClient, site: Site, wave_id: int
) -> None:
    close(wave_id, site)
    as_role(client, Role.HR_ANALYST)
    answer = client.get(f"/programmes/waves/{number.format(wave_id)}/participation")
    assert answer.status_code == 404
    assert "There is no open survey here" in answer.text


def test_many_units_come_in_pages(client: FlaskClient, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulse.invitations.participation_views._PAGE", 2)
    make_council({"Council": ("", 0)} | {f"Team {n}": ("Council", 20) for n in range(3)})
    wave_id = make_sent_wave(site)
    bring_rates_up_to_date(MORNING)
    as_role(client, Role.OD_EDITOR)
    assert "Page 1 of 2" in visit(client, wave_id).text
    assert "Team 2" in visit(client, wave_id, "?page=99").text


def test_the_command_tells_the_same(runner: FlaskCliRunner, wave_id: int) -> None:
    told = runner.invoke(args=["programme", "participation", str(wave_id)]).output
    assert "Office\t22 asked\tFewer than 25%" in told
    refused = runner.invoke(args=["programme", "participation", "999"])
    assert (refused.exit_code, "is not open" in refused.output) == (1, True)
