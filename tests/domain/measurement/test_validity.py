"""The interval of a correlation."""

import numpy as np
import pytest
from scipy import stats

from pulse.domain.measurement.validity import correlation_interval


def test_the_interval_is_the_one_that_scipy_gives_from_the_people_themselves() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=150)
    y = 0.5 * x + rng.normal(size=150)
    found = stats.pearsonr(x, y)
    expected = found.confidence_interval(0.95)

    assert correlation_interval(float(found.statistic), 150) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("r", [-1.0, 1.0])
def test_perfect_agreement_has_no_width(r: float) -> None:
    assert correlation_interval(r, 10) == (r, r)


@pytest.mark.parametrize(("r", "n"), [(0.3, 3), (1.2, 50), (float("nan"), 50)])
def test_what_is_no_correlation_is_refused(r: float, n: int) -> None:
    with pytest.raises(ValueError, match="correlation"):
        correlation_interval(r, n)
