"""What is proven of somebody, an unfavourable answer above all, by all that is published of one question.

Linear programming (HiGHS). The reader knows who answered, their unit and their attributes, and looks for
people who must have answered unfavourably whatever fits the published numbers: exact counts of every option
for groups of the organisation; for attribute cells what the rule shows of them.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from tests.attacks.gate.organisations import OPTIONS
from tests.attacks.gate.publications import UNITS, Bools, Ints, Publication
from tests.attacks.gate.search import Types

Floats = npt.NDArray[np.float64]
Rng = np.random.Generator
#: options 0 and 1 are unfavourable, 2 is neutral
NEUTRAL = OPTIONS // 2
_POINTS = 100 / (OPTIONS - 1)
_SURE = 1e-6
#: no more than these many people by one programme each
_SINGLY = 60


class Shown(Protocol):
    """What is shown of a cell with these counts of options: rows of weights, least and most of their sums."""

    def __call__(self, counts: Ints) -> tuple[Floats, Floats, Floats]: ...


def exactly(counts: Ints) -> tuple[Floats, Floats, Floats]:
    """Every option's count, as vendors show cells that reach the threshold."""
    return np.eye(OPTIONS), counts.astype(float), counts.astype(float)


def to_the_nearest_three(counts: Ints) -> tuple[Floats, Floats, Floats]:
    """Favourable and unfavourable to the nearest 3, the mean to 1 decimal; none beyond 15 and 85 of 100."""
    n, options = int(counts.sum()), np.arange(OPTIONS)
    weights = np.array([options < NEUTRAL, options > NEUTRAL, _POINTS * options], dtype=float)
    low, high = np.zeros(3), np.zeros(3)
    for at, true in enumerate((weights @ counts)[:2]):
        # the reader asks which whole numbers would have been shown like this one
        alike = [m for m in range(n + 1) if _nearest(m, n) == _nearest(round(true), n)]
        low[at], high[at] = alike[0], alike[-1]
    mean = min(max(round(float(weights[2] @ counts) / n, 1), 15.0), 85.0)
    low[2] = 0.0 if mean == 15.0 else n * (mean - 0.05) - _SURE
    high[2] = 100.0 * n if mean == 85.0 else n * (mean + 0.05) + _SURE
    return weights, low, high


def _nearest(people: int, n: int) -> int:
    return min(3 * round(people / 3), 3 * (85 * n // 300))


@dataclass(frozen=True)
class Proven:
    """people: of how many something is proven; of: how many it is true of, proven or not."""

    people: int
    of: int
    groups: tuple[frozenset[int], ...] = ()
    #: types of people whose programme found no answer in time, or that were left out
    undecided: int = 0


def proven_unfavourable(publication: Publication, answers: Ints, shown: Shown, rng: Rng) -> Proven:
    """Who is proven unfavourable by what is published of these answers (option numbers, nobody left out)."""
    types = Types.of_publication(publication)
    others = np.tile(np.arange(OPTIONS) >= NEUTRAL, (types.n.size, 1))
    return _proven(_Programme(publication, types, answers, shown, others), rng)


def proven_answers(publication: Publication, answers: Ints, shown: Shown, rng: Rng) -> Proven:
    """Of whom it is proven which option they chose, whichever it is."""
    types = Types.of_publication(publication)
    chosen = np.zeros((types.n.size, OPTIONS), dtype=bool)
    chosen[types.of, answers] = True
    # people of a type can change places, so where they chose differently nothing is proven of anybody
    return _proven(
        _Programme(publication, types, answers, shown, ~chosen | (chosen.sum(axis=1) > 1)[:, None]), rng
    )


def _proven(programme: "_Programme", rng: Rng) -> Proven:
    types = programme.types
    left = candidates = programme.candidates()
    cleared = True
    while cleared and left.size:
        still = programme.cannot_all_be(left, rng)
        cleared, left = still.size < left.size, still
    judged = {int(target): programme.proves(int(target)) for target in left[:_SINGLY]}
    proven = [target for target, verdict in judged.items() if verdict]
    groups = tuple(types.people(np.arange(types.n.size) == target) for target in proven)
    undecided = left.size - len(judged) + sum(verdict is None for verdict in judged.values())
    return Proven(int(types.n[proven].sum()), int(types.n[candidates].sum()), groups, undecided)


class _Programme:
    """Unknown: how many of each type chose each option. Column `type * OPTIONS + option`."""

    def __init__(
        self, publication: Publication, types: Types, answers: Ints, shown: Shown, others: Bools
    ) -> None:
        """`others[type, option]`: what it is to be proven that nobody of the type chose."""
        self.types = types
        self.size = types.n.size
        self.truth = np.zeros((self.size, OPTIONS), dtype=np.int64)
        np.add.at(self.truth, (types.of, answers), 1)
        parts = [self._everybody_once(), *self._of_units()]
        parts += [
            part
            for family in publication.sets
            if family != UNITS
            for part in self._of_cells(publication, family, shown)
        ]
        matrices, low, high = zip(*parts, strict=True)
        self.matrix = sparse.vstack(matrices, format="csr")
        self.low, self.high = np.concatenate(low), np.concatenate(high)
        people, options = np.nonzero(others)
        shape = (self.size, self.size * OPTIONS)
        self.others = sparse.csr_array(
            (np.ones(people.size), (people, people * OPTIONS + options)), shape=shape
        )

    def _everybody_once(self) -> tuple[sparse.csr_array, Floats, Floats]:
        n = self.types.n.astype(float)
        return sparse.kron(sparse.eye_array(self.size), np.ones((1, OPTIONS)), format="csr"), n, n

    def _of_units(self) -> list[tuple[sparse.csr_array, Floats, Floats]]:
        """Exact counts of what the unit results tell apart, which is what they say by subtraction."""
        kinds = self.types.kinds[:, 0]
        return [self._total(np.flatnonzero(kinds == kind), exactly) for kind in np.unique(kinds[kinds >= 0])]

    def _of_cells(
        self, publication: Publication, family: str, shown: Shown
    ) -> list[tuple[sparse.csr_array, Floats, Floats]]:
        matrix = publication.sets[family]
        sets = [matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]] for i in range(matrix.shape[0])]
        return [self._total(np.unique(self.types.of[people]), shown) for people in sets if people.size]

    def _total(self, inside: Ints, shown: Shown) -> tuple[sparse.csr_array, Floats, Floats]:
        weights, low, high = shown(self.truth[inside].sum(axis=0))
        chosen = np.zeros(self.size)
        chosen[inside] = 1
        return sparse.kron(sparse.csr_array(chosen[None, :]), sparse.csr_array(weights), "csr"), low, high

    def candidates(self) -> Ints:
        """Types nobody of whom chose those: of any other nothing can be proven, since the truth fits."""
        return np.flatnonzero(self.others @ self.truth.ravel() == 0)

    def cannot_all_be(self, candidates: Ints, rng: np.random.Generator) -> Ints:
        """Candidates without anybody else, where the numbers allow somebody else in most of them at once."""
        ours, count = self.others[candidates], candidates.size
        more = sparse.hstack([ours, -sparse.eye_array(count)])
        none = sparse.csr_array((self.matrix.shape[0], count))
        matrix = sparse.vstack([sparse.hstack([self.matrix, none]), more])
        # chance makes it prefer some, or it would give a little to each
        cost = np.r_[np.zeros(self.matrix.shape[1]), -rng.uniform(1, 2, count)]
        low, high = np.r_[self.low, np.zeros(count)], np.r_[self.high, np.full(count, np.inf)]
        x = self._solve(cost, matrix, low, high, count)
        return candidates if x is None else candidates[ours @ x[: self.matrix.shape[1]] < 1 - _SURE]

    def proves(self, target: int) -> bool | None:
        """Whether nobody of this type can be anything else; None if that was not found out."""
        cost = -self.others[[target]].toarray().ravel()
        x = self._solve(cost, self.matrix, self.low, self.high, 0)
        return None if x is None else bool(-cost @ x < 1 - _SURE)

    def _solve(
        self, cost: Floats, matrix: sparse.csr_array, low: Floats, high: Floats, ones: int
    ) -> Floats | None:
        """The last `ones` unknowns are at most 1."""
        most = np.r_[np.repeat(self.types.n, OPTIONS).astype(float), np.ones(ones)]
        found = optimize.milp(
            cost,
            constraints=optimize.LinearConstraint(matrix, low, high),
            bounds=optimize.Bounds(0, most),
            options={"time_limit": 60.0},
        )
        return None if found.x is None else np.asarray(found.x)
