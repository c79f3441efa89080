"""Ways in which people could have answered differently without any published sum telling the difference.

A reader of a table of counts with blank cells knows sums over its cells: its lines, its total, the mean and
the spread of a score. A move changes cells by whole numbers and leaves each of these sums as it is. Where a
move fits the blank cells, and no cell falls below nobody, the table could as well be the moved one: the cells
that it changes do not follow from the sums. One such move is a proof; that none was found proves nothing.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Moves = npt.NDArray[np.int8]
#: no cell moves by more people than this
FARTHEST = 2
#: with more cells than this free to choose, the list would be too long to keep
MOST_FREE = 8
_ROUNDING = 1e-3
_AT_ONCE = 1 << 15


def moves_of(sums: Sequence[Sequence[int]]) -> Moves:
    """All moves (moves, cells) of at most `FARTHEST` a cell that keep each of the `sums`.

    `sums` gives one whole number for each cell: how much one person in it adds to that sum. Raises ValueError
    if more than `MOST_FREE` cells stay free.
    """
    solved = _solved(sums)
    cells = len(sums[0])
    free = [cell for cell in range(cells) if cell not in solved]
    if len(free) > MOST_FREE:
        raise ValueError(f"These sums leave {len(free)} cells free; at most {MOST_FREE} can be listed.")
    ways = np.zeros((len(free), cells), dtype=np.float32)
    for place, cell in enumerate(free):
        ways[place, cell] = 1
        for pivot, weights in solved.items():
            ways[place, pivot] = -float(weights[cell])
    known = np.array(sums, dtype=np.int64).T
    return np.concatenate([_whole(chosen @ ways, known) for chosen in _choices(len(free))])


def _whole(moves: npt.NDArray[np.float32], known: npt.NDArray[np.int64]) -> Moves:
    """Those that move whole people, few enough, and somebody; each checked in whole numbers."""
    whole = np.rint(moves)
    fits = (np.abs(moves - whole) < _ROUNDING).all(axis=1) & (np.abs(whole) <= FARTHEST).all(axis=1)
    found = whole[fits & whole.any(axis=1)].astype(np.int8)
    exact = (found.astype(np.int64) @ known == 0).all(axis=1)
    return np.asarray(found[exact], dtype=np.int8)


def _choices(free: int) -> Iterator[npt.NDArray[np.float32]]:
    """What the free cells may do, in blocks that need little memory."""
    wide = 2 * FARTHEST + 1
    for start in range(0, wide**free, _AT_ONCE):
        numbers = np.arange(start, min(start + _AT_ONCE, wide**free))
        digits = numbers[:, None] // wide ** np.arange(free) % wide
        yield (digits - FARTHEST).astype(np.float32)


def _solved(sums: Sequence[Sequence[int]]) -> dict[int, list[Fraction]]:
    """Each cell that the others settle, with the weights of its equation; exact, by Gauss and Jordan."""
    rows = [[Fraction(weight) for weight in one] for one in sums]
    solved: dict[int, list[Fraction]] = {}
    for cell in range(len(rows[0])):
        row = next((row for row in rows if row[cell]), None)
        if row is None:
            continue
        rows.remove(row)
        row = [weight / row[cell] for weight in row]
        rows = [_less(other, row, cell) for other in rows]
        solved = {pivot: _less(other, row, cell) for pivot, other in solved.items()} | {cell: row}
    return solved


def _less(other: list[Fraction], row: list[Fraction], cell: int) -> list[Fraction]:
    """The equation without that cell."""
    return [have - other[cell] * take for have, take in zip(other, row, strict=True)]
