"""Who answered, of everybody asked here, and the widest that the truth could be; never team by team."""

import json

from pulse.dashboards import figures_response
from pulse.dashboards.page import Section, Table
from pulse.dashboards.reading import Result
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import interval
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds, response_rate
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

_METHOD = "response"
Bounds = tuple[float, float] | None


def response(result: Result) -> Section:
    """The share that answered, and permission to act if all the others had answered at either end.

    Of fewer than RATE_SHOWN_FROM people only how many answered.
    """
    group = result.group
    if group.headcount < RATE_SHOWN_FROM:
        few = _(
            "%(n)s answered. What share that is, and what all the others could change, is shown from "
            "%(least)s people on.",
            n=f"{group.n:,}",
            least=RATE_SHOWN_FROM,
        )
        return Section("response", _("Who answered?"), few, "", "", "", {}, _METHOD)
    rate = response_rate(group.n, group.headcount)
    act = result.trend_figure("PTA")
    bounds = mean_bounds(act.value, act.n, act.stands_for) if act and act.value is not None else None
    if act is None or bounds is None or shown(bounds[0]) == shown(bounds[1]):
        act = bounds = None
    said = _(
        "%(n)s of %(all)s answered (%(share)s %%).",
        n=f"{group.n:,}",
        all=f"{group.headcount:,}",
        share=shown(rate),
    ) + _if_others(bounds)
    return Section(
        id="response",
        title=_title(rate),
        lede=said,
        chart=json.dumps(figures_response.response(rate, act, bounds)),
        summary=said,
        note=_note(bounds is not None),
        table=_table(result, rate, act, bounds),
        method=_METHOD,
    )


def _if_others(bounds: Bounds) -> str:
    if bounds is None:
        return ""
    return " " + _(
        "If all the others had answered at one end or the other, permission to act would lie between "
        "%(low)s and %(high)s.",
        low=shown(bounds[0]),
        high=shown(bounds[1]),
    )


def _table(result: Result, rate: float, act: ReleasedFigure | None, bounds: Bounds) -> Table:
    people = f"{result.group.headcount:,}"
    rows = [[_("Answered, of 100 people"), f"{shown(rate)}", "", people]]
    if act is not None and bounds is not None:
        rows.append([_("Permission to act, of 100"), f"{shown(act.value)}", interval(act), f"{act.n:,}"])
        widest = _("%(low)s to %(high)s", low=shown(bounds[0]), high=shown(bounds[1]))
        rows.append([_("The same, whatever the others think"), "", widest, people])
    return {"headers": [_("What"), _("Number"), _("Range"), _("People")], "rows": rows}


def _title(rate: float) -> str:
    """The share as a sentence; nobody is praised or blamed for it."""
    if rate >= 99.5:
        return _("Everybody who was asked answered")
    return _("Of every 100 people asked, %(share)s answered", share=shown(rate))


def _note(bounded: bool) -> str:
    if not bounded:
        return ""
    return _(
        "Narrow bar: the score of those who answered, with its interval. Wide bar: where it could lie with "
        "everybody, which assumes nothing. Intervals cannot show what those who kept silent think."
    )
