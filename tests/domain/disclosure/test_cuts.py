"""The exact test of two families: the smallest number of people between two parts of a graph."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.disclosure.cuts import Cuts, Edge

SIX_BETWEEN = [(1, 2, 20), (2, 3, 6), (3, 4, 20)]


def across(edges: list[Edge], side: frozenset[int]) -> int:
    return sum(n for a, b, n in edges if (a in side) != (b in side))


def smallest_cut(edges: list[Edge]) -> int | None:
    """By trying every set of nodes: over how few people a cut can go that goes over anybody."""
    nodes = sorted({node for a, b, _ in edges for node in (a, b)})
    sides = [frozenset(side) for many in range(1, len(nodes)) for side in combinations(nodes, many)]
    return min((found for side in sides if (found := across(edges, side))), default=None)


def test_a_bridge_of_too_few_people_is_found() -> None:
    sides = Cuts(SIX_BETWEEN, 10).find()
    assert sides is not None
    assert sorted(map(sorted, sides)) == [[1, 2], [3, 4]]


def test_only_the_part_that_is_cut_is_named() -> None:
    sides = Cuts([*SIX_BETWEEN, (8, 9, 50)], 10).find()
    assert sides is not None
    assert sides[0] | sides[1] == {1, 2, 3, 4}


def test_a_graph_held_together_everywhere_has_no_small_cut() -> None:
    assert Cuts(SIX_BETWEEN, 6).find() is None


def test_parts_that_share_nobody_are_no_cut() -> None:
    assert Cuts([(1, 2, 20), (3, 4, 20)], 10).find() is None


def test_people_between_the_same_nodes_add_up_and_loops_do_not_count() -> None:
    assert Cuts([(1, 2, 5), (2, 1, 5), (1, 1, 3)], 10).find() is None
    assert Cuts([(1, 2, 5), (2, 1, 4), (1, 1, 3)], 10).find() is not None


def test_joining_two_nodes_mends_the_cut_between_them() -> None:
    cuts = Cuts(SIX_BETWEEN, 10)
    cuts.join(2, 3)
    assert cuts.find() is None


def test_a_node_may_be_joined_to_one_that_nobody_was_in_so_far() -> None:
    cuts = Cuts(SIX_BETWEEN, 10)
    cuts.join(1, 9)
    assert cuts.find() is not None
    cuts.join(9, 3)
    cuts.join(9, 4)
    assert cuts.find() is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(1, 9)), min_size=1, max_size=16),
    st.integers(2, 20),
)
def test_it_finds_a_cut_exactly_when_trying_all_of_them_does(edges: list[Edge], k: int) -> None:
    sides = Cuts(edges, k).find()
    smallest = smallest_cut(edges)
    if sides is None:
        assert smallest is None or smallest >= k
    else:
        assert 0 < across(edges, sides[0]) == across(edges, sides[1]) < k


@pytest.mark.parametrize("k", [3, 5, 8])
def test_mending_by_joining_ends_with_no_small_cut(k: int) -> None:
    edges = [(a, b, 1 + (a * b) % 4) for a in range(8) for b in range(a) if (a + b) % 3]
    cuts, heads = Cuts(edges, k), {node: node for node in range(8)}
    while (sides := cuts.find()) is not None:
        inside, outside = map(min, sides)
        cuts.join(inside, outside)
        heads = {n: heads[outside] if h == heads[inside] else h for n, h in heads.items()}
    left = smallest_cut([(heads[a], heads[b], n) for a, b, n in edges if heads[a] != heads[b]])
    assert left is None or left >= k
