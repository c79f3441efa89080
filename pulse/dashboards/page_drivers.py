"""What goes with what, for the whole organisation only: parts of people's differences, and no causes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pulse.dashboards import figures_drivers
from pulse.dashboards import technical_words as texts
from pulse.dashboards.figures_drivers import name_of
from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_shared import WITHIN
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import interval, share, table_of, tagged, whole
from pulse.dashboards.words import join
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedFigure

_DRAWN = ("share", "low", "high")
Shares = Sequence[Mapping[str, Any]]


def drivers(result: Result) -> list[Section]:
    """One chart an outcome, from a survey that asked whole scales; only the organisation has such figures."""
    found = tagged(result, "GOES") if result.group.kind == "organisation" else []
    return [_section(name, label, figure) for name, label, figure in found if drawable(figure)]


def drawable(figure: ReleasedFigure) -> bool:
    """Whether every part has its interval."""
    shares: Shares = figure.detail.get("shares", ())
    return bool(shares) and all(one.get(part) is not None for one in shares for part in _DRAWN)


def drivers_title(shares: Shares, outcome: str) -> str:
    """The one or two principles that clearly go most closely with it, or that none does.

    `shares` are in their order, largest first; `outcome` are words within a sentence.
    """
    for many in (1, 2):
        if len(shares) > many and shares[many - 1]["low"] > shares[many]["high"]:
            first = join([name_of(one) for one in shares[:many]])
            lead = first[0] + first[1:].lower()
            if many == 1:
                return _("%(names)s goes most closely with %(outcome)s", names=lead, outcome=outcome)
            return _("%(names)s go most closely with %(outcome)s", names=lead, outcome=outcome)
    return _("No principle clearly goes more closely with %(outcome)s than the others", outcome=outcome)


def drivers_table(figure: ReleasedFigure) -> Table:
    """Each principle's part, its interval, and the same by Johnson's weights."""
    rows = [
        [
            name_of(one),
            share(one.get("share")),
            interval(share(one.get("low")), share(one.get("high"))),
            share(one.get("johnson")),
        ]
        for one in figure.detail.get("shares", ())
    ]
    return table_of(texts.GOES, rows)


def _together(figure: ReleasedFigure) -> str:
    """How much all principles share with the outcome, and n."""
    return _(
        "Together the principles go with %(share)s %% of the differences between people (n = %(n)s).",
        share=share(figure.value),
        n=whole(figure.n),
    )


def _section(name: str, label: str, figure: ReleasedFigure) -> Section:
    shares: Shares = figure.detail["shares"]
    said = [f"{name_of(one)} {share(one['share'])} %" for one in shares]
    outcome = _(WITHIN[name]) if name in WITHIN else f"“{_(label)}”"
    lede = _(
        "Each principle's part of the differences between people, with its 95 %% interval. The axis ends at "
        "%(end)s %%.",
        end=figures_drivers.axis_end(shares),
    )
    alike = _("Parts whose intervals overlap are about alike.")
    return Section(
        id=f"goes-{name.lower()}",
        title=drivers_title(shares, outcome),
        lede=lede,
        chart=json.dumps(figures_drivers.goes_with(figure)),
        summary="; ".join(said),
        note=f"{_together(figure)} {_(texts.GOES.words[0])} {alike}",
        table=drivers_table(figure),
        method="drivers",
    )
