"""Which cells of a table of counts stay blank, so that no few people can be read off it or worked out of it.

This is a second care on top of blocks: a table of two questions together says more of a person than either
question alone. It keeps a cell of few people from being worked out exactly, by any sums and differences of
what is known; it does not keep a reader from narrowing it to a range.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

Cell = TypeVar("Cell", bound=Hashable)
#: entries of a null space below this are rounding
_ZERO = 1e-9


def blank_cells(counts: Mapping[Cell, int], k: int, totals: Iterable[Collection[Cell]]) -> set[Cell]:
    """The cells of fewer than `k` people, and as many of the others as keep these from being worked out.

    `totals` are sets of cells whose sum a reader knows. In each of them the blank cells together hold `k`
    people or more, or nobody, and no blank cell of one to k - 1 people follows from all of them together:
    else the smallest shown one beside it is blanked too, and of equal ones the first, until it is so. Where
    all cells of such a set are blank, its sum may be smaller: that was known before.
    """
    known = [list(total) for total in totals]
    order = {cell: (people, place) for place, (cell, people) in enumerate(counts.items())}
    few = {cell for cell, people in counts.items() if people < k}
    blank = set(few)
    while weak := _weak(counts, k, known, blank):
        blank.add(min((cell for total in weak for cell in total if cell not in blank), key=order.__getitem__))
    # the largest of the others go back where those blanked after them are enough
    for cell in sorted(blank - few, key=order.__getitem__, reverse=True):
        if not _weak(counts, k, known, blank - {cell}):
            blank.remove(cell)
    return blank


def _weak(
    counts: Mapping[Cell, int], k: int, known: Sequence[list[Cell]], blank: set[Cell]
) -> list[list[Cell]]:
    """The sums through which few people could be told, and that still show something to blank."""
    open_to = [total for total in known if not blank.issuperset(total)]
    weak = [total for total in open_to if 0 < sum(counts[cell] for cell in total if cell in blank) < k]
    if weak:
        return weak
    told = _worked_out(blank, known)
    if not any(0 < counts[cell] < k for cell in told):
        return []
    return [total for total in open_to if not told.isdisjoint(total)]


def _worked_out(blank: set[Cell], known: Sequence[list[Cell]]) -> set[Cell]:
    """The blank cells whose number follows from the sums: no other numbers of all blank cells would fit."""
    cells = list(blank)
    if not cells or not known:
        return set()
    sums = np.array([[cell in total for cell in cells] for total in known], dtype=np.float64)
    _, sizes, directions = np.linalg.svd(sums)
    free = directions[int((sizes > _ZERO).sum()) :]
    return {cell for cell, way in zip(cells, free.T, strict=True) if not np.abs(way).max(initial=0.0) > _ZERO}
