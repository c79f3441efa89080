"""Charts of how people are spread: leaders beside staff, and the answers themselves."""

from collections.abc import Sequence
from statistics import fmean

from pulse.dashboards.figures import BRAND, INK, MUTED, Chart, hatched, rows_layout
from pulse.dashboards.words import shown
from pulse.domain.measurement.items import largest_remainder
from pulse.languages.saying import gettext as _
from pulse.results.released_tables import ReleasedTable, ReleasedTallies
from pulse.results.released_types import ReleasedFigure
from pulse.web.formatting import format_change

#: lowest to highest option of a five-point scale; told apart by colour-blind readers, never by colour alone
DIVERGING = ("#B35806", "#F1A340", "#D8D8D8", "#7FA7D6", "#12436D")


def dumbbell(gaps: ReleasedTable) -> Chart:
    """Staff and leaders joined by a line on 0 to 100; filled is staff, open is leaders."""
    sides = [(gap.detail["staff"], gap.detail["leaders"]) for gap in gaps.cells]
    data = [*joined(sides, _("Staff"), _("Leaders")), _gap_labels(gaps, sides)]
    return {"data": data, "layout": rows_layout(gaps.labels, row=52)}


def _gap_labels(gaps: ReleasedTable, sides: Sequence[tuple[float, float]]) -> Chart:
    """Each gap with its interval above its line, clear of the ends of the axis, where it would be cut."""
    return {
        "x": [round(min(max(fmean(pair), 20), 80), 1) for pair in sides],
        "y": list(range(len(sides))),
        "mode": "markers+text",
        "marker": {"opacity": 0, "size": 13},
        "text": [_signed(gap) for gap in gaps.cells],
        "textposition": "top center",
        "textfont": {"color": INK, "weight": 700},
        "hovertext": [
            _(
                "Staff %(staff)s, leaders %(leaders)s, gap %(gap)s",
                staff=shown(staff),
                leaders=shown(leaders),
                gap=_signed(gap),
            )
            for gap, (staff, leaders) in zip(gaps.cells, sides, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _signed(gap: ReleasedFigure) -> str:
    low, high = (format_change(shown(end)) for end in (gap.low, gap.high))
    among = _("%(low)s to %(high)s", low=low, high=high)
    return f"{format_change(shown(gap.value))} ({among})"


def joined(sides: Sequence[tuple[float, float]], filled: str, unfilled: str) -> list[Chart]:
    """Two marks a row, joined by a line: the first of each pair is filled, the second open."""
    joins = [
        {
            "x": [*pair],
            "y": [row, row],
            "mode": "lines",
            "line": {"color": MUTED, "width": 3},
            "hoverinfo": "skip",
        }
        for row, pair in enumerate(sides)
    ]
    first = _ends(filled, [side for side, _ in sides], BRAND)
    second = _ends(unfilled, [side for _, side in sides], "#FFFFFF")
    return [*joins, first, second]


def _ends(name: str, values: Sequence[float], fill: str) -> Chart:
    return {
        "x": list(values),
        "y": list(range(len(values))),
        "mode": "markers",
        "marker": {"color": fill, "size": 13, "line": {"color": BRAND, "width": 3}},
        "hovertext": [f"{name}: {shown(value)}" for value in values],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def answers(rows: ReleasedTallies, hidden: Sequence[str] = ()) -> Chart:
    """Diverging stacked bars of five-point answers, lowest option first, the neutral split out.

    `hidden` are questions that keep a hatched place below the others.
    """
    y = list(range(len(rows)))
    shares = [largest_remainder(given.counts) for given in rows.cells]
    parts = ((1, -1, "x"), (0, -1, "x"), (3, 1, "x"), (4, 1, "x"), (2, 1, "x2"))
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "y": y,
            "x": [sign * share[option] for share in shares],
            "xaxis": axis,
            "marker": {"color": DIVERGING[option], "line": {"color": INK, "width": 0.6}},
            "text": [f"{share[option]}" if share[option] >= 7 else "" for share in shares],
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "none",
            "textfont": {"color": "#FFFFFF" if option in (0, 4) else INK},
            "hoverinfo": "skip",
        }
        for option, sign, axis in parts
    ]
    data += hatched(len(rows), len(hidden), (-100, 100))
    layout = rows_layout([*rows.labels, *hidden], row=52)
    split = {"showticklabels": False, "showgrid": False, "zeroline": True, "zerolinecolor": MUTED}
    layout |= {
        "barmode": "relative",
        "xaxis": {**split, "range": [-100, 100], "domain": [0, 0.8]},
        "xaxis2": {**split, "range": [0, 60], "domain": [0.84, 1]},
    }
    return {"data": data, "layout": layout}
