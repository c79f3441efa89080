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
    assert found.se == as_shown(example["se"])
    assert found.df == as_shown(example["df"])
    assert round(found.p, 3) == example["p"]
    assert [found.low, found.high] == all_as_shown(example["ci"])


groups = st.tuples(st.floats(0, 100), st.floats(1, 40), st.integers(2, 500))


@given(groups, groups)
def test_change_is_welchs_test(before: tuple[float, float, int], after: tuple[float, float, int]) -> None:
    found = change(make_moment(*before), make_moment(*after))
    expected = ttest_ind_from_stats(*after, *before, equal_var=False)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-6)
    if expected.statistic:
        assert found.value / found.se == pytest.approx(expected.statistic)
    assert (found.low + found.high) / 2 == pytest.approx(found.value)


def test_full_response_does_not_make_a_change_more_certain() -> None:
    """With a population correction everyone answering would make any difference certain."""
    same = [0, 25, 50, 75, 100] * 4
    shifted = [*same[:-1], 75]
    found = change(Moment.from_values(same), Moment.from_values(shifted))
    assert found.p > 0.8


def test_waves_without_any_spread_are_told_apart_only_if_they_differ() -> None:
    flat, higher = Moment.from_values([50] * 12), Moment.from_values([75] * 12)
    assert change(flat, flat) == Change(0, 0, 0, 1.0, inf, 0)
    assert change(flat, higher) == Change(25, 25, 25, 0.0, inf, 0)


def test_a_change_from_one_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="two answers in each wave"):
        change(Moment.from_values([50]), make_moment(50, 20, 30))
    with pytest.raises(ValueError, match="two answers in each wave"):
        change(make_moment(50, 20, 30), Moment.from_values([float("nan")] * 30))


@pytest.mark.parametrize("level", [0, 1, -0.5, float("nan")])
def test_a_change_needs_a_level_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match=r"lies between 0 and 1, not at"):
        change(make_moment(50, 20, 30), make_moment(55, 20, 30), level=level)


@pytest.mark.parametrize(("n", "points"), KNOWN["detectable_change"]["points"].items())
def test_the_detectable_change_is_the_one_printed(n: int, points: float) -> None:
    assert detectable_change(KNOWN["detectable_change"]["sd"], n, n) == as_shown(points)


def test_no_detectable_change_is_made_up() -> None:
    assert detectable_change(0, 12, 12) == 0
    with pytest.raises(ValueError, match="answers in both waves"):
        detectable_change(22, 0, 12)
    for sd in (float("nan"), float("inf"), -1.0):
        with pytest.raises(ValueError, match="spread of 0 or more"):
            detectable_change(sd, 12, 12)
    with pytest.raises(ValueError, match="between 0 and 1"):
        detectable_change(22, 12, 12, power=1)


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
    assert flag(Change(value, value - 1, value + 1, q, 50, 0.5), q) is flagged


@pytest.mark.parametrize("q", [float("nan"), -0.1, 1.1])
def test_a_change_is_not_flagged_on_what_is_no_q_value(q: float) -> None:
    with pytest.raises(ValueError, match="q-value lies between 0 and 1"):
        flag(Change(12, 11, 13, 0.01, 50, 0.5), q)
