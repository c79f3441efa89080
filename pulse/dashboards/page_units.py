"""The teams inside a group, side by side: by name, without ranks."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures, figures_trend, words, words_feelings
from pulse.dashboards.flags import Done, Flags, marks_of, said_of
from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_facets import ABOUT
from pulse.dashboards.page_shared import WITHIN
from pulse.dashboards.reading import HEADLINES, Inside, Unshown
from pulse.dashboards.technical_parts import spread_of
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import breaks
from pulse.dashboards.words_hidden import why_hidden
from pulse.dashboards.words_seen import interval, score_words, seen, spoken
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTrend, table_of
from pulse.results.released_types import ReleasedFigure

#: in a cell of a table
_UNASKED = N_("not asked")
_HEADERS = (
    *(N_("Team"), N_("Answered"), N_("Permission to act"), N_("Mixed feelings")),
    *(N_("Hope and worry"), N_("Treated as assets")),
)
_TELLING_APART = {
    "organisation only": N_(
        "On %(names)s, teams can hardly be told apart from chance: read one team's score with its range, not "
        "against another's."
    ),
    "with care": N_("On %(names)s, teams can be told apart only roughly: set one beside another with care."),
}


@dataclass(frozen=True)
class Multiple:
    """One small chart of permission to act; without a figure its place is hatched and says why."""

    name: str
    number: int | None
    chart: str
    summary: str
    says: str
    reason: str
    #: the section of the method page that explains it
    method: str = "change"


def multiples(
    trends: Sequence[tuple[Inside, ReleasedTrend]],
    unshown: Sequence[Unshown],
    limits: tuple[int, int],
    done: Done,
) -> list[Multiple]:
    """Permission to act, team by team, all on one axis, with what was done for each team."""
    drawn = [_multiple(one, points, limits, done.of_team(one.group, points, ABOUT)) for one, points in trends]
    hidden = [
        Multiple(unit.name, None, "", "", "", unit.said)
        for unit in unshown
        if unit.status in ("higher", "left_out")
    ]
    return drawn + hidden


def _multiple(one: Inside, points: ReleasedTrend, limits: tuple[int, int], flags: Flags) -> Multiple:
    figure = one.figures.find("PTA")
    if figure is None:
        return Multiple(one.group.name, one.group.number, "", "", "", why_hidden(one.group.release.k))
    change = words.change_words(figure, seen=False)[0]
    says = score_words(figure)
    if figure.change is not None or figure.flagged or "trend" in figure.detail:
        says += f" {change}."
    told = [seen(figure)] if figure.change is not None else []
    says = " ".join([says, *told, *breaks(points), *said_of(flags)])
    chart = json.dumps(figures_trend.trend(points, limits, marks_of(flags)))
    return Multiple(one.group.name, one.group.number, chart, says, says, "")


def beside(inside: Sequence[Inside], unshown: Sequence[Unshown], title: str) -> Section | None:
    """One chart of permission to act for all teams, by name, in place of a small one each: for a survey from
    which no team has a line yet."""
    shown_here = [(one.group.name, figure) for one in inside if (figure := one.figures.find("PTA"))]
    hidden = [one.group.name for one in inside if one.figures.find("PTA") is None]
    hidden += [unit.name for unit in unshown if unit.status in ("higher", "left_out")]
    if not shown_here:
        return None
    rows = table_of(shown_here)
    return Section(
        id="teams-beside",
        title=title,
        lede=_("Score of 100 with its 95 % interval. By name, never by rank: small gaps are mostly chance."),
        chart=json.dumps(figures.dots(rows, hidden=hidden)),
        summary="; ".join(f"{name} {shown(figure.value)}, {spoken(figure)}" for name, figure in rows),
        note=_(
            "n = %(n)s. Every number is in the table below.",
            n=spread_of([figure.n for figure in rows.cells]),
        ),
        table={},
        method="funnel",
    )


def units_table(inside: Sequence[Inside], unshown: Sequence[Unshown], asked: Collection[str]) -> Table:
    """Groups inside this one beside each other, by name: no ranks, and no place for the smallest.

    `asked` are the measures that this survey could show; of another nothing is hidden.
    """
    rows: list[list[Any]] = []
    for one in inside:
        why = {"hidden": why_hidden(one.group.release.k)}
        missing = {name: why if name in asked else _(_UNASKED) for name in HEADLINES}
        cells = [_cell(one.figures.find(name)) or missing[name] for name in HEADLINES]
        word = words_feelings.feelings_word(one.figures.find("AMB")) or missing["AMB"]
        rows.append([one.group.name, f"{one.group.n:,}", cells[0], cells[1], word, cells[2]])
    apart = [unit for unit in unshown if unit.status in ("higher", "left_out")]
    rows += [[unit.name, *[{"hidden": unit.said}] * 5] for unit in apart]
    headers = [_(header) for header in _HEADERS]
    return {"headers": headers, "rows": rows, "numeric": [1, 2, 3, 5], "method": "funnel"}


def telling_apart(advice: Mapping[str, str]) -> list[str]:
    """What to bear in mind before teams are set side by side; empty where they can be told apart.

    `advice` is the measurement's, by headline measure: "compare", "with care" or "organisation only".
    """
    said = []
    for kind, sentence in _TELLING_APART.items():
        names = [_(within) for name, within in WITHIN.items() if advice.get(name) == kind]
        if names:
            said.append(_(sentence, names=words.join(names)))
    return said


def _cell(figure: ReleasedFigure | None) -> str:
    """Empty where it is hidden."""
    if figure is None:
        return ""
    return f"{shown(figure.value)} ({interval(figure)})"
