"""Invented organisations, and the attacker that the published groups must withstand.

The attacker shares no code with the product: it sees a matrix of zeros and ones (published groups by units)
and how many answered in each unit, and looks for the smallest number of people whose total is a linear
combination of published totals.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from pulse.domain.disclosure.blocks import Blocks, Unit

PRIME = 2**31 - 1


def make_unit(
    id: int, parent_id: int | None = None, name: str | None = None, sort: int | None = None
) -> Unit:
    return Unit(id, parent_id, name or f"Unit {id}", id if sort is None else sort)


def make_organisation(
    rng: np.random.Generator, size: int, *, largest: int = 25
) -> tuple[list[Unit], dict[int, int]]:
    """A random tree of `size` units and counts that are often below any threshold."""
    reach = int(rng.integers(1, 8))
    parents = [
        None,
        *(int(rng.integers(max(0, i - 1 - reach * 4), i)) // int(rng.integers(1, 4)) for i in range(1, size)),
    ]
    units = [make_unit(i, parents[i]) for i in range(size)]
    kind = rng.integers(0, 3, size)
    counts = np.where(kind == 0, rng.integers(0, 4, size), rng.integers(0, largest, size))
    return units, {i: int(n) for i, n in enumerate(counts)}


@st.composite
def organisations(draw: st.DrawFn, *, most: int = 14) -> tuple[list[Unit], dict[int, int]]:
    size = draw(st.integers(1, most))
    parents = [None, *(draw(st.integers(0, i - 1)) for i in range(1, size))]
    counts = [draw(st.integers(0, 14)) for _ in range(size)]
    return [make_unit(i, parents[i]) for i in range(size)], dict(enumerate(counts))


def published_matrix(blocks: Blocks, units: Sequence[Unit]) -> npt.NDArray[np.int64]:
    """Groups by units: 1 where the answers of people directly in the unit count in the group."""
    column = {unit.id: i for i, unit in enumerate(units)}
    matrix = np.zeros((len(blocks.groups), len(units)), dtype=np.int64)
    for row, group in enumerate(blocks.groups):
        for block_id in group.block_ids:
            matrix[row, [column[unit_id] for unit_id in blocks.blocks[block_id].unit_ids]] = 1
    return matrix


def smallest_isolable(matrix: npt.NDArray[np.int64], people: npt.NDArray[np.int64]) -> int | None:
    """Fewest people in the support of a row of the reduced echelon form; None if nothing is published.

    Any such row is a combination an outsider can compute. For nested or disjoint groups the row space has a
    basis of disjoint supports, which the (unique) reduced form is, so this finds the true minimum.
    """
    answered = people > 0
    reduced = _reduced(matrix[:, answered])
    sizes = [int(people[answered][row != 0].sum()) for row in reduced if row.any()]
    return min(sizes, default=None)


def smallest_difference(matrix: npt.NDArray[np.int64], people: npt.NDArray[np.int64]) -> int | None:
    """Fewest people left when any disjoint published groups (up to 4) are taken from one around them."""
    sets = {frozenset(np.flatnonzero((row > 0) & (people > 0)).tolist()) for row in matrix} - {frozenset()}
    sizes = [int(people[list(group)].sum()) for group in sets]
    for group in sets:
        inner = [other for other in sets if other < group]
        for many in range(1, 5):
            for chosen in combinations(inner, many):
                taken = frozenset().union(*chosen)
                if sum(map(len, chosen)) == len(taken) < len(group):
                    sizes.append(int(people[list(group - taken)].sum()))
    return min(sizes, default=None)


def _reduced(matrix: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Reduced row echelon form modulo a large prime."""
    work = np.unique(matrix, axis=0) % PRIME
    row = 0
    for column in range(work.shape[1]):
        pivots = np.flatnonzero(work[row:, column])
        if pivots.size == 0:
            continue
        work[[row, row + pivots[0]]] = work[[row + pivots[0], row]]
        work[row] = work[row] * pow(int(work[row, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(work[:, column])
        others = others[others != row]
        work[others] = (work[others] - work[others, column][:, None] * work[row] % PRIME) % PRIME
        row += 1
        if row == work.shape[0]:
            break
    return work


def vendor_matrix(units: Sequence[Unit], counts: Mapping[int, int], k: int) -> npt.NDArray[np.int64]:
    """The control: publish each unit with k or more, and hide the next smallest until two are hidden."""
    children: dict[int, list[int]] = {unit.id: [] for unit in units}
    below = {unit.id: {unit.id} for unit in units}
    for unit in reversed(units):
        if unit.parent_id is not None:
            children[unit.parent_id].append(unit.id)
            below[unit.parent_id] |= below[unit.id]
    size = {unit_id: sum(counts[v] for v in group) for unit_id, group in below.items()}
    shown = {unit_id for unit_id in below if size[unit_id] >= k}
    for siblings in children.values():
        hidden = [unit_id for unit_id in siblings if unit_id not in shown]
        rest = sorted((unit_id for unit_id in siblings if unit_id in shown), key=lambda i: (size[i], i))
        shown -= set(rest[: 2 - len(hidden)] if 0 < len(hidden) < 2 else [])
    rows = [[int(unit.id in below[unit_id]) for unit in units] for unit_id in sorted(shown)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(units))
