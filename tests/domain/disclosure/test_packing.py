import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.disclosure.packing import cover

K = 10


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40).filter(lambda sizes: sum(sizes) >= K))
def test_every_piece_is_in_one_group_and_every_group_reaches_k(sizes: list[int]) -> None:
    groups = cover(sizes, K)
    assert sorted(i for group in groups for i in group) == list(range(len(sizes)))
    assert all(sum(sizes[i] for i in group) >= K for group in groups)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([9, 9, 1, 1], 2), ([6, 6, 4, 4], 2), ([5, 5, 5, 5], 2), ([9, 3, 3, 3, 3], 1), ([12, 4, 6], 2)],
)
def test_pieces_are_put_together_without_waste(sizes: list[int], expected: int) -> None:
    assert len(cover(sizes, K)) == expected


def test_what_is_left_joins_the_smallest_group() -> None:
    assert cover([15, 10, 3], K) == [[0], [1, 2]]
