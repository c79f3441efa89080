from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.items import round_shown
from pulse.domain.measurement.response import (
    mean_bounds,
    proportion_bounds,
    rate_so_far,
    rate_step,
    response_rate,
)
from tests.domain.measurement.known import KNOWN, as_shown


def test_the_published_response_rate_comes_out() -> None:
    example = KNOWN["response_rate"]
    rate = response_rate(example["responded"], example["invited"])
    assert rate / 100 == as_shown(example["rate"])
    assert f"{round_shown(rate):.0f}%" == example["shown"]


def test_replies_from_some_bound_what_all_could_have_said() -> None:
    example = KNOWN["nonresponse_bounds"]
    assert list(proportion_bounds(example["k"], example["n"], example["N"])) == pytest.approx(
        example["bounds"]
    )


@given(st.integers(1, 500), st.data())
def test_a_mean_score_has_the_bounds_of_a_proportion_of_hundreds(headcount: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, headcount))
    k = data.draw(st.integers(0, n))
    assert mean_bounds(100 * k / n, n, headcount) == pytest.approx(proportion_bounds(k, n, headcount))


def test_when_everyone_answered_nothing_is_left_open() -> None:
    assert mean_bounds(61.5, 40, 40) == pytest.approx((61.5, 61.5))


@pytest.mark.parametrize(("asked", "k", "step"), [(1000, 10, 5), (200, 10, 5), (199, 10, 10), (35, 5, 15)])
def test_a_step_of_the_running_rate_is_5_points_or_what_k_people_make(asked: int, k: int, step: int) -> None:
    assert rate_step(asked, k) == step


@pytest.mark.parametrize(("submitted", "shown"), [(0, 0), (9, 0), (10, 5), (19, 5), (20, 10), (200, 100)])
def test_the_running_rate_is_rounded_down(submitted: int, shown: int) -> None:
    assert rate_so_far(submitted, 200, 10) == shown


@given(st.integers(20, 3000), st.integers(5, 60))
def test_the_running_rate_moves_only_when_k_more_have_answered(asked: int, k: int) -> None:
    shown = [rate_so_far(submitted, asked, k) for submitted in range(asked + 1)]
    moves = [0] + [n for n in range(1, asked + 1) if shown[n] != shown[n - 1]]
    assert all(after - before >= k for before, after in pairwise(moves))
    assert all(rate <= response_rate(n, asked) for n, rate in enumerate(shown))


def test_impossible_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="No invitation"):
        response_rate(0, 0)
    with pytest.raises(ValueError, match="11 responses to 10"):
        response_rate(11, 10)
    with pytest.raises(ValueError, match="9 answers from 8"):
        mean_bounds(50, 9, 8)
    with pytest.raises(ValueError, match="between 0 and 100"):
        mean_bounds(101, 5, 8)
    with pytest.raises(ValueError, match="6 such answers among 5"):
        proportion_bounds(6, 5, 8)


def test_nobody_answering_is_a_rate_of_0_and_has_no_bounds() -> None:
    assert response_rate(0, 40) == 0
    with pytest.raises(ValueError, match="0 answers from 40"):
        proportion_bounds(0, 0, 40)
    with pytest.raises(ValueError, match="0 answers from 40"):
        mean_bounds(50, 0, 40)


def test_one_answer_of_many_says_next_to_nothing() -> None:
    assert mean_bounds(100, 1, 100) == (1, 100)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        mean_bounds(float("nan"), 5, 8)
    with pytest.raises(ValueError, match="no step that 0 of 40"):
        rate_step(40, 0)
    with pytest.raises(ValueError, match="41 responses to 40"):
        rate_so_far(41, 40, 10)


def test_a_mean_of_hundreds_that_rounding_pushed_up_is_still_100() -> None:
    assert mean_bounds(100 + 1e-12, 5, 5) == (100, 100)
