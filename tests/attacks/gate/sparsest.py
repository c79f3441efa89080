"""What all families give away together, by linear programming (HiGHS): the lightest combination.

Scale a combination so that the person who counts most counts 1. Then the sum of what all count, each
between -1 and 1, is at most how many people it isolates. So if that sum cannot be less than k whichever
person counts 1, then no combination of any kind isolates fewer than k people: a proof, not a search. Where
it can be less, whole numbers decide: mixed-integer programming looks for a combination over fewer than k
people.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from tests.attacks.gate.publications import Ints
from tests.attacks.gate.search import Types

Floats = npt.NDArray[np.float64]
_ZERO = 1e-6


@dataclass(frozen=True)
class Verdict:
    """Of one person: the least sum (at most k), and the isolated group if one of fewer than k was found.

    undecided: the sum is less than k, but no such group was found in the time.
    """

    least: float
    group: frozenset[int] | None = None
    undecided: bool = False


class Sparsest:
    """The programmes of one publication: weights of kinds (free), and what each type counts."""

    def __init__(self, types: Types, k: int, seconds: float = 60.0) -> None:
        self.types, self.k, self.seconds = types, k, seconds
        cells = types.everything
        self._kinds, self._size = cells.shape
        same = sparse.eye_array(self._size)
        self._words = sparse.hstack([cells.T, -same, same], format="csr")
        light = (types.n < k).astype(float)
        free = np.full(self._kinds, np.inf)
        self._low = np.r_[-free, np.zeros(2 * self._size)]
        self._high = np.r_[free, light, light]
        self._cost = np.r_[np.zeros(self._kinds), types.n, types.n]

    def candidates(self) -> Ints:
        """The types that any small group could be of."""
        return np.flatnonzero(self.types.n < self.k)

    def judge(self, target: int) -> Verdict:
        """Whether somebody of this type can be the one who counts most in a group of fewer than k."""
        found = optimize.linprog(
            self._cost,
            A_eq=self._words,
            b_eq=np.zeros(self._size),
            bounds=np.column_stack(self._bounds(target)),
            method="highs",
        )
        if found.status == 2:  # no solution at all: this type always counts 0
            return Verdict(float(self.k))
        if found.status != 0:
            return Verdict(0.0, undecided=True)
        if found.fun > self.k - 1 + _ZERO:
            return Verdict(min(float(self.k), found.fun))
        return self._decide(target, found.fun, found.x)

    def _bounds(self, target: int) -> tuple[Floats, Floats]:
        """Everybody counts -1 to 1, types of k people or more 0, the target 1."""
        low, high = self._low.copy(), self._high.copy()
        plus = self._kinds + target
        low[plus] = high[plus] = 1.0
        high[plus + self._size] = 0.0
        return low, high

    def _decide(self, target: int, least: float, x: Floats) -> Verdict:
        inside = self._counting(x)
        if self.types.n[inside].sum() < self.k:
            return Verdict(least, self.types.people(inside))
        found = self._whole(target)
        if found is None:
            return Verdict(least, undecided=True)
        inside = self._counting(found)
        people = int(self.types.n[inside].sum())
        return Verdict(least, self.types.people(inside)) if people < self.k else Verdict(float(self.k))

    def _counting(self, x: Floats) -> npt.NDArray[np.bool_]:
        plus, minus = np.split(x[self._kinds : self._kinds + 2 * self._size], 2)
        return np.asarray(np.abs(plus - minus) > _ZERO)

    def _whole(self, target: int) -> Floats | None:
        """The fewest people, each counted whole or not at all; None if time ran out before that was known."""
        same, none = sparse.eye_array(self._size), sparse.csr_array((self._size, self._kinds))
        low, high = self._bounds(target)
        ones = np.ones(self._size)
        bounds = optimize.Bounds(np.r_[low, 0 * ones], np.r_[high, ones])
        exact = sparse.hstack([self._words, sparse.csr_array((self._size, self._size))])
        counted = sparse.hstack([none, same, same, -same])
        found = optimize.milp(
            np.r_[np.zeros(self._kinds + 2 * self._size), self.types.n],
            constraints=[
                optimize.LinearConstraint(exact, 0, 0),
                optimize.LinearConstraint(counted, -np.inf, 0),
            ],
            bounds=bounds,
            integrality=np.r_[np.zeros(self._kinds + 2 * self._size), ones],
            options={"time_limit": self.seconds},
        )
        return None if found.x is None or found.status != 0 else np.asarray(found.x)
