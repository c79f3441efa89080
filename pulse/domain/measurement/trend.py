"""Trend: the steady rise or fall over several waves, which no single step between two may show.

A straight line is drawn through the waves, with more weight on waves that are known better. Waves without a
result are skipped. The slope is the points gained or lost a wave. Where the waves scatter around the line
more than chance allows, the slope is held to be less certain.

With four or five waves only its range is shown. A trend is called one from six waves on, if the line makes 5
points or more from first to last and chance alone would rarely bring it about, counting all other trends of
the same results.

Formula: weighted least squares of the level on the wave, weight 1/SE^2, SE without population correction
    SE of the slope = 1 / sqrt(sum w (t - mean t)^2)
    Q = sum w (level - line)^2 on waves - 2 degrees of freedom; if Q > df the SE grows by sqrt(Q/df)
    slope +/- 1.96 SE; where the SE has grown, t on those degrees of freedom in place of 1.96
    called a trend if q <= .05, by Benjamini and Hochberg over all trends of the release
Range: points a wave
Least: four different waves of the same people-set and questions, in each of which people differ (ValueError
    otherwise)
Cannot say: why, or whether it will go on. With standard errors of 3 points and a true rise of 2 a wave, four
    waves show it 27 times in 100, six 73 times, eight 98 times.
Source: Cochran (1954), The combination of estimates from different experiments, for Q; Benjamini and Hochberg
    (1995). Computed by statsmodels.regression.linear_model.WLS with a fixed scale for slope and SE. Written
    here: the growth of the SE with Q, a known rule (Birge 1932), because no kept library has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from pulse.domain.measurement.distributions import (
    chi_square_tail,
    normal_quantile,
    normal_two_sided_p,
    t_quantile,
    t_two_sided_p,
    upper_end,
)
from pulse.domain.measurement.intervals import LevelInterval
from pulse.domain.measurement.items import FloatArray

#: with fewer waves there is no trend to speak of
LEAST_WAVES = 4
#: a slope makes a headline from here; at 4 and 5 waves only its interval is shown
HEADLINE_FROM = 6


@dataclass(frozen=True)
class Trend:
    """Points a wave with 95 % interval, SE, z and two-sided p.

    `q` is Cochran's Q about the line on `df`, and `p_q` the chance of a larger one if the line holds.
    """

    slope: float
    low: float
    high: float
    se: float
    z: float
    p: float
    q: float
    df: int
    p_q: float
    waves: int


def fit_trend(waves: Sequence[float], levels: Sequence[LevelInterval], *, level: float = 0.95) -> Trend:
    """The line through (wave number, level), from levels without population correction.

    z, p and the interval are by the normal distribution, or by t on `df` where the SE was inflated. A wave
    in which everyone said the same has an SE of 0 and must be left out. Raises ValueError under four waves,
    unless each wave has one level with an SE above 0, and when all wave numbers are the same.
    """
    t, y, se = _columns(waves, levels)
    slope, error, q = _line(t, y, se)
    df = t.size - 2
    scattered = q > df
    error *= sqrt(q / df) if scattered else 1.0
    z = slope / error
    tail = upper_end(level)
    half = error * (t_quantile(tail, df) if scattered else normal_quantile(tail))
    p = t_two_sided_p(z, df) if scattered else normal_two_sided_p(z)
    return Trend(slope, slope - half, slope + half, error, z, p, q, df, chi_square_tail(q, df), t.size)


def _columns(
    waves: Sequence[float], levels: Sequence[LevelInterval]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Wave numbers, levels and standard errors, each (waves,), or what is wrong with them."""
    t = np.array(waves, dtype=np.float64)
    y = np.array([one.value for one in levels], dtype=np.float64)
    se = np.array([one.se for one in levels], dtype=np.float64)
    if t.size != y.size:
        raise ValueError("A trend needs one level for each wave.")
    if t.size < LEAST_WAVES:
        raise ValueError(f"A trend needs at least {LEAST_WAVES} waves.")
    if not (np.isfinite(t).all() and np.isfinite(y).all()):
        raise ValueError("A trend needs a wave number and a level that are finite numbers.")
    if not (np.isfinite(se).all() and (se > 0).all()):
        raise ValueError("A trend needs a standard error above 0 in every wave.")
    if (t == t[0]).all():
        raise ValueError("A trend needs different waves.")
    return t, y, se


def _line(t: FloatArray, y: FloatArray, se: FloatArray) -> tuple[float, float, float]:
    """(slope, its SE before any growth, Q about the line); waves counted from their mean, for precision."""
    from statsmodels.regression.linear_model import WLS  # noqa: PLC0415 - loaded by the worker only

    design = np.column_stack([np.ones(t.size), t - t.mean()])
    fit = WLS(y, design, weights=1 / se**2).fit(cov_type="fixed scale")
    return float(fit.params[1]), float(fit.bse[1]), float(fit.ssr)
