"""What all families give away together, by chance and persistence: information-set search in floating point.

A combination of totals is a weight for each kind of each family; a person in it counts the weights of their
kinds, and the combination isolates those who do not count 0. Each search takes one person at random in every
kind of the first family as a base that counts 0, chooses at random as many further people as there are free
weights, and solves for the combinations that count exactly one of them. What looks small is worked out again
in whole numbers before it is believed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from tests.attacks.gate.publications import Ints, Publication

Floats = npt.NDArray[np.float64]
_ZERO = 1e-6
#: numbers that are held at a time
_CHUNK = 20_000_000
#: past this, rounding could hide a mistake in whole-number arithmetic
_LARGEST = 2**40


@dataclass(frozen=True, eq=False)
class Types:
    """People whom no total tells apart: `kinds[type, family]` (-1: in no total), `n[type]` people.

    Kinds are numbered from 0 in each family, the first of which is the units; of[person] is their type.
    """

    kinds: Ints
    n: Ints
    of: Ints

    @classmethod
    def from_kinds(cls, columns: list[Ints]) -> "Types":
        kinds, of, n = np.unique(np.column_stack(columns), axis=0, return_inverse=True, return_counts=True)
        return cls(kinds, n.astype(np.int64), of.ravel())

    @classmethod
    def of_publication(cls, publication: Publication) -> "Types":
        return cls.from_kinds([publication.kinds(family) for family in publication.sets])

    @cached_property
    def cells(self) -> sparse.csr_array:
        """A row for each kind of the further families, a column for each type."""
        return _indicator(self.kinds[:, 1:])

    @cached_property
    def everything(self) -> sparse.csr_array:
        """The same with the kinds of the first family before them."""
        return _indicator(self.kinds)

    def people(self, types: npt.NDArray[np.bool_]) -> frozenset[int]:
        return frozenset(np.flatnonzero(types[self.of]).tolist())


def _indicator(kinds: Ints) -> sparse.csr_array:
    widths = [int(column.max(initial=-1)) + 1 for column in kinds.T]
    offsets = np.r_[0, np.cumsum(widths)]
    known = kinds >= 0
    rows = (kinds + offsets[: kinds.shape[1]])[known]
    columns = np.nonzero(known)[0]
    shape = (int(offsets[-1]), kinds.shape[0])
    return sparse.csr_array((np.ones(rows.size), (rows, columns)), shape=shape)


class Search:
    """Searches of one publication; each call is a new one."""

    def __init__(self, types: Types, k: int, rng: np.random.Generator) -> None:
        self.types, self.k, self.rng = types, k, rng
        self.rows = self._independent()

    def groups(self, known: Collection[frozenset[int]] = ()) -> set[frozenset[int]]:
        """Groups of fewer than k people that one search finds beside those known.

        None of them holds a smaller isolated group.
        """
        if self.rows.size == 0:
            return set()
        differences = self._differences()[self.rows]
        chosen = self._choose(differences)
        if chosen is None:
            return set()
        solved = linalg.inv(differences[:, chosen].toarray())
        if not np.isfinite(solved).all():
            return set()
        found: set[frozenset[int]] = set()
        for row in self._small(solved, differences):
            looks = self.types.people(np.abs(differences.T @ solved[row]) > _ZERO)
            if looks not in known:
                inside = self._exactly(solved[row], differences)
                found |= set() if inside is None else {self.types.people(inside)}
        return found

    def _independent(self) -> Ints:
        """Rows that the others are combinations of, apart from what the first family says already."""
        differences = self._differences()
        rows = differences.shape[0]
        if rows == 0:
            return np.zeros(0, dtype=np.int64)
        mixed = differences @ self.rng.normal(size=(differences.shape[1], rows + 8))
        triangle, order = linalg.qr(mixed.T, mode="r", pivoting=True)
        diagonal = np.abs(np.diag(triangle))
        rank = int((diagonal > _ZERO * max(1.0, diagonal[0])).sum())
        return np.asarray(np.sort(order[:rank]), dtype=np.int64)

    def _differences(self) -> sparse.csr_array:
        """Each type's cells less those of the base of its unit kind; people in no unit total have none."""
        unit = self.types.kinds[:, 0]
        met = self.rng.exponential(size=unit.size) / self.types.n**2
        order = np.lexsort((met, unit))
        first = order[np.r_[True, unit[order][1:] != unit[order][:-1]]]
        base_of = dict(zip(unit[first].tolist(), first.tolist(), strict=True))
        bases = np.array([base_of[u] for u in unit.tolist()])
        cells = self.types.cells.tocsc()
        based = cells[:, bases] @ sparse.diags_array((unit >= 0).astype(float))
        return (cells - based).tocsr()

    def _choose(self, differences: sparse.csr_array) -> Ints | None:
        """As many independent types as rows: the more people, the likelier, so that few are left to count."""
        size = differences.shape[0]
        order = np.argsort(self.rng.exponential(size=self.types.n.size) / self.types.n**2)
        live = order[np.diff(differences.tocsc().indptr)[order] > 0]
        reach = 8 * size
        while True:
            tried = live[:reach]
            if tried.size < size:
                return None
            factors, swaps, _ = linalg.lapack.dgetrf(differences[:, tried].toarray().T)
            if np.abs(np.diag(factors)).min() > _ZERO:
                for at, other in enumerate(swaps):
                    tried[at], tried[other] = tried[other], tried[at]
                return np.asarray(tried[:size])
            if reach >= live.size:
                return None
            reach *= 3

    def _small(self, solved: Floats, differences: sparse.csr_array) -> Ints:
        """Rows over fewer than k people, as far as floating point can tell."""
        people = np.zeros(solved.shape[0])
        columns = differences.tocsc()
        step = max(1, _CHUNK // solved.shape[0])
        for start in range(0, self.types.n.size, step):
            words = columns[:, start : start + step].T @ solved.T
            people += self.types.n[start : start + step] @ (np.abs(words) > _ZERO)
        return np.flatnonzero((people > 0) & (people < self.k))

    def _exactly(self, weights: Floats, differences: sparse.csr_array) -> npt.NDArray[np.bool_] | None:
        """The types that a combination counts, with its weights as fractions; None if they are none."""
        fractions = [
            Fraction(float(w)).limit_denominator(5040) if abs(w) > _ZERO else Fraction(0) for w in weights
        ]
        whole = lcm(*(fraction.denominator for fraction in fractions))
        numbers = [int(fraction * whole) for fraction in fractions]
        if max(map(abs, numbers)) > _LARGEST:
            return None
        words = differences.astype(np.int64).T @ np.array(numbers, dtype=np.int64)
        inside = np.asarray(words != 0)
        return inside if 0 < int(self.types.n[inside].sum()) < self.k else None
