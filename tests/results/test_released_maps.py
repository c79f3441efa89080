"""The map of mixed feelings: who is shown on it, in how many cells, and which of these stay blank."""

import dataclasses

import pytest

from pulse.results.released_maps import ReleasedMap, map_of
from pulse.results.released_types import Forged
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


def test_where_many_are_missing_from_the_map_rows_and_columns_are_not_known() -> None:
    people = EVEN | {"40": 4}
    assert made(people | {"none": 4}).blanks == made(people).blanks
    assert made(people).blanks > made(people | {"none": 5}).blanks >= 2


def test_cells_of_nobody_alone_need_no_other_cell_blank() -> None:
    found = made(EVEN | {"40": 0})
    assert found.cells[0][4] is None
    assert found.blanks == 1


@pytest.mark.parametrize(("n", "side"), [(20, 5), (19, 2)])
def test_below_twenty_people_four_quadrants_stand_for_the_map(n: int, side: int) -> None:
    found = made({"44": n - 9, "40": 9})
    assert (found.side, found.n) == (side, n)
    assert len(found.cells) == side


def test_quadrants_part_at_some_of_a_feeling() -> None:
    found = made({"22": 5, "21": 2, "30": 3, "12": 0, "04": 5, "11": 0})
    assert found.cells == ((None, 5), (5, 5))


def test_a_map_of_mostly_blank_cells_is_shown_as_quadrants() -> None:
    """Two people in each cell: none of them could be shown, and four quadrants of many people can."""
    found = made(dict.fromkeys(EVEN, 2))
    assert (found.side, found.n) == (2, 50)
    assert found.cells == ((8, 12), (12, 18))


def test_below_ten_people_there_is_no_map() -> None:
    assert make_map({"44": 9}) is None
    assert made({"44": 10}).cells == ((None, None), (None, 10))


def test_quadrants_of_which_none_may_be_shown_are_no_map() -> None:
    assert make_map({"44": 4, "40": 4, "04": 4}) is None


def test_quadrants_do_not_give_away_a_small_one() -> None:
    """The share with both feelings is published, so the other three must not leave a few people alone."""
    found = made({"44": 9, "40": 8, "04": 7, "00": 1})
    assert found.side == 5 or found.cells[0][0] is None
    assert found.n == 25
    four = make_map({"33": 6, "30": 6, "03": 5, "00": 1})
    assert four is not None
    assert four.cells == ((None, 6), (None, 6))


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
