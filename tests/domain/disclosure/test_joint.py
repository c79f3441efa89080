"""The search over all families together: does it find what is hidden on purpose, and nothing else?"""

import numpy as np

from pulse.domain.disclosure.joint import RESTARTS, People, find_leaks
from tests.domain.disclosure.cells_of import Ints

K = 10


def make_people(rng: np.random.Generator, blocks: int = 30, size: int = 12) -> tuple[Ints, Ints]:
    """Everybody's block, and two families of four cells each."""
    where = np.repeat(np.arange(blocks), size)
    cells = np.column_stack([rng.integers(0, 4, where.size), 4 + rng.integers(0, 4, where.size)])
    return where, cells


def with_leak(rng: np.random.Generator, where: Ints, cells: Ints, people: int) -> People:
    """A third family whose cells are who is in exactly one, or in both, of two cells: but for a few."""
    one, other = cells[:, 0] == 0, cells[:, 1] == 4
    third = np.where(one & other, 9, np.where(one | other, 8, -1))
    third[rng.choice(np.flatnonzero(one ^ other), people, replace=False)] = -1
    return People.of(where, np.column_stack([cells, third]), np.ones(where.size, dtype=np.int64))


def searches_until_found(people: People, rng: np.random.Generator) -> int:
    return next((i for i in range(RESTARTS) if find_leaks(people, K, rng)), RESTARTS)


def test_fifty_planted_leaks_of_one_to_nine_people_are_found() -> None:
    missed = 0
    for seed in range(50):
        rng = np.random.default_rng(seed)
        where, cells = make_people(rng)
        missed += searches_until_found(with_leak(rng, where, cells, 1 + seed % 9), rng) == RESTARTS
    assert missed <= 1


def test_a_leak_names_the_cells_that_make_it_and_how_many_people_it_shows() -> None:
    rng = np.random.default_rng(1)
    where, cells = make_people(rng)
    people = with_leak(rng, where, cells, 3)
    leaks = [leak for _ in range(20) for leak in find_leaks(people, K, rng)]
    assert min(leak.people for leak in leaks) == 3
    assert all({8, 9} & leak.cells.keys() for leak in leaks)


def test_families_without_a_leak_give_none() -> None:
    rng = np.random.default_rng(2)
    where, cells = make_people(rng)
    people = People.of(where, cells, np.ones(where.size, dtype=np.int64))
    assert not [leak for _ in range(20) for leak in find_leaks(people, K, rng)]


def test_people_of_the_same_kind_count_as_many() -> None:
    """Nine alike are too few, ten are not; the rest are spread so that no other word is short."""
    for alike, found in ((9, True), (10, False)):
        where = np.zeros(400, dtype=np.int64)
        cells = np.full((400, 1), -1, dtype=np.int64)
        cells[:alike] = 0
        people = People.of(where, cells, np.ones(400, dtype=np.int64))
        leaks = [leak for seed in range(5) for leak in find_leaks(people, K, np.random.default_rng(seed))]
        assert bool(leaks) is found


def test_nobody_in_any_cell_is_no_leak() -> None:
    nobody = People.of(np.zeros(5, dtype=np.int64), np.full((5, 2), -1), np.ones(5, dtype=np.int64))
    assert find_leaks(nobody, K, np.random.default_rng(1)) == []
