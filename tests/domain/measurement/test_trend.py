"""Weighted least squares over waves."""

import numpy as np
import pytest

from pulse.domain.measurement.trend import fit_trend
from tests.domain.measurement.known import KNOWN


def test_the_known_trend_comes_out_to_the_digits_shown() -> None:
    known = KNOWN["trend"]
    found = fit_trend(known["t"], known["y"], known["se"])
    assert found.slope == pytest.approx(known["slope"], abs=5e-6)
    assert found.se == pytest.approx(known["se_slope"], abs=5e-6)
    assert found.q == pytest.approx(known["Q"], abs=5e-6)
    assert found.df == known["df"]
    assert found.p == pytest.approx(known["p"], abs=5e-6)


def test_scatter_beyond_the_standard_errors_widens_the_slope() -> None:
    tight = fit_trend(range(6), [50, 60, 50, 60, 50, 60], [1.0] * 6)
    assert tight.q > tight.df
    assert tight.se == pytest.approx(np.sqrt(tight.q / tight.df) / np.sqrt(17.5))


def test_a_flat_line_has_no_slope_and_no_surprise() -> None:
    flat = fit_trend(range(6), [50.0] * 6, [2.0] * 6)
    assert (flat.slope, flat.p) == (0, 1)


@pytest.mark.parametrize(
    ("waves", "values", "ses", "sentence"),
    [
        ([1, 2, 3], [50, 50, 50], [1, 1, 1], "A trend needs at least 4 waves."),
        ([1, 2, 3, 4], [50] * 4, [1, 1, 0, 1], "A trend needs a standard error above 0 in every wave."),
        ([1, 1, 1, 1], [50] * 4, [1] * 4, "A trend needs different waves."),
    ],
)
def test_what_cannot_be_a_trend_is_refused(
    waves: list[float], values: list[float], ses: list[float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        fit_trend(waves, values, ses)
