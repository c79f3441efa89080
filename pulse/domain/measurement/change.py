"""Change between waves: is the difference more than chance, and large enough to matter?

Two waves of the same questions are compared as two samples of people. A change is called one only from 5
points on, and only if chance alone would rarely bring it about, counting everything else that is tested with
it. Beside it stands the change that we could have seen, never below 5 points: with 20 answers a wave it is
about 20, so "no change" in a small team means little.

Formula: change = mean after - mean before; SE = sqrt(s1^2/n1 + s2^2/n2); change +/- t SE, degrees of freedom
        (v1 + v2)^2 / (v1^2/(n1 - 1) + v2^2/(n2 - 1)) with v = s^2/n
    q = smallest over j >= i of m p_(j) / j, over all m tests seen together: the scores of all groups, or the
        questions of one group; a change is called one if q <= .05 and it is at least 5 points either way
    could have seen = (1.96 + 0.84) s sqrt(1/n1 + 1/n2), found in 80 of 100 such waves; 5 where that is less
Range: -100 to 100 points; p and q 0 to 1
Least: two answers in each wave (ValueError otherwise), of the same people-set and the same questions
Cannot say: what caused a change, or who changed. People are not linked from wave to wave; those who answered
    both make the test cautious, which is accepted.
Source: Welch (1947); Benjamini and Hochberg (1995); the change that could be seen by the usual normal
    approximation. Computed by statsmodels.stats.multitest.multipletests for q and scipy.special for t.
    Written here: Welch's test, because scipy's gives no interval from means and spreads. Checked against
    scipy.stats.ttest_ind_from_stats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, sqrt

import numpy as np

from pulse.domain.measurement.distributions import (
    normal_quantile,
    t_quantile,
    t_two_sided_p,
    upper_end,
    welch,
)
from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.moments import Moment

#: A change is flagged only if it is both unlikely to be chance and large enough to matter.
FALSE_DISCOVERY_RATE = 0.05
LEAST_CHANGE = 5.0


@dataclass(frozen=True)
class Change:
    """After minus before in points, with its interval, two-sided p, degrees of freedom and standard error."""

    value: float
    low: float
    high: float
    p: float
    df: float
    se: float


def change(before: Moment, after: Moment, *, level: float = 0.95) -> Change:
    """Welch's test (1947) of two waves from their moments, never with a population correction.

    When nobody differs from anybody within either wave the test is undefined: p is 1 for no change and 0
    for any, df is infinite and the interval has no width. Raises ValueError under two answers in either.
    """
    if before.n < 2 or after.n < 2:
        raise ValueError("A change needs at least two answers in each wave.")
    value = after.mean - before.mean
    se, df = welch([(m.var / m.n, m.n) for m in (before, after)])
    if df == inf:
        same = abs(value) < 1e-9
        return Change(value, value, value, 1.0 if same else 0.0, df, se)
    half = t_quantile(upper_end(level), df) * se
    return Change(value, value - half, value + half, t_two_sided_p(value / se, df), df, se)


def detectable_change(
    sd: float, n_before: int, n_after: int, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """The change in points that such waves would detect with this power: (z_(1-alpha/2) + z_power) se.

    se = sd sqrt(1/n_before + 1/n_after). Printed under every trend: with 20 answers a wave and an SD of
    22 only about 20 points could have been seen. 0 when nobody differs. Raises ValueError without an answer
    in either wave, a spread that is a finite number of 0 or more, or power and alpha between 0 and 1.
    """
    if n_before < 1 or n_after < 1:
        raise ValueError("A detectable change needs answers in both waves.")
    if not (isfinite(sd) and sd >= 0):
        raise ValueError("A detectable change needs a spread of 0 or more.")
    z = normal_quantile(1 - alpha / 2) + normal_quantile(power)
    return z * sd * sqrt(1 / n_before + 1 / n_after)


def benjamini_hochberg(p_values: Sequence[float]) -> FloatArray:
    """q-values in the order given (Benjamini & Hochberg 1995), computed by statsmodels; none for none.

    Give it every test on the page together. Raises ValueError on a p outside 0..1 (or NaN).
    """
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - loaded by the worker only

    p = np.asarray(p_values, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("Each p-value must lie between 0 and 1.")
    return np.asarray(multipletests(p, method="fdr_bh")[1], dtype=np.float64)


def flag(observed: Change, q: float) -> bool:
    """Whether to say "changed": q at most .05 and 5 points or more; ValueError on a q outside 0..1 or NaN."""
    if not 0 <= q <= 1:
        raise ValueError(f"A q-value lies between 0 and 1, not at {q}.")
    return q <= FALSE_DISCOVERY_RATE and abs(observed.value) >= LEAST_CHANGE
