"""Whether units can be compared: may answers be averaged into units, and units set side by side?

Two questions come before any comparison of units. Do people inside a unit see things alike (r_wg)? And do
units differ from one another by more than their people differ within (ICC)? Where the second is weak, the
differences between units are mostly noise, and the score of the whole organisation is the one to act on.

The results pages turn ICC(2) into advice: compare, compare with care, or do not. That is a guide: units are
shown with their ranges all the same. On the page behind the numbers "spread" says by how many points units
truly differ; it is explained under "Drawn to the mean".

Formula: r_wg(j) = J(1 - r) / (J(1 - r) + r) and r*_wg(j) = 1 - r, over J items
    r = mean item variance / ((A^2 - 1)/12), the variance if all A options were equally likely
    ICC(1) = (MSB - MSW) / (MSB + (m - 1) MSW), m = mean unit size; ICC(2) = (MSB - MSW) / MSB
    MSB, MSW = mean squares between and within units
    advice: compare from an ICC(2) of .70, with care from .50
Range: r_wg(j) 0 to 1, set to 0 where people differ more than by chance; r* up to 1, below 0 there; ICC up to
    1, and below 0 where units differ less than chance alone would make them (reported as it is)
Least: two answers an item for r_wg; for ICC two units with two answers each (ValueError below), and three
    units on the pages
Cannot say: that a unit agrees because r_wg(j) is high: it flatters long scales (.92 where r* says .80), so
    the two are given together. The lines of .70 and .50 for ICC(2) are guides, not laws.
Source: James, Demaree & Wolf (1984), r_wg; Lindell, Brandt & Whitney (1999), r*; Bliese (2000), ICC.
    Written here: no kept library has r_wg, or an ICC for staff nested in units of unequal size from moments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

import numpy as np

from pulse.domain.measurement.moments import Moment

Advice = Literal["compare", "with care", "organisation only"]

#: guides for ICC(2): from here units may be compared, or compared with care
COMPARE_FROM = 0.70
WITH_CARE_FROM = 0.50


def option_variances(moments: Iterable[Moment], options: int = 5) -> tuple[float, ...]:
    """Item variances in answer options squared, which r_wg takes, from moments in points of 0 to 100.

    Raises ValueError for an item with fewer than two answers, or a scale of fewer than two options.
    """
    items = tuple(moments)
    if any(moment.n < 2 for moment in items):
        raise ValueError("Agreement within a unit needs at least two answers to each item.")
    _uniform_variance(options)
    return tuple(moment.var * ((options - 1) / 100.0) ** 2 for moment in items)


def rwg(variance: float, options: int = 5) -> float:
    """r_wg of a single item, 0 to 1: 1 - variance/((A^2 - 1)/12), set to 0 where that is negative."""
    return rwg_j([variance], options)


def rwg_j(item_variances: Sequence[float], options: int = 5) -> float:
    """r_wg(j), 0 to 1, from the item variances in answer options squared (sample variances, n - 1).

    Set to 0 where the mean variance exceeds that of equally likely options, as its authors advise: beyond it
    the formula leaves 0 to 1. Raises ValueError for no items, a variance that is negative or missing, or a
    scale of fewer than two options.
    """
    items, ratio = len(item_variances), _ratio(item_variances, options)
    if ratio >= 1:
        return 0.0
    return items * (1 - ratio) / (items * (1 - ratio) + ratio)


def rwg_star(item_variances: Sequence[float], options: int = 5) -> float:
    """r*_wg(j) = 1 - r, at most 1, which does not grow with the number of items.

    Not cut off: below 0 people differ more than by chance (down to about -1 on five options, in two camps).
    Raises ValueError as `rwg_j` does.
    """
    return 1 - _ratio(item_variances, options)


def _ratio(item_variances: Sequence[float], options: int) -> float:
    if not item_variances or not all(isfinite(v) and v >= 0 for v in item_variances):
        raise ValueError("Agreement within a unit needs the variance of each item, 0 or more.")
    return float(np.mean(item_variances)) / _uniform_variance(options)


def _uniform_variance(options: int) -> float:
    if options < 2:
        raise ValueError("Agreement within a unit needs a scale of at least two options.")
    return (options**2 - 1) / 12


@dataclass(frozen=True)
class Icc:
    """ICC(1) and ICC(2) of `units` units with `n` answers; mean squares in points squared.

    `icc1_n0` weighs unequal unit sizes: it puts n0 = (n - sum n_i^2/n)/(units - 1) for the mean size.
    `centre` is the mean of all answers in points.
    """

    icc1: float
    icc2: float
    icc1_n0: float
    msb: float
    msw: float
    units: int
    n: int
    centre: float

    @property
    def sd(self) -> float:
        """Spread of people within units in points: sqrt(MSW), which the funnel takes."""
        return sqrt(self.msw)


def icc(units: Sequence[Moment]) -> Icc:
    """One-way random-effects ICCs from the moments of disjoint units; units without answers are left out.

    Raises ValueError under two units with two answers each, and where all units have the same mean: ICC(2)
    is then undefined. Everyone the same within each unit, but not across them, gives 1.
    """
    used = [unit for unit in units if unit.n > 0]
    if sum(unit.n >= 2 for unit in used) < 2:
        raise ValueError("Comparing units needs at least two units with two answers each.")
    whole = Moment.total(used)
    msb = sum(unit.n * (unit.mean - whole.mean) ** 2 for unit in used) / (len(used) - 1)
    if msb < 1e-12 * max(1.0, whole.s2 / whole.n):
        raise ValueError("All units have the same mean, so there is nothing to compare.")
    msw = sum((u.n - 1) * u.var for u in used if u.n >= 2) / (whole.n - len(used))
    n0 = (whole.n - sum(u.n**2 for u in used) / whole.n) / (len(used) - 1)
    return Icc(
        icc1=_icc1(msb, msw, whole.n / len(used)),
        icc2=(msb - msw) / msb,
        icc1_n0=_icc1(msb, msw, n0),
        msb=msb,
        msw=msw,
        units=len(used),
        n=whole.n,
        centre=whole.mean,
    )


def _icc1(msb: float, msw: float, size: float) -> float:
    return (msb - msw) / (msb + (size - 1) * msw)


def comparing_advice(icc2: float) -> Advice:
    """Whether units may be compared: from .70 yes, from .50 with care, below (or negative) not at all.

    Raises ValueError for NaN.
    """
    if not isfinite(icc2):
        raise ValueError("Advice on comparing units needs ICC(2).")
    if icc2 >= COMPARE_FROM:
        return "compare"
    return "with care" if icc2 >= WITH_CARE_FROM else "organisation only"
