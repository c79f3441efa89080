# scipy and statsmodels ship no type information:
# mypy: disable-error-code="import-untyped"

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind_from_stats
from statsmodels.stats.multitest import multipletests

from pulse.domain.measurement.change import Change, benjamini_hochberg, change, detectable_change, flag
from pulse.domain.measurement.moments import Moment
from tests.domain.measurement.known import KNOWN, all_as_shown, as_shown


def make_moment(mean: float, sd: float, n: int) -> Moment:
    return Moment.from_summary(n, mean, sd)


def test_the_known_change_between_two_waves_comes_out() -> None:
    example = KNOWN["wave_change"]
    found = change(make_moment(*example["w1"]), make_moment(*example["w2"]))
    assert found.value == pytest.approx(example["diff"])
    assert found.df == as_shown(example["df"])
    assert round(found.p, 3) == example["p"]
    assert [found.low, found.high] == all_as_shown(example["ci"])


def test_the_known_gap_without_correction_comes_out() -> None:
    example = KNOWN["gap"]
    sides = (Moment.from_summary(g["n"], g["mean"], g["sd"]) for g in (example["staff"], example["leaders"]))
    found = change(*sides)
    assert found.df == as_shown(example["without"]["df"])
    assert [found.low, found.high] == all_as_shown(example["without"]["ci"])


groups = st.tuples(st.floats(0, 100), st.floats(1, 40), st.integers(2, 500))


@given(groups, groups)
def test_change_is_welchs_test(before: tuple[float, float, int], after: tuple[float, float, int]) -> None:
    found = change(make_moment(*before), make_moment(*after))
    expected = ttest_ind_from_stats(*after, *before, equal_var=False)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-6)
    assert (found.low + found.high) / 2 == pytest.approx(found.value)


def test_full_response_does_not_make_a_change_more_certain() -> None:
    """With a population correction everyone answering would make any difference certain."""
    same = [0, 25, 50, 75, 100] * 4
    shifted = [*same[:-1], 75]
    found = change(Moment.from_values(same), Moment.from_values(shifted))
    assert found.p > 0.8


def test_waves_without_any_spread_are_told_apart_only_if_they_differ() -> None:
    flat, higher = Moment.from_values([50] * 12), Moment.from_values([75] * 12)
    assert change(flat, flat) == Change(0, 0, 0, 1.0, inf)
    assert change(flat, higher) == Change(25, 25, 25, 0.0, inf)


def test_a_change_from_one_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="two answers in each wave"):
        change(Moment.from_values([50]), make_moment(50, 20, 30))


@pytest.mark.parametrize(("n", "points"), KNOWN["detectable_change"]["points"].items())
def test_the_detectable_change_is_the_one_printed(n: int, points: float) -> None:
    assert detectable_change(KNOWN["detectable_change"]["sd"], n, n) == as_shown(points)


def test_known_p_values_give_their_q_values() -> None:
    q = benjamini_hochberg(KNOWN["bh"]["p"])
    assert q[:9].tolist() == all_as_shown(KNOWN["bh"]["q_first9"])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_values_agree_with_statsmodels_in_the_order_given(p: list[float]) -> None:
    np.testing.assert_allclose(benjamini_hochberg(p), multipletests(p, method="fdr_bh")[1], atol=1e-12)


def test_no_tests_give_no_q_values_and_no_number_is_refused() -> None:
    assert benjamini_hochberg([]).tolist() == []
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.2, float("nan")])


@pytest.mark.parametrize(
    ("value", "q", "flagged"), [(5, 0.05, True), (-7, 0.01, True), (4.9, 0.001, False), (12, 0.051, False)]
)
def test_only_a_change_both_unlikely_and_large_is_flagged(value: float, q: float, flagged: bool) -> None:
    assert flag(Change(value, value - 1, value + 1, q, 50), q) is flagged
