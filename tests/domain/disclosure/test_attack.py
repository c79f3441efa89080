"""Published groups under attack: whatever is added and subtracted, nobody finds fewer than k people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.disclosure.blocks import Blocks, Unit, form_blocks
from tests.domain.disclosure.organisations import (
    make_organisation,
    organisations,
    published_matrix,
    smallest_difference,
    smallest_isolable,
    vendor_matrix,
)


def isolable(blocks: Blocks, units: list[Unit], counts: dict[int, int]) -> int | None:
    people = np.array([counts[unit.id] for unit in units])
    return smallest_isolable(published_matrix(blocks, units), people)


@pytest.mark.parametrize("seed", range(300))
def test_no_combination_of_published_groups_isolates_fewer_than_k(seed: int) -> None:
    rng = np.random.default_rng(seed)
    units, counts = make_organisation(rng, int(rng.integers(2, 120)))
    k = int(rng.integers(5, 16))
    before = form_blocks(units, {unit: int(rng.integers(0, 20)) for unit in counts}, k)
    for previous in ([], before.combined_sets()):
        smallest = isolable(form_blocks(units, counts, k, previous=previous), units, counts)
        assert smallest is None or smallest >= k


def test_the_same_attacker_breaks_the_vendors_rule() -> None:
    """The control: were the attacker blind, the test above would prove nothing."""
    broken = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        units, counts = make_organisation(rng, 60)
        people = np.array([counts[unit.id] for unit in units])
        smallest = smallest_isolable(vendor_matrix(units, counts, 10), people)
        broken += smallest is not None and smallest < 10
    assert broken >= 80


@settings(max_examples=150, deadline=None)
@given(organisations(), st.integers(5, 12))
def test_every_promise_holds_on_every_small_tree(
    organisation: tuple[list[Unit], dict[int, int]], k: int
) -> None:
    units, counts = organisation
    blocks = form_blocks(units, counts, k)
    people = np.array([counts[unit.id] for unit in units])
    matrix = published_matrix(blocks, units)
    for smallest in (smallest_difference(matrix, people), smallest_isolable(matrix, people)):
        assert smallest is None or smallest >= k
    for one in matrix:
        for other in matrix:
            assert (one & other).sum() in (0, one.sum(), other.sum())
    assert sum(block.n for block in blocks.blocks) + blocks.left_out_n == sum(counts.values())
    assert [group.n for group in blocks.groups] == (matrix @ people).tolist()
    assert set(blocks.statuses) == set(counts)


@settings(max_examples=100, deadline=None)
@given(organisations(), st.integers(1, 60))
def test_groups_stand_for_each_unit_once_whoever_answered(
    organisation: tuple[list[Unit], dict[int, int]], heads: int
) -> None:
    units, counts = organisation
    blocks = form_blocks(units, counts, 5)
    totals = blocks.totals({unit.id: heads for unit in units})
    for group in blocks.groups:
        assert totals[group.id] == heads * len(blocks.units_of(group.id))
    for unit in units:
        status = blocks.statuses[unit.id]
        if status.group_id is None:
            assert unit.id in blocks.left_out
        elif status.standing != "own":
            assert unit.id in blocks.units_of(status.group_id)
