"""Results pages of released waves, for every role: who may open what, and that table and chart agree."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape

import plotly.graph_objects as go
import pytest
from flask import Flask

from pulse.dashboards import answers_page, home, page_units
from pulse.dashboards.reading import read_advice
from pulse.dashboards.words import shown
from tests.dashboards.two_waves import Place as Place
from tests.dashboards.two_waves import make_place


@pytest.fixture(scope="module")
def place(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return make_place(shared_app, tmp_path_factory.mktemp("pages"))


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
    page = unescape(browser.get(place.address("Unit A") + "/technical").text)
    tree = page.partition('<ul class="teams"')[2].partition("</details>\n</div>")[0]
    offered = dict(re.findall(r'<a class="govuk-link" href="([^"]+)"[^>]*>(Unit [^<]+)</a>', tree))

    assert set(offered.values()) == READABLE["leader of A"]
    assert {browser.get(there).status_code for there in offered} == {200}
    assert all(there.endswith("/technical") for there in offered)


def test_a_visitor_is_sent_to_sign_in(place: Place) -> None:
    assert place.app.test_client().get("/results").location.startswith("/sign-in")


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize("wave", [0, 1])
def test_every_chart_on_a_page_is_one_that_plotly_takes(name: str, wave: int, place: Place) -> None:
    page = home.build(place.result(name, wave), place.groups(wave))
    charts = [section.chart for section in page.strong + page.feelings if section.chart]
    charts += [one.chart for one in page.teams.multiples if one.chart]
    charts += [one.chart for one in (page.facets_trend.parts if page.facets_trend else []) if one.chart]
    charts += [page.response.chart] if page.response.chart else []
    charts += [section.chart for section in page.teams.funnels]
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
    assert sections["feelings"].hidden  # of 32 people no map can be drawn that gives none of them away
    drawn = json.loads(sections["leaders"].chart)["data"]
    staff, leaders = (one for one in drawn if one["mode"] == "markers")
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
    assert [row[0] for row in page.teams.table["rows"]] == ["Unit A", "Unit B"]
    for row in page.teams.table["rows"]:
        act = place.waves[1].figures(row[0])["PTA"]
        said = "everyone answered" if act.detail["everyone"] else f"{shown(act.low)} to {shown(act.high)}"
        assert row[2] == f"{shown(act.value)} ({said})"
    limits = [json.loads(one.chart)["layout"]["yaxis"]["range"] for one in page.teams.multiples]
    assert limits[0] == limits[1]


def test_an_action_is_marked_on_the_trend_and_told(place: Place) -> None:
    page = place.browser("hr_analyst").get(place.address("Unit C")).text
    assert "You said, we did" in page
    built = home.build(place.result("Unit C"), place.groups(1))
    assert "Mark 1: We will halve the visit form." in built.cards[0].more
    marks = json.loads(built.cards[0].chart)["layout"]["annotations"]
    assert [(mark["x"], mark["text"]) for mark in marks] == [(0.5, "1")]


@pytest.mark.parametrize("who", ["hr_analyst", "leader of C", "union_observer"])
def test_a_finding_is_answered_from_its_place_by_whoever_may(who: str, place: Place) -> None:
    page = unescape(place.browser(who).get(place.address("Unit C")).text)
    links = re.findall(r'href="(/actions/programmes/[^"]+finding=[^"]+)"', page)
    assert bool(links) is (who == "hr_analyst")
    for link in links:
        assert f"wave={place.waves[1].wave.id}" in link
    if links:
        assert any("measure=PTA" in link for link in links)
        assert place.browser(who).get(links[0]).status_code == 200


def test_every_chart_card_and_table_can_be_downloaded_in_three_formats(place: Place) -> None:
    browser = place.browser("hr_analyst")
    page = browser.get(place.address("Unit C")).text
    links = re.findall(r'href="(/results/\d+/\d+/tables/([^"./]+)\.(\w+))"', page)
    expected = {"pta", "amb", "taa", "dimensions", "facets", "facets-trend", "leaders"}
    expected |= {"teams", "teams-trend", "response"}
    assert expected <= {name for _, name, _ in links}
    for name in {name for _, name, _ in links}:
        assert {ending for _, one, ending in links if one == name} == {"csv", "xlsx", "ods"}
    for link, _, ending in links:
        if ending == "csv":
            assert browser.get(link).status_code == 200, link


def test_the_newest_promise_stands_early_and_all_of_them_at_the_end(place: Place) -> None:
    page = place.browser("union_observer").get(place.address("Unit C")).text
    assert page.index('class="did-line"') < page.index('id="dimensions"') < page.index('id="did"')


def test_the_answers_page_counts_what_people_chose(place: Place) -> None:
    page = unescape(place.browser("hr_analyst").get(place.address("Unit C") + "/answers").text)
    found = place.waves[1]
    row = page.rpartition("My work is checked more than it needs to be. (disagreeing is favourable)")[2]
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
