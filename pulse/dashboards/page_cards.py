"""The headline cards of a results page: a number, its change, what it is made of, and the trend so far."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pulse.dashboards import figures, words
from pulse.dashboards.page import Table
from pulse.dashboards.reading import HEADLINES, Point, Result
from pulse.dashboards.words import shown
from pulse.results.models import Figure

CARD_LABELS = {"PTA": "Permission to act", "AMB": "Mixed feelings", "TAA": "Treated as assets"}
#: the section of the method page that explains a headline
CARD_METHODS = {"PTA": "permission", "AMB": "griffin", "TAA": "assets"}
#: position on a trend -> (mark, what was done and when)
Flags = dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Card:
    """One headline number; `figure` None means that it is hidden for this group."""

    id: str
    label: str
    figure: Figure | None
    change: str
    direction: str
    chart: str
    summary: str
    about: str
    table: Table
    method: str


def axis_limits(
    spread: dict[str, list[float]], drawn: Iterable[tuple[str, list[Point]]]
) -> dict[str, tuple[int, int]]:
    """The axis of each measure, the same for every unit of the wave.

    Permission to act and being treated as an asset share one, so that they can be compared; mixed feelings,
    which are no level of the same kind, have their own.
    """
    values = {measure: list(found) for measure, found in spread.items()}
    for measure, points in drawn:
        values[measure] += [p.figure.value for p in points if p.figure and p.figure.value is not None]
    level = figures.trend_range([*values["PTA"], *values["TAA"]])
    return {"PTA": level, "TAA": level, "AMB": figures.trend_range(values["AMB"])}


def cards(
    result: Result, trends: dict[str, list[Point]], limits: dict[str, tuple[int, int]], flags: Flags
) -> list[Card]:
    """Permission to act, mixed feelings, treated as assets: now, change, and the trend so far."""
    marks: dict[str, Flags] = {"PTA": flags}
    return [_card(result, name, trends[name], limits[name], marks.get(name, {})) for name in HEADLINES]


def _card(result: Result, name: str, points: list[Point], limits: tuple[int, int], flags: Flags) -> Card:
    figure = result.trend_figure(name)
    least = result.figures.get("AMB.least") if name == "AMB" else None
    change, direction = words.change_words(figure, least) if figure is not None else ("", "none")
    marks = {at: mark for at, (mark, _) in flags.items()}
    first = next((point for point in points if point.figure is not None), None)
    started = f"from {shown(first.figure.value)} in {first.label}" if first and first.figure else ""
    return Card(
        id=name.lower(),
        label=CARD_LABELS[name],
        figure=figure,
        change=change,
        direction=direction,
        chart=json.dumps(figures.trend(points, limits, marks)) if len(points) > 1 else "",
        summary=f"{CARD_LABELS[name]} over {len(points)} surveys, {started} to {_shown(figure)}.",
        about=" ".join(
            [*_about(result, name), *(f"Mark {mark}: {label}." for mark, label in flags.values())]
        ),
        table=trend_table(points),
        method=CARD_METHODS[name],
    )


def _shown(figure: Figure | None) -> str:
    return "hidden" if figure is None else str(shown(figure.value))


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


def trend_table(points: Sequence[Point]) -> Table:
    """The numbers of a trend chart, newest first."""
    rows = [
        [
            p.label,
            shown(p.figure.value),
            f"{shown(p.figure.low)} to {shown(p.figure.high)}",
            f"{p.figure.n:,}",
        ]
        if p.figure is not None
        else [p.label, {"hidden": "These people had no result of their own in this survey."}, "", ""]
        for p in reversed(points)
    ]
    return {"headers": ["Survey", "Score", "95 % interval", "n"], "rows": rows}
