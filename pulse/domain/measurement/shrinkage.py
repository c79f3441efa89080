"""Drawn to the mean: a unit seen with caution, the more so the less is known of it.

A small unit can come out on top by luck. Drawing each unit towards the common mean, the small and unsteady
ones furthest, gives a better guess of where they truly stand than the raw mean does, taken over
all units together. It is shown beside the raw value and never makes a ranking.

How far it draws depends on how far units truly differ once chance is taken out. That is the "spread" on the
page behind the numbers, in points: where it is 0, chance explains all differences between units.

Formula: estimate = mu + B(y - mu), B = tau^2 / (tau^2 + SE^2)
    spread = tau; tau^2 = variance between units beyond chance (DerSimonian-Laird), 0 where there is none
    mu = mean of the units weighted by 1/(tau^2 + SE^2)
Range: points 0 to 100; spread in points; B 0 (nothing of its own kept) to 1 (kept as it is)
Least: three units whose people differ (ValueError below)
Cannot say: that this one unit is better described by it: the gain is over all units together. A unit in which
    all answered the same has SE 0 and is not drawn at all, which is too sure of it when it is small.
Source: DerSimonian & Laird (1986); Efron & Morris (1975), Data analysis using Stein's estimator. Computed by
    statsmodels.stats.meta_analysis.combine_effects for tau^2 and mu. Written here: the drawing itself,
    because no kept library has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.intervals import LevelInterval

LEAST_UNITS = 3


@dataclass(frozen=True)
class Shrunk:
    """Shrunken values and weights B in the order of the units; centre in points, tau2 in points squared."""

    values: tuple[float, ...]
    centre: float
    tau2: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class SteinShrunk:
    """Shrunken values in the order given, the plain mean, and the share `kept` of each distance from it."""

    values: tuple[float, ...]
    centre: float
    kept: float


def shrink(levels: Sequence[LevelInterval]) -> Shrunk:
    """Each unit's level drawn towards the random-effects mean; the order of units is kept.

    Units with SE 0 (everyone in it the same) keep B = 1 and take no part in tau^2 and mu, since their weight
    would be infinite. Raises ValueError under three units with SE above 0, or for a unit without a value.
    """
    y = np.array([unit.value for unit in levels], dtype=np.float64)
    se = np.array([unit.se for unit in levels], dtype=np.float64)
    if not (np.isfinite(y).all() and np.isfinite(se).all() and (se >= 0).all()):
        raise ValueError("Each unit needs a level and its standard error before it can be shrunk.")
    unsteady = se > 0
    if np.count_nonzero(unsteady) < LEAST_UNITS:
        raise ValueError(
            f"Shrinkage needs at least {LEAST_UNITS} units whose people differ; show them as they are."
        )
    centre, tau2 = _random_effects(y[unsteady], se[unsteady] ** 2)
    weights = np.ones_like(y)
    weights[unsteady] = tau2 / (tau2 + se[unsteady] ** 2)
    values = centre + weights * (y - centre)
    return Shrunk(tuple(values.tolist()), centre, tau2, tuple(weights.tolist()))


def _random_effects(y: npt.NDArray[np.float64], variance: npt.NDArray[np.float64]) -> tuple[float, float]:
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415 - loaded by the worker only

    # It leaves tau^2 negative where units differ less than by chance, and then takes roots of negative
    # numbers for results not used here; DerSimonian and Laird put 0, where mu is the fixed-effect mean.
    with np.errstate(all="ignore"):
        found = combine_effects(y, variance, method_re="dl")
    if found.tau2 > 0:
        return float(found.mean_effect_re), float(found.tau2)
    return float(found.mean_effect_fe), 0.0


def james_stein(values: Sequence[float], variance: float) -> SteinShrunk:
    """James-Stein towards the mean for k units of equal precision: c = 1 - (k - 3)V/S, at least 0.

    `variance` is V, the squared standard error of every value, in their units squared; S is the sum of
    squares about the mean. Written here: no kept library has it. Raises ValueError under four values, for a
    missing one, or for V not above 0. Equal values stay as they are.
    """
    y = np.asarray(values, dtype=np.float64)
    if y.size < LEAST_UNITS + 1 or not np.isfinite(y).all():
        raise ValueError("James-Stein shrinkage needs at least four values, none missing.")
    if not (isfinite(variance) and variance > 0):
        raise ValueError("James-Stein shrinkage needs a variance above 0.")
    centre = float(y.mean())
    spread = float(((y - centre) ** 2).sum())
    kept = max(0.0, 1 - (y.size - 3) * variance / spread) if spread > 0 else 0.0
    return SteinShrunk(tuple((centre + kept * (y - centre)).tolist()), centre, kept)
