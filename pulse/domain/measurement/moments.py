"""What a block keeps of a score: how many, their sum and their sum of squares.

Moments of disjoint blocks add up to the moments of their union, so every published mean, spread and
interval of a group follows from block totals alone, and no finer number needs to be stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Moment:
    """n scores with sum `s1` and sum of squares `s2`, in points (0 to 100) and points squared."""

    n: int
    s1: float
    s2: float

    @classmethod
    def from_values(cls, values: npt.ArrayLike) -> "Moment":
        """Moment of scores of any shape; NaN (unscored) is left out."""
        scores = np.asarray(values, dtype=np.float64).ravel()
        scores = scores[~np.isnan(scores)]
        return cls(int(scores.size), float(scores.sum()), float(scores @ scores))

    @classmethod
    def from_counts(cls, scores: npt.ArrayLike, counts: npt.ArrayLike) -> "Moment":
        """Moment of `counts` answers at each of `scores` (same length), as a tally keeps them."""
        points = np.asarray(scores, dtype=np.float64)
        answers = np.asarray(counts, dtype=np.int64)
        if points.shape != answers.shape:
            raise ValueError("Each option's score needs its count.")
        return cls(int(answers.sum()), float(points @ answers), float(points**2 @ answers))

    @classmethod
    def from_summary(cls, n: int, mean: float, sd: float) -> "Moment":
        """Moment with this size, mean and sample standard deviation (n - 1), as reports print them."""
        return cls(n, n * mean, (n - 1) * sd * sd + n * mean * mean)

    @classmethod
    def total(cls, moments: Iterable["Moment"]) -> "Moment":
        """Moment of a union of disjoint blocks; EMPTY for none."""
        return sum(moments, start=EMPTY)

    def __add__(self, other: "Moment") -> "Moment":
        return Moment(self.n + other.n, self.s1 + other.s1, self.s2 + other.s2)

    @property
    def mean(self) -> float:
        """s1 / n; NaN when nobody answered."""
        return self.s1 / self.n if self.n else nan

    @property
    def var(self) -> float:
        """Sample variance (s2 - s1^2/n)/(n - 1); NaN under two answers."""
        if self.n < 2:
            return nan
        spread = self.s2 - self.s1 * self.s1 / self.n
        # Equal scores leave a rounding residue of either sign; below this it is nothing but that.
        return spread / (self.n - 1) if spread > 1e-9 * max(self.s2, 1.0) else 0.0

    @property
    def sd(self) -> float:
        """Sample standard deviation in points; NaN under two answers."""
        return sqrt(self.var)

    @property
    def se(self) -> float:
        """Standard error sd / sqrt(n), without finite population correction; NaN under two answers."""
        return self.sd / sqrt(self.n) if self.n else nan


EMPTY = Moment(0, 0.0, 0.0)


@dataclass(frozen=True)
class PooledSd:
    """A standard deviation shared by several units, in points, with its degrees of freedom."""

    sd: float
    df: int


def pooled_sd(moments: Iterable[Moment]) -> PooledSd:
    """Pooled within-unit SD: sqrt(sum (n_i - 1) s_i^2 / sum (n_i - 1)), units under two answers ignored.

    Raises ValueError when no unit has two answers.
    """
    usable = [m for m in moments if m.n >= 2]
    df = sum(m.n - 1 for m in usable)
    if df == 0:
        raise ValueError("A pooled spread needs at least one unit with two answers.")
    return PooledSd(sqrt(sum((m.n - 1) * m.var for m in usable) / df), df)
