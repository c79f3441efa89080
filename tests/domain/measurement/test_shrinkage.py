"""Unit levels drawn towards the mean of all units."""

from collections.abc import Sequence
from math import nan

import numpy as np
import pytest

from pulse.domain.measurement.intervals import LevelInterval, level_mean
from pulse.domain.measurement.moments import Moment
from pulse.domain.measurement.shrinkage import james_stein, shrink
from tests.domain.measurement.known import KNOWN, as_shown


def make_levels(values: Sequence[float], ses: Sequence[float]) -> list[LevelInterval]:
    return [LevelInterval(y, y - 2 * se, y + 2 * se, 20, se) for y, se in zip(values, ses, strict=True)]


def test_the_known_batting_averages_come_out() -> None:
    known = KNOWN["shrinkage"][0]
    mean = float(np.mean(known["y"]))
    found = james_stein(known["y"], mean * (1 - mean) / known["at_bats"])
    assert found.centre == as_shown(known["mean"])
    assert found.kept == as_shown(known["c"])
    assert found.values[0] == as_shown(known["first"])
    assert found.values[-1] == as_shown(known["last"])


def test_dersimonian_and_lairds_formula_comes_out_as_written() -> None:
    y, se = np.array([70.0, 55.0, 62.0, 48.0]), np.array([3.0, 5.0, 2.0, 6.0])
    w = 1 / se**2
    q = w @ (y - np.average(y, weights=w)) ** 2
    tau2 = (q - 3) / (w.sum() - (w**2).sum() / w.sum())
    mu = np.average(y, weights=1 / (tau2 + se**2))
    b = tau2 / (tau2 + se**2)
    found = shrink(make_levels(y.tolist(), se.tolist()))
    assert found.tau2 == pytest.approx(tau2)
    assert found.centre == pytest.approx(mu)
    assert found.weights == pytest.approx(tuple(b))
    assert found.values == pytest.approx(tuple(mu + b * (y - mu)))


def test_the_less_sure_unit_is_drawn_further() -> None:
    found = shrink(make_levels([80, 80, 40, 50, 60], [2, 8, 3, 3, 3]))
    assert found.centre < found.values[1] < found.values[0] < 80


def test_units_that_differ_less_than_by_chance_all_get_the_common_mean() -> None:
    found = shrink(make_levels([60, 61, 59, 60.5], [5, 5, 5, 10]))
    assert found.tau2 == 0
    assert found.weights == (0, 0, 0, 0)
    weight = np.array([1 / 25, 1 / 25, 1 / 25, 1 / 100])
    assert found.centre == pytest.approx(np.average([60, 61, 59, 60.5], weights=weight))
    assert found.values == (found.centre,) * 4


def test_equal_units_stay_as_they_are() -> None:
    assert shrink(make_levels([60, 60, 60], [5, 4, 3])).values == pytest.approx((60, 60, 60))


def test_a_unit_where_all_answered_the_same_is_kept_and_does_not_move_the_others() -> None:
    others = shrink(make_levels([70, 55, 40], [3, 4, 3]))
    found = shrink(make_levels([70, 90, 55, 40], [3, 0, 4, 3]))
    assert (found.values[1], found.weights[1]) == (90, 1)
    assert (found.centre, found.tau2) == (others.centre, others.tau2)
    assert (found.values[0], *found.values[2:]) == others.values


def test_shrinkage_lowers_the_error_of_forty_small_units() -> None:
    rng = np.random.default_rng(5)
    raw, shrunk = [], []
    for _ in range(30):
        truth = rng.normal(60, 5, 40)
        sizes = rng.integers(8, 40, 40)
        answers = [rng.normal(mean, 22, size) for mean, size in zip(truth, sizes, strict=True)]
        levels = [level_mean(Moment.from_values(unit)) for unit in answers]
        raw.append([level.value for level in levels] - truth)
        shrunk.append(np.array(shrink(levels).values) - truth)
    before, after = (float(np.sqrt(np.mean(np.square(errors)))) for errors in (raw, shrunk))
    assert after < 0.85 * before


@pytest.mark.parametrize(
    ("values", "ses", "sentence"),
    [
        ([], [], "at least 3 units"),
        ([60, 70], [3, 3], "at least 3 units"),
        ([60, 70, 80], [3, 3, 0], "at least 3 units"),
        ([50, 50, 50], [0, 0, 0], "at least 3 units"),
        ([60, nan, 80], [3, 3, 3], "needs a level and its standard error"),
        ([60, 70, 80], [3, nan, 3], "needs a level and its standard error"),
        ([60, 70, 80], [3, -1, 3], "needs a level and its standard error"),
    ],
)
def test_what_cannot_be_shrunk_is_refused(values: list[float], ses: list[float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        shrink(make_levels(values, ses))


def test_values_no_further_apart_than_chance_are_all_put_at_the_mean() -> None:
    found = james_stein([50, 51, 49, 50], 100)
    assert (found.kept, found.values) == (0, (50, 50, 50, 50))
    assert james_stein([50, 50, 50, 50], 4).values == (50, 50, 50, 50)


def test_james_stein_needs_four_values_and_a_variance() -> None:
    for values in ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0, nan]):
        with pytest.raises(ValueError, match="at least four values"):
            james_stein(values, 1.0)
    for variance in (0.0, nan):
        with pytest.raises(ValueError, match="a variance above 0"):
            james_stein([1.0, 2.0, 3.0, 4.0], variance)
