"""What a block keeps of a score: how many, their sum and their sum of squares.

Moments of disjoint blocks add up to the moments of their union, so every published mean, spread and
interval of a group follows from block totals alone, and no finer number needs to be stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, nan, sqrt

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Moment:
    """n scores with sum `s1` and sum of squares `s2`, in points and points squared.

    Raises ValueError when `n` is negative or a sum is not a finite number, so that no NaN or infinity can
    reach anything made of moments.
    """

    n: int
    s1: float
    s2: float

    def __post_init__(self) -> None:
        if self.n < 0 or not (isfinite(self.s1) and isfinite(self.s2)):
            raise ValueError("A moment is a number of answers and two sums, each of them a finite number.")

    @classmethod
    def from_values(cls, values: npt.ArrayLike) -> "Moment":
        """Moment of scores of any shape; NaN (unscored) is left out, so all "does not apply" gives EMPTY.

        Raises ValueError on an infinite score.
        """
        scores = np.asarray(values, dtype=np.float64).ravel()
        scores = scores[~np.isnan(scores)]
        return cls(int(scores.size), float(scores.sum()), float(scores @ scores))

    @classmethod
    def from_counts(cls, scores: npt.ArrayLike, counts: npt.ArrayLike) -> "Moment":
        """Moment of `counts` answers at each of `scores` (same length), as a tally keeps them.

        EMPTY for no answers. Raises ValueError unless each score is a finite number with a whole count of 0
        or more beside it.
        """
        points = np.asarray(scores, dtype=np.float64)
        answers = np.asarray(counts, dtype=np.float64)
        if points.ndim != 1 or points.shape != answers.shape:
            raise ValueError("Each option's score needs its count.")
        numbers = np.isfinite(points).all() and np.isfinite(answers).all()
        if not (numbers and (answers >= 0).all() and (answers % 1 == 0).all()):
            raise ValueError("Scores must be finite numbers, and counts whole numbers of 0 or more.")
        return cls(int(answers.sum()), float(points @ answers), float(points**2 @ answers))

    @classmethod
    def from_summary(cls, n: int, mean: float, sd: float) -> "Moment":
        """Moment with this size, mean and sample standard deviation (n - 1), as reports print them.

        The spread of one answer is 0, whatever `sd` says. Raises ValueError under one answer, or unless
        mean and spread are finite numbers and the spread is 0 or more.
        """
        if n < 1 or not (isfinite(mean) and isfinite(sd) and sd >= 0):
            raise ValueError("A summary needs an answer, and a mean and a spread that are finite numbers.")
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
    """A standard deviation shared by several units, in points, with its degrees of freedom.

    Raises ValueError unless `sd` is a finite number of 0 or more on at least one degree of freedom.
    """

    sd: float
    df: int

    def __post_init__(self) -> None:
        if self.df < 1 or not (isfinite(self.sd) and self.sd >= 0):
            raise ValueError("A pooled spread is a number of 0 or more, on one degree of freedom or more.")


def pooled_sd(moments: Iterable[Moment]) -> PooledSd:
    """Pooled within-unit SD: sqrt(sum (n_i - 1) s_i^2 / sum (n_i - 1)), units under two answers ignored.

    0 when nobody differs from anybody in their unit. Raises ValueError when no unit has two answers.
    """
    usable = [m for m in moments if m.n >= 2]
    df = sum(m.n - 1 for m in usable)
    if df == 0:
        raise ValueError("A pooled spread needs at least one unit with two answers.")
    return PooledSd(sqrt(sum((m.n - 1) * m.var for m in usable) / df), df)
