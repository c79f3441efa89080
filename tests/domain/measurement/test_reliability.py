import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.reliability import cronbach_alpha, omega_from_loadings, omega_total
from tests.domain.measurement.datasets import comoments_of, table
from tests.domain.measurement.known import KNOWN, all_as_shown, as_shown

ATTITUDE: dict[str, Any] = KNOWN["alpha"][0]


def make_comoments(covariance: Any, n: int = 200) -> CoMoments:
    matrix = np.array(covariance, dtype=np.float64)
    return CoMoments(tuple(f"I-{i}" for i in range(len(matrix))), n, matrix)


def one_factor(loadings: list[float]) -> FloatArray:
    """The correlations that one factor with these loadings makes, exactly."""
    weights = np.array(loadings)
    matrix = np.outer(weights, weights)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def test_alpha_and_its_interval_are_those_that_r_gives() -> None:
    found = cronbach_alpha(comoments_of("attitude"))
    assert found.value == as_shown(ATTITUDE["alpha"])
    assert [found.low, found.high] == all_as_shown(ATTITUDE["feldt95"])
    assert (len(found.items), found.n) == (7, 30)


def test_alpha_agrees_with_another_library() -> None:
    with warnings.catch_warnings():
        # it loads a plotting library and more, whose notices at import are none of our making
        warnings.simplefilter("ignore")
        import pandas
        import pingouin
    names, numbers = table("attitude")
    for level in (0.9, 0.95):
        value, interval = pingouin.cronbach_alpha(pandas.DataFrame(numbers, columns=names), ci=level)
        found = cronbach_alpha(comoments_of("attitude"), level=level)
        assert found.value == pytest.approx(value, abs=1e-12)
        assert [found.low, found.high] == pytest.approx(list(interval), abs=0.00051)


def test_omega_is_that_of_r_by_maximum_likelihood() -> None:
    assert omega_total(comoments_of("attitude")) == as_shown(ATTITUDE["omega_ml"])


def test_loadings_by_least_squares_give_the_omega_that_r_gives_by_that_method() -> None:
    # Principal axes repeated until nothing moves arrive where minimum residuals do (Harman and Jones 1966).
    from statsmodels.multivariate.factor import Factor

    correlation = comoments_of("attitude").correlation()
    fit = Factor(corr=correlation, n_factor=1, method="pa").fit(maxiter=2000, tol=1e-10)
    assert omega_from_loadings(fit.loadings[:, 0].tolist()) == as_shown(ATTITUDE["omega_minres"])


def test_omega_of_given_loadings_is_the_worked_number() -> None:
    example = KNOWN["alpha"][1]
    assert omega_from_loadings(example["loadings"]) == as_shown(example["omega"])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.3, 0.9), min_size=3, max_size=12))
def test_omega_finds_the_factor_that_made_the_correlations(loadings: list[float]) -> None:
    kept = make_comoments(one_factor(loadings))
    assert omega_total(kept) == pytest.approx(omega_from_loadings(loadings), abs=1e-4)
    # alpha is never more than omega where one factor is all there is (McDonald 1999)
    assert cronbach_alpha(kept).value <= omega_from_loadings(loadings) + 1e-9


def test_the_unit_and_the_order_of_items_change_neither() -> None:
    kept = comoments_of("attitude")
    other = CoMoments(kept.items, kept.n, 6.25 * kept.covariance).subset(kept.items[::-1])
    assert cronbach_alpha(other).value == pytest.approx(cronbach_alpha(kept).value)
    assert omega_total(other) == pytest.approx(omega_total(kept), abs=1e-6)


def test_more_people_give_a_narrower_interval_around_the_same_alpha() -> None:
    matrix = one_factor([0.7, 0.6, 0.8, 0.5])
    few, many = (cronbach_alpha(make_comoments(matrix, n)) for n in (100, 1600))
    assert few.value == many.value
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(4, rel=0.1)
    assert few.low < many.low < many.value < many.high < few.high


def test_items_that_have_nothing_in_common_have_no_alpha_to_speak_of() -> None:
    assert cronbach_alpha(make_comoments(np.eye(5))).value == pytest.approx(0)
    assert cronbach_alpha(make_comoments([[1, -0.5], [-0.5, 1]])).value == pytest.approx(-2)


def test_items_that_are_copies_of_one_another_reach_one() -> None:
    found = cronbach_alpha(make_comoments(np.full((4, 4), 300.0)))
    assert (found.value, found.low, found.high) == pytest.approx((1, 1, 1))


def test_alpha_needs_two_items_and_people_who_differ() -> None:
    with pytest.raises(ValueError, match="at least two items"):
        cronbach_alpha(make_comoments([[300.0]]))
    with pytest.raises(ValueError, match="same for everyone"):
        cronbach_alpha(make_comoments(np.zeros((3, 3))))
    with pytest.raises(ValueError, match="same for everyone"):
        cronbach_alpha(make_comoments([[1, -1], [-1, 1]]))


def test_omega_needs_three_items_each_of_which_varies() -> None:
    with pytest.raises(ValueError, match="at least three items"):
        omega_total(make_comoments(one_factor([0.7, 0.6])))
    with pytest.raises(ValueError, match="same on I-1"):
        omega_total(make_comoments(np.diag([1.0, 0.0, 1.0])))


@pytest.mark.parametrize(
    "correlation",
    [
        # the first item would have to share more than all of itself (a Heywood case)
        [[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]],
        # two items are one and the same
        [[1, 1, 0.2, 0.3], [1, 1, 0.2, 0.3], [0.2, 0.2, 1, 0.4], [0.3, 0.3, 0.4, 1]],
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
    ],
    ids=["heywood", "copied", "all one"],
)
def test_omega_is_refused_in_one_sentence_where_no_single_factor_fits(correlation: Any) -> None:
    with pytest.raises(ValueError, match=r"^No single factor fits these items, so omega cannot be given\.$"):
        omega_total(make_comoments(correlation))


@pytest.mark.parametrize("loadings", [[], [0.5, 1.2], [0.5, float("nan")], [[0.5], [0.6]]])
def test_loadings_that_are_none_are_refused(loadings: Any) -> None:
    with pytest.raises(ValueError, match="from -1 to 1"):
        omega_from_loadings(loadings)


def test_loadings_that_cancel_out_have_no_omega() -> None:
    with pytest.raises(ValueError, match="No single factor"):
        omega_from_loadings([1.0, -1.0])
