"""The headline cards of a results page: a number, its change, what it is made of, and the trend so far."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pulse.dashboards import figures_trend, words
from pulse.dashboards.page import Table
from pulse.dashboards.reading import HEADLINES, Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import breaks, why_empty
from pulse.results.released_tables import ReleasedPoint, ReleasedTable, ReleasedTrend
from pulse.results.released_types import ReleasedFigure

CARD_LABELS = {"PTA": "Permission to act", "AMB": "Mixed feelings", "TAA": "Treated as assets"}
#: the section of the method page that explains a headline
CARD_METHODS = {"PTA": "permission", "AMB": "griffin", "TAA": "assets"}
#: position on a trend -> (mark, what was done and when)
Flags = dict[int, tuple[str, str]]
#: on a card whose score was not asked, or so that no two surveys could be compared
_UNASKED = "This survey did not ask the questions that this score is made of."


@dataclass(frozen=True)
class Card:
    """One headline number; without a `figure`, why there is none, and whether that protects people."""

    id: str
    label: str
    figure: ReleasedFigure | None
    why: str
    hidden: bool
    change: str
    direction: str
    chart: str
    summary: str
    about: str
    table: Table
    method: str


def axis_limits(
    spread: Iterable[ReleasedTable], drawn: Iterable[tuple[str, ReleasedTrend]]
) -> dict[str, tuple[int, int]]:
    """The axis of each measure, the same for every unit of the wave.

    Permission to act and being treated as an asset share one, so that they can be compared; mixed feelings,
    which are no level of the same kind, have their own.
    """
    values: dict[str, list[ReleasedFigure]] = {measure: [] for measure in HEADLINES}
    for measure, figure in (row for table in spread for row in table):
        values[measure].append(figure)
    for measure, points in drawn:
        values[measure] += points.figures
    level = figures_trend.trend_range([*values["PTA"], *values["TAA"]])
    return {"PTA": level, "TAA": level, "AMB": figures_trend.trend_range(values["AMB"])}


def cards(
    result: Result, trends: dict[str, ReleasedTrend], limits: dict[str, tuple[int, int]], flags: Flags
) -> list[Card]:
    """Permission to act, mixed feelings, treated as assets: now, change, and the trend so far."""
    marks: dict[str, Flags] = {"PTA": flags}
    return [_card(result, name, trends[name], limits[name], marks.get(name, {})) for name in HEADLINES]


def _card(result: Result, name: str, points: ReleasedTrend, limits: tuple[int, int], flags: Flags) -> Card:
    figure = result.trend_figure(name)
    least = result.figures.find("AMB.least") if name == "AMB" else None
    change, direction = words.change_words(figure, least) if figure is not None else ("", "none")
    marks = {at: mark for at, (mark, _) in flags.items()}
    return Card(
        id=name.lower(),
        label=CARD_LABELS[name],
        figure=figure,
        why=result.why_hidden if result.hides_trend(name) else _UNASKED,
        hidden=result.hides_trend(name),
        change=change,
        direction=direction,
        chart=json.dumps(figures_trend.trend(points, limits, marks)) if len(points) > 1 else "",
        summary=_summary(name, points),
        about=" ".join([*_about(result, name), *breaks(points), *_marked(flags)]),
        table=trend_table(points),
        method=CARD_METHODS[name],
    )


def _summary(name: str, points: ReleasedTrend) -> str:
    """The line in words, for who cannot see it: its two ends, and where it breaks."""
    if not points:
        return ""
    started = f"from {_said(points[0])} in {points[0].label}"
    line = f"{CARD_LABELS[name]} over {len(points)} surveys, {started} to {_said(points[-1])}."
    return " ".join([line, *breaks(points)])


def _said(point: ReleasedPoint) -> str:
    return "hidden" if point.figure is None else str(shown(point.figure.value))


def _marked(flags: Flags) -> list[str]:
    return [f"Mark {mark}: {label}." for mark, label in flags.values()]


def _about(result: Result, name: str) -> list[str]:
    """What a headline rests on, and what it would be if every team counted by its size."""
    figure = result.trend_figure(name)
    if figure is None:
        return []
    made_of = words.made_of(name, figure.detail.get("items", []), _whole_scale(result, name))
    said = [f"n = {figure.n:,}{', ' if made_of else ''}{made_of}."]
    by_size = figure.detail.get("weighted", {}).get("value")
    if by_size is not None and shown(by_size) != shown(figure.value):
        said.append(f"If every team counted by its size: {shown(by_size)}.")
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
            f"{shown(p.figure.low)} to {shown(p.figure.high)}",
            f"{p.figure.n:,}",
        ]
        if p.figure is not None
        else [p.label, {"hidden": why_empty(p, points.group.release.k)}, "", ""]
        for p in reversed(points.points)
    ]
    return {"headers": ["Survey", "Score", "95 % interval", "n"], "rows": rows}
