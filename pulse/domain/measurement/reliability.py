"""Reliability: do the questions of a scale hang together, and measure one thing steadily?

A scale takes the mean of several questions because each alone is noisy. If people who score high on one tend
to score high on the others, the mean is steady and these two numbers are near 1; if the questions have little
to do with one another, they are near 0 and the mean hides more than it shows. About .70 is enough to speak of
a whole organisation. Very high values (above .95) mostly mean that the same thing was asked several times.

Alpha treats all questions as equally good signs of the one thing; omega lets some be better signs than
others, and is the one to trust where the two differ.

Formula: alpha = k/(k - 1) (1 - sum of item variances / variance of their sum), k items;
    interval 1 - (1 - alpha) F, F with n - 1 and (n - 1)(k - 1) degrees of freedom;
    omega = (sum L)^2 / [(sum L)^2 + sum (1 - L^2)], L the loadings of standardised items on one factor.
Range: alpha has no lower end (below 0 the items contradict one another) and 1 at most; omega 0 to 1.
Least: alpha two items and omega three, over 100 people of a wave that asked the whole scale. Otherwise
    nothing is shown, nor where nobody differs (ValueError); where no single factor fits, omega is not shown.
Cannot say: whether the questions measure what they are meant to measure, only that they measure it together;
    nor that it is a single thing, since two themes side by side can also give a high alpha.
Source: Cronbach (1951), Coefficient alpha; Feldt (1965) for the interval; McDonald (1999), Test theory.
    Computed by scipy.stats.f for F and statsmodels.multivariate.factor for the one factor, by maximum
    likelihood. Written here: alpha and omega, because no kept library has them for a covariance matrix
    without people.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.items import FloatArray

#: An item with less of its own variance than this is one that the factor claims to explain whole (Heywood
#: case): the fit has run to an edge where its loadings mean nothing.
LEAST_UNIQUE = 0.005
#: The optimiser may stop for want of digits; it has arrived if the slope there is no more than this.
FLAT_ENOUGH = 1e-5

NO_FACTOR = "No single factor fits these items, so omega cannot be given."


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of `items` with its interval, from `n` people; 1 at most, no lower end."""

    value: float
    low: float
    high: float
    items: tuple[str, ...]
    n: int


def cronbach_alpha(comoments: CoMoments, *, level: float = 0.95) -> Alpha:
    """Alpha with Feldt's interval. ValueError under two items, or where the sum of the items never varies."""
    from scipy import stats  # noqa: PLC0415 - loaded by the worker only

    k = len(comoments.items)
    if k < 2:
        raise ValueError("Alpha needs at least two items.")
    total = float(comoments.covariance.sum())
    own = float(np.trace(comoments.covariance))
    if own <= 0 or total <= 1e-9 * own:
        raise ValueError("The sum of these items is the same for everyone, so alpha cannot be given.")
    value = k / (k - 1) * (1 - own / total)
    df = comoments.n - 1
    upper, lower = stats.f.ppf([(1 + level) / 2, (1 - level) / 2], df, df * (k - 1))
    low, high = (float(1 - (1 - value) * quantile) for quantile in (upper, lower))
    return Alpha(value, low, high, comoments.items, comoments.n)


def omega_total(comoments: CoMoments) -> float:
    """Omega, 0 to 1, from one factor by maximum likelihood on the correlations.

    ValueError under three items (one factor is then not determined), where everyone scored the same on an
    item, where the fit does not arrive, and where it leaves an item no variance of its own.
    """
    if len(comoments.items) < 3:
        raise ValueError("Omega needs at least three items.")
    return omega_from_loadings(_one_factor(comoments.correlation(), comoments.n).tolist())


def omega_from_loadings(loadings: Sequence[float]) -> float:
    """(sum L)^2 / [(sum L)^2 + sum (1 - L^2)], 0 to 1; ValueError on none or a loading outside -1 to 1."""
    weights = np.asarray(loadings, dtype=np.float64)
    if weights.ndim != 1 or not weights.size or not (np.abs(weights) <= 1).all():
        raise ValueError("Omega needs standardised loadings, each from -1 to 1.")
    common = float(weights.sum()) ** 2
    own = float((1 - weights**2).sum())
    if common + own == 0:
        raise ValueError(NO_FACTOR)
    return common / (common + own)


def _one_factor(correlation: FloatArray, n: int) -> FloatArray:
    """Loadings of one common factor, (items,). ValueError where the fit fails or runs to an edge."""
    from statsmodels.multivariate.factor import Factor  # noqa: PLC0415 - loaded by the worker only

    model = Factor(corr=correlation, nobs=n, n_factor=1, method="ml")
    # The library only warns of what makes a result useless; each such case is checked below instead.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            fit = model.fit(start=_start(correlation))
        except (np.linalg.LinAlgError, ValueError) as error:
            raise ValueError(NO_FACTOR) from error
    found = model.mle_retvals
    arrived = found.success or np.abs(found.jac).max() <= FLAT_ENOUGH
    loadings = np.asarray(fit.loadings, dtype=np.float64)[:, 0]
    unique = np.asarray(fit.uniqueness, dtype=np.float64)
    # `not (... >= ...)`, so that a NaN counts as a failure
    if not (arrived and unique.min() >= LEAST_UNIQUE and np.abs(loadings).max() <= 1):
        raise ValueError(NO_FACTOR)
    return loadings


def _start(correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where the fit sets out: the first principal component, drawn in from the edge. No chance involved."""
    sizes, directions = np.linalg.eigh(correlation)
    loadings = np.clip(np.sqrt(sizes[-1]) * directions[:, -1:], -0.9, 0.9)
    return loadings, 1 - loadings[:, 0] ** 2
