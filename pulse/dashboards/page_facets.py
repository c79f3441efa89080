"""Permission to act over the surveys: its short score and each of its four parts, small, on one axis."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulse.dashboards import figures_trend, words
from pulse.dashboards.flags import Done, Flags, marks_of, said_of
from pulse.dashboards.page import Table
from pulse.dashboards.reading import FACETS, Result
from pulse.dashboards.words import FACET_LABELS, FACET_MEANINGS, shown
from pulse.dashboards.words_breaks import breaks
from pulse.dashboards.words_seen import interval, score_words, seen
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedFigure

#: permission to act and its parts, as measures
PARTS = tuple(f"PTA.{facet}" for facet in FACETS)
#: the whole scale, so that every part of every team stands on the same
LIMITS = (0, 100)
#: what should move when something is done about permission to act
ABOUT = frozenset({"PTA", *PARTS})
_ROTATES = N_("%(parts)s: the questions take turns, so no line can be drawn over the surveys.")
_LEDE = N_("From the questions that are asked every time, all on the same axis.")
_MEANINGS = {"PTA": N_("the short score")} | {
    part: FACET_MEANINGS[part.removeprefix("PTA.")] for part in PARTS
}


@dataclass(frozen=True)
class Part:
    """One small chart; without one, its figure in words, or why that is hidden."""

    id: str
    name: str
    meaning: str
    chart: str
    summary: str
    says: str
    hidden: str = ""


@dataclass(frozen=True)
class Facets:
    """The parts side by side."""

    title: str
    lede: str
    parts: list[Part]
    table: Table
    id: str = "facets-trend"
    method: str = "permission"


def facets_trend(result: Result, trends: Mapping[str, ReleasedTrend], done: Done) -> Facets | None:
    """None unless some part can be followed from survey to survey."""
    if all(len(trends[part]) < 2 for part in PARTS):
        return None
    lines = [part for part in ("PTA", *PARTS) if part in result.figures or result.hides_trend(part)]
    turning = [_label(part) for part in PARTS if part not in lines]
    rotates = " " + _(_ROTATES, parts=words.join(turning)) if turning else ""
    return Facets(
        title=_title({part: result.trend_figure(part) for part in PARTS}),
        lede=_(_LEDE) + rotates,
        parts=[_part(result, part, trends[part], done.here(trends[part], _moved_by(part))) for part in lines],
        table=_table({part: trends[part] for part in lines if trends[part]}),
    )


def _moved_by(part: str) -> frozenset[str]:
    """The measures of actions that should move a line."""
    return ABOUT if part == "PTA" else frozenset({"PTA", part})


def _part(result: Result, part: str, points: ReleasedTrend, flags: Flags) -> Part:
    facet = part.removeprefix("PTA.")
    named = {"id": f"part-{facet.lower()}", "name": _label(part), "meaning": _(_MEANINGS[part])}
    figure = result.trend_figure(part)
    if figure is None:
        return Part(**named, chart="", summary="", says="", hidden=result.why_hidden)
    if len(points) < 2:
        return Part(**named, chart="", summary="", says=_says(figure))
    says = " ".join([_says(figure), *breaks(points), *said_of(flags)])
    chart = json.dumps(figures_trend.trend(points, LIMITS, marks_of(flags)))
    return Part(**named, chart=chart, summary=says, says=says)


def _says(figure: ReleasedFigure) -> str:
    change = words.change_words(figure, seen=False)[0]
    said = score_words(figure)
    return f"{said} {seen(figure)}" if figure.change is None else f"{said} {change}. {seen(figure)}"


def _title(figures: Mapping[str, ReleasedFigure | None]) -> str:
    """Which parts moved, or that none did."""
    ways = {part: words.change_words(figure)[1] for part, figure in figures.items() if figure is not None}
    rose, fell = ([_label(part) for part, way in ways.items() if way == one] for one in ("up", "down"))
    if rose and fell:
        risen, fallen = words.join(rose), words.join(fell)
        return _("%(rose)s rose; %(fell)s fell: more than noise", rose=risen, fell=fallen)
    if rose:
        return _("%(names)s rose: more than noise", names=words.join(rose))
    if fell:
        return _("%(names)s fell: more than noise", names=words.join(fell))
    if "none" in ways.values():
        return _("No part of permission to act changed beyond noise")
    return _("The parts of permission to act over the surveys")


def _label(part: str) -> str:
    return _("Permission to act") if part == "PTA" else _(FACET_LABELS[part.removeprefix("PTA.")])


def _table(drawn: Mapping[str, ReleasedTrend]) -> Table:
    """Newest survey first, a column for each part."""
    known = {part: {point.label: point.figure for point in points} for part, points in drawn.items()}
    longest = max(drawn.values(), key=len, default=None)
    rows: list[list[Any]] = [
        [point.label, *(_cell(known[part].get(point.label)) for part in drawn)]
        for point in reversed(longest.points if longest else ())
    ]
    return {"headers": [_("Survey"), *map(_label, drawn)], "rows": rows}


def _cell(figure: ReleasedFigure | None) -> str:
    return _("none") if figure is None else f"{shown(figure.value)} ({interval(figure)}), n = {figure.n:,}"
