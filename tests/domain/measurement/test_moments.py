import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.moments import EMPTY, Moment, PooledSd, pooled_sd
from tests.domain.measurement.known import KNOWN, as_shown

scores = st.lists(st.floats(0, 100, allow_nan=False), max_size=40)


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


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("n", "s1", "s2"), [(-1, 0, 0), (3, NAN, 10), (3, 10, NAN), (3, INF, 10), (3, 10, INF)]
)
def test_no_moment_holds_what_is_no_number(n: int, s1: float, s2: float) -> None:
    with pytest.raises(ValueError, match="each of them a finite number"):
        Moment(n, s1, s2)


def test_an_infinite_score_is_refused_and_all_unscored_is_nobody() -> None:
    with pytest.raises(ValueError, match="each of them a finite number"):
        Moment.from_values([50, INF])
    assert Moment.from_values([NAN, NAN]) == EMPTY
    assert Moment.from_counts([0, 25, 50], [0, 0, 0]) == EMPTY


@pytest.mark.parametrize(
    ("n", "mean", "sd"), [(0, 50, 20), (5, NAN, 20), (5, 50, NAN), (5, 50, INF), (5, 50, -1)]
)
def test_a_summary_that_nobody_can_have_printed_is_refused(n: int, mean: float, sd: float) -> None:
    with pytest.raises(ValueError, match="A summary needs"):
        Moment.from_summary(n, mean, sd)


@pytest.mark.parametrize(
    ("points", "counts"),
    [([0, NAN], [1, 0]), ([0, 25], [1, -1]), ([0, 25], [1, 2.5]), ([0, 25], [1, NAN]), ([0, 25], [1, INF])],
)
def test_a_tally_of_what_cannot_be_counted_is_refused(points: list[float], counts: list[float]) -> None:
    with pytest.raises(ValueError, match="whole numbers of 0 or more"):
        Moment.from_counts(points, counts)


def test_a_tally_needs_a_count_for_each_score() -> None:
    with pytest.raises(ValueError, match="needs its count"):
        Moment.from_counts([0, 25, 50], [1, 2])


def test_units_in_which_nobody_differs_pool_to_no_spread() -> None:
    assert pooled_sd([Moment.from_values([50] * 4), Moment.from_values([75] * 3)]) == PooledSd(0, 5)


@pytest.mark.parametrize(("sd", "df"), [(NAN, 5), (INF, 5), (-1, 5), (20, 0)])
def test_a_pooled_spread_is_a_number_on_some_degrees_of_freedom(sd: float, df: int) -> None:
    with pytest.raises(ValueError, match="A pooled spread is"):
        PooledSd(sd, df)
