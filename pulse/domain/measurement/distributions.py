# scipy ships no type information:
# mypy: disable-error-code="import-untyped"
"""The few distribution functions that intervals need: the one place that loads scipy, and only when called.

Importing scipy costs more than a whole page view, and the web process never computes an interval: the
worker does, once, at release.
"""

from collections.abc import Sequence
from math import inf, isfinite, sqrt
from statistics import NormalDist

import numpy as np

from pulse.domain.measurement.items import FloatArray


def normal_quantile(probability: float) -> float:
    """The standard normal value below which `probability` lies; ValueError unless it is between 0 and 1."""
    _check_probability(probability)
    return NormalDist().inv_cdf(probability)


def normal_two_sided_p(statistic: float) -> float:
    """Probability of a standard normal value at least as far from 0; ValueError on NaN."""
    _check_number(statistic)
    return 2.0 * NormalDist().cdf(-abs(statistic))


def t_quantile(probability: float, df: float) -> float:
    """Student's t value below which `probability` lies, with `df` degrees of freedom (above 0).

    Raises ValueError unless the probability is strictly between 0 and 1 and `df` is above 0.
    """
    from scipy import special  # noqa: PLC0415 - loaded by the worker only

    _check_probability(probability)
    _check_df(df)
    return float(special.stdtrit(df, probability))


def t_two_sided_p(statistic: float, df: float) -> float:
    """Probability of a Student's t at least as far from 0 as `statistic`; ValueError on NaN or df of 0."""
    from scipy import special  # noqa: PLC0415 - loaded by the worker only

    _check_number(statistic)
    _check_df(df)
    return float(2.0 * special.stdtr(df, -abs(statistic)))


def chi_square_tail(statistic: float, df: float) -> float:
    """Probability of a chi-square value of `statistic` (0 or more) or above, with `df` degrees of freedom."""
    from scipy import special  # noqa: PLC0415 - loaded by the worker only

    _check_number(statistic)
    _check_df(df)
    return float(special.chdtrc(df, max(statistic, 0.0)))


def hypergeometric_tails(hits: int, draws: int, population: int) -> tuple[FloatArray, FloatArray]:
    """P(X >= hits) and P(X <= hits) for each possible number of hits 0..population in the population.

    Raises ValueError unless 0 <= hits <= draws <= population.
    """
    from scipy import stats  # noqa: PLC0415 - loaded by the worker only

    if not 0 <= hits <= draws <= population:
        raise ValueError(f"There cannot be {hits} hits in {draws} draws from {population}.")
    possible = np.arange(population + 1)
    at_least = stats.hypergeom.sf(hits - 1, population, possible, draws)
    at_most = stats.hypergeom.cdf(hits, population, possible, draws)
    return np.asarray(at_least, dtype=np.float64), np.asarray(at_most, dtype=np.float64)


def welch(sides: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """(standard error, degrees of freedom) of a difference whose sides are (variance of the mean, n).

    Welch (1947) and Satterthwaite: df = (sum v)^2 / sum(v^2/(n - 1)); infinite when neither side varies.
    Written here: scipy's Welch test takes no population correction and gives no interval from summaries.
    Each side needs two answers, which the callers check in their own words.
    """
    variance = sum(part for part, _ in sides)
    if variance == 0:
        return 0.0, inf
    return sqrt(variance), variance**2 / sum(part * part / (n - 1) for part, n in sides)


def upper_end(level: float) -> float:
    """The probability below the upper end of a two-sided interval: .975 for a confidence level of .95.

    Raises ValueError unless the level lies between 0 and 1.
    """
    _check_probability(level)
    return (1 + level) / 2


def _check_probability(probability: float) -> None:
    if not 0 < probability < 1:
        raise ValueError(f"A probability or confidence level lies between 0 and 1, not at {probability}.")


def _check_number(statistic: float) -> None:
    if not isfinite(statistic):
        raise ValueError("A test needs a statistic that is a finite number.")


def _check_df(df: float) -> None:
    if not df > 0:
        raise ValueError("A distribution needs degrees of freedom above 0.")
