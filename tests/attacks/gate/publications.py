"""What a reader gets: for each family of tables, which people are in which published total.

Nothing here comes from the product: a publication is zeros and ones, however it was made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
#: the family of the unit results themselves
UNITS = "units"


@dataclass(frozen=True, eq=False)
class Publication:
    """`sets[family]` has a row for each published total, a column for each person who answered.

    units_shown: units with a result of their own; combined: named groups of several; covered[person]: whether
    their own unit, or a named group that stands for it, has a figure.
    """

    rule: str
    sets: dict[str, sparse.csr_array]
    units_shown: int
    combined: int
    covered: Bools

    @property
    def people(self) -> int:
        return int(self.covered.size)

    def kinds(self, family: str) -> Ints:
        """A number for each person: the same for people in the same totals of the family; -1 in none."""
        matrix = self.sets[family].tocsc()
        seen: dict[bytes, int] = {}
        found = np.full(self.people, -1, dtype=np.int64)
        for person in range(self.people):
            inside = np.sort(matrix.indices[matrix.indptr[person] : matrix.indptr[person + 1]])
            if inside.size:
                found[person] = seen.setdefault(inside.tobytes(), len(seen))
        return found

    def of(self, people: Bools) -> "Publication":
        """The same totals over some of the people."""
        columns = np.flatnonzero(people)
        sets = {family: matrix[:, columns] for family, matrix in self.sets.items()}
        return Publication(self.rule, sets, self.units_shown, self.combined, self.covered[people])


def sets_of(members: Iterable[Ints], people: int) -> sparse.csr_array:
    """Published totals from the people in each."""
    listed = list(members)
    starts = np.r_[0, np.cumsum([one.size for one in listed], dtype=np.int64)]
    columns = np.concatenate(listed) if listed else np.zeros(0, dtype=np.int64)
    ones = np.ones(columns.size, dtype=np.int8)
    return sparse.csr_array((ones, columns, starts), shape=(len(listed), people))


def people_by(values: Ints) -> Mapping[int, Ints]:
    """Value -> the people who have it, for values from 0."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if ordered.size else np.zeros(0, int)
    stops = np.r_[starts[1:], ordered.size]
    pairs = zip(starts.tolist(), stops.tolist(), strict=True)
    return {int(ordered[a]): order[a:b] for a, b in pairs if ordered[a] >= 0}
