import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks, Unit, form_blocks
from pulse.domain.disclosure.suppress import shown_groups, shown_table
from tests.domain.disclosure.organisations import (
    make_unit,
    organisations,
    smallest_difference,
    smallest_isolable,
)


def make_blocks(*counts: int) -> Blocks:
    """One top unit and a team for each count."""
    units = [make_unit(0, None, "Council"), *(make_unit(i, 0) for i in range(1, len(counts) + 1))]
    return form_blocks(units, dict(enumerate(counts, 1)))


def names_shown(blocks: Blocks, *answered: int, k: int | None = None) -> list[str]:
    return [blocks.groups[g].name for g in sorted(shown_groups(blocks, answered, k))]


def test_an_item_that_all_answered_shows_everywhere() -> None:
    assert names_shown(make_blocks(12, 15), 12, 15) == ["Council", "Unit 1", "Unit 2"]


def test_a_team_with_too_few_answers_hides_the_next_smallest_too() -> None:
    """Else the organisation less the shown teams would be the nine answers of the first."""
    assert names_shown(make_blocks(12, 15, 20), 9, 15, 20) == ["Council", "Unit 3"]


def test_a_team_in_which_nobody_answered_an_item_hides_no_other() -> None:
    assert names_shown(make_blocks(12, 15, 20), 0, 15, 20) == ["Council", "Unit 2", "Unit 3"]


def test_two_hidden_teams_that_reach_k_together_hide_no_third() -> None:
    assert names_shown(make_blocks(12, 15, 20), 4, 6, 20) == ["Council", "Unit 3"]


def test_an_item_too_few_answered_anywhere_shows_nowhere() -> None:
    assert names_shown(make_blocks(12, 15), 5, 4) == []


def test_a_higher_threshold_may_be_set_for_an_item_but_no_lower_one() -> None:
    blocks = make_blocks(12, 35, 40)
    assert names_shown(blocks, 12, 35, 40, k=30) == ["Council", "Unit 3"]
    with pytest.raises(DisclosureError, match="cannot be below the wave's 10"):
        shown_groups(blocks, [12, 35, 40], 9)


def test_counts_that_do_not_fit_the_blocks_are_refused() -> None:
    with pytest.raises(DisclosureError, match="2 blocks and counts for 1"):
        shown_groups(make_blocks(12, 15), [12])
    with pytest.raises(DisclosureError, match="more answers in a block"):
        shown_groups(make_blocks(12, 15), [12, 16])


@settings(max_examples=200, deadline=None)
@given(organisations(), st.data())
def test_no_combination_of_an_items_figures_isolates_fewer_than_k_answers(
    organisation: tuple[list[Unit], dict[int, int]], data: st.DataObject
) -> None:
    units, counts = organisation
    blocks = form_blocks(units, counts, 5)
    answered = [data.draw(st.integers(max(0, block.n - 6), block.n)) for block in blocks.blocks]
    shown = shown_groups(blocks, answered)
    matrix = np.zeros((len(shown), len(answered)), dtype=np.int64)
    for row, g in enumerate(sorted(shown)):
        matrix[row, list(blocks.groups[g].block_ids)] = 1
    people = np.array(answered, dtype=np.int64)
    for smallest in (smallest_difference(matrix, people), smallest_isolable(matrix, people)):
        assert smallest is None or smallest >= 5


def test_the_largest_groups_are_kept_whatever_was_skipped_below() -> None:
    units = [make_unit(0), make_unit(1, 0), make_unit(2, 0), *(make_unit(i, 1 + i % 2) for i in range(3, 9))]
    blocks = form_blocks(units, dict.fromkeys(range(3, 9), 12))
    shown = shown_groups(blocks, [9, 12, 12, 12, 12, 12])
    assert blocks.group_of_unit()[0].id in shown
    assert blocks.group_of_unit()[1].id in shown
    assert blocks.group_of_unit()[2].id in shown
    assert len(blocks.groups) - len(shown) == 2


def test_many_items_at_once_give_what_each_gives_alone() -> None:
    blocks = make_blocks(12, 15, 20)
    answered = np.array([[12, 9, 0], [15, 15, 15], [20, 20, 20]])
    table = shown_table(blocks, answered)
    for item in range(3):
        assert set(np.flatnonzero(table[:, item])) == shown_groups(blocks, answered[:, item].tolist())
