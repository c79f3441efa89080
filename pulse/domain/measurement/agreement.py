"""Agreement between people on an ordered scale: one shared view, no pattern, or a split at the poles.

van der Eijk's A (2001, Quality & Quantity 35): +1 when all choose one option, 0 when answers are flat,
-1 when half stand at each end. Leik's D (1966) and the consensus of Tastle & Wierman (2007) are technical
extras: neither has a neutral zero.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray

Verdict = Literal["shared view", "split", "unclear"]


@dataclass(frozen=True)
class Agreement:
    """A with its bootstrap interval, each -1 to 1, from `n` answers (NaN when nobody answered)."""

    value: float
    low: float
    high: float
    n: int

    @property
    def verdict(self) -> Verdict:
        """A is unstable in small groups, so it is "split" only if the whole interval lies below 0."""
        if self.high < 0:
            return "split"
        return "shared view" if self.low > 0 else "unclear"


def agreement(
    counts: npt.ArrayLike, rng: np.random.Generator, *, draws: int = 2000, level: float = 0.95
) -> Agreement:
    """A of whole `counts` (K options, lowest first) with a percentile interval.

    The interval resamples n answers from the observed shares (multinomial bootstrap) `draws` times.
    """
    observed = np.asarray(counts, dtype=np.int64)
    n = int(observed.sum())
    if n == 0:
        return Agreement(float("nan"), float("nan"), float("nan"), 0)
    resampled = van_der_eijk(rng.multinomial(n, observed / n, size=draws))
    low, high = np.quantile(resampled, [(1 - level) / 2, (1 + level) / 2])
    return Agreement(float(van_der_eijk(observed)), float(low), float(high), n)


def van_der_eijk(counts: npt.ArrayLike) -> FloatArray:
    """A for each row of `counts`, shape (..., K) -> (...), range -1 to 1, NaN where a row is all zeros.

    Counts are peeled into layers, each flat over the options that still hold any; A is the mean of the
    layers' agreement weighted by the share of answers they hold. Non-whole counts (weights) are allowed.
    """
    table = _counts(counts)
    options = table.shape[-1]
    if options < 3:
        raise ValueError("Agreement needs a scale of at least three options.")
    layer_values = np.array([_layer_agreement(pattern, options) for pattern in range(2**options)])
    ordered = np.sort(table, axis=-1)
    floors = np.concatenate([np.zeros_like(ordered[..., :1]), ordered[..., :-1]], axis=-1)
    held = table[..., None, :] > floors[..., :, None]
    patterns = held @ (1 << np.arange(options))
    weights = (ordered - floors) * np.count_nonzero(held, axis=-1)
    return _ratio((weights * layer_values[patterns]).sum(axis=-1), table.sum(axis=-1))


@lru_cache(maxsize=8192)
def _layer_agreement(pattern: int, options: int) -> float:
    """Agreement of one flat layer; bit i of `pattern` is set if option i holds any answers.

    With S options held, TU triples of the forms 110 and 011, and TDU of the form 101 over K options,
    U = [(K - 2)TU - (K - 1)TDU] / [(K - 2)(TU + TDU)] and A = U(1 - (S - 1)/(K - 1)).
    """
    held = [bool(pattern >> i & 1) for i in range(options)]
    if not any(held):
        return 0.0
    triples = [(held[i], held[j], held[k]) for i, j, k in combinations(range(options), 3)]
    together = triples.count((True, True, False)) + triples.count((False, True, True))
    apart = triples.count((True, False, True))
    unimodality = 1.0
    if together + apart:
        gain = (options - 2) * together - (options - 1) * apart
        unimodality = gain / ((options - 2) * (together + apart))
    return unimodality * (1 - (sum(held) - 1) / (options - 1))


def leik_dispersion(counts: npt.ArrayLike) -> FloatArray:
    """Leik's D (1966): 2 sum d / (K - 1), d = min(F, 1 - F) of the cumulative shares; 0 agreed, 1 split."""
    table = _counts(counts)
    total = table.sum(axis=-1, keepdims=True)
    cumulative = _ratio(np.cumsum(table, axis=-1), np.broadcast_to(total, table.shape))
    return np.asarray(2 * np.minimum(cumulative, 1 - cumulative).sum(axis=-1) / (table.shape[-1] - 1))


def consensus(counts: npt.ArrayLike) -> float:
    """Tastle & Wierman (2007): 1 + sum p log2(1 - |x - mean|/(K - 1)) for one row; 0 split, 1 agreed."""
    table = _counts(counts)
    if table.ndim != 1:
        raise ValueError("Consensus takes the counts of one group.")
    held = np.flatnonzero(table)
    shares = table[held] / table.sum()
    distance = np.abs(held - shares @ held) / (table.size - 1)
    return float(1 + shares @ np.log2(1 - distance)) if held.size else float("nan")


def _counts(counts: npt.ArrayLike) -> FloatArray:
    table = np.asarray(counts, dtype=np.float64)
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("Counts must be numbers of 0 or more.")
    return table


def _ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    out = np.full(np.shape(top), np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out
