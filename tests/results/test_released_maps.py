"""The map of mixed feelings: who is shown on it, in how many cells, and which of these stay blank."""

import dataclasses

import numpy as np
import pytest

from pulse.results.released_maps import ReleasedMap, map_of
from pulse.results.released_types import Forged
from tests.results.reading_maps import told
from tests.results.stored import make_group, make_map

#: ten people in each of the 25 cells
EVEN = {f"{hope}{worry}": 10 for hope in range(5) for worry in range(5)}


def made(people: dict[str, int], k: int = 5) -> ReleasedMap:
    found = make_map(people, k)
    assert found is not None
    return found


def test_a_map_counts_the_people_of_all_blocks_by_worry_and_hope() -> None:
    found = make_map(EVEN, more={"32": 6, "none": 40})
    assert found is not None
    assert (found.side, found.n, found.shown, found.blanks) == (5, 256, 256, 0)
    assert found.cells[2][3] == 16
    assert found.cells[3][2] == 10


def test_without_the_index_there_is_no_map() -> None:
    assert make_map(EVEN, measure="PTA") is None


def test_of_nobody_there_is_no_map() -> None:
    assert make_map({"none": 30}) is None


def test_a_cell_of_fewer_than_k_stays_blank_and_the_smallest_beside_it_with_it() -> None:
    """Row, column, band and total would each give the one blank cell away."""
    found = made(EVEN | {"40": 4})
    assert found.cells[0][4] is None
    for row in (found.cells, zip(*found.cells, strict=True)):
        for line in row:
            assert sum(cell is None for cell in line) != 1
    assert found.blanks <= 9


def test_cells_of_nobody_alone_need_no_other_cell_blank() -> None:
    found = made(EVEN | {"40": 0})
    assert found.cells[0][4] is None
    assert found.blanks == 1


def test_below_twenty_people_there_is_no_map() -> None:
    assert make_map({"44": 19}) is None
    found = made({"44": 20})
    assert (found.side, found.n, found.shown) == (5, 20, 20)


def test_quadrants_part_at_some_of_a_feeling() -> None:
    found = made({"22": 5, "21": 2, "30": 4, "12": 1, "04": 7, "11": 8}, k=5)
    assert found.cells == ((8, 6), (8, 5))


def test_a_map_of_mostly_blank_cells_is_shown_as_quadrants() -> None:
    """Two people in each cell: none of them could be shown, and four quadrants of many people can."""
    found = made(dict.fromkeys(EVEN, 2))
    assert (found.side, found.n) == (2, 50)
    assert found.cells == ((8, 12), (12, 18))


@pytest.mark.parametrize("few", [0, 1, 4])
def test_with_one_quadrant_of_few_people_there_are_no_quadrants(few: int) -> None:
    """The share with both feelings and the options of either question tell all four, so none is blank."""
    people = {"33": 3, "34": 3, "30": 3, "41": 3, "03": 2, "14": 3, "00": few}
    assert make_map(people) is None
    assert made(people | {"00": 4, "11": 1}).cells == ((5, 6), (5, 6))


def test_no_blank_tile_of_few_people_follows_from_what_stands_beside_the_map() -> None:
    """Maps of all sizes by a reader who knows every published sum; see `reading_maps`."""
    rng, maps, few = np.random.default_rng(6), 0, 0
    shares = rng.dirichlet(np.full(25, 0.9), size=40)
    for share in shares:
        people = dict(zip(EVEN, map(int, rng.multinomial(int(rng.integers(60, 900)), share)), strict=True))
        found = map_of(make_group(), people)
        if found is not None and found.side == 5:
            assert told(found.cells, people, k=5) == []
            maps, few = maps + 1, few + found.blanks
    assert maps >= 10
    assert few > maps


def test_the_reader_of_maps_does_work_out_a_tile_that_was_blanked_alone() -> None:
    """Else the test above could not fail: one blank tile, and four at the corners of a rectangle."""
    people = EVEN | {"40": 3}
    alone = [[people[f"{hope}{worry}"] for hope in range(5)] for worry in range(5)]
    for blank in ([(0, 4)], [(0, 4), (0, 1), (3, 4), (3, 1)]):
        cells = tuple(
            tuple(None if (worry, hope) in blank else one for hope, one in enumerate(row))
            for worry, row in enumerate(alone)
        )
        assert told(cells, people, k=5) == [(0, 4)]


def test_a_map_is_read_and_never_made() -> None:
    with pytest.raises(Forged, match="read from a release"):
        ReleasedMap(None, make_group(), 20, 5, ())  # type: ignore[arg-type]
    with pytest.raises((TypeError, ValueError), match="seal"):
        dataclasses.replace(made(EVEN), n=3)  # type: ignore[call-arg]


def test_the_threshold_is_that_of_the_release() -> None:
    group = make_group()
    found = map_of(group, EVEN | {"00": 5})
    assert found is not None
    assert found.cells[0][0] == 5
    assert made(EVEN, k=10).side == 5
    assert made(EVEN, k=11).side == 2
