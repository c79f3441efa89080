"""The funnel of teams: dots as they were released, limits around the mean, nobody named, nobody ranked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import pytest

from pulse.dashboards import figures_funnel, words_funnel
from pulse.dashboards.page import Section
from pulse.dashboards.page_funnel import find_funnel, funnels
from pulse.dashboards.reading import Result
from pulse.domain.measurement.funnel import limits
from pulse.results.released import read_figures, read_groups, read_measures
from pulse.results.released_types import ReleasedFigure, ReleasedGroup
from pulse.surveys.models import Wave
from tests.results.stored import PLAN, Fields, nowhere, store_figure, store_group, store_wave

SPREAD: Fields = {"icc2": 0.6, "units": 4, "centre": 55.0, "sd": 14.0, "tau": 5.0, "advice": "with care"}
#: number, parent, name, n, score, score drawn to the mean, place
TEAMS = [
    (2, 1, "North Road", 20, 61.0, 59.0, "inside"),
    (3, 1, "South Road", 10, 70.0, 62.0, "outside 99.8"),
    (5, 4, "East Desk", 12, 56.0, 55.4, "inside"),
    (6, 4, "West Desk", 30, 49.6, 51.0, "outside 95"),
]


@dataclass(frozen=True)
class Place:
    """A wave with two parts of two teams each: 1 with 2 and 3, 4 with 5 and 6."""

    wave: Wave
    groups: list[ReleasedGroup]

    def sections(self, number: int = 0, readable: Sequence[int] | None = None) -> dict[str, Section]:
        group = self.groups[number]
        result = Result(self.wave, group, read_figures(group), PLAN)
        may_open = [one for one in self.groups if readable is None or one.number in readable]
        return {section.id: section for section in funnels(result, may_open)}

    def section(self, number: int = 0, readable: Sequence[int] | None = None) -> Section:
        return self.sections(number, readable)["funnel-pta"]


def store_council(spread: Fields = SPREAD) -> Place:
    wave = store_wave()
    whole = store_group(wave, n=72, headcount=100)
    store_figure(whole)
    store_figure(whole, measure="UNITS:PTA", value=0.6, detail=spread)
    for number, name, n in ((1, "Roads", 30), (4, "Desks", 42)):
        part: Fields = {"number": number, "parent": 0, "key": name, "kind": "unit", "unit_id": None}
        store_figure(store_group(wave, **part, name=name, n=n))
    for number, parent, name, n, value, drawn, place in TEAMS:
        team: Fields = {"number": number, "parent": parent, "key": name, "kind": "unit", "depth": 2}
        detail = {"items": ["P1"], "unit": {"shrunk": drawn, "funnel": place}}
        store_figure(store_group(wave, **team, name=name, n=n), value=value, detail=detail)
    return Place(wave, read_groups(wave))


@pytest.fixture
def place() -> Iterator[Place]:
    with nowhere():
        yield store_council()


def chart_of(section: Section) -> dict[str, Any]:
    return dict(json.loads(section.chart))


def dots(section: Section, symbol: str | None = None) -> set[tuple[int, float]]:
    """(n, score) of the dots with this symbol, None being a plain one."""
    drawn = (one for one in chart_of(section)["data"] if one["mode"] == "markers")
    return {
        pair
        for one in drawn
        if one["marker"].get("symbol") == symbol
        for pair in zip(one["x"], one["y"], strict=True)
    }


def test_the_organisation_has_a_plain_dot_for_every_team_that_was_compared(place: Place) -> None:
    section = place.section()
    assert dots(section) == {(20, 61.0), (10, 70.0), (12, 56.0), (30, 49.6)}
    assert dots(section, "diamond") == dots(section, "square") == set()
    assert "Dots: the 4 teams that you may open, n = 10 to 30." in section.note


def test_the_limits_are_those_by_which_teams_were_placed(place: Place) -> None:
    lines = [one for one in chart_of(place.section())["data"] if one["mode"] == "lines"]
    centre, *curves = lines
    assert centre["y"] == [55.0, 55.0]
    for n, at in zip(curves[0]["x"], range(len(curves[0]["x"])), strict=True):
        near, far = limits(55.0, 14.0, n)
        assert [curve["y"][at] for curve in curves] == [round(end, 1) for end in (*near, *far)]
    assert [curve["line"]["dash"] for curve in curves] == ["dash", "dash", "dot", "dot"]
    assert curves[0]["x"][0] <= 10
    assert curves[0]["x"][-1] >= 30


def test_limits_end_where_the_scale_does() -> None:
    with nowhere():
        section = store_council(SPREAD | {"centre": 95.0, "sd": 40.0}).section()
        heights = [y for one in chart_of(section)["data"] if one["mode"] == "lines" for y in one["y"]]
        assert max(heights) == 100.0
        assert chart_of(section)["layout"]["yaxis"]["range"] == [0, 100]
        assert all("to\N{NO-BREAK SPACE}100" in row[3] for row in section.table["rows"])


def test_the_open_team_is_marked_and_alone_says_its_numbers(place: Place) -> None:
    section = place.section(3)
    assert dots(section, "diamond") == {(10, 70.0)}
    assert dots(section) == {(20, 61.0), (12, 56.0), (30, 49.6)}
    said = [one.get("hovertext") for one in chart_of(section)["data"]]
    assert [words for words in said if words] == [
        ["This team: 70 of 100, 10 answered<br>Drawn to the mean of all teams: 62"]
    ]
    assert "Its own score is 70; drawn to the mean of all teams it is 62." in section.note


def test_the_teams_of_an_open_part_are_told_from_the_others(place: Place) -> None:
    section = place.section(1)
    assert dots(section, "square") == {(20, 61.0), (10, 70.0)}
    assert dots(section) == {(12, 56.0), (30, 49.6)}
    assert section.title == "Permission to act: 1 of 2 teams here lies further out than chance explains"


def test_a_team_that_the_reader_may_not_open_has_no_dot(place: Place) -> None:
    section = place.section(1, readable=[0, 1, 2, 3])
    assert dots(section) == {(20, 61.0), (10, 70.0)}
    assert dots(section, "square") == set()
    assert "Dots: the 2 teams that you may open" in section.note
    assert [row[0] for row in section.table["rows"]] == ["20", "10"]


def test_without_the_organisation_or_without_a_team_there_is_no_funnel(place: Place) -> None:
    assert place.sections(1, readable=[1, 2, 3]) == {}
    assert place.sections(0, readable=[0]) == {}
    assert place.sections(0, readable=[0, 1]) == {}


@pytest.mark.parametrize("spread", [{}, {"sd": 0.0, "centre": 55.0}])
def test_where_teams_could_not_be_compared_there_is_no_funnel(spread: Fields) -> None:
    with nowhere():
        assert store_council(spread).sections() == {}


@pytest.mark.parametrize("readable", [range(7), [0, 1, 2, 3], [1, 2, 3], [0], [0, 5]])
def test_a_link_leads_only_to_a_funnel_that_is_there(readable: Sequence[int], place: Place) -> None:
    may_open = [one for one in place.groups if one.number in readable]
    for group in may_open:
        found = find_funnel(Result(place.wave, group, read_figures(group), PLAN), may_open)
        takes_part = group.number not in (1, 4)  # a part of several teams has no place of its own
        assert found == ("funnel-pta" if takes_part and len(readable) > 1 and 0 in readable else "")
        assert not found or found in place.sections(group.number, readable)


def test_nobody_is_named_or_ranked(place: Place) -> None:
    for number in range(len(place.groups)):
        section = place.section(number)
        text = " ".join(map(str, (section, *section.table["rows"])))
        assert not any(name in text for _, _, name, *_ in TEAMS)
    counts = [row[0] for row in place.section(3).table["rows"]]
    assert counts == ["30", "20", "12", "10 (this team)"]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (0, "Permission to act: 1 of 4 teams lies further out than chance explains"),
        (4, "Permission to act: 1 of 2 teams here lies outside the 95 % limits, none outside the 99.8 %"),
        (2, "Permission to act: this team lies where chance alone could put it"),
        (3, "Permission to act: this team lies further above the others than chance explains"),
        (6, "Permission to act: this team lies below most others, as chance alone puts 1 team in 20"),
    ],
)
def test_the_title_says_what_lies_outside_chance(number: int, title: str, place: Place) -> None:
    assert place.section(number).title == title


def test_one_team_of_many_far_out_is_left_to_chance(place: Place) -> None:
    teams, whole = figures_of(place)
    many = words_funnel.Funnel("PTA", teams * 20, whole, frozenset(), None)
    assert words_funnel.title(many).endswith("20 of 80 teams lie further out than chance explains")
    inside = [team for team in teams if team.group.number != 3]
    one = words_funnel.Funnel("PTA", [*inside * 20, teams[1]], whole, frozenset(), None)
    assert words_funnel.title(one).endswith("1 of 61 teams lies far out, as chance alone could put it")


def test_what_chance_alone_would_do_stands_beside_what_is_there(place: Place) -> None:
    section = place.section()
    assert (
        "Of 4 teams, 2 lie outside the 95 % limits (fewer than 1 would by chance alone) and 1 outside the "
        "99.8 % limits (fewer than 1)."
    ) in section.note
    assert "On permission to act, teams can be told apart only roughly" in section.lede
    # 1.96 times 14 over the root of 20 answers
    assert "A team of 20 would lie outside the 95 % limits from 6 points above or below" in section.note


def test_the_table_says_where_each_dot_lies(place: Place) -> None:
    rows = [
        [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in place.section().table["rows"]
    ]
    assert rows[0] == ["30", "50", "50 to 60", "47 to 63", "Outside 95 %"]
    assert rows[-1] == ["10", "70", "46 to 64", "41 to 69", "Outside 99.8 %"]


def test_a_score_that_is_hidden_in_the_open_group_keeps_the_place_of_its_funnel(place: Place) -> None:
    group = place.groups[1]
    hidden = Result(place.wave, group, read_figures(group).picked([]), PLAN)
    (section,) = funnels(hidden, place.groups)
    assert (section.id, section.chart, section.hidden) == ("funnel-pta", "", hidden.why_hidden)


def figures_of(place: Place, largest: int = 0) -> tuple[list[ReleasedFigure], ReleasedFigure]:
    tables = read_measures(place.groups, ["PTA", "UNITS:PTA"])
    found = [figure for table in tables.values() if (figure := table.find("PTA")) is not None]
    (whole,) = (one for table in tables.values() if (one := table.find("UNITS:PTA")) is not None)
    return [one for one in found if one.n <= largest or "unit" in one.detail], whole


def test_teams_of_very_different_sizes_stand_on_an_axis_of_equal_ratios(place: Place) -> None:
    alike, whole = figures_of(place)
    assert "type" not in figures_funnel.funnel(alike, whole)["layout"]["xaxis"]
    apart, _ = figures_of(place, largest=100)
    axis = figures_funnel.funnel(apart, whole)["layout"]["xaxis"]
    assert (axis["type"], axis["tickvals"]) == ("log", [5, 10, 30])


def test_plotly_takes_the_chart_as_it_is_and_no_chart_is_made_of_nothing(place: Place) -> None:
    chart = chart_of(place.section(3))
    assert len(go.Figure(chart).data) == len(chart["data"])
    _, whole = figures_of(place)
    with pytest.raises(ValueError, match="at least one team"):
        figures_funnel.funnel([], whole)
