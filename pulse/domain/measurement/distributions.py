# scipy ships no type information:
# mypy: disable-error-code="import-untyped"
"""The few distribution functions that intervals need: the one place that loads scipy, and only when called.

Importing scipy costs more than a whole page view, and the web process never computes an interval: the
worker does, once, at release.
"""

from statistics import NormalDist

import numpy as np

from pulse.domain.measurement.items import FloatArray


def normal_quantile(probability: float) -> float:
    """The standard normal value below which `probability` lies."""
    return NormalDist().inv_cdf(probability)


def t_quantile(probability: float, df: float) -> float:
    """Student's t value below which `probability` lies, with `df` degrees of freedom."""
    from scipy import special  # noqa: PLC0415 - loaded by the worker only

    return float(special.stdtrit(df, probability))


def t_two_sided_p(statistic: float, df: float) -> float:
    """Probability of a Student's t at least as far from 0 as `statistic`."""
    from scipy import special  # noqa: PLC0415 - loaded by the worker only

    return float(2.0 * special.stdtr(df, -abs(statistic)))


def hypergeometric_tails(hits: int, draws: int, population: int) -> tuple[FloatArray, FloatArray]:
    """P(X >= hits) and P(X <= hits) for each possible number of hits 0..population in the population."""
    from scipy import stats  # noqa: PLC0415 - loaded by the worker only

    possible = np.arange(population + 1)
    at_least = stats.hypergeom.sf(hits - 1, population, possible, draws)
    at_most = stats.hypergeom.cdf(hits, population, possible, draws)
    return np.asarray(at_least, dtype=np.float64), np.asarray(at_most, dtype=np.float64)
