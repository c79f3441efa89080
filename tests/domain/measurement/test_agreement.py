from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.agreement import agreement, consensus, leik_dispersion, van_der_eijk
from tests.domain.measurement.known import KNOWN, as_shown

counts = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)


@pytest.mark.parametrize("case", KNOWN["agreement"], ids=lambda case: str(case["V"]))
def test_published_and_computed_agreement_comes_out(case: dict[str, Any]) -> None:
    assert float(van_der_eijk(case["V"])) == as_shown(case["A"])
    if "D" in case:
        assert float(leik_dispersion(case["V"])) == as_shown(case["D"])
        assert consensus(case["V"]) == as_shown(case["C"])


@given(counts)
def test_agreement_lies_between_a_split_and_one_view_and_ignores_direction(asked: list[int]) -> None:
    value = float(van_der_eijk(asked))
    assert -1 - 1e-9 <= value <= 1 + 1e-9
    assert value == pytest.approx(float(van_der_eijk(asked[::-1])))


@given(counts, st.integers(2, 9))
def test_agreement_depends_on_shares_not_on_size(asked: list[int], times: int) -> None:
    assert float(van_der_eijk(asked)) == pytest.approx(float(van_der_eijk([times * n for n in asked])))


@given(st.lists(counts, min_size=1, max_size=6))
def test_many_groups_at_once_give_what_each_gives_alone(groups: list[list[int]]) -> None:
    alone = [float(van_der_eijk(group)) for group in groups]
    np.testing.assert_allclose(van_der_eijk(groups), alone)


def test_twenty_two_people_leaning_apart_are_too_few_to_be_called_split() -> None:
    example = KNOWN["split_example"]
    found = agreement(example["V"], np.random.default_rng(7), draws=4000)
    assert found.value == as_shown(example["A"])
    assert [found.low, found.high] == pytest.approx(example["bootstrap"], abs=0.05)
    assert found.verdict == "unclear"


def test_a_large_group_at_both_ends_is_split_and_one_at_one_end_is_not() -> None:
    rng = np.random.default_rng(7)
    assert agreement([45, 5, 0, 5, 45], rng).verdict == "split"
    assert agreement([0, 2, 10, 50, 38], rng).verdict == "shared view"


def test_the_interval_is_the_same_for_the_same_seed() -> None:
    first, second = (agreement([4, 3, 9, 8, 6], np.random.default_rng(1)) for _ in range(2))
    assert first == second


def test_when_all_say_the_same_they_agree_whatever_they_say() -> None:
    found = agreement([0, 0, 0, 24, 0], np.random.default_rng(1))
    assert (found.value, found.low, found.high, found.verdict) == (1, 1, 1, "shared view")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([0, 0, 0, 0, 0], "at least two answers"),
        ([0, 0, 1, 0, 0], "at least two answers"),
        ([3, 4], "at least three options"),
        ([3, -4, 5], "0 or more"),
        ([3, float("nan"), 5], "0 or more"),
        ([3, float("inf"), 5], "0 or more"),
        ([2.5, 3, 4.5], "whole counts of one group"),
        ([[3, 4, 5], [1, 2, 3]], "whole counts of one group"),
    ],
)
def test_what_cannot_be_agreement_is_refused(asked: list[float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        agreement(asked, np.random.default_rng(1))


def test_an_interval_needs_a_level_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        agreement([3, 4, 5], np.random.default_rng(1), level=1.5)


def test_of_many_groups_the_one_that_nobody_answered_has_no_agreement() -> None:
    groups = [[0, 0, 0], [4, 0, 0]]
    np.testing.assert_array_equal(van_der_eijk(groups), [np.nan, 1])
    np.testing.assert_array_equal(leik_dispersion(groups), [np.nan, 0])


def test_dispersion_and_consensus_refuse_what_has_none() -> None:
    with pytest.raises(ValueError, match="two options"):
        leik_dispersion([7])
    for nothing in ([0, 0, 0], [[1, 2, 3]], [7]):
        with pytest.raises(ValueError, match="one group that answered"):
            consensus(nothing)
