"""Agreement between people: one shared view, no pattern, or two camps.

A mean of 50 may hide two opposite camps, or may be everybody in the middle. Agreement tells them apart: +1
when all choose the same answer, 0 when answers are spread evenly over the options, -1 when half stand at each
end. "Split" is said only when the whole interval lies below 0, because a small group can look split by
chance: 22 people answering 6, 4, 2, 4, 6 give -0.23, and anything from -0.37 to 0.35 would be no surprise.

Formula: A of a flat layer = U (1 - (S - 1)/(K - 1)), K options of which S hold answers
    U = [(K - 2) TU - (K - 1) TDU] / [(K - 2)(TU + TDU)], counting option triples held as 110 or 011 (TU)
        and as 101 (TDU)
    the counts are peeled into flat layers; A = mean over layers, each weighted by the answers it holds
    interval: answers drawn again from the observed shares, 2,000 times, middle 95 % (multinomial bootstrap)
Range: -1 (two camps at the ends) through 0 (no pattern) to 1 (all the same)
Least: two answers and three options (ValueError otherwise); shown only of groups that may be shown
Cannot say: what the camps disagree about, or who is in which. In a small group it seldom dares to say
    "split": two perfect camps are called so in about half of groups of 30, and nearly always from 50 answers
    on. When all give the same answer the interval has no width, however few they are.
Source: van der Eijk (2001), Measuring agreement in ordered rating scales; Leik (1966) and Tastle and Wierman
    (2007) as technical extras, neither of which has a neutral zero. Written here: no kept library has them.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.distributions import upper_end
from pulse.domain.measurement.items import FloatArray

Verdict = Literal["shared view", "split", "unclear"]


@dataclass(frozen=True)
class Agreement:
    """A with its bootstrap interval, each -1 to 1, from `n` answers."""

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

    The interval resamples n answers from the observed shares (multinomial bootstrap) `draws` times; when
    all gave the same answer it is 1 to 1. Raises ValueError under two answers or three options, and unless
    `counts` are one group's whole numbers of 0 or more.
    """
    observed = _counts(counts)
    if observed.ndim != 1 or (observed % 1 != 0).any():
        raise ValueError("Agreement takes the whole counts of one group.")
    n = int(observed.sum())
    if n < 2:
        raise ValueError("Agreement between people needs at least two answers.")
    resampled = van_der_eijk(rng.multinomial(n, observed / n, size=draws))
    low, high = np.quantile(resampled, [1 - upper_end(level), upper_end(level)])
    return Agreement(float(van_der_eijk(observed)), float(low), float(high), n)


def van_der_eijk(counts: npt.ArrayLike) -> FloatArray:
    """A for each row of `counts`, shape (..., K) -> (...), range -1 to 1, NaN where a row is all zeros.

    Counts are peeled into layers, each flat over the options that still hold any; A is the mean of the
    layers' agreement weighted by the share of answers they hold. Non-whole counts (weights) are allowed.
    Raises ValueError under three options, and on counts that are negative, infinite or NaN.
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
    """Leik's D (1966): 2 sum d / (K - 1), d = min(F, 1 - F) of the cumulative shares; 0 agreed, 1 split.

    Shape (..., K) -> (...), NaN where a row is all zeros. Raises ValueError under two options and on
    impossible counts.
    """
    table = _counts(counts)
    if table.shape[-1] < 2:
        raise ValueError("Dispersion needs a scale of at least two options.")
    total = table.sum(axis=-1, keepdims=True)
    cumulative = _ratio(np.cumsum(table, axis=-1), np.broadcast_to(total, table.shape))
    return np.asarray(2 * np.minimum(cumulative, 1 - cumulative).sum(axis=-1) / (table.shape[-1] - 1))


def consensus(counts: npt.ArrayLike) -> float:
    """Tastle & Wierman (2007): 1 + sum p log2(1 - |x - mean|/(K - 1)) for one row; 0 split, 1 agreed.

    Raises ValueError when nobody answered, under two options, for several groups, or on impossible counts.
    """
    table = _counts(counts)
    if table.ndim != 1 or table.size < 2 or not table.any():
        raise ValueError("Consensus takes the counts of one group that answered on two options or more.")
    held = np.flatnonzero(table)
    shares = table[held] / table.sum()
    distance = np.abs(held - shares @ held) / (table.size - 1)
    return float(1 + shares @ np.log2(1 - distance))


def _counts(counts: npt.ArrayLike) -> FloatArray:
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim == 0 or not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("Counts must be numbers of 0 or more.")
    return table


def _ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    out = np.full(np.shape(top), np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out
