"""Has it changed? Two waves compared as independent samples, never with a population correction.

People are not linked across waves, so the test is unpaired; staff who answered both make it conservative,
which is accepted. Compare only the same items in both waves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from pulse.domain.measurement.distributions import normal_quantile, t_quantile, t_two_sided_p
from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.moments import Moment

#: A change is flagged only if it is both unlikely to be chance and large enough to matter.
FALSE_DISCOVERY_RATE = 0.05
LEAST_CHANGE = 5.0


@dataclass(frozen=True)
class Change:
    """After minus before in points, with its interval, two-sided p and degrees of freedom."""

    value: float
    low: float
    high: float
    p: float
    df: float


def change(before: Moment, after: Moment, *, level: float = 0.95) -> Change:
    """Welch's test (1947) of two waves from their moments; raises ValueError under two answers in either.

    se^2 = s1^2/n1 + s2^2/n2, degrees of freedom by Welch-Satterthwaite. When nobody differs from anybody
    within either wave the test is undefined: p is 1 for no change and 0 for any, df is infinite.
    """
    if before.n < 2 or after.n < 2:
        raise ValueError("A change needs at least two answers in each wave.")
    value = after.mean - before.mean
    parts = [(m.var / m.n, m.n - 1) for m in (before, after)]
    variance = sum(v for v, _ in parts)
    if variance == 0:
        same = abs(value) < 1e-9
        return Change(value, value, value, 1.0 if same else 0.0, inf)
    df = variance**2 / sum(v * v / d for v, d in parts)
    half = t_quantile((1 + level) / 2, df) * sqrt(variance)
    return Change(value, value - half, value + half, t_two_sided_p(value / sqrt(variance), df), df)


def detectable_change(
    sd: float, n_before: int, n_after: int, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """The change in points that such waves would detect with this power: (z_(1-alpha/2) + z_power) se.

    se = sd sqrt(1/n_before + 1/n_after). Printed under every trend: with 20 answers a wave and an SD of
    22 only about 20 points could have been seen.
    """
    if n_before < 1 or n_after < 1:
        raise ValueError("A detectable change needs answers in both waves.")
    z = normal_quantile(1 - alpha / 2) + normal_quantile(power)
    return z * sd * sqrt(1 / n_before + 1 / n_after)


def benjamini_hochberg(p_values: Sequence[float]) -> FloatArray:
    """q-values in the order given (Benjamini & Hochberg 1995): min over j >= i of m p_(j)/j, at most 1.

    Give it every test on the page together. Raises ValueError on a p outside 0..1 (or NaN).
    """
    p = np.asarray(p_values, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("Each p-value must lie between 0 and 1.")
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def flag(observed: Change, q: float) -> bool:
    """Whether to say "changed": q at most .05 and at least 5 points either way."""
    return q <= FALSE_DISCOVERY_RATE and abs(observed.value) >= LEAST_CHANGE
