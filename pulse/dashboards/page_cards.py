"""The headline cards of a results page: a number, its change, what it is made of, and the trend so far."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pulse.dashboards import figures_trend, words
from pulse.dashboards.flags import Flags, marks_of, said_of
from pulse.dashboards.page import Table
from pulse.dashboards.reading import HEADLINES, Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import breaks, why_empty
from pulse.dashboards.words_seen import interval, seen, spoken
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedPoint, ReleasedTable, ReleasedTrend
from pulse.results.released_types import ReleasedFigure

CARD_LABELS = {
    "PTA": N_("Permission to act"),
    "AMB": N_("Mixed feelings"),
    "TAA": N_("Treated as assets"),
}
#: the section of the method page that explains a headline
CARD_METHODS = {"PTA": "permission", "AMB": "griffin", "TAA": "assets"}
_NOT_ASSETS = N_("Asked with other questions than the principle Assets, so the two numbers differ.")
#: on a card whose score was not asked, or so that no two surveys could be compared
_UNASKED = N_("This survey did not ask the questions that this score is made of.")


@dataclass(frozen=True)
class Card:
    """One headline number; without a `figure`, why there is none, and whether that protects people."""

    id: str
    label: str
    figure: ReleasedFigure | None
    why: str
    hidden: bool
    #: "between 57 and 59"
    range: str
    change: str
    direction: str
    chart: str
    summary: str
    about: str
    #: what is told beside its table: where the line breaks, what its marks stand for
    more: str
    table: Table
    method: str
    #: what its average hides among the groups directly inside
    inside: str = ""

    @property
    def file(self) -> bool:
        """Whether the numbers of its trend are also a file."""
        return self.id.upper() in HEADLINES and bool(self.table)


def axis_limits(
    spread: Iterable[ReleasedTable], drawn: Iterable[tuple[str, ReleasedTrend]]
) -> dict[str, tuple[int, int]]:
    """The axis of each headline, the same for every unit of the wave.

    Permission to act and being treated as an asset share one, so that they can be compared; mixed feelings,
    which are no level of the same kind, have their own.
    """
    values: dict[str, list[ReleasedFigure]] = {measure: [] for measure in HEADLINES}
    for measure, figure in (row for table in spread for row in table if row[0] in values):
        values[measure].append(figure)
    for measure, points in drawn:
        values[measure] += points.figures
    level = figures_trend.trend_range([*values["PTA"], *values["TAA"]])
    return {"PTA": level, "TAA": level, "AMB": figures_trend.trend_range(values["AMB"])}


def cards(
    result: Result,
    trends: Mapping[str, ReleasedTrend],
    limits: Mapping[str, tuple[int, int]],
    flags: Mapping[str, Flags],
) -> list[Card]:
    """Permission to act, mixed feelings, treated as assets: now, change, and the trend so far."""
    return [
        card_of(result, name, CARD_LABELS[name], trends[name], limits[name], flags.get(name, {}))
        for name in HEADLINES
    ]


def card_of(
    result: Result,
    name: str,
    label: str,
    points: ReleasedTrend,
    limits: tuple[int, int],
    flags: Flags,
) -> Card:
    """The card of one measure; its level where no figure may be compared from wave to wave."""
    figure = result.trend_figure(name) or result.figure(name)
    least = result.figures.find("AMB.least") if name == "AMB" else None
    change, direction = words.change_words(figure, least, seen=False) if figure is not None else ("", "none")
    if direction == "first" and told_above(result):
        change = ""
    return Card(
        id=name.lower(),
        label=_(label),
        figure=figure,
        why=result.why_hidden if result.hides_trend(name) else _(_UNASKED),
        hidden=result.hides_trend(name),
        range=spoken(figure) if figure is not None else "",
        change=change,
        direction=direction,
        chart=json.dumps(figures_trend.trend(points, limits, marks_of(flags))) if len(points) > 1 else "",
        summary=_summary(_(label), points),
        about=" ".join(_about(result, name, figure)),
        more=" ".join([*_more(result, name, figure), *breaks(points), *said_of(flags)]),
        table=trend_table(points) if points else {},
        method=CARD_METHODS.get(name, "scales"),
    )


def told_above(result: Result) -> bool:
    """Whether the line under the headline says that no survey can be compared with this one."""
    act = result.trend_figure("PTA")
    return act is not None and words.change_words(act)[1] == "first"


def _summary(label: str, points: ReleasedTrend) -> str:
    """The line in words, for who cannot see it: its two ends, and where it breaks."""
    if not points:
        return ""
    line = _(
        "%(label)s over %(surveys)s surveys, from %(first)s in %(since)s to %(last)s.",
        label=label,
        surveys=len(points),
        first=_said(points[0]),
        since=points[0].label,
        last=_said(points[-1]),
    )
    return " ".join([line, *breaks(points)])


def _said(point: ReleasedPoint) -> str:
    return _("hidden") if point.figure is None else str(shown(point.figure.value))


def _about(result: Result, name: str, figure: ReleasedFigure | None) -> list[str]:
    """What a score rests on, and what could have been seen."""
    if figure is None:
        return []
    made_of = words.made_of(name, figure.detail.get("items", []), _whole_scale(result, name))
    said = [f"n = {figure.n:,}{', ' if made_of else ''}{made_of}."]
    return [*said, seen(figure)] if figure.change is not None else said


def _more(result: Result, name: str, figure: ReleasedFigure | None) -> list[str]:
    """What a score may be compared with, and the score if every team counted by its size."""
    if figure is None:
        return []
    items = figure.detail.get("items", [])
    short = bool(items) and set(items) != set(_whole_scale(result, name))
    said = [_("A short score, to be compared only with itself.")] if short else []
    if name == "TAA":
        said.append(_(_NOT_ASSETS))
    by_size = figure.detail.get("weighted", {}).get("value")
    if by_size is not None and shown(by_size) != shown(figure.value):
        said.append(_("If every team counted by its size: %(score)s.", score=shown(by_size)))
    return said


def _whole_scale(result: Result, name: str) -> list[str]:
    """The questions of a measure that this survey asked whole; none where it asked only some of them."""
    found = (one for one in result.plan["measures"] if one["id"] == name and one.get("whole"))
    return [item for measure in found for item in measure["items"]]


def trend_table(points: ReleasedTrend) -> Table:
    """The numbers of a trend chart, newest first."""
    rows = [
        [
            p.label,
            shown(p.figure.value),
            interval(p.figure),
            f"{p.figure.n:,}",
        ]
        if p.figure is not None
        else [p.label, {"hidden": why_empty(p, points.group.release.k)}, "", ""]
        for p in reversed(points.points)
    ]
    return {"headers": [_("Survey"), _("Score"), _("95 % interval"), "n"], "rows": rows}
