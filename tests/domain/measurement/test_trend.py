"""Weighted least squares over waves."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from pulse.domain.measurement.distributions import t_quantile
from pulse.domain.measurement.intervals import LevelInterval, level_mean
from pulse.domain.measurement.moments import Moment
from pulse.domain.measurement.trend import fit_trend
from tests.domain.measurement.known import KNOWN, as_shown


def make_levels(values: Sequence[float], ses: Sequence[float]) -> list[LevelInterval]:
    return [
        LevelInterval(value, value - 2 * se, value + 2 * se, 50, se)
        for value, se in zip(values, ses, strict=True)
    ]


@pytest.mark.parametrize("known", KNOWN["trend"])
def test_the_known_trend_comes_out_to_the_digits_shown(known: dict[str, Any]) -> None:
    found = fit_trend(known["t"], make_levels(known["y"], known["se"]))
    assert found.slope == as_shown(known["slope"])
    assert found.se == as_shown(known["se_slope"])
    assert found.z == as_shown(known["z"])
    assert found.p == as_shown(known["p"])
    assert found.q == as_shown(known["Q"])
    assert found.df == known["df"]
    assert found.p_q == as_shown(known["pQ"])
    assert (found.low, found.high) == pytest.approx(
        (found.slope - 1.959964 * found.se, found.slope + 1.959964 * found.se)
    )


def test_scatter_beyond_the_standard_errors_widens_the_slope() -> None:
    loose = fit_trend(range(6), make_levels([50, 60, 50, 60, 50, 60], [1.0] * 6))
    assert loose.q > loose.df
    assert loose.se == pytest.approx(np.sqrt(loose.q / loose.df) / np.sqrt(17.5))
    assert loose.high - loose.slope == pytest.approx(t_quantile(0.975, 4) * loose.se)


def test_the_interval_leaves_out_no_change_just_when_p_is_below_one_in_twenty() -> None:
    rng = np.random.default_rng(11)
    kinds = set()
    for _ in range(200):
        line = fit_trend(range(6), make_levels((50 + rng.normal(0, 3, 6)).tolist(), [2.0] * 6))
        surely = line.low > 0 or line.high < 0
        assert surely == (line.p < 0.05)
        kinds.add((line.q > line.df, surely))
    assert len(kinds) == 4


def test_a_flat_line_has_no_slope_and_no_surprise() -> None:
    flat = fit_trend(range(6), make_levels([50.0] * 6, [2.0] * 6))
    assert (flat.slope, flat.p, flat.p_q) == pytest.approx((0, 1, 1))


def test_years_and_wave_numbers_give_the_same_slope() -> None:
    levels = make_levels([52, 54, 53, 58], [2.5, 2.4, 2.6, 2.5])
    early, late = (fit_trend([start + wave for wave in range(4)], levels) for start in (1, 20260101))
    assert early.slope == pytest.approx(late.slope)
    assert early.se == pytest.approx(late.se)


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("waves", "values", "ses", "sentence"),
    [
        ([], [], [], "A trend needs at least 4 waves."),
        ([1, 2, 3], [50, 50, 50], [1, 1, 1], "A trend needs at least 4 waves."),
        ([1, 2, 3, 4, 5], [50] * 4, [1] * 4, "A trend needs one level for each wave."),
        ([1, 2, 3, 4], [50] * 4, [1, 1, 0, 1], "A trend needs a standard error above 0 in every wave."),
        ([1, 2, 3, 4], [50] * 4, [1, 1, NAN, 1], "A trend needs a standard error above 0 in every wave."),
        ([1, 2, 3, 4], [50] * 4, [1, 1, INF, 1], "A trend needs a standard error above 0 in every wave."),
        ([1, 2, 3, 4], [50, NAN, 50, 50], [1] * 4, "that are finite numbers."),
        ([1, 2, 3, INF], [50] * 4, [1] * 4, "that are finite numbers."),
        ([1, 1, 1, 1], [50] * 4, [1] * 4, "A trend needs different waves."),
    ],
)
def test_what_cannot_be_a_trend_is_refused(
    waves: list[float], values: list[float], ses: list[float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        fit_trend(waves, make_levels(values, ses))


def test_a_wave_in_which_everyone_said_the_same_must_be_left_out() -> None:
    same = level_mean(Moment.from_values([75] * 12))
    with pytest.raises(ValueError, match="standard error above 0"):
        fit_trend(range(4), [same, *make_levels([50] * 3, [1] * 3)])
