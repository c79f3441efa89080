"""Blank cells: few people stay hidden, also from who knows the sums."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from pulse.domain.disclosure.blanking import blank_cells
from pulse.domain.disclosure.moves import moves_of

FOUR = {"a": 3, "b": 12, "c": 11, "d": 40}
Cell = TypeVar("Cell", bound=Hashable)


def blanks(
    people: Mapping[Cell, int], *totals: Sequence[Cell], scores: Sequence[Sequence[int]] = ()
) -> set[Cell]:
    """The blank cells at k = 10, where these sums are known and those of `scores`."""
    known = [[int(cell in total) for cell in people] for total in totals]
    return blank_cells(people, 10, totals, moves_of([*known, *scores]))


def test_few_people_are_blank_and_with_them_the_smallest_of_the_rest() -> None:
    assert blanks(FOUR, "abcd") == {"a", "c"}


def test_two_small_cells_that_hold_enough_together_are_enough() -> None:
    assert blanks({"a": 6, "b": 4, "c": 20}, "abc") == {"a", "b"}


def test_a_blank_cell_of_nobody_needs_no_company() -> None:
    assert blanks({"a": 0, "b": 20}, "ab") == {"a"}


def test_one_sum_blanks_what_another_then_has_to_cover() -> None:
    people = {"a": 3, "b": 12, "c": 30, "d": 50}
    assert blanks(people, "ab", "cd") == {"a", "b"}
    assert blanks({**people, "b": 8}, "ab", "bc", "cd") == set("abcd")


def test_where_everything_is_blank_it_stops() -> None:
    assert blanks({"a": 1, "b": 2}, "ab") == {"a", "b"}


def test_of_equal_cells_one_is_enough_and_always_the_same() -> None:
    blank = blanks({"a": 1, "b": 20, "c": 20}, "abc")
    assert len(blank) == 2
    assert blank == blanks({"a": 1, "b": 20, "c": 20}, "abc")


def test_a_cell_that_several_sums_together_give_away_gets_company() -> None:
    """In a table of rows and columns the company of a blank cell must not be told by its own column."""
    people = {(row, column): 20 for row in "abc" for column in "xyz"} | {("a", "x"): 3}
    rows = [[cell for cell in people if cell[0] == row] for row in "abc"]
    columns = [[cell for cell in people if cell[1] == column] for column in "xyz"]
    blank = blanks(people, *rows, *columns)
    assert len(blank) == 4
    assert ("a", "x") in blank
    for line in (*rows, *columns):
        assert len(blank.intersection(line)) != 1


def test_a_sum_of_one_cell_tells_it_so_that_nothing_is_shown() -> None:
    assert blanks({"a": 3, "b": 20, "c": 30}, "a", "abc") == {"a", "b", "c"}


def test_a_mean_beside_the_sums_needs_another_cell_blank() -> None:
    """With the total, a and b could be told apart by a score that weighs them differently."""
    assert blanks(FOUR, "abcd", scores=[[0, 1, 2, 3]]) == {"a", "b", "c"}


def test_numbers_that_no_other_whole_people_would_fit_count_as_told() -> None:
    """Equations leave a and b open, people do not: a + 2 b = 1 is one person in a, since b has nobody."""
    assert blanks({"a": 1, "b": 0, "c": 30, "d": 40}, scores=[[1, 2, 0, 0], [0, 0, 1, 1]]) == set("abcd")
    assert blanks({"a": 3, "b": 0, "c": 30, "d": 40}, scores=[[1, 2, 0, 0], [0, 0, 1, 1]]) == {"a", "b"}
