"""Moves: what can change in a table without any known sum telling."""

from itertools import product

import numpy as np
import pytest

from pulse.domain.disclosure.moves import FARTHEST, MOST_FREE, moves_of


def test_all_moves_of_a_small_table_are_found_and_no_other() -> None:
    """Against trying everything: rows and columns of two by three, and a score that weighs its cells."""
    sums = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0]]
    for known in (sums, [*sums, [3, 1, 2, 1, 0, 0]]):
        steps = range(-FARTHEST, FARTHEST + 1)
        tried = (
            move for move in product(steps, repeat=6) if any(move) and not (np.array(known) @ move).any()
        )
        assert {tuple(map(int, move)) for move in moves_of(known)} == set(tried)


def test_where_the_sums_settle_every_cell_nothing_moves() -> None:
    assert moves_of([[1, 1], [1, -1]]).shape == (0, 2)


def test_too_few_sums_for_a_list_are_refused() -> None:
    with pytest.raises(ValueError, match="free"):
        moves_of([[1] * (MOST_FREE + 2)])
