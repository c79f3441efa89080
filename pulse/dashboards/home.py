"""The home page of results: everything its template shows, in the order in which a leader asks."""

from collections.abc import Callable
from dataclasses import dataclass

from pulse.actions.summaries import ActionSummary, latest_actions, list_flags
from pulse.dashboards import attributes_words, page, page_cards, page_units, words
from pulse.dashboards.attributes_reading import declared
from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_cards import Card, Flags
from pulse.dashboards.page_units import Multiple
from pulse.dashboards.reading import (
    Inside,
    Result,
    Unshown,
    list_all_released,
    read_advice,
    read_around,
    read_line_of_units,
    read_trends,
    read_trends_of,
)
from pulse.dashboards.scope import in_tree_order
from pulse.domain.sheets import asked_of, is_closed
from pulse.results.asked import trends_asked
from pulse.results.released import list_released
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedGroup
from pulse.surveys.models import Wave

Groups = list[ReleasedGroup]
Build = Callable[[Result, Groups], object]


@dataclass(frozen=True)
class Frame:
    """What stands around every results page: where we are, and where one can go."""

    result: Result
    groups: Groups
    waves: list[Wave]

    @property
    def wave(self) -> Wave:
        return self.result.wave

    @property
    def group(self) -> ReleasedGroup:
        return self.result.group

    @property
    def survey(self) -> str:
        """The wave's label, after the name of its survey where there are several."""
        several = len({wave.programme_id for wave in self.waves}) > 1
        return f"{self.wave.programme.name}, {self.wave.label}" if several else self.wave.label

    @property
    def by(self) -> str:
        """What the wave is shown by beside teams: "length of service and grade"; empty if nothing."""
        return attributes_words.labels_alone(declared(self.result.plan))


@dataclass(frozen=True)
class Home:
    """The results page of one group of people."""

    frame: Frame
    headline: str
    lede: str
    cards: list[Card]
    strong: list[Section]
    feelings: list[Section]
    teams_title: str
    multiples: list[Multiple]
    units: Table
    #: how far teams can be told apart on each headline, where that is not far
    apart: list[str]
    together: list[Unshown]
    response: str
    actions: list[ActionSummary]
    #: whether the wave had a text box: said of every group alike, whatever was written there
    has_comments: bool


def build(result: Result, groups: Groups) -> Home:
    """Look everything up, put it in words, and draw."""
    trends = read_trends(result)
    around, asked = read_around(result), trends_asked(result.plan)
    inside, unshown = _readable(around.inside, around.unshown, groups)
    charts = read_trends_of(result, [one.group for one in inside])
    drawn = [(one, charts[one.group.key]) for one in inside if "PTA" in asked]
    limits = page_cards.axis_limits(
        around.spread, [*trends.items(), *(("PTA", chart) for chart in charts.values())]
    )
    facets, dimensions = result.facets(), result.dimensions()
    return Home(
        frame=frame_of(result, groups),
        headline=words.headline(facets, dimensions),
        lede=words.lede(dimensions, result.trend_figure("PTA")),
        cards=page_cards.cards(result, trends, limits, _flags(result, trends["PTA"])),
        strong=_present(page.dimensions(result), page.facets(result)),
        feelings=_present(page.feelings(result), page.leaders(result)),
        teams_title=words.teams_title([(one.group.name, one.figures.find("PTA")) for one in inside]),
        multiples=page_units.multiples(drawn, unshown, limits["PTA"]),
        units=page_units.units_table(inside, unshown, asked),
        apart=page_units.telling_apart(read_advice(result)),
        together=[unit for unit in unshown if unit.status == "combined"],
        response=page_units.response(result),
        actions=latest_actions(result.wave.programme_id, limit=5),
        has_comments=not all(map(is_closed, asked_of(result.plan, leads=True))),
    )


def _readable(
    inside: list[Inside], unshown: list[Unshown], groups: Groups
) -> tuple[list[Inside], list[Unshown]]:
    """Of the teams inside a group those that this reader may open: the others' figures are not theirs to see.

    Why a team is not shown is told to whoever may open all the teams beside it.
    """
    numbers = {group.number for group in groups}
    kept = [one for one in inside if one.group.number in numbers]
    return kept, unshown if len(kept) == len(inside) else []


def frame_of(result: Result, groups: Groups) -> Frame:
    """The switchers show only released waves, and only groups that this reader may open."""
    return Frame(result, in_tree_order(groups), list_all_released())


def _present(*sections: Section | None) -> list[Section]:
    return [section for section in sections if section is not None]


def _flags(result: Result, points: ReleasedTrend) -> Flags:
    """Marks on the trend where something was done here about permission to act, oldest first.

    The whole organisation shows every mark; a part of it those of its own line up to the top.
    """
    waves = {wave.label: wave for wave in list_released(result.wave.programme_id)}
    here = read_line_of_units(result)
    found: Flags = {}
    for flag in list_flags(result.wave.programme_id):
        at = next((i for i, p in enumerate(points) if waves[p.label].closes_at.date() >= flag.done_on), None)
        near = result.group.kind == "organisation" or flag.unit_id in here
        if at is not None and near and flag.measure == "PTA":
            found[at] = (str(len(found) + 1), f"{flag.label} ({flag.done_on:%B %Y})")
    return found
