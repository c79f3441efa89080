"""Results pages where there is little or nothing to show."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from pulse.domain.disclosure.wording import hidden_measure
from pulse.surveys.plans import plan_of
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import (
    Site,
    make_council,
    make_quarterly,
    make_released_wave,
    make_released_waves,
    make_sent_wave,
    make_site,
)

SMALL = {"C": (None, 0), "A": ("C", 8), "B": ("C", 8)}


@pytest.fixture
def site(app: object, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("first"))


@pytest.mark.parametrize("role", Role)
def test_before_the_first_release_the_page_says_when_results_come(
    role: Role, site: Site, client: FlaskClient
) -> None:
    make_council(SMALL)
    wave_id = make_sent_wave(site)
    sign_in(client, make_account(role))
    page = client.get("/results")

    assert page.status_code == 200
    assert "No results yet" in page.text
    assert client.get(f"/results/{wave_id}/0").status_code == 404
    assert client.get(f"/results/{wave_id}/0/answers").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_whoever_reads_results_finds_how_many_have_answered_the_open_survey(
    role: Role, site: Site, client: FlaskClient
) -> None:
    council = make_council(SMALL)
    wave_id = make_sent_wave(site)
    own = council.units["A"] if role is Role.LEADER else None
    sign_in(client, make_account(role, unit_id=own))
    page = client.get("/results").text
    (address,) = re.findall(r'href="(/programmes/waves/[^"]+)"', page)
    assert address == f"/programmes/waves/{wave_id}/participation"
    assert client.get(address).status_code == 200


def test_a_leader_whose_unit_is_not_asked_finds_no_link_that_would_lead_nowhere(
    site: Site, client: FlaskClient
) -> None:
    make_council(SMALL)
    make_sent_wave(site)
    sign_in(client, make_account(Role.LEADER))  # of a unit of their own, made after the opening
    assert "Open now" not in client.get("/results").text


@pytest.mark.parametrize("role", Role)
def test_a_wave_that_too_few_answered_says_so_and_shows_nothing(
    role: Role, site: Site, client: FlaskClient
) -> None:
    found = make_released_wave(site, make_council(SMALL), turnout=lambda v: v.unit == "A" and v.number < 4)
    sign_in(client, make_account(role))
    page = client.get("/results", follow_redirects=True)

    assert page.status_code == 200
    assert "Too few answered to show a result" in page.text
    assert "fewer than 5 people answered" in page.text
    assert client.get(f"/results/{found.wave.id}/0/answers").status_code == 200
    assert client.get(f"/results/{found.wave.id}/1").status_code == 404


def test_after_a_hidden_wave_the_earlier_result_can_still_be_opened(site: Site, client: FlaskClient) -> None:
    one, two = make_released_waves(
        site, make_council(SMALL), make_quarterly(), 2, turnout=lambda v: v.wave == 1 or v.number == 1
    )
    sign_in(client, make_account(Role.HR_ANALYST))

    page = client.get("/results", follow_redirects=True)
    assert f'href="/results/{one.wave.id}/0"' in page.text
    assert client.get(f"/results/{one.wave.id}/0").status_code == 200
    assert client.get(f"/results/{two.wave.id}/0").status_code == 200


def test_a_trend_has_a_hole_where_a_wave_was_hidden(site: Site, client: FlaskClient) -> None:
    waves = make_released_waves(
        site, make_council(SMALL), make_quarterly(), 3, turnout=lambda v: v.wave != 2 or v.number == 1
    )
    sign_in(client, make_account(Role.HR_ANALYST))
    page = client.get(f"/results/{waves[2].wave.id}/0").text
    assert "These people had no result of their own in this survey." in page


def test_the_first_release_shows_its_figures_without_a_trend(site: Site, client: FlaskClient) -> None:
    found = make_released_wave(site, make_council(SMALL))
    sign_in(client, make_account(Role.UNION_OBSERVER))
    page = client.get(f"/results/{found.wave.id}/0")

    assert page.status_code == 200
    assert "No recent survey with the same people and questions" in page.text


def test_several_top_units_are_shown_below_one_organisation(site: Site, client: FlaskClient) -> None:
    council = make_council({"North": (None, 8), "South": (None, 8)})
    found = make_released_wave(site, council)
    sign_in(client, make_account(Role.LEADER, unit_id=council.units["North"]))

    assert [group.name for group in found.groups] == ["Example Council", "Unit North", "Unit South"]
    own, other = (found.group(f"Unit {name}").number for name in ("North", "South"))
    for address in ("0", "0/answers", f"{own}", f"{own}/answers"):
        assert client.get(f"/results/{found.wave.id}/{address}").status_code == 200, address
    assert client.get(f"/results/{found.wave.id}/{other}").status_code == 404


def test_an_item_hidden_for_a_team_keeps_its_place_on_its_answers_page_and_says_why(
    site: Site, client: FlaskClient
) -> None:
    def answers(voter: object, item: dict[str, object]) -> str:
        shy = item["id"] == "LET-01" and voter.unit == "A" and voter.number > 4  # type: ignore[attr-defined]
        return "-" if shy else "4"

    found = make_released_wave(site, make_council(SMALL), answers=answers)
    sign_in(client, make_account(Role.HR_ANALYST))
    (text,) = [item["text"] for item in plan_of(found.wave)["items"] if item["id"] == "LET-01"]
    team = client.get(f"/results/{found.wave.id}/{found.group('Unit A').number}/answers").text
    whole = client.get(f"/results/{found.wave.id}/0/answers").text
    assert row_of(team, text).count(hidden_measure(5)) == 1
    assert 'colspan="5"' in row_of(team, text)
    assert hidden_measure(5) not in row_of(whole, text)
    assert not re.search(r"<td[^>]*>[^<]*\d", row_of(team, text))


def row_of(page: str, text: str) -> str:
    """The cells of the table beside a question."""
    return unescape(page).partition(f">{text}</th>")[2].partition("</tr>")[0]
