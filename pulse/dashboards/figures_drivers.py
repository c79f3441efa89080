"""Chart of what goes with a score: a dot a principle, with the bar of its bootstrap interval."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulse.dashboards.figures import BRAND, INK, MUTED, Chart, rows_layout
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure
from pulse.web.formatting import format_number

#: axes from 0, in per cent: parts of a whole that many share are small, and one axis fits all charts
_ENDS = (25, 50, 100)
Shares = Sequence[Mapping[str, Any]]


def axis_end(shares: Shares) -> int:
    """The shortest of three axes that holds every interval with a little room."""
    farthest = max((100 * one["high"] for one in shares), default=0.0)
    return next(end for end in _ENDS if farthest <= 0.94 * end or end == _ENDS[-1])


def goes_with(figure: ReleasedFigure) -> Chart:
    """Parts in per cent of people's differences, largest first, on an axis that starts at 0.

    Raises KeyError where a part has no interval.
    """
    shares: Shares = figure.detail["shares"]
    end = axis_end(shares)
    layout = rows_layout([name_of(one) for one in shares])
    ticks = _ticks(end)
    axis = {"range": [0, end * 1.04], "tickvals": ticks, "ticktext": [f"{at} %" for at in ticks]}
    layout["xaxis"] |= axis
    return {"data": [_dots(shares)], "layout": layout}


def name_of(part: Mapping[str, Any]) -> str:
    """A principle in the language of the page."""
    return _(str(part.get("label") or part.get("id", "")))


def _ticks(end: int) -> list[int]:
    return [0, 10, 20] if end == _ENDS[0] else [0, end // 2, end]


def _dots(shares: Shares) -> Chart:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [_percent(one["share"]) for one in shares],
        "y": list(range(len(shares))),
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_percent(one["high"] - one["share"]) for one in shares],
            "arrayminus": [_percent(one["share"] - one["low"]) for one in shares],
            "color": MUTED,
            "thickness": 3,
            "width": 0,
        },
        "marker": {"color": BRAND, "size": 12},
        "text": [f"{_whole(one['share'])} %" for one in shares],
        "textposition": "top center",
        "textfont": {"color": INK, "weight": 700},
        "hovertext": [_said(one) for one in shares],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _percent(share: float) -> float:
    return round(100 * share, 1)


def _whole(share: float) -> str:
    return format_number(100 * share)


def _said(one: Mapping[str, Any]) -> str:
    low, high = _whole(one["low"]), _whole(one["high"])
    return _("%(share)s %%, between %(low)s and %(high)s %%", share=_whole(one["share"]), low=low, high=high)
