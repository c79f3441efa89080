"""Which cells of a table of counts stay blank, so that no few people can be read off it or worked out of it.

This is a second care on top of blocks: a table of two questions together says more of a person than either
question alone. It keeps a cell of few people from being worked out exactly, by any sums and differences of
what is known, and by trying all whole numbers that fit these; it does not keep a reader from narrowing it to
a range.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.moves import Moves

Cell = TypeVar("Cell", bound=Hashable)
Flags = npt.NDArray[np.bool_]


def blank_cells(
    counts: Mapping[Cell, int], k: int, totals: Iterable[Collection[Cell]], moves: Moves
) -> set[Cell]:
    """The cells of fewer than `k` people, and as many of the others as keep these from being worked out.

    `totals` are sets of cells whose sum a reader knows: in each of them the blank cells together hold `k`
    people or more, or nobody, unless all of its cells are blank, for then its sum was known before. `moves`
    (as `moves_of` gives, in the order of `counts`) keep all sums that a reader knows, those of `totals` and
    any others: each blank cell of one to k - 1 people is changed by one that leaves every shown cell as it is
    and no cell below nobody. Where that cannot be had, all cells are blank.
    """
    people = np.array(list(counts.values()), dtype=np.int64)
    place = {cell: at for at, cell in enumerate(counts)}
    known = [np.array([place[cell] for cell in total], dtype=np.int64) for total in totals]
    # a move can only be made by as many people as there are
    possible = moves[(people + moves >= 0).all(axis=1)]
    few = people < k
    blank = few.copy()
    while (more := _wanted(people, k, known, possible, blank)) is not None:
        blank |= more
    # the largest of the others go back where those blanked after them are enough
    for at in sorted(np.flatnonzero(blank & ~few), key=lambda at: (-people[at], at)):
        blank[at] = False
        if not blank.all() and _wanted(people, k, known, possible, blank) is not None:
            blank[at] = True
    return {cell for cell, at in place.items() if blank[at]}


def _wanted(
    people: npt.NDArray[np.int64], k: int, known: Sequence[npt.NDArray[np.int64]], moves: Moves, blank: Flags
) -> Flags | None:
    """The cells to blank next, None where all is well or all is blank."""
    if blank.all():
        return None
    more = _company(people, moves, blank, blank & (people > 0) & (people < k))
    if more is not None:
        return more
    weak = [total for total in known if 0 < people[total[blank[total]]].sum() < k and not blank[total].all()]
    if not weak:
        return None
    beside = np.unique(np.concatenate([total[~blank[total]] for total in weak]))
    return _only(people, beside[np.argmin(people[beside])])


def _company(people: npt.NDArray[np.int64], moves: Moves, blank: Flags, few: Flags) -> Flags | None:
    """The cells of the move that hides a told cell at the cost of the fewest people; None if none is told.

    The cell that is dearest to hide comes first: its move often hides others.
    """
    touched = moves != 0
    cost = (touched & ~blank) @ people
    told = [cell for cell in np.flatnonzero(few) if not (touched[:, cell] & (cost == 0)).any()]
    if not told:
        return None
    best = []
    for cell in told:
        ways = np.flatnonzero(touched[:, cell])
        if not len(ways):
            return np.ones_like(blank)
        best.append(ways[np.argmin(cost[ways])])
    return np.asarray(touched[max(best, key=lambda way: cost[way])])


def _only(people: npt.NDArray[np.int64], cell: np.int64) -> Flags:
    return np.asarray(np.arange(len(people)) == cell, dtype=np.bool_)
