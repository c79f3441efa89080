import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.moments import EMPTY, Moment, pooled_sd
from tests.domain.measurement.known import KNOWN, as_shown

scores = st.lists(st.floats(0, 100, allow_nan=False), max_size=40)


@given(scores, scores)
def test_moments_of_two_blocks_add_up_to_those_of_their_union(
    first: list[float], second: list[float]
) -> None:
    added = Moment.from_values(first) + Moment.from_values(second)
    together = Moment.from_values(first + second)
    assert added.n == together.n
    assert added.s1 == pytest.approx(together.s1)
    assert added.s2 == pytest.approx(together.s2)


@given(scores.filter(lambda values: len(values) >= 2))
def test_mean_and_spread_are_those_of_the_values(values: list[float]) -> None:
    moment = Moment.from_values(values)
    assert moment.mean == pytest.approx(np.mean(values))
    assert moment.sd == pytest.approx(np.std(values, ddof=1), abs=0.01)


def test_a_tally_of_scores_gives_the_moment_of_the_answers() -> None:
    assert Moment.from_counts([0, 25, 50], [2, 0, 3]) == Moment.from_values([0, 0, 50, 50, 50])


def test_unscored_values_are_left_out() -> None:
    assert Moment.from_values([50, float("nan")]) == Moment(1, 50, 2500)


def test_known_values_give_their_mean_and_standard_deviation() -> None:
    example = KNOWN["mean_ci"]
    moment = Moment.from_values(example["x"])
    assert moment.mean == as_shown(example["mean"])
    assert moment.sd == as_shown(example["sd"])
    assert moment.se == as_shown(example["none"][0])


def test_a_printed_summary_makes_the_same_moment() -> None:
    moment = Moment.from_summary(12, 55.0, 20.0)
    assert (moment.n, moment.mean, moment.sd) == pytest.approx((12, 55, 20))


def test_equal_scores_have_no_spread_at_all() -> None:
    assert Moment.from_values([100 / 3] * 17).sd == 0.0


def test_nobody_and_one_person_have_no_spread() -> None:
    assert np.isnan([EMPTY.mean, EMPTY.sd, EMPTY.se, Moment.from_values([40]).sd]).all()
    assert Moment.total([]) == EMPTY


def test_units_pool_their_spread() -> None:
    example = KNOWN["pooled_sd"]
    units = [Moment.from_summary(n, 50, sd) for n, sd in zip(example["n"], example["sd"], strict=True)]
    pooled = pooled_sd([*units, Moment(1, 80, 6400), EMPTY])
    assert pooled.sd == as_shown(example["pooled"])
    assert pooled.df == sum(example["n"]) - 3


def test_a_pooled_spread_of_single_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="two answers"):
        pooled_sd([Moment(1, 80, 6400)])
