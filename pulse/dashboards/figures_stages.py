"""Chart of the stages of change of one group: a bar each, in the order of the theory, never sorted."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulse.dashboards.figures import BRAND, INK, MUTED, Chart, rows_layout
from pulse.dashboards.words import shown
from pulse.dashboards.words_stages import label_of
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

#: told apart by the words under each label too, never by colour alone
_COLOURS = {"in place": BRAND, "emerging": "#7FA7D6", "not yet": "#D8D8D8"}
#: labels of two lines; a space that does not break
_ROW, _SPACE = 56, "\N{NO-BREAK SPACE}"
Stages = Sequence[Mapping[str, Any]]


def stages(profile: ReleasedFigure, line: float | None = None) -> Chart:
    """Bars with intervals on 0 to 100 and, dotted, the `line` from which a stage may count as in place.

    Raises KeyError where a stage has no score.
    """
    found: Stages = profile.detail["stages"]
    layout = rows_layout([_label(stage) for stage in found], row=_ROW)
    layout["shapes"] = [] if line is None else [_upright(line, len(found))]
    layout["annotations"] = [_number(row, stage) for row, stage in enumerate(found)]
    # a light edge first, so that an interval is seen on a dark bar too
    intervals = [_intervals(found, "#FFFFFF", 7), _intervals(found, MUTED, 3)]
    return {"data": [_bars(found), *intervals], "layout": layout}


def _label(stage: Mapping[str, Any]) -> str:
    """The standing on a line of its own, below the name."""
    return f"{label_of(stage)}<br>{_(stage['standing']).replace(' ', _SPACE)}"


def _bars(found: Stages) -> Chart:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(stage["value"], 1) for stage in found],
        "y": list(range(len(found))),
        "width": 0.5,
        "marker": {
            "color": [_COLOURS.get(stage["standing"], BRAND) for stage in found],
            "line": {"color": INK, "width": 0.6},
        },
        "hovertext": [_said(stage) for stage in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _intervals(found: Stages, color: str, thickness: int) -> Chart:
    """The intervals alone, around marks that cannot be seen."""
    return {
        "x": [round(stage["value"], 1) for stage in found],
        "y": list(range(len(found))),
        "mode": "markers",
        "marker": {"opacity": 0, "size": 1},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(stage["high"] - stage["value"], 1) for stage in found],
            "arrayminus": [round(stage["value"] - stage["low"], 1) for stage in found],
            "color": color,
            "thickness": thickness,
            "width": 0,
        },
        "hoverinfo": "skip",
    }


def _number(row: int, stage: Mapping[str, Any]) -> Chart:
    """The score behind its bar, on a ground of its own where the dotted line would cross it."""
    return {
        "x": round(stage["high"], 1),
        "y": row,
        "xanchor": "left",
        "xshift": 6,
        "text": str(shown(stage["value"])),
        "font": {"color": INK, "weight": 700},
        "showarrow": False,
        "bgcolor": "#FFFFFF",
        "borderpad": 1,
    }


def _said(stage: Mapping[str, Any]) -> str:
    low, high = shown(stage["low"]), shown(stage["high"])
    among = _("between %(low)s and %(high)s", low=low, high=high)
    return f"{label_of(stage)}: {shown(stage['value'])}, {among}"


def _upright(x: float, rows: int) -> Chart:
    """In front of the bars, so that it can be seen where they cross it."""
    ends = {"x0": x, "x1": x, "y0": -0.5, "y1": rows - 0.5}
    return {"type": "line", **ends, "line": {"color": INK, "width": 1, "dash": "dot"}}
