"""Weighted by unit size: the organisation's mean if every unit counted for its people, not for its replies.

Where large units reply less than small ones, the plain mean leans towards the small ones. Here each unit's
mean counts by its headcount, which is known. The price is a little precision, shown as the number of answers
that the weighted ones are worth.

Formula: value = sum W_h m_h, W_h = N_h / sum N
    SE^2 = sum W_h^2 s_h^2 / n_h (1 - n_h/N_h), with the correction for the known headcount
    n_eff = (sum w)^2 / sum w^2 and deff = n / n_eff, where each answer's weight is w = N_h / n_h
Range: value, SE and interval in points 0 to 100 (bounds not clipped); deff 1 or more; n_eff up to n
Least: one answer in every unit; under ten the unit's spread is the pooled one of all units (ValueError where
    no unit has two answers)
Cannot say: what those who did not reply think. If replying depends on the answer itself, no weighting by unit
    can mend it; and we never weight by personal traits.
Source: Cochran (1977), Sampling techniques, ch. 5; Kish (1965), Survey sampling (loss from weighting);
    Satterthwaite (1946), degrees of freedom. Written here: no kept library has stratified estimates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from pulse.domain.measurement.distributions import t_quantile
from pulse.domain.measurement.intervals import OWN_SPREAD_FROM, check_group
from pulse.domain.measurement.moments import Moment, pooled_sd

Stratum = tuple[Moment, int]


@dataclass(frozen=True)
class Weighted:
    """How things are now over all strata, in points, with Kish's effective n and design effect.

    Describes these people at this time (it has the headcount correction), so it may not serve to compare or
    to test change. `everyone` is set when all answered: SE is then 0, and the page says so.
    """

    value: float
    se: float
    low: float
    high: float
    n_eff: float
    deff: float
    n: int
    everyone: bool


def post_stratified(strata: Sequence[Stratum], *, level: float = 0.95) -> Weighted:
    """Mean over disjoint strata (moment, headcount), each weighted by its headcount, with a t interval.

    Strata under ten answers take the spread pooled over all strata, as intervals of units do; one answer is
    then enough. Everyone the same gives SE 0. Raises ValueError for no strata, a stratum with no answers
    (merge it with a neighbour first), more answers than people, or no spread to be had.
    """
    _check(strata)
    people = sum(headcount for _, headcount in strata)
    n = sum(moment.n for moment, _ in strata)
    value = sum(headcount * moment.mean for moment, headcount in strata) / people
    parts = _variance_parts(strata, people)
    variance = sum(v for v, _ in parts)
    half = 0.0
    if variance > 0:
        df = variance**2 / sum(v * v / d for v, d in parts)
        half = t_quantile((1 + level) / 2, df) * sqrt(variance)
    n_eff = people**2 / sum(headcount**2 / moment.n for moment, headcount in strata)
    return Weighted(
        value, sqrt(variance), value - half, value + half, n_eff, n / n_eff, n, everyone=n == people
    )


def _variance_parts(strata: Sequence[Stratum], people: int) -> list[tuple[float, int]]:
    """Pieces of SE^2, taken as independent, with degrees of freedom; strata that share a spread are one."""
    parts, shared = [], 0.0
    for moment, headcount in strata:
        factor = (headcount / people) ** 2 * (1 - moment.n / headcount) / moment.n
        if moment.n >= OWN_SPREAD_FROM:
            parts.append((factor * moment.var, moment.n - 1))
        else:
            shared += factor
    if shared > 0:
        pooled = pooled_sd(moment for moment, _ in strata)
        parts.append((shared * pooled.sd**2, pooled.df))
    return parts


def _check(strata: Sequence[Stratum]) -> None:
    if not strata:
        raise ValueError("Weighting by unit needs at least one unit.")
    for moment, headcount in strata:
        if moment.n < 1:
            raise ValueError(
                f"A unit of {headcount} people has no answers; merge it with another before weighting."
            )
        check_group(moment.n, headcount)
