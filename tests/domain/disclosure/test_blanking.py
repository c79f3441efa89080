"""Blank cells: few people stay hidden, also from who knows the sums."""

from pulse.domain.disclosure.blanking import blank_cells

FOUR = {"a": 3, "b": 12, "c": 11, "d": 40}


def test_few_people_are_blank_and_with_them_the_smallest_of_the_rest() -> None:
    assert blank_cells(FOUR, 10, [list(FOUR)]) == {"a", "c"}


def test_without_a_known_sum_only_the_few_are_blank() -> None:
    assert blank_cells(FOUR, 10, []) == {"a"}


def test_two_small_cells_that_hold_enough_together_are_enough() -> None:
    assert blank_cells({"a": 6, "b": 4, "c": 20}, 10, ["abc"]) == {"a", "b"}


def test_a_blank_cell_of_nobody_needs_no_company() -> None:
    assert blank_cells({"a": 0, "b": 20}, 10, ["ab"]) == {"a"}


def test_one_sum_blanks_what_another_then_has_to_cover() -> None:
    people = {"a": 3, "b": 12, "c": 30, "d": 50}
    assert blank_cells(people, 10, ["ab", "cd"]) == {"a", "b"}
    assert blank_cells({**people, "b": 8}, 10, ["ab", "bc", "cd"]) == set("abcd")


def test_where_everything_is_blank_it_stops() -> None:
    assert blank_cells({"a": 1, "b": 2}, 10, ["ab"]) == {"a", "b"}


def test_of_equal_cells_the_first_is_blanked() -> None:
    assert blank_cells({"a": 1, "b": 20, "c": 20}, 10, ["abc"]) == {"a", "b"}


def test_a_cell_that_several_sums_together_give_away_gets_company() -> None:
    """In a table of rows and columns the company of a blank cell must not be told by its own column."""
    people = {(row, column): 20 for row in "abc" for column in "xyz"} | {("a", "x"): 3}
    rows = [[cell for cell in people if cell[0] == row] for row in "abc"]
    columns = [[cell for cell in people if cell[1] == column] for column in "xyz"]
    blank = blank_cells(people, 10, [*rows, *columns])
    assert len(blank) == 4
    assert ("a", "x") in blank
    for line in (*rows, *columns):
        assert len(blank.intersection(line)) != 1


def test_a_sum_without_anything_left_to_blank_is_left() -> None:
    assert blank_cells({"a": 3, "b": 20}, 10, ["a", "ab"]) == {"a", "b"}
