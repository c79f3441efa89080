"""A steady rise or fall over several waves, which no single step between two waves may show.

Weighted least squares with w = 1/SE^2 (no population correction), and Cochran's Q about the line: where the
waves scatter more than their standard errors allow, the slope's SE is inflated by sqrt(Q/df).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from pulse.domain.measurement.distributions import normal_quantile, t_two_sided_p

#: with fewer waves there is no trend to speak of
LEAST_WAVES = 4
#: a slope makes a headline from here; at 4 and 5 waves only its interval is shown
HEADLINE_FROM = 6


@dataclass(frozen=True)
class Trend:
    """Points a wave with 95 % interval and two-sided p; `q` is Cochran's Q about the line on `df`."""

    slope: float
    low: float
    high: float
    se: float
    p: float
    q: float
    df: int
    waves: int


def fit_trend(
    waves: Sequence[float], values: Sequence[float], ses: Sequence[float], *, level: float = 0.95
) -> Trend:
    """The line through (wave number, level, SE); raises ValueError under four waves or without a spread.

    slope = sum w (t - t_mean)(y - y_mean) / sum w (t - t_mean)^2; SE = 1/sqrt(sum w (t - t_mean)^2), times
    sqrt(Q/df) if Q > df = waves - 2. p by the normal distribution, or by t on df where the SE was inflated.
    """
    t, y, se = (np.asarray(column, dtype=np.float64) for column in (waves, values, ses))
    if t.size < LEAST_WAVES:
        raise ValueError(f"A trend needs at least {LEAST_WAVES} waves.")
    if not (se > 0).all():
        raise ValueError("A trend needs a standard error above 0 in every wave.")
    weight = 1 / se**2
    centred = t - np.average(t, weights=weight)
    spread = float(weight @ centred**2)
    if spread == 0:
        raise ValueError("A trend needs different waves.")
    slope = float(weight @ (centred * (y - np.average(y, weights=weight))) / spread)
    left = y - np.average(y, weights=weight) - slope * centred
    q, df = float(weight @ left**2), t.size - 2
    error = max(1.0, sqrt(q / df)) / sqrt(spread)
    half = normal_quantile((1 + level) / 2) * error
    p = t_two_sided_p(slope / error, df if q > df else 1e6)
    return Trend(slope, slope - half, slope + half, error, p, q, df, t.size)
