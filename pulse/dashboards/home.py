"""The home page of results: everything its template shows, in the order in which a leader asks."""

from collections.abc import Callable
from dataclasses import dataclass

from pulse.actions.summaries import ActionSummary, latest_actions, list_flags
from pulse.dashboards import page, page_cards, page_units, words
from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_cards import Card, Flags
from pulse.dashboards.page_units import Multiple
from pulse.dashboards.reading import (
    Inside,
    Point,
    Result,
    Unshown,
    read_advice,
    read_inside,
    read_line_of_units,
    read_spread,
    read_trends,
    read_trends_of,
)
from pulse.dashboards.scope import in_tree_order
from pulse.domain.sheets import asked_of, is_closed
from pulse.results import queries as results
from pulse.results.models import Group
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave

Build = Callable[[Result, list[Group]], object]


@dataclass(frozen=True)
class Frame:
    """What stands around every results page: where we are, and where one can go."""

    result: Result
    groups: list[Group]
    waves: list[Wave]

    @property
    def wave(self) -> Wave:
        return self.result.wave

    @property
    def group(self) -> Group:
        return self.result.group

    @property
    def survey(self) -> str:
        """The wave's label, after the name of its survey where there are several."""
        several = len({wave.programme_id for wave in self.waves}) > 1
        return f"{self.wave.programme.name}, {self.wave.label}" if several else self.wave.label


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
    too_few: str = page_units.TOO_FEW


def build(result: Result, groups: list[Group]) -> Home:
    """Look everything up, put it in words, and draw."""
    trends = read_trends(result)
    inside, unshown = _readable(*read_inside(result), groups)
    charts = read_trends_of(result, [one.group.key for one in inside])
    with_trends = [(one, charts.get(one.group.key, [])) for one in inside]
    limits = page_cards.axis_limits(
        read_spread(result), [*trends.items(), *(("PTA", c) for c in charts.values())]
    )
    facets, dimensions = result.facets(), result.dimensions()
    return Home(
        frame=frame_of(result, groups),
        headline=words.headline(facets, dimensions),
        lede=words.lede(dimensions, result.trend_figure("PTA")),
        cards=page_cards.cards(result, trends, limits, _flags(result, trends["PTA"])),
        strong=_present(page.dimensions(result), page.facets(result)),
        feelings=_present(page.feelings(result), page.leaders(result)),
        teams_title=words.teams_title([(one.group.name, one.figures.get("PTA")) for one in inside]),
        multiples=page_units.multiples(with_trends, unshown, limits["PTA"]),
        units=page_units.units_table(inside, unshown),
        apart=page_units.telling_apart(read_advice(result)),
        together=[unit for unit in unshown if unit.status == "combined"],
        response=page_units.response(result),
        actions=latest_actions(result.wave.programme_id, limit=5),
        has_comments=not all(map(is_closed, asked_of(result.plan, leads=True))),
    )


def _readable(
    inside: list[Inside], unshown: list[Unshown], groups: list[Group]
) -> tuple[list[Inside], list[Unshown]]:
    """Of the teams inside a group those that this reader may open: the others' figures are not theirs to see.

    Why a team is not shown is told to whoever may open all the teams beside it.
    """
    numbers = {group.number for group in groups}
    kept = [one for one in inside if one.group.number in numbers]
    return kept, unshown if len(kept) == len(inside) else []


def frame_of(result: Result, groups: list[Group]) -> Frame:
    """The switchers show only released waves, and only groups that this reader may open."""
    return Frame(result, in_tree_order(groups), list_released())


def list_released() -> list[Wave]:
    """Released waves of every programme, newest first."""
    waves = [wave for p in surveys.list_programmes() for wave, _ in results.list_releases(p.id)]
    return sorted(waves, key=lambda wave: wave.closes_at, reverse=True)


def _present(*sections: Section | None) -> list[Section]:
    return [section for section in sections if section is not None]


def _flags(result: Result, points: list[Point]) -> Flags:
    """Marks on the trend where something was done here about permission to act, oldest first.

    The whole organisation shows every mark; a part of it those of its own line up to the top.
    """
    waves = {wave.label: wave for wave, _ in results.list_releases(result.wave.programme_id)}
    here = read_line_of_units(result)
    found: Flags = {}
    for flag in list_flags(result.wave.programme_id):
        at = next((i for i, p in enumerate(points) if waves[p.label].closes_at.date() >= flag.done_on), None)
        near = result.group.kind == "organisation" or flag.unit_id in here
        if at is not None and near and flag.measure == "PTA":
            found[at] = (str(len(found) + 1), f"{flag.label} ({flag.done_on:%B %Y})")
    return found
