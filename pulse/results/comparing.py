"""Are units different? Shrunken values, funnels, ICCs and weighted totals, from figures that may be shown.

Everything here is a function of released figures alone (means, spreads and counts of shown groups, and the
differences between them), so it shows nothing that they do not.
"""

from collections.abc import Iterable
from math import sqrt
from typing import Any

from pulse.domain.disclosure.groups import Group
from pulse.domain.measurement.aggregation import comparing_advice, icc
from pulse.domain.measurement.funnel import placement
from pulse.domain.measurement.intervals import level_mean
from pulse.domain.measurement.moments import Moment, pooled_sd
from pulse.domain.measurement.poststrat import post_stratified
from pulse.domain.measurement.shrinkage import shrink
from pulse.results.drafting import HEADLINES, Drafting
from pulse.results.figures import Draft, with_detail

Drafts = dict[int, list[Draft]]


def with_comparisons(drafting: Drafting, drafts: Drafts) -> Drafts:
    """The same figures with each unit set against the others, and what holds for the organisation."""
    found = {group_id: list(listed) for group_id, listed in drafts.items()}
    # facets, pairs and companions ("PTA.room", "AMB.least") are read within a unit, not across units
    for name in (metric.id for metric in drafting.trends if "." not in metric.id):
        units = [group for group in drafting.innermost(name) if drafting.moment(group, name).n >= 2]
        try:
            beside, whole = _compared(drafting, name, units)
        except ValueError:  # too few units, or none differs from another: nothing to compare
            continue
        for unit, detail in zip(units, beside, strict=True):
            found[unit.id] = _with_detail(found[unit.id], name, detail)
        found[0].append(whole)
    return _with_weights(drafting, found)


def _compared(drafting: Drafting, name: str, units: list[Group]) -> tuple[list[dict[str, Any]], Draft]:
    """For each unit its shrunken value and place in the funnel; for all, how far units can be told apart.

    Never with a population correction: this asks whether units differ, not how they are on one day. Raises
    ValueError where there is nothing to compare.
    """
    moments = [drafting.moment(unit, name) for unit in units]
    levels = [level_mean(moment) for moment in moments]
    drawn, spread = shrink(levels), icc(moments)
    beside = [
        {"unit": {"shrunk": value, "funnel": placement(level, spread.centre, spread.sd)}}
        for value, level in zip(drawn.values, levels, strict=True)
    ]
    detail = {
        "icc1": spread.icc1,
        "icc2": spread.icc2,
        "units": spread.units,
        "centre": spread.centre,
        "sd": spread.sd,
        "tau": sqrt(drawn.tau2),
        "advice": comparing_advice(spread.icc2),
    }
    return beside, Draft(f"UNITS:{name}", spread.n, spread.icc2, detail=detail)


def _with_detail(listed: Iterable[Draft], measure: str, detail: dict[str, Any]) -> list[Draft]:
    return [with_detail(draft, detail) if draft.measure == measure else draft for draft in listed]


def _with_weights(drafting: Drafting, drafts: Drafts) -> Drafts:
    """The organisation's headlines weighted by unit headcount: parts that answer more do not count more."""
    if not drafting.blocks.groups:
        return drafts
    top = drafting.blocks.groups[0]
    for name in HEADLINES:
        if name in drafting.shown and top.id in drafting.shown[name]:
            strata = _strata(drafting, name)
            if len(strata) > 1:
                weighted = post_stratified(strata)
                detail = {part: getattr(weighted, part) for part in ("value", "low", "high", "n_eff", "deff")}
                drafts[top.id] = _with_detail(drafts[top.id], name, {"weighted": detail})
    return drafts


def _strata(drafting: Drafting, name: str) -> list[tuple[Moment, int]]:
    """Each shown group less the shown groups inside it: answers (k or more, or none) and headcount.

    Means are those of the shown figures, subtracted; all strata share the spread pooled over the units.
    People of a remainder in which nobody answered are taken to be like the largest stratum beside them.
    """
    shown, groups = drafting.shown[name], drafting.blocks.groups
    own = {group_id: drafting.moment(groups[group_id], name) for group_id in shown}
    n = {group_id: own[group_id].n for group_id in shown}
    total = {group_id: own[group_id].n * own[group_id].mean for group_id in shown}
    people = {group_id: drafting.headcounts[group_id] for group_id in shown}
    for group_id in shown:
        around = _shown_above(drafting, group_id, name)
        if around is not None:
            n[around] -= own[group_id].n
            total[around] -= own[group_id].n * own[group_id].mean
            people[around] -= drafting.headcounts[group_id]
    sd = pooled_sd(drafting.moment(unit, name) for unit in drafting.innermost(name)).sd
    strata = [(Moment.from_summary(n[g], total[g] / n[g], sd), people[g]) for g in sorted(shown) if n[g] > 0]
    silent = sum(people[group_id] for group_id in shown if not n[group_id])
    strata.sort(key=lambda stratum: -stratum[1])
    return [(strata[0][0], strata[0][1] + silent), *strata[1:]] if strata else []


def _shown_above(drafting: Drafting, group_id: int, name: str) -> int | None:
    parent = drafting.blocks.groups[group_id].parent_id
    while parent is not None and parent not in drafting.shown[name]:
        parent = drafting.blocks.groups[parent].parent_id
    return parent
