"""Who answered as a chart: the share on 0 to 100, and how far those who kept silent could move a score."""

from pulse.dashboards.figures import BRAND, INK, MUTED, Chart, rows_layout
from pulse.dashboards.words import shown
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

#: from here on the share and, as it is shorter, an end of the wide bar have no room behind on a phone
_ROOM, _NARROW = 78, 90
_WIDEST = N_("anywhere from %(low)s to %(high)s, whatever the others think")
_NARROWEST = N_("with those who answered: %(low)s to %(high)s")
REST, WIDE = "#E3ECF5", "#7FA7D6"


def response(rate: float, act: ReleasedFigure | None, bounds: tuple[float, float] | None) -> Chart:
    """One row for the rate; below it, if there are bounds, permission to act from the lowest to the highest
    that it could be, with its interval and value inside.
    """
    rows = [_("Answered")]
    data = [
        _bar(0, 0, 100, REST, _("of everybody asked")),
        _bar(0, 0, rate, BRAND, _("%(share)s in 100 answered", share=shown(rate))),
        _number(0, rate, f"{shown(rate)} %", "#FFFFFF", inside=rate > _ROOM),
    ]
    if act is not None and bounds is not None:
        rows.append(_("Permission to act"))
        low, high = bounds
        ends = (act.low or 0.0, act.high or 0.0)
        data += [
            _bar(1, low, high, WIDE, _said(_WIDEST, low, high)),
            _bar(1, *ends, BRAND, _said(_NARROWEST, *ends)),
            _number(1, low, f"{shown(low)}", INK, inside=low < 100 - _NARROW, left=True),
            _number(1, high, f"{shown(high)}", INK, inside=high > _NARROW),
        ]
    return {"data": data, "layout": rows_layout(rows) | {"barmode": "overlay"}}


def _said(words: str, low: float, high: float) -> str:
    return _(words, low=shown(low), high=shown(high))


def _bar(row: int, low: float, high: float, colour: str, said: str) -> Chart:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(high - low, 1)],
        "base": [round(low, 1)],
        "y": [row],
        "width": 0.5,
        "marker": {"color": colour, "line": {"color": MUTED, "width": 1}},
        "hovertext": [said],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _number(row: int, at: float, text: str, within: str, *, inside: bool, left: bool = False) -> Chart:
    """Beside the end of its bar, or within it, in another colour, where there is no room outside."""
    before = left is not inside
    return {
        "x": [at - 1 if before else at + 1],
        "y": [row],
        "mode": "text",
        "text": [text],
        "textposition": "middle left" if before else "middle right",
        "textfont": {"color": within if inside else INK, "weight": 700},
        "hoverinfo": "skip",
    }
