"""Funnel of the teams of a wave: how many answered against their score, with the limits of chance."""

from collections.abc import Collection, Sequence
from math import log10

from pulse.dashboards.figures import BRAND, GRID, INK, MUTED, Chart
from pulse.dashboards.words import shown
from pulse.domain.measurement.funnel import limits
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

#: points of each limit: enough for a curve that looks smooth
_STEPS = 36
#: so many times the largest team the curves run on
_BEYOND = 1.08
_HEIGHT = 380
_OTHERS = "#7FA7D6"
#: where the largest team is so many times the smallest, equal steps would press the small ones together
_WIDE = 8
_LOG_TICKS = (3, 5, 10, 30, 100, 300, 1_000, 3_000, 10_000)


def funnel(
    dots: Sequence[ReleasedFigure],
    whole: ReleasedFigure,
    marked: Collection[int] = (),
    own: int | None = None,
) -> Chart:
    """An unlabelled dot a team between the 95 % and 99.8 % limits around the mean of all teams.

    `dots` are the figures of one measure that the reader may open, and `whole` the organisation's about
    telling teams apart ("UNITS:..."), which has the centre and the spread. `marked` are numbers of groups
    to tell from the others, `own` the one whose page is open: it alone says its numbers. Raises ValueError
    for no dot, or a spread of 0.
    """
    if not dots:
        raise ValueError("A funnel needs at least one team.")
    others = [dot for dot in dots if dot.group.number not in {*marked, own}]
    inside = [dot for dot in dots if dot.group.number in marked and dot.group.number != own]
    ends = _ends([dot.n for dot in dots], whole.group.release.k)
    return {
        "data": [
            *_curves(whole, ends),
            _dots(others, {"color": _OTHERS, "size": 9, "line": {"color": BRAND, "width": 1}}),
            _dots(inside, {"color": BRAND, "size": 11, "symbol": "square"}),
            *(_own(dot) for dot in dots if dot.group.number == own),
        ],
        "layout": _layout(ends),
    }


def _ends(counts: Sequence[int], k: int) -> tuple[int, int]:
    """From the fewest people that a team may be shown of to a little beyond the largest team."""
    return min(k, *counts), max(2 * k, round(max(counts) * _BEYOND))


def _curves(whole: ReleasedFigure, ends: tuple[int, int]) -> list[Chart]:
    """The mean, and both limits on either side of it, cut where the scale ends."""
    centre, sd = whole.detail["centre"], whole.detail["sd"]
    first, last = ends
    x = [first * (last / first) ** (step / _STEPS) for step in range(_STEPS + 1)]
    found = [limits(centre, sd, n) for n in _people(x)]
    near, far = ([pair[which] for pair in found] for which in (0, 1))
    lines = [(near, 0, "dash"), (near, 1, "dash"), (far, 0, "dot"), (far, 1, "dot")]
    curves = [_line(_people(x), [pair[side] for pair in pairs], dash) for pairs, side, dash in lines]
    return [_line([first, last], [centre, centre], "solid"), *curves]


def _people(x: Sequence[float]) -> list[int]:
    """Whole people, each number once."""
    return sorted({round(at) for at in x})


def _line(x: Sequence[int], y: Sequence[float], dash: str) -> Chart:
    return {
        "x": list(x),
        "y": [round(min(100.0, max(0.0, value)), 1) for value in y],
        "mode": "lines",
        "line": {"color": MUTED, "width": 2, "dash": dash},
        "hoverinfo": "skip",
    }


def _dots(dots: Sequence[ReleasedFigure], marker: Chart) -> Chart:
    return {
        "x": [dot.n for dot in dots],
        "y": [round(dot.value or 0.0, 1) for dot in dots],
        "mode": "markers",
        "marker": marker,
        "hoverinfo": "skip",
    }


def _own(dot: ReleasedFigure) -> Chart:
    """The one whose page is open, with its score and what is left of it once it is drawn to the mean."""
    said = _("This team: %(score)s of 100, %(n)s answered", score=shown(dot.value), n=f"{dot.n:,}")
    drawn = dot.detail["unit"].get("shrunk")
    if drawn is not None:
        said += "<br>" + _("Drawn to the mean of all teams: %(score)s", score=shown(drawn))
    marker = {"color": BRAND, "size": 16, "symbol": "diamond", "line": {"color": "#FFFFFF", "width": 2}}
    return {
        **_dots([dot], marker),
        "hoverinfo": "text",
        "hovertext": [said],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _layout(ends: tuple[int, int]) -> Chart:
    first, last = ends
    room = (last - first) / 40
    people: Chart = {
        "range": [first - room, last + room],
        "title": {"text": _("People who answered"), "font": {"color": INK, "size": 14}},
        "showgrid": False,
    }
    if last / first > _WIDE:
        people |= {
            "type": "log",
            "range": [log10(first) - 0.03, log10(last) + 0.03],
            "tickvals": [at for at in _LOG_TICKS if first <= at <= last],
        }
    return {
        "height": _HEIGHT,
        "xaxis": people,
        "yaxis": {"range": [0, 100], "tickvals": [0, 25, 50, 75, 100], "gridcolor": GRID},
        "margin": {"l": 34, "b": 56},
    }
