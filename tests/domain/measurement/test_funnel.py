"""Units against what their size alone would explain."""

from math import inf, nan

import numpy as np
import pytest
from scipy import stats

from pulse.domain.measurement.funnel import limits, more_than_chance, placement
from pulse.domain.measurement.intervals import LevelInterval, level_mean
from pulse.domain.measurement.moments import Moment
from tests.domain.measurement.known import KNOWN, all_as_shown


def make_level(value: float, n: int = 20) -> LevelInterval:
    return LevelInterval(value, value - 10, value + 10, n, 5.0)


@pytest.mark.parametrize("n", [8, 20, 100])
def test_the_known_limits_come_out(n: int) -> None:
    known = KNOWN["funnel"]
    (low95, high95), (low998, high998) = limits(known["centre"], known["sd"], n)
    assert [low998, low95, high95, high998] == all_as_shown(known[f"n{n}"])


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (62, "inside"),
        (71.6, "inside"),
        (71.7, "outside 95"),
        (52.3, "outside 95"),
        (77.1, "outside 95"),
        (77.3, "outside 99.8"),
        (46.7, "outside 99.8"),
    ],
)
def test_a_unit_of_20_is_placed_by_the_known_limits(value: float, place: str) -> None:
    assert placement(make_level(value), KNOWN["funnel"]["centre"], KNOWN["funnel"]["sd"]) == place


def test_a_value_on_a_limit_is_inside_it() -> None:
    (_, high95), (low998, _) = limits(62, 22, 20)
    assert placement(make_level(high95), 62, 22) == "inside"
    assert placement(make_level(low998), 62, 22) == "outside 95"


def test_the_same_distance_is_ordinary_in_a_small_unit_and_striking_in_a_large_one() -> None:
    assert placement(make_level(75, n=8), 62, 22) == "inside"
    assert placement(make_level(75, n=100), 62, 22) == "outside 99.8"


def test_about_one_unit_in_twenty_that_does_not_differ_lies_outside() -> None:
    rng = np.random.default_rng(3)
    units = [level_mean(Moment.from_values(rng.normal(60, 20, 15))) for _ in range(2000)]
    places = [placement(unit, 60, 20) for unit in units]
    assert places.count("inside") / 2000 == pytest.approx(0.95, abs=0.015)
    assert places.count("outside 99.8") / 2000 == pytest.approx(0.002, abs=0.003)


@pytest.mark.parametrize(
    ("centre", "sd", "n", "sentence"),
    [
        (62, 22, 0, "at least one answer"),
        (62, 0, 20, "a spread above 0"),
        (62, nan, 20, "a spread above 0"),
        (nan, 22, 20, "a spread above 0"),
        (62, inf, 20, "a spread above 0"),
    ],
)
def test_limits_without_answers_or_a_spread_are_refused(
    centre: float, sd: float, n: int, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        limits(centre, sd, n)
    with pytest.raises(ValueError, match=sentence):
        placement(make_level(60, n=n), centre, sd)


def test_a_unit_without_a_value_has_no_place() -> None:
    with pytest.raises(ValueError, match="without a value"):
        placement(make_level(nan), 62, 22)


@pytest.mark.parametrize("units", [1, 25, 26, 61, 300, 10_000])
def test_so_many_units_outside_are_more_than_chance_where_the_binomial_says_so(units: int) -> None:
    for outside in range(min(units, 40) + 1):
        rare = stats.binom.sf(outside - 1, units, 0.002) < 0.05
        assert more_than_chance(units, outside) == rare
    assert more_than_chance(units, units)


@pytest.mark.parametrize("outside", [-1, 6])
def test_units_outside_are_some_of_all(outside: int) -> None:
    with pytest.raises(ValueError, match="some of all"):
        more_than_chance(5, outside)
