"""The chart of a trend: points, line and band on an axis around the middle, visibly broken at each break."""

from collections.abc import Iterable, Mapping

from pulse.dashboards.figures import ACCENT, BRAND, GRID, MUTED, Chart
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import on_chart
from pulse.dashboards.words_seen import spoken
from pulse.results.released_tables import ReleasedPoint, ReleasedTrend
from pulse.results.released_types import ReleasedFigure

BAND = "rgba(18,67,109,0.14)"


def trend_range(figures: Iterable[ReleasedFigure]) -> tuple[int, int]:
    """The narrowest of four axes around 50 that holds all values with a little room; never zoomed to fit."""
    values = (figure.value for figure in figures if figure.value is not None)
    farthest = max((abs(value - 50) for value in values), default=0.0)
    half = next(half for half in (25, 30, 40, 50) if farthest <= half - 2 or half == 50)
    return (50 - half, 50 + half)


def trend(points: ReleasedTrend, limits: tuple[int, int], flags: Mapping[int, str] | None = None) -> Chart:
    """Points, line and 95 % band over the waves; a hole where there was no figure for these people, marked
    by an upright dotted line, as is a start after which other teams are counted than before.

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


def _runs(points: ReleasedTrend) -> list[list[int]]:
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


def _band(points: ReleasedTrend, run: list[int]) -> list[Chart]:
    """The interval of one run: a band, or for a wave that stands alone an upright bar."""
    low, high = ([_part(points[i], name) for i in run] for name in ("low", "high"))
    plain: Chart = {"mode": "lines", "hoverinfo": "skip"}
    if len(run) == 1:
        return [{**plain, "x": run * 2, "y": [*low, *high], "line": {"color": BAND, "width": 8}}]
    edge = {**plain, "x": run, "line": {"width": 0}}
    return [{**edge, "y": low}, {**edge, "y": high, "fill": "tonexty", "fillcolor": BAND}]


def _trend_layout(points: ReleasedTrend, limits: tuple[int, int], flags: Mapping[int, str]) -> Chart:
    low, high = limits
    ends = sorted({0, len(points) - 1}) if points else []
    lines = [_upright(i - 0.5, limits, ACCENT) for i in flags]
    lines += [_upright(x, limits, MUTED) for x in _breaks(points)]
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


def _upright(x: float, limits: tuple[int, int], color: str) -> Chart:
    line = {"color": color, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": limits[0], "y1": limits[1], "line": line}


def _breaks(points: ReleasedTrend) -> list[float]:
    """Where the line starts with another set of teams, and where it has a hole."""
    holes = [float(i) for i, point in enumerate(points) if point.figure is None]
    return [-0.5, *holes] if points.before == "others" else holes


def _part(point: ReleasedPoint, name: str) -> float | None:
    value = getattr(point.figure, name) if point.figure is not None else None
    return None if value is None else round(value, 1)


def _said(point: ReleasedPoint) -> str:
    figure = point.figure
    if figure is None:
        return on_chart(point)
    return f"{shown(figure.value)}, {spoken(figure)}"
