"""Charts as plain dicts in Plotly's form, from released figures only. No figure objects: they cost 100 times.

Colours are the light palette; the page's script makes the dark one, wraps labels and sizes text.
"""

from collections.abc import Sequence
from typing import Any

from pulse.dashboards.words import FACET_LABELS, FACET_MEANINGS, shown
from pulse.dashboards.words_seen import spoken
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure

BRAND, ACCENT, MUTED, GRID, INK = "#12436D", "#B35806", "#3C4D5D", "#D5DDE5", "#0B1F33"
HATCH = "#C6D0DA"
_ROW = 44
_PADDING = 52

Chart = dict[str, Any]


def dots(rows: ReleasedTable, divide_after: int | None = None, hidden: Sequence[str] = ()) -> Chart:
    """Dot and interval on 0 to 100, first row on top; a dotted line below the rows to build on.

    `hidden` are the labels of rows that keep a hatched place below the others.
    """
    labels = [*rows.labels, *hidden]
    data = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [round(figure.value or 0, 1) for _, figure in rows],
            "y": list(range(len(rows))),
            "error_x": _errors(rows),
            "marker": {"color": BRAND, "size": 12},
            "text": [str(shown(figure.value)) for _, figure in rows],
            "textposition": "top center",
            "textfont": {"color": INK, "weight": 700},
            "hovertext": [f"{label}: {_range(figure)}" for label, figure in rows],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
        *hatched(len(rows), len(hidden)),
    ]
    shapes = []
    if divide_after:
        edge = {"xref": "paper", "x0": 0, "x1": 1, "y0": divide_after - 0.5, "y1": divide_after - 0.5}
        shapes = [{"type": "line", **edge, "line": {"color": MUTED, "width": 1, "dash": "dot"}}]
    return {"data": data, "layout": rows_layout(labels) | {"shapes": shapes}}


def bars(rows: ReleasedTable, weakest: int, hidden: Sequence[str] = ()) -> Chart:
    """Bars with intervals for the parts of permission to act; the last `weakest` ones in another colour.

    `hidden` are parts that keep a hatched place below the others.
    """
    colours = [BRAND] * (len(rows) - weakest) + [ACCENT] * weakest
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [round(figure.value or 0, 1) for _, figure in rows],
            "y": list(range(len(rows))),
            "width": 0.5,
            "marker": {"color": colours},
            "error_x": _errors(rows),
            "hovertext": [f"{_(FACET_LABELS[facet])}: {_range(figure)}" for facet, figure in rows],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
        _labels_at([(figure.high or 0) + 2 for _, figure in rows], [str(shown(f.value)) for _, f in rows]),
        *hatched(len(rows), len(hidden)),
    ]
    return {
        "data": data,
        "layout": rows_layout([_facet(facet) for facet in (*rows.labels, *hidden)]) | {"barmode": "overlay"},
    }


def _facet(facet: str) -> str:
    return f"{_(FACET_LABELS[facet])}: {_(FACET_MEANINGS[facet])}"


def hatched(start: int, many: int, ends: tuple[int, int] = (0, 100)) -> list[Chart]:
    """The places of hidden rows: the same size as shown ones, from row `start` on."""
    places = list(range(start, start + many))
    low, high = ends
    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [high - low] * many,
            "base": [low] * many,
            "y": places,
            "width": 0.5,
            "marker": {
                "color": "#F4F7FA",
                "line": {"color": HATCH, "width": 1},
                "pattern": {"shape": "/", "size": 9, "solidity": 0.12, "fgcolor": HATCH},
            },
            "text": [_("hidden to protect people")] * many,
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textfont": {"color": INK},
            "hoverinfo": "skip",
        }
    ][: 1 if many else 0]


def _errors(rows: ReleasedTable) -> Chart:
    figures = rows.cells
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


def _range(figure: ReleasedFigure) -> str:
    return f"{shown(figure.value)}, {spoken(figure)}"


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
