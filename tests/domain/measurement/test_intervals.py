# scipy and statsmodels ship no type information:
# mypy: disable-error-code="import-untyped"

import subprocess
import sys
from math import inf, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from statsmodels.stats.proportion import proportion_confint

from pulse.domain.measurement.intervals import (
    LevelInterval,
    NowInterval,
    effective_n,
    exact_people,
    level_mean,
    margin_of_error,
    now_mean,
    now_proportion,
    page_proportion,
    wilson,
)
from pulse.domain.measurement.items import round_shown
from pulse.domain.measurement.moments import Moment, PooledSd, pooled_sd
from tests.domain.measurement.known import KNOWN, all_as_shown, as_shown

VALUES = KNOWN["mean_ci"]["x"]


@pytest.mark.parametrize("headcount", [20, 40])
def test_a_mean_among_a_known_headcount_is_corrected(headcount: int) -> None:
    moment = Moment.from_values(VALUES)
    known = KNOWN["mean_ci"][f"N{headcount}"]
    found = now_mean(moment, headcount)
    assert moment.se * (1 - moment.n / headcount) ** 0.5 == as_shown(known[0])
    assert [found.low, found.high] == all_as_shown(known[1:])
    assert not found.everyone


def test_a_level_for_comparison_is_never_corrected() -> None:
    found = level_mean(Moment.from_values(VALUES))
    assert [found.se, found.low, found.high] == all_as_shown(KNOWN["mean_ci"]["none"])


def test_when_everyone_answered_the_width_is_zero_and_says_so() -> None:
    found = now_mean(Moment.from_values(VALUES), len(VALUES))
    assert found.everyone
    assert found.high - found.low == KNOWN["mean_ci"]["N12_se"]
    assert now_proportion(300, 400, 400).everyone


def test_under_ten_answers_the_pooled_spread_is_used() -> None:
    example = KNOWN["pooled_sd"]
    units = [Moment.from_summary(n, 50, sd) for n, sd in zip(example["n"], example["sd"], strict=True)]
    pooled = pooled_sd(units)
    small = now_mean(units[0], example["first_unit_N"], pooled)
    assert small.high - small.value == as_shown(example["half_width_95"])
    assert pooled.sd * sqrt((1 - 8 / example["first_unit_N"]) / 8) == as_shown(example["se"])
    assert now_mean(units[1], 30, pooled) == now_mean(units[1], 30)


def test_the_two_kinds_of_interval_are_never_equal() -> None:
    now = now_mean(Moment.from_values(VALUES), 10**9)
    level = level_mean(Moment.from_values(VALUES))
    assert now.low == pytest.approx(level.low, abs=1e-5)
    assert {type(now), type(level)} == {NowInterval, LevelInterval}
    assert not issubclass(NowInterval, LevelInterval)
    assert not issubclass(LevelInterval, NowInterval)


@pytest.mark.parametrize("case", KNOWN["margin_fpc"], ids=lambda case: f"{case['n']} of {case['N']}")
def test_published_margins_and_wilson_intervals_come_out(case: dict[str, Any]) -> None:
    margin = margin_of_error(case["p"], case["n"], case["N"])
    assert margin == as_shown(case["exact"])
    assert round_shown(margin) == case["published"]
    # The printed share is rounded (52 of 120 is .433, shown .43); the interval was made from the count.
    count = round(case["p"] * case["n"])
    found = wilson(count / case["n"], effective_n(case["n"], case["N"]))
    assert [100 * bound for bound in found] == all_as_shown(case["wilson"])


@given(st.integers(201, 5000), st.data())
def test_a_large_group_gets_wilson_as_statsmodels_computes_it(headcount: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, headcount - 1))
    k = data.draw(st.integers(0, n))
    found = now_proportion(k, n, headcount)
    worth = n * (headcount - 1) / (headcount - n)
    low, high = proportion_confint(k / n * worth, worth, method="wilson")
    assert [found.low, found.high] == pytest.approx([100 * low, 100 * high], abs=1e-6)
    assert found.people is None


@pytest.mark.parametrize("case", KNOWN["hypergeometric"])
def test_five_of_nine_in_a_team_of_twelve_is_five_to_eight_people(case: dict[str, Any]) -> None:
    assert now_proportion(case["k"], case["n"], case["N"]).people == tuple(case["people"])


@given(st.integers(2, 200), st.data())
def test_an_exact_interval_holds_what_was_seen_and_no_more_than_can_be(
    headcount: int, data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, headcount))
    k = data.draw(st.integers(0, n))
    found = now_proportion(k, n, headcount)
    assert found.people is not None
    fewest, most = found.people
    assert k <= fewest <= most <= headcount - (n - k)
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize(("headcount", "n"), [(12, 9), (30, 11), (60, 40)])
def test_the_exact_interval_covers_every_true_total_at_least_95_times_in_100(headcount: int, n: int) -> None:
    intervals = [now_proportion(k, n, headcount).people or (0, 0) for k in range(n + 1)]
    for total in range(headcount + 1):
        chances = hypergeom.pmf(np.arange(n + 1), headcount, total, n)
        covered = [low <= total <= high for low, high in intervals]
        assert chances @ covered >= 0.95


def test_impossible_groups_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="Nobody answered"):
        now_mean(Moment(0, 0, 0), 10)
    with pytest.raises(ValueError, match="12 answers from 11 people"):
        now_mean(Moment.from_values(VALUES), 11)
    with pytest.raises(ValueError, match="give the pooled one"):
        now_mean(Moment.from_values([50]), 11)
    with pytest.raises(ValueError, match="6 such answers among 5"):
        now_proportion(6, 5, 10)
    with pytest.raises(ValueError, match="two answers"):
        level_mean(Moment.from_values([50]))
    with pytest.raises(ValueError, match="Nobody answered"):
        now_proportion(0, 0, 10)
    with pytest.raises(ValueError, match="6 such answers among 5"):
        exact_people(6, 5, 10)
    with pytest.raises(ValueError, match="11 answers from 10 people"):
        effective_n(11, 10)


def test_all_does_not_apply_leaves_nothing_to_show() -> None:
    nothing = Moment.from_values([float("nan")] * 8)
    with pytest.raises(ValueError, match="Nobody answered"):
        now_mean(nothing, 10)
    with pytest.raises(ValueError, match="two answers"):
        level_mean(nothing)


def test_one_answer_is_enough_where_the_spread_of_other_units_is_known() -> None:
    found = now_mean(Moment.from_values([50]), 11, PooledSd(20, 37))
    assert found.low < 50 < found.high


def test_one_person_who_is_everyone_needs_no_spread() -> None:
    found = now_mean(Moment.from_values([50]), 1)
    assert (found.low, found.high, found.everyone) == (50, 50, True)
    assert effective_n(1, 1) == inf
    assert margin_of_error(0.4, 30, 30) == 0


def test_all_saying_the_same_is_not_everyone_answering() -> None:
    found = now_mean(Moment.from_values([75] * 12), 30)
    assert (found.low, found.high, found.everyone) == (75, 75, False)
    level = level_mean(Moment.from_values([75] * 12))
    assert (level.low, level.high, level.se) == (75, 75, 0)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share lies between 0 and 1"):
        wilson(share, 20)
    with pytest.raises(ValueError, match="share lies between 0 and 1"):
        margin_of_error(share, 20, 40)


@pytest.mark.parametrize("n", [0, -3, float("nan")])
def test_a_share_of_no_answers_is_refused(n: float) -> None:
    with pytest.raises(ValueError, match="at least part of an answer"):
        wilson(0.5, n)


@pytest.mark.parametrize("level", [0, 1, 1.2, float("nan")])
def test_an_interval_needs_a_level_between_0_and_1(level: float) -> None:
    moment = Moment.from_values(VALUES)
    with pytest.raises(ValueError, match="between 0 and 1"):
        now_mean(moment, 40, level=level)
    with pytest.raises(ValueError, match="between 0 and 1"):
        level_mean(moment, level=level)
    for headcount in (40, 400):
        with pytest.raises(ValueError, match="between 0 and 1"):
            now_proportion(5, 12, headcount, level=level)


def test_a_share_that_everyone_gave_is_the_share_itself() -> None:
    assert wilson(0.4, inf) == (0.4, 0.4)


@given(st.data())
def test_a_page_gets_the_same_interval_without_a_library(data: st.DataObject) -> None:
    headcount = data.draw(st.one_of(st.integers(1, 260), st.integers(200, 100_000)))
    n = data.draw(st.integers(1, headcount))
    successes = data.draw(st.integers(0, n))
    page, exact = page_proportion(successes, n, headcount), now_proportion(successes, n, headcount)
    assert (page.n, page.everyone) == (n, exact.everyone)
    assert [page.value, page.low, page.high] == pytest.approx([exact.value, exact.low, exact.high], abs=1e-6)


def test_a_page_loads_no_statistics_library_for_it() -> None:
    code = (
        "import sys; from pulse.domain.measurement.intervals import page_proportion as p; p(5, 9, 12); "
        "p(50, 90, 1200); print([one for one in ('scipy', 'statsmodels', 'pandas') if one in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


@pytest.mark.parametrize(("successes", "n", "headcount"), [(0, 0, 5), (3, 2, 5), (1, 6, 5)])
def test_a_page_shows_no_share_that_cannot_be(successes: int, n: int, headcount: int) -> None:
    with pytest.raises(ValueError, match="answer"):
        page_proportion(successes, n, headcount)
