"""The home page of results: everything its template shows, in the order in which a leader asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pulse.actions.summaries import ActionSummary, find_foremost, latest_actions
from pulse.dashboards import (
    page,
    page_cards,
    page_drivers,
    page_facets,
    page_feelings,
    page_funnel,
    page_gaps,
    page_response,
    page_scales,
    page_stages,
    page_units,
    words,
    words_inside,
)
from pulse.dashboards.answering import Answering
from pulse.dashboards.earlier_surveys import said_in
from pulse.dashboards.flags import Done, read_done
from pulse.dashboards.frame import Frame, Groups, frame_of
from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_cards import Card
from pulse.dashboards.page_facets import ABOUT, PARTS, Facets
from pulse.dashboards.page_shared import key_of, said_key
from pulse.dashboards.page_units import Multiple
from pulse.dashboards.reading import (
    HEADLINES,
    Inside,
    Result,
    Unshown,
    read_advice,
    read_around,
    read_line_of_units,
    read_trends,
    read_trends_of,
)
from pulse.dashboards.words_seen import FIRST
from pulse.domain.words import N_
from pulse.languages.choosing import current_language, speaking
from pulse.languages.saying import gettext as _
from pulse.languages.texts import ENGLISH
from pulse.results.asked import trends_asked
from pulse.results.released_tables import ReleasedTrend
from pulse.web.formatting import format_number

Build = Callable[[Result, Groups], object]
Trends = Mapping[str, ReleasedTrend]
Key = tuple[tuple[str, str], ...]
_LEADERS: Key = ((N_("staff"), "solid"), (N_("leaders"), "open"))


@dataclass(frozen=True)
class Teams:
    """The groups directly inside this one, each beside the others by name."""

    title: str
    #: in place of the multiples, where no team has a line yet
    beside: Section | None
    multiples: list[Multiple]
    table: Table
    #: how far teams can be told apart on each headline, where that is not far
    apart: list[str]
    together: list[Unshown]
    funnels: list[Section]
    #: those that the reader may open
    inside: list[Inside]

    def hidden_by(self, card: str, result: Result) -> str:
        """What the whole's number on a card covers up: teams that moved, or that are torn or split."""
        parts = [(one.group.name, one.figures.find(card.upper())) for one in self.inside]
        if card == "amb":
            return words_inside.feelings_inside(result.trend_figure("AMB"), parts)
        known = page_cards.CARD_LABELS.get(card.upper())
        return words_inside.moved_inside(_(known), parts) if known else ""


@dataclass(frozen=True)
class Home:
    """The results page of one group of people."""

    frame: Frame
    headline: str
    lede: str
    cards: list[Card]
    strong: list[Section]
    facets_trend: Facets | None
    feelings: list[Section]
    others: Table
    teams: Teams
    drivers: list[Section]
    response: Section
    #: what is due next for this group, or was done last
    promise: ActionSummary | None
    actions: list[ActionSummary]
    #: what people of the whole organisation said of earlier surveys; empty where it may not be shown
    noticed: str
    answering: Answering

    def key_of(self, section: str) -> Key:
        """What the marks of a chart mean."""
        return said_key(_LEADERS) if section == "leaders" else key_of(section)


def build(result: Result, groups: Groups) -> Home:
    """Look everything up, put it in words, and draw; findings that may be answered in English too."""
    home = _built(result, groups)
    if home.answering.allowed and current_language() != ENGLISH:
        with speaking(ENGLISH):
            home.answering.english = _findings(_built(result, groups))
    return home


def _findings(home: Home) -> dict[str, str]:
    """What each section that can be answered says, by its id."""
    sections = [*home.strong, *home.feelings, *home.teams.funnels, *home.drivers, home.response]
    found = {section.id: section.title for section in sections} | {"teams": home.teams.title}
    return found | ({home.facets_trend.id: home.facets_trend.title} if home.facets_trend else {})


def _built(result: Result, groups: Groups) -> Home:
    alone = not page_scales.asks_headlines(result)
    scales = page_scales.scales(result) if alone else {}
    trends, done = read_trends(result, [*HEADLINES, *PARTS, *scales]), read_done(result)
    teams, limits = _teams(result, groups, trends, done)
    cards = page_scales.scale_cards(result, trends, done) if alone else _cards(result, trends, limits, done)
    cards = [replace(card, inside=teams.hidden_by(card.id, result)) for card in cards]
    facets, dimensions = result.facets(), result.dimensions()
    said = "" if facets or dimensions else page_scales.headline(cards)
    said_above = page_cards.told_above(result)
    return Home(
        frame=frame_of(result, groups),
        headline=said or words.headline(facets, dimensions),
        lede=words.lede(dimensions, result.trend_figure("PTA")),
        cards=cards,
        strong=_once(said_above, page.dimensions(result), page.facets(result)),
        facets_trend=page_facets.facets_trend(result, trends, done),
        feelings=_once(
            said_above,
            page_feelings.feelings(result),
            page_gaps.say_do(result),
            page.leaders(result),
            page_stages.stages(result),
        ),
        others={} if alone else page_scales.others(result),
        teams=teams,
        drivers=page_drivers.drivers(result),
        response=page_response.response(result),
        promise=find_foremost(result.wave.programme_id, read_line_of_units(result)),
        actions=latest_actions(result.wave.programme_id, limit=5),
        noticed=_noticed(result),
        answering=Answering(result),
    )


def _cards(result: Result, trends: Trends, limits: Mapping[str, tuple[int, int]], done: Done) -> list[Card]:
    about = {"PTA": ABOUT, "AMB": {"AMB"}, "TAA": {"TAA", "SAYDO"}}
    flags = {name: done.here(trends[name], measures) for name, measures in about.items()}
    return page_cards.cards(result, trends, limits, flags)


def _teams(
    result: Result, groups: Groups, trends: Trends, done: Done
) -> tuple[Teams, dict[str, tuple[int, int]]]:
    """What lies inside, and the axis that all of the survey's groups share."""
    around, asked = read_around(result), trends_asked(result.plan)
    inside, unshown = _readable(around.inside, around.unshown, groups)
    charts = read_trends_of(result, [one.group for one in inside])
    drawn = [(one, charts[one.group.key]) for one in inside if "PTA" in asked]
    headlines = [(name, trends[name]) for name in HEADLINES]
    limits = page_cards.axis_limits(
        around.tables.values(), [*headlines, *(("PTA", chart) for chart in charts.values())]
    )
    title = words_inside.teams_title([(one.group.name, one.figures.find("PTA")) for one in inside])
    lines = any(len(points) > 1 for _one, points in drawn)
    teams = Teams(
        title=title,
        beside=None if lines or not drawn else page_units.beside(inside, unshown, title),
        multiples=page_units.multiples(drawn, unshown, limits["PTA"], done) if lines or not drawn else [],
        table=page_units.units_table(inside, unshown, asked),
        apart=page_units.telling_apart(read_advice(result)),
        together=[unit for unit in unshown if unit.status == "combined"],
        funnels=page_funnel.funnels(result, groups, around.tables),
        inside=inside,
    )
    return teams, limits


def _readable(
    inside: list[Inside], unshown: list[Unshown], groups: Groups
) -> tuple[list[Inside], list[Unshown]]:
    """Of the teams inside a group those that this reader may open: the others' figures are not theirs to see.

    Why a team is not shown is told to whoever may open all the teams beside it.
    """
    numbers = {group.number for group in groups}
    kept = [one for one in inside if one.group.number in numbers]
    return kept, unshown if len(kept) == len(inside) else []


def _noticed(result: Result) -> str:
    """The whole's figure on every group's page, and called so: it tells of the surveys, not of a team."""
    said = said_in(result.wave)
    if not said.shown:
        return ""
    return _(
        "In the whole organisation, %(share)s of 100 people say that something has changed because of an "
        "earlier survey (between %(low)s and %(high)s, n = %(n)s).",
        share=said.share,
        low=said.low,
        high=said.high,
        n=format_number(said.n),
    )


def _once(said_above: bool, *sections: Section | None) -> list[Section]:
    """Those there are; what the line below the headline says of comparing is not said again."""
    found = [section for section in sections if section is not None]
    if not said_above:
        return found
    return [replace(section, note=section.note.replace(_(FIRST), "").strip()) for section in found]
