"""Questions that part of the people were asked: no part of an atom is smaller than k."""

import numpy as np
import pytest

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks, form_blocks
from pulse.domain.disclosure.suppress import shown_groups
from pulse.domain.disclosure.suppress_parts import groups_of_parts, innermost_shown
from tests.domain.disclosure.organisations import make_unit


def make_blocks(*counts: int) -> Blocks:
    units = [make_unit(0, None, "Council"), *(make_unit(i, 0) for i in range(1, len(counts) + 1))]
    return form_blocks(units, dict(enumerate(counts, 1)))


def names(blocks: Blocks, counts: list[list[int]]) -> list[str]:
    return [blocks.groups[g].name for g in sorted(groups_of_parts(blocks, counts))]


def test_a_group_of_forty_of_whom_four_were_asked_shows_no_question_that_rotates() -> None:
    assert names(make_blocks(40, 40), [[36, 4], [20, 20]]) == ["Council"]


def test_a_group_with_enough_of_every_part_shows_them_all() -> None:
    assert names(make_blocks(40, 40), [[20, 20], [18, 22]]) == ["Council", "Unit 1", "Unit 2"]


def test_what_is_left_of_each_part_beside_shown_groups_is_nobody_or_k() -> None:
    """Shown alone, Unit 1 and the whole would leave the four of Unit 2."""
    assert names(make_blocks(60, 24, 60), [[30, 30], [20, 4], [30, 30]]) == ["Council", "Unit 3"]


def test_parts_that_do_not_add_up_to_the_blocks_are_refused() -> None:
    with pytest.raises(DisclosureError, match="add up"):
        groups_of_parts(make_blocks(40, 40), [[20, 19], [20, 20]])


def test_no_atom_of_any_question_holds_a_part_of_fewer_than_k_in_random_organisations() -> None:
    rng, hidden = np.random.default_rng(7), 0
    for _ in range(200):
        blocks = make_blocks(*(int(n) for n in rng.integers(10, 90, rng.integers(2, 9))))
        parts = np.array([rng.multinomial(block.n, [0.4, 0.35, 0.25]) for block in blocks.blocks])
        among = groups_of_parts(blocks, parts)
        answered = rng.binomial(parts[:, 1], 0.8)
        shown = shown_groups(blocks, answered.tolist(), among=among)
        assert shown <= among
        for table, groups in ((parts, among), (answered[:, None], shown), (parts, shown)):
            homes = innermost_shown(blocks, groups)
            for atom in set(homes) - {-1}:
                held = table[np.array(homes) == atom].sum(axis=0)
                assert all(n == 0 or n >= blocks.k for n in held)
        hidden += len(blocks.groups) - len(among)
    assert hidden > 100  # or nothing was put to the test
