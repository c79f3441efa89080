"""The picture of a trend: points, line and band on the axis of all units, visibly broken at each break."""

from collections.abc import Mapping

from markupsafe import Markup

from pulse.dashboards.svg_marks import SMALL, area, box, dot, line, path, picture, shortened, words
from pulse.dashboards.words import shown
from pulse.dashboards.words_breaks import on_chart
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedPoint, ReleasedTrend

_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 316, 26, 140
_HEIGHT = 168
_LABEL = 20


class _Plane:
    """Where a wave and a score lie."""

    def __init__(self, waves: int, limits: tuple[int, int]) -> None:
        self.low, self.high = limits
        self._step = (_RIGHT - _LEFT) / max(1, waves - 1)
        self._first = float(_LEFT) if waves > 1 else (_LEFT + _RIGHT) / 2

    def x(self, wave: float) -> float:
        return self._first + self._step * wave

    def y(self, value: float | None) -> float:
        inside = min(max(value or 0.0, self.low), self.high)
        return _BOTTOM - (_BOTTOM - _TOP) * (inside - self.low) / (self.high - self.low)


def trend(
    points: ReleasedTrend,
    limits: tuple[int, int],
    flags: Mapping[int, str] | None = None,
    *,
    title: str = "",
) -> Markup:
    """Points, line and 95 % band; a hole, or a start after which other teams are counted, is a dotted line.

    `limits` are the ends of the axis; `flags` puts a mark of an action before the wave at that position.
    """
    plane = _Plane(len(points), limits)
    marks = [*_axis(plane), *_ends(points, plane), *_breaks(points, plane)]
    for run in runs(points):
        marks += _run(points, run, plane)
    marks += [mark for i, flag in (flags or {}).items() for mark in _flag(plane.x(i - 0.5), flag)]
    return picture(
        _HEIGHT,
        title or _("Score over the surveys"),
        "; ".join(f"{one.label}: {_said(one)}" for one in points),
        marks,
    )


def runs(points: ReleasedTrend) -> list[list[int]]:
    """Positions of neighbouring waves that have figures: neither line nor band stretches over a hole."""
    found: list[list[int]] = []
    for i, point in enumerate(points):
        if point.figure is None:
            continue
        if found and found[-1][-1] == i - 1:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _axis(plane: _Plane) -> list[Markup]:
    values = (plane.low, (plane.low + plane.high) // 2, plane.high)
    return [
        mark
        for value in values
        for mark in (
            line(_LEFT - 6, plane.y(value), _RIGHT + 8, plane.y(value)),
            words(_LEFT - 12, plane.y(value) + 5, value, anchor="end", size=SMALL, kind="muted"),
        )
    ]


def _ends(points: ReleasedTrend, plane: _Plane) -> list[Markup]:
    """The labels of the first and the last wave."""
    if len(points) == 1:
        return [_label(plane.x(0), points[0], "middle")]
    if not points:
        return []
    return [_label(0, points[0], "start"), _label(360, points[len(points) - 1], "end")]


def _label(x: float, point: ReleasedPoint, anchor: str) -> Markup:
    said = shortened(point.label, _LABEL)
    return words(x, _BOTTOM + 24, said, anchor=anchor, size=SMALL, kind="muted")


def _run(points: ReleasedTrend, run: list[int], plane: _Plane) -> list[Markup]:
    """One unbroken stretch; the newest survey's point is larger, and its score stands beside it."""
    figures = [(plane.x(i), found) for i in run if (found := points[i].figure) is not None]
    highs = [(x, plane.y(one.high)) for x, one in figures]
    lows = [(x, plane.y(one.low)) for x, one in figures]
    alone = len(run) == 1
    band = (
        box(highs[0][0] - 4, highs[0][1], 8, lows[0][1] - highs[0][1], pale=True)
        if alone
        else area([*highs, *reversed(lows)])
    )
    marks = [band] if alone else [band, path([(x, plane.y(one.value)) for x, one in figures])]
    newest = run[-1] == max(i for i, point in enumerate(points) if point.figure is not None)
    for x, one in figures:
        last = newest and x == figures[-1][0]
        marks.append(dot(x, plane.y(one.value), radius=6 if last else 3.5))
        if last:
            marks.append(words(x + 12, plane.y(one.value) + 6, shown(one.value), bold=True))
    return marks


def _breaks(points: ReleasedTrend, plane: _Plane) -> list[Markup]:
    holes = [float(i) for i, point in enumerate(points) if point.figure is None]
    places = [-0.2, *holes] if points.before == "others" else holes
    return [_upright(plane.x(place), "muted") for place in places]


def _flag(x: float, mark: str) -> list[Markup]:
    return [
        _upright(x, "accent"),
        box(x - 11, 0, 22, 22, kind="accent"),
        words(x, 16, mark, anchor="middle", size=SMALL, kind="page", bold=True),
    ]


def _upright(x: float, kind: str) -> Markup:
    return line(x, _TOP, x, _BOTTOM, kind=kind, dotted=True)


def _said(point: ReleasedPoint) -> str:
    one = point.figure
    if one is None:
        return on_chart(point)
    among = _("between %(low)s and %(high)s", low=shown(one.low), high=shown(one.high))
    return f"{shown(one.value)}, {among}"
