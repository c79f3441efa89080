"""What a reader isolates by adding and subtracting totals of one family: exact, by elimination.

The rows of the reduced echelon form modulo a large prime are combinations that anybody can work out. Where
there are as many as there are kinds of people, every kind is isolated and nothing finer exists.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from tests.attacks.gate.publications import Ints, Publication

PRIME = 2**61 - 1
Row = dict[int, int]


def isolated_kinds(publication: Publication, family: str) -> tuple[Ints, list[frozenset[int]]]:
    """The kind of each person (-1: in no total), and for each row of the reduced form its kinds.

    Kinds are what the family tells apart. For totals that are nested or disjoint each row is one kind.
    """
    kinds = publication.kinds(family)
    matrix = publication.sets[family]
    rows = []
    for at in range(matrix.shape[0]):
        inside = np.unique(kinds[matrix.indices[matrix.indptr[at] : matrix.indptr[at + 1]]])
        if inside.size:
            rows.append(dict.fromkeys(inside.tolist(), 1))
    return kinds, [frozenset(row) for row in reduced(rows)]


def small_groups(kinds: Ints, rows: Iterable[frozenset[int]], k: int) -> set[frozenset[int]]:
    """The people of each row that is over fewer than k of them."""
    sizes = np.bincount(kinds[kinds >= 0])
    found = set()
    for row in rows:
        if sum(int(sizes[kind]) for kind in row) < k:
            found.add(frozenset(np.flatnonzero(np.isin(kinds, list(row))).tolist()))
    return found


def rank_of(columns: npt.NDArray[np.int64]) -> int:
    """Rank of a dense matrix of small whole numbers."""
    return len(reduced({i: int(v) for i, v in enumerate(row) if v} for row in columns))


def reduced(rows: Iterable[Mapping[int, int]]) -> list[Row]:
    """Reduced row echelon form of sparse rows of whole numbers; the shortest rows first, to stay sparse."""
    kept: dict[int, Row] = {}
    holders: dict[int, set[int]] = {}
    for row in sorted(rows, key=len):
        left = {column: value % PRIME for column, value in row.items()}
        for pivot in [column for column in left if column in kept]:
            _subtract(left, kept[pivot], left[pivot])
        if not left:
            continue
        pivot = min(left, key=lambda column: (len(holders.get(column, ())), column))
        inverse = pow(left[pivot], -1, PRIME)
        left = {column: value * inverse % PRIME for column, value in left.items()}
        for other in list(holders.get(pivot, ())):
            before = set(kept[other])
            _subtract(kept[other], left, kept[other][pivot])
            _hold(holders, other, before, set(kept[other]))
        kept[pivot] = left
        _hold(holders, pivot, set(), set(left))
    return list(kept.values())


def _hold(holders: dict[int, set[int]], pivot: int, before: set[int], now: set[int]) -> None:
    for column in now - before:
        holders.setdefault(column, set()).add(pivot)
    for column in before - now:
        holders[column].discard(pivot)


def _subtract(row: Row, other: Row, times: int) -> None:
    for column, value in other.items():
        left = (row.get(column, 0) - times * value) % PRIME
        if left:
            row[column] = left
        else:
            row.pop(column, None)
