"""Charts as plain dicts in Plotly's form, from released figures only. No figure objects: they cost 100 times.

Colours are the light palette; the page's script makes the dark one, wraps labels and sizes text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pulse.dashboards.reading import Point
from pulse.dashboards.words import FACET_LABELS, shown
from pulse.results.models import Figure

BRAND, ACCENT, MUTED, GRID, INK = "#12436D", "#B35806", "#3C4D5D", "#D5DDE5", "#0B1F33"
BAND = "rgba(18,67,109,0.14)"
_ROW = 44
_PADDING = 52

Chart = dict[str, Any]


def trend_range(values: Sequence[float]) -> tuple[int, int]:
    """The narrowest of four axes around 50 that holds all values with a little room; never zoomed to fit."""
    farthest = max((abs(value - 50) for value in values), default=0.0)
    half = next(half for half in (25, 30, 40, 50) if farthest <= half - 2 or half == 50)
    return (50 - half, 50 + half)


def trend(points: Sequence[Point], limits: tuple[int, int], flags: Mapping[int, str] | None = None) -> Chart:
    """Points, line and 95 % band over the waves; a hole where there was no figure for these people.

    `flags` puts a numbered mark of an action before the wave at that position.
    """
    x = list(range(len(points)))
    last = max((i for i in x if points[i].figure is not None), default=0)
    line = {
        "x": x,
        "y": [_part(point, "value") for point in points],
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": BRAND, "width": 2},
        "marker": {"color": BRAND, "size": [10 if i == last else 6 for i in x]},
        "text": [f"{point.label}: {_said(point)}" for point in points],
        "hovertemplate": "%{text}<extra></extra>",
    }
    bands = [trace for run in _runs(points) for trace in _band(points, run)]
    return {"data": [*bands, line], "layout": _trend_layout(points, limits, flags or {})}


def _runs(points: Sequence[Point]) -> list[list[int]]:
    """Positions of neighbouring waves that have figures: a band must not stretch over a hole."""
    runs: list[list[int]] = []
    for i, point in enumerate(points):
        if point.figure is None:
            continue
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _band(points: Sequence[Point], run: list[int]) -> list[Chart]:
    """The interval of one run: a band, or for a wave that stands alone an upright bar."""
    low, high = ([_part(points[i], name) for i in run] for name in ("low", "high"))
    plain: Chart = {"mode": "lines", "hoverinfo": "skip"}
    if len(run) == 1:
        return [{**plain, "x": run * 2, "y": [*low, *high], "line": {"color": BAND, "width": 8}}]
    edge = {**plain, "x": run, "line": {"width": 0}}
    return [{**edge, "y": low}, {**edge, "y": high, "fill": "tonexty", "fillcolor": BAND}]


def _trend_layout(points: Sequence[Point], limits: tuple[int, int], flags: Mapping[int, str]) -> Chart:
    low, high = limits
    ends = [0, len(points) - 1] if len(points) > 1 else [0]
    lines = [
        {"type": "line", "x0": i - 0.5, "x1": i - 0.5, "y0": low, "y1": high, "line": _dashed()}
        for i in flags
    ]
    marks = [
        {
            "x": i - 0.5,
            "y": high,
            "text": text,
            "showarrow": False,
            "bgcolor": ACCENT,
            "borderpad": 2,
            "font": {"color": "#FFFFFF", "weight": 700},
        }
        for i, text in flags.items()
    ]
    return {
        "xaxis": {
            "range": [-0.6, len(points) - 0.4],
            "tickvals": ends,
            "ticktext": [points[i].label for i in ends],
            "showgrid": False,
        },
        "yaxis": {"range": [low, high], "tickvals": [low, (low + high) / 2, high], "gridcolor": GRID},
        "shapes": lines,
        "annotations": marks,
        "margin": {"l": 34, "r": 14, "t": 16},
    }


def _dashed() -> Chart:
    return {"color": ACCENT, "width": 1, "dash": "dot"}


def _part(point: Point, name: str) -> float | None:
    value = getattr(point.figure, name) if point.figure is not None else None
    return None if value is None else round(value, 1)


def _said(point: Point) -> str:
    figure = point.figure
    if figure is None:
        return "no result of their own"
    return f"{shown(figure.value)}, between {shown(figure.low)} and {shown(figure.high)}"


def dots(rows: Sequence[tuple[str, Figure]], divide_after: int | None = None) -> Chart:
    """Dot and interval on 0 to 100, first row on top; a dotted line below the rows to build on."""
    labels = [label for label, _ in rows]
    data = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [round(figure.value or 0, 1) for _, figure in rows],
            "y": list(range(len(rows))),
            "error_x": _errors([figure for _, figure in rows]),
            "marker": {"color": BRAND, "size": 12},
            "text": [str(shown(figure.value)) for _, figure in rows],
            "textposition": "top center",
            "textfont": {"color": INK, "weight": 700},
            "hovertext": [f"{label}: {_range(figure)}" for label, figure in rows],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]
    shapes = []
    if divide_after:
        edge = {"xref": "paper", "x0": 0, "x1": 1, "y0": divide_after - 0.5, "y1": divide_after - 0.5}
        shapes = [{"type": "line", **edge, "line": {"color": MUTED, "width": 1, "dash": "dot"}}]
    return {"data": data, "layout": rows_layout(labels) | {"shapes": shapes}}


def bars(rows: Sequence[tuple[str, Figure]], weakest: int) -> Chart:
    """Bars with intervals for the parts of permission to act; the last `weakest` ones in another colour."""
    colours = [BRAND] * (len(rows) - weakest) + [ACCENT] * weakest
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [round(figure.value or 0, 1) for _, figure in rows],
            "y": list(range(len(rows))),
            "width": 0.5,
            "marker": {"color": colours},
            "error_x": _errors([figure for _, figure in rows]),
            "hovertext": [f"{FACET_LABELS[facet]}: {_range(figure)}" for facet, figure in rows],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
        _labels_at([(figure.high or 0) + 2 for _, figure in rows], [str(shown(f.value)) for _, f in rows]),
    ]
    return {"data": data, "layout": rows_layout([FACET_LABELS[facet] for facet, _ in rows])}


def _errors(figures: Sequence[Figure]) -> Chart:
    return {
        "type": "data",
        "symmetric": False,
        "array": [round((f.high or 0) - (f.value or 0), 1) for f in figures],
        "arrayminus": [round((f.value or 0) - (f.low or 0), 1) for f in figures],
        "color": MUTED,
        "thickness": 3,
        "width": 0,
    }


def _labels_at(x: Sequence[float], texts: Sequence[str]) -> Chart:
    return {
        "x": list(x),
        "y": list(range(len(x))),
        "mode": "text",
        "text": list(texts),
        "textposition": "middle right",
        "textfont": {"color": INK, "weight": 700},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _range(figure: Figure) -> str:
    return f"{shown(figure.value)}, between {shown(figure.low)} and {shown(figure.high)}"


def rows_layout(labels: Sequence[str], row: int = _ROW) -> Chart:
    """Rows from top to bottom on a fixed 0 to 100 axis."""
    count = len(labels)
    return {
        "height": row * count + _PADDING,
        "xaxis": {"range": [0, 104], "tickvals": [0, 25, 50, 75, 100], "gridcolor": GRID},
        "yaxis": {
            "range": [count - 0.4, -0.6],
            "tickvals": list(range(count)),
            "ticktext": list(labels),
            "showgrid": False,
        },
    }
