# scipy ships no type information:
# mypy: disable-error-code="import-untyped"

from math import inf, nan

import pytest
from scipy import stats

from pulse.domain.measurement.distributions import (
    chi_square_tail,
    hypergeometric_tails,
    normal_quantile,
    normal_two_sided_p,
    t_quantile,
    t_two_sided_p,
    upper_end,
    welch,
)


def test_the_functions_are_those_of_scipys_distributions() -> None:
    assert normal_quantile(0.975) == pytest.approx(stats.norm.ppf(0.975))
    assert normal_two_sided_p(-1.3) == pytest.approx(2 * stats.norm.sf(1.3))
    assert t_quantile(0.975, 7.5) == pytest.approx(stats.t.ppf(0.975, 7.5))
    assert t_two_sided_p(-2.1, 7.5) == pytest.approx(2 * stats.t.sf(2.1, 7.5))
    assert chi_square_tail(4.2, 3) == pytest.approx(stats.chi2.sf(4.2, 3))


def test_many_degrees_of_freedom_end_in_the_normal_distribution() -> None:
    assert t_quantile(0.975, 1e9) == pytest.approx(normal_quantile(0.975))


def test_an_interval_of_95_in_100_ends_below_two_and_a_half_in_100() -> None:
    assert upper_end(0.95) == 0.975


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.1, nan])
def test_no_value_lies_at_what_is_no_probability(probability: float) -> None:
    for quantile in (normal_quantile, upper_end, lambda p: t_quantile(p, 5)):
        with pytest.raises(ValueError, match="lies between 0 and 1, not at"):
            quantile(probability)


@pytest.mark.parametrize("statistic", [nan, inf, -inf])
def test_no_probability_comes_of_what_is_no_number(statistic: float) -> None:
    with pytest.raises(ValueError, match="a finite number"):
        normal_two_sided_p(statistic)
    with pytest.raises(ValueError, match="a finite number"):
        t_two_sided_p(statistic, 5)
    with pytest.raises(ValueError, match="a finite number"):
        chi_square_tail(statistic, 5)


@pytest.mark.parametrize("df", [0, -1, nan])
def test_degrees_of_freedom_lie_above_0(df: float) -> None:
    with pytest.raises(ValueError, match="degrees of freedom above 0"):
        t_quantile(0.9, df)
    for tail in (t_two_sided_p, chi_square_tail):
        with pytest.raises(ValueError, match="degrees of freedom above 0"):
            tail(1.0, df)


@pytest.mark.parametrize(("hits", "draws", "population"), [(6, 5, 9), (-1, 5, 9), (3, 10, 9)])
def test_draws_that_cannot_be_are_refused(hits: int, draws: int, population: int) -> None:
    with pytest.raises(ValueError, match="There cannot be"):
        hypergeometric_tails(hits, draws, population)


def test_sides_without_spread_have_no_error_and_endless_degrees_of_freedom() -> None:
    assert welch([(0, 5), (0, 9)]) == (0, inf)
    assert welch([(4, 5), (0, 9)]) == (2, 4)
