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


def test_nobody_answering_is_neither_agreement_nor_split() -> None:
    found = agreement([0, 0, 0, 0, 0], np.random.default_rng(1))
    assert found.n == 0
    assert np.isnan(found.value)
    assert found.verdict == "unclear"


def test_two_options_or_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="at least three options"):
        van_der_eijk([3, 4])
    with pytest.raises(ValueError, match="0 or more"):
        van_der_eijk([3, -4, 5])
