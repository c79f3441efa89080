"""Results pages of released waves, for every role: who may open what, and that table and chart agree."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from typing import NamedTuple

import plotly.graph_objects as go
import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.models import Account
from pulse.actions.promises import add_promise
from pulse.dashboards import answers_page, home, page_units
from pulse.dashboards.reading import Result, read_advice, read_result
from pulse.dashboards.words import shown
from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.results.released import read_groups
from pulse.results.released_types import ReleasedGroup
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.actions.factories import make_promise
from tests.results.factories import Released, make_council, make_quarterly, make_released_waves, make_site


class Place(NamedTuple):
    """Two released waves of a small council, and its accounts."""

    app: Flask
    waves: list[Released]
    accounts: dict[str, Account]

    def browser(self, who: str) -> FlaskClient:
        return sign_in(self.app.test_client(), self.accounts[who])

    def address(self, name: str, wave: int = 1) -> str:
        found = self.waves[wave]
        return f"/results/{found.wave.id}/{found.group(name).number}"

    def result(self, name: str, wave: int = 1) -> Result:
        return read_result(self.waves[wave].wave, self.waves[wave].group(name).number)

    def groups(self, wave: int = 1) -> list[ReleasedGroup]:
        return read_groups(self.waves[wave].wave)


@pytest.fixture(scope="module")
def place(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    site = make_site(tmp_path_factory.mktemp("pages"))
    council = make_council()
    waves = make_released_waves(site, council, make_quarterly(ask_leaders=True), 2)
    done = {"measure": "PTA", "state": "done", "done_on": date(2026, 12, 1)}
    add_promise(make_promise(waves[0].wave, **done), datetime(2026, 12, 2, tzinfo=UTC))
    with writing():  # a reorganisation after the waves: B1 is under A now
        db.session.get_one(Unit, council.units["B1"]).parent_id = council.units["A"]
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    for unit in ("A", "A2", "B", "C"):
        accounts[f"leader of {unit}"] = make_account(Role.LEADER, unit_id=council.units[unit])
    accounts["leader of a new unit"] = make_account(Role.LEADER)
    return Place(shared_app, waves, accounts)


ALL = {"Unit C", "Unit A", "Unit A2", "Unit A1 + Unit A3", "Unit B", "Unit B1", "Unit B2 + Unit B3"}
READABLE = {
    "hr_analyst": ALL,
    "od_editor": ALL,
    "administrator": {"Unit C"},
    "union_observer": {"Unit C"},
    "leader of C": ALL,
    "leader of A": {"Unit C", "Unit A", "Unit A2", "Unit A1 + Unit A3"},
    "leader of B": {"Unit C", "Unit B", "Unit B1", "Unit B2 + Unit B3"},
    "leader of A2": {"Unit C", "Unit A2"},
    "leader of a new unit": {"Unit C"},
}


@pytest.mark.parametrize("who", READABLE)
def test_each_reader_opens_their_own_part_as_it_stood_then_and_the_whole(who: str, place: Place) -> None:
    browser = place.browser(who)
    for more in ("", "/answers", "/technical"):
        opened = {name for name in ALL if browser.get(place.address(name) + more).status_code == 200}
        assert opened == READABLE[who]


def test_what_one_may_not_open_looks_the_same_as_what_is_not_there(place: Place) -> None:
    browser = place.browser("leader of A")
    number = place.waves[1].wave.id
    pages = [
        browser.get(address)
        for address in (
            place.address("Unit B"),
            f"/results/{number}/99",
            "/results/4711/0",
            "/results/4711/3",
        )
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r'value="[^"]+"', "", page.text) for page in pages}) == 1


@pytest.mark.parametrize("who", ["union_observer", "leader of A", "leader of a new unit"])
def test_the_page_of_the_whole_shows_no_figure_of_a_team_that_is_not_ones_own(who: str, place: Place) -> None:
    page = unescape(place.browser(who).get(place.address("Unit C")).text)
    assert "Unit B" not in page
    assert ("Unit A" in page) is ("Unit A" in READABLE[who])


@pytest.mark.parametrize(
    ("who", "lands_on"),
    [("leader of A", "Unit A"), ("leader of A2", "Unit A2"), ("union_observer", "Unit C")],
)
def test_a_leader_starts_with_the_own_part_and_others_with_the_whole(
    who: str, lands_on: str, place: Place
) -> None:
    assert place.browser(who).get("/results").location == place.address(lands_on)


def test_the_switcher_offers_what_may_be_opened_and_leads_there(place: Place) -> None:
    browser = place.browser("leader of A")
    page = browser.get(place.address("Unit A")).text
    offered = re.findall(r'<option value="(\d+)"[^>]*>[\u2003 ]*(Unit [^<]+)</option>', page)

    assert {unescape(name) for _, name in offered} == READABLE["leader of A"]
    number = place.waves[0].group("Unit A").number
    led = browser.get(f"/results?wave={place.waves[0].wave.id}&group={number}")
    assert led.location == place.address("Unit A", wave=0)


def test_a_visitor_is_sent_to_sign_in(place: Place) -> None:
    assert place.app.test_client().get("/results").location.startswith("/sign-in")


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize("wave", [0, 1])
def test_every_chart_on_a_page_is_one_that_plotly_takes(name: str, wave: int, place: Place) -> None:
    page = home.build(place.result(name, wave), place.groups(wave))
    charts = [section.chart for section in page.strong + page.feelings]
    charts += [one.chart for one in page.multiples if one.chart]
    charts += [card.chart for card in page.cards if card.chart]

    assert len(charts) >= (2 if wave else 1)
    for chart in charts:
        go.Figure(json.loads(chart))


def whole(drawn: Iterable[float]) -> list[object]:
    """Whole points of what is drawn to a tenth: the value that it was rounded from lies just beside it."""
    return [pytest.approx(x, abs=0.56) for x in drawn]


def test_the_table_beside_a_chart_holds_the_same_numbers(place: Place) -> None:
    page = home.build(place.result("Unit C"), place.groups(1))
    sections = {section.id: section for section in page.strong + page.feelings}

    for one in ("dimensions", "facets"):
        drawn = json.loads(sections[one].chart)["data"][0]
        assert [row[1] for row in sections[one].table["rows"]] == whole(drawn["x"])
    bands = [int(row[1]) for row in sections["feelings"].table["rows"]]
    assert sum(bands) == place.waves[1].figures("Unit C")["AMB"].n
    *_, staff, leaders = json.loads(sections["leaders"].chart)["data"]
    assert [row[1] for row in sections["leaders"].table["rows"]] == [shown(x) for x in staff["x"]]
    assert [row[2] for row in sections["leaders"].table["rows"]] == [shown(x) for x in leaders["x"]]
    for card in page.cards:
        line = json.loads(card.chart)["data"][2]["y"]
        assert [row[1] for row in card.table["rows"]] == whole(reversed(line))


def test_cards_and_teams_show_the_released_figures(place: Place) -> None:
    page = home.build(place.result("Unit C"), place.groups(1))
    released = place.waves[1].figures("Unit C")

    assert [card.id for card in page.cards] == ["pta", "amb", "taa"]
    assert [card.figure.value for card in page.cards if card.figure] == [
        released[name].value for name in ("PTA", "AMB", "TAA")
    ]
    assert [row[0] for row in page.units["rows"]] == ["Unit A", "Unit B"]
    for row in page.units["rows"]:
        act = place.waves[1].figures(row[0])["PTA"]
        said = "everyone answered" if act.detail["everyone"] else f"{shown(act.low)} to {shown(act.high)}"
        assert row[2] == f"{shown(act.value)} ({said})"
    limits = [json.loads(one.chart)["layout"]["yaxis"]["range"] for one in page.multiples]
    assert limits[0] == limits[1]


def test_an_action_is_marked_on_the_trend_and_told(place: Place) -> None:
    page = place.browser("hr_analyst").get(place.address("Unit C")).text
    assert "You said, we did" in page
    built = home.build(place.result("Unit C"), place.groups(1))
    assert "Mark 1: We will halve the visit form." in built.cards[0].about
    marks = json.loads(built.cards[0].chart)["layout"]["annotations"]
    assert [(mark["x"], mark["text"]) for mark in marks] == [(0.5, "1")]


def test_who_answered_is_said_with_bounds_or_without_a_rate_for_few(place: Place) -> None:
    whole = home.build(place.result("Unit C"), place.groups(1)).response
    small = home.build(place.result("Unit A2"), place.groups(1)).response
    assert whole.startswith("35 of 35 answered (100 %).")
    assert small.startswith("8 answered. What share that is")
    assert small.endswith("is shown from 20 people on.")
    assert re.findall(r"\d+", small) == ["8", "20"]


def test_the_answers_page_counts_what_people_chose(place: Place) -> None:
    page = unescape(place.browser("hr_analyst").get(place.address("Unit C") + "/answers").text)
    found = place.waves[1]
    row = page.partition("My work is checked more than it needs to be. (disagreeing is favourable)")[2]
    cells: list[str] = re.findall(r"<td[^>]*>(.*?)</td>", row.partition("</tr>")[0], re.DOTALL)

    assert cells[0].strip() == str(shown(found.figures("Unit C")["PTA-09"].value))
    assert sum(int(cell.strip().removesuffix(" %")) for cell in cells[2:5]) == 100
    assert cells[5].strip() == str(sum(said.answers["PTA-09"].isdigit() for said in found.said))
    assert "Neither good nor bad marks by themselves." in page
    assert ">Questions about feelings</h2>" in page


def test_what_is_expected_of_people_is_named_where_it_was_asked(place: Place) -> None:
    result = place.result("Unit C")
    other = {
        "id": "SAYDO",
        "direction": "nearer_zero_is_better",
        "method": "gap",
        "items": ["AMB-P1", "TAA-G1"],
    }
    plan = result.plan | {"measures": [*result.plan["measures"], other]}
    built = answers_page.build(replace(result, plan=plan), place.groups(1))
    assert built.other_title == "Feelings, and what is expected of people"


def test_teams_are_set_side_by_side_with_the_care_that_their_spread_calls_for(place: Place) -> None:
    said = page_units.telling_apart(
        {"PTA": "organisation only", "TAA": "organisation only", "AMB": "with care"}
    )
    assert said == [
        "On permission to act and being treated as an asset, teams can hardly be told apart from chance: "
        "read one team's score with its range, not against another's.",
        "On mixed feelings, teams can be told apart only roughly: set one beside another with care.",
    ]
    assert page_units.telling_apart({"PTA": "compare", "POW": "organisation only"}) == []

    advice = read_advice(place.result("Unit A"))
    whole = place.waves[1].figures("Unit C")
    assert advice == {name: whole[f"UNITS:{name}"].detail["advice"] for name in advice}
    assert "organisation only" in advice.values()
    for sentence in page_units.telling_apart(advice):
        assert sentence in unescape(place.browser("hr_analyst").get(place.address("Unit A")).text)
