"""Softening: nobody can be proven to have answered unfavourably, and nothing tells who was moved."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.disclosure.softening import MIDDLE, Softened, soften

Scores = npt.NDArray[np.float64]
POINTS = [0.0, 25.0, 50.0, 75.0, 100.0, float("nan")]
ONE_SET = [0] * 10


def soft(scores: Scores, *partitions: Sequence[int], seed: int = 1, both: bool = False) -> Softened:
    sets = [np.asarray(one, dtype=np.int64) for one in partitions]
    return soften(scores, sets, np.random.default_rng(seed), both_sides=both)


def after(scores: Scores, found: Softened) -> Scores:
    return np.where(found.moved, MIDDLE, scores)


def of_one_mind(scores: Scores, sets: Sequence[int], sign: int = 1) -> list[int]:
    """Sets with somebody below the middle and fewer than two answers that are not; plain loops."""
    found = []
    for one in sorted(set(sets) - {-1}):
        given = [sign * (s - 50) for s, where in zip(scores, sets, strict=True) if where == one and s == s]
        if any(s < 0 for s in given) and sum(s >= 0 for s in given) < 2:
            found.append(one)
    return found


def test_of_ten_unfavourable_answers_two_go_to_the_middle() -> None:
    found = soft(np.zeros(10), ONE_SET)
    assert (found.moved.sum(), found.perhaps.sum()) == (2, 2)


def test_one_who_is_not_unfavourable_needs_one_beside_them() -> None:
    scores = np.array([0, 0, 25, 25, 0, 0, 100, 25, 0, 0], dtype=float)
    found = soft(scores, ONE_SET)
    assert (found.moved.sum(), found.moved[6]) == (1, False)


@pytest.mark.parametrize("two", [[50.0, 50.0], [100.0, 75.0]])
def test_with_two_outside_nobody_is_moved(two: list[float]) -> None:
    assert not soft(np.array([0.0] * 8 + two), ONE_SET).moved.any()


def test_a_set_that_is_all_favourable_is_left_as_it_is() -> None:
    assert not soft(np.full(10, 100.0), ONE_SET).moved.any()


def test_who_gave_no_scored_answer_does_not_count_as_outside_and_is_never_moved() -> None:
    scores = np.array([0.0] * 3 + [float("nan")] * 7)
    found = soft(scores, ONE_SET)
    assert (found.moved[:3].sum(), found.moved[3:].sum()) == (2, 0)


def test_a_single_answer_goes_to_the_middle_as_there_are_no_two_to_move() -> None:
    scores = np.array([25.0] + [float("nan")] * 9)
    assert soft(scores, ONE_SET).moved.tolist() == [True] + [False] * 9


def test_people_in_no_set_are_left_alone() -> None:
    assert not soft(np.zeros(10), [-1] * 10).moved.any()


def test_a_question_without_a_favourable_side_is_softened_on_both() -> None:
    everybody_worries = np.full(10, 100.0)
    assert soft(everybody_worries, ONE_SET, both=True).moved.sum() == 2
    assert soft(100 - everybody_worries, ONE_SET, both=True).moved.sum() == 2


def test_everybody_is_as_likely_to_be_moved_as_anybody() -> None:
    scores = np.array([0.0, 25.0] * 5)
    times = np.sum([soft(scores, ONE_SET, seed=seed).moved for seed in range(2000)], axis=0)
    assert times.sum() == 4000
    assert np.abs(times - 400).max() < 100  # five standard deviations of a fair draw are 90


def test_the_same_chance_moves_the_same_people() -> None:
    first, second = (soft(np.zeros(10), ONE_SET, seed=7).moved for _ in range(2))
    assert first.tolist() == second.tolist()


@st.composite
def situations(draw: st.DrawFn) -> tuple[Scores, list[list[int]]]:
    people = draw(st.integers(0, 30))
    scores = draw(st.lists(st.sampled_from(POINTS), min_size=people, max_size=people))
    one = st.lists(st.integers(-1, 4), min_size=people, max_size=people)
    return np.array(scores, dtype=float), draw(st.lists(one, min_size=1, max_size=3))


@settings(max_examples=200, deadline=None)
@given(situations(), st.booleans(), st.integers(0, 100))
def test_no_set_of_any_partition_is_of_one_mind_afterwards(
    situation: tuple[Scores, list[list[int]]], both: bool, seed: int
) -> None:
    scores, partitions = situation
    found = soft(scores, *partitions, seed=seed, both=both)
    for sets, sign in product(partitions, (1, -1) if both else (1,)):
        assert of_one_mind(after(scores, found), sets, sign) == []


@settings(max_examples=200, deadline=None)
@given(situations(), st.booleans(), st.integers(0, 100))
def test_only_those_are_moved_who_may_have_been_as_far_as_what_is_left_tells(
    situation: tuple[Scores, list[list[int]]], both: bool, seed: int
) -> None:
    scores, partitions = situation
    found = soft(scores, *partitions, seed=seed, both=both)
    again = soft(after(scores, found), *partitions, seed=seed + 1, both=both)

    assert (found.moved <= found.perhaps).all()
    assert not again.moved.any()
    assert again.perhaps.tolist() == found.perhaps.tolist()  # what is told is the same if nobody was moved
