"""What goes with what, for the whole organisation only: parts of people's differences, and no causes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pulse.dashboards import figures_drivers
from pulse.dashboards import technical_words as texts
from pulse.dashboards.page import Section, Table
from pulse.dashboards.page_shared import WITHIN
from pulse.dashboards.reading import Result
from pulse.dashboards.technical_parts import interval, share, table_of, tagged, whole
from pulse.dashboards.words import join
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
            first = join([str(one.get("label") or one["id"]) for one in shares[:many]])
            lead = first[0] + first[1:].lower()
            return f"{lead} {'goes' if many == 1 else 'go'} most closely with {outcome}"
    return f"No principle clearly goes more closely with {outcome} than the others"


def drivers_table(figure: ReleasedFigure) -> Table:
    """Each principle's part, its interval, and the same by Johnson's weights."""
    rows = [
        [
            one.get("label") or one.get("id", ""),
            share(one.get("share")),
            interval(share(one.get("low")), share(one.get("high"))),
            share(one.get("johnson")),
        ]
        for one in figure.detail.get("shares", ())
    ]
    return table_of(texts.GOES, rows)


def _together(figure: ReleasedFigure) -> str:
    """How much all principles share with the outcome, and n."""
    return (
        f"Together the principles go with {share(figure.value)} % of the differences between people "
        f"(n = {whole(figure.n)})."
    )


def _section(name: str, label: str, figure: ReleasedFigure) -> Section:
    shares: Shares = figure.detail["shares"]
    said = [f"{one.get('label') or one['id']} {share(one['share'])} %" for one in shares]
    axis = f"The axis ends at {figures_drivers.axis_end(shares)} %."
    return Section(
        id=f"goes-{name.lower()}",
        title=drivers_title(shares, WITHIN.get(name, f"“{label}”")),
        lede=f"Each principle's part of the differences between people, with its 95 % interval. {axis}",
        chart=json.dumps(figures_drivers.goes_with(figure)),
        summary="; ".join(said),
        note=f"{_together(figure)} {texts.GOES.words[0]} Parts whose intervals overlap are about alike.",
        table=drivers_table(figure),
        method="drivers",
    )
