"""Charts of how people are spread: mixed feelings, leaders beside staff, and the answers themselves."""

from collections.abc import Sequence

from pulse.dashboards.figures import BRAND, INK, MUTED, Chart, rows_layout
from pulse.dashboards.words import shown
from pulse.domain.measurement.items import largest_remainder

#: lowest to highest option of a five-point scale; told apart by colour-blind readers, never by colour alone
DIVERGING = ("#B35806", "#F1A340", "#D8D8D8", "#7FA7D6", "#12436D")
FEELING_BANDS = ("Clearly worried", "Rather worried", "Both alike", "Rather hopeful", "Clearly hopeful")


def feelings(bands: Sequence[int]) -> Chart:
    """How hope and worry balance in each person: five bars, so that two camps show as two humps."""
    shares = largest_remainder(bands)
    return {
        "data": [
            {
                "type": "bar",
                "x": list(range(5)),
                "y": shares,
                "marker": {"color": list(DIVERGING), "line": {"color": INK, "width": 1}},
                "text": [f"{share}%" for share in shares],
                "textposition": "outside",
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            "xaxis": {
                "tickvals": list(range(5)),
                "ticktext": [band.replace(" ", "<br>") for band in FEELING_BANDS],
                "showgrid": False,
            },
            "yaxis": {"range": [0, max(60, *shares) + 8], "showticklabels": False, "showgrid": False},
            "margin": {"t": 20, "b": 64},
        },
    }


def dumbbell(rows: Sequence[tuple[str, float, float]]) -> Chart:
    """(label, staff, leaders) joined by a line on 0 to 100; filled is staff, open is leaders."""
    labels = [label for label, _, _ in rows]
    joins = [
        {
            "x": [staff, leaders],
            "y": [i, i],
            "mode": "lines",
            "line": {"color": MUTED, "width": 3},
            "hoverinfo": "skip",
        }
        for i, (_, staff, leaders) in enumerate(rows)
    ]
    staff = _ends("Staff", [row[1] for row in rows], BRAND)
    leaders = _ends("Leaders", [row[2] for row in rows], "#FFFFFF")
    return {"data": [*joins, staff, leaders], "layout": rows_layout(labels)}


def _ends(name: str, values: Sequence[float], fill: str) -> Chart:
    return {
        "x": list(values),
        "y": list(range(len(values))),
        "mode": "markers",
        "marker": {"color": fill, "size": 13, "line": {"color": BRAND, "width": 3}},
        "hovertext": [f"{name}: {shown(value)}" for value in values],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def answers(rows: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """Diverging stacked bars of five-point answers, lowest option first, the neutral split out."""
    y = list(range(len(rows)))
    shares = [largest_remainder(counts) for _, counts in rows]
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
    layout = rows_layout([label for label, _ in rows], row=52)
    split = {"showticklabels": False, "showgrid": False, "zeroline": True, "zerolinecolor": MUTED}
    layout |= {
        "barmode": "relative",
        "xaxis": {**split, "range": [-100, 100], "domain": [0, 0.8]},
        "xaxis2": {**split, "range": [0, 60], "domain": [0.84, 1]},
    }
    return {"data": data, "layout": layout}
