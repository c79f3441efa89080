"""Two one-sided tests: against statsmodels, at the edges, and the size that the planning rule promises."""

import numpy as np
import pytest
from statsmodels.stats.weightstats import ttost_ind

from pulse.domain.instrument.changing import people_for_bridge
from pulse.domain.measurement.equivalence import equivalence
from pulse.domain.measurement.moments import Moment


@pytest.mark.parametrize(
    ("seed", "shift", "sizes"),
    [(1, 0.0, (340, 352)), (2, 4.0, (400, 90)), (3, -9.0, (60, 61)), (4, 6.0, (12, 800))],
)
def test_p_and_interval_are_those_of_statsmodels(seed: int, shift: float, sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(seed)
    old, new = rng.normal(60, 22, sizes[0]), rng.normal(60 + shift, 17, sizes[1])

    found = equivalence(Moment.from_values(old), Moment.from_values(new))

    p, lower, upper = ttost_ind(new, old, -5, 5, usevar="unequal")
    assert found.p == pytest.approx(p, rel=1e-9)
    assert found.value == pytest.approx(new.mean() - old.mean())
    # the interval of 90 % touches a margin of its own ends at exactly p = .05
    at_low = ttost_ind(new, old, found.low, 1000, usevar="unequal")[1][1]
    at_high = ttost_ind(new, old, -1000, found.high, usevar="unequal")[2][1]
    assert (at_low, at_high) == pytest.approx((0.05, 0.05))
    assert found.same == (found.low > -5 and found.high < 5)
    assert lower[1] <= p
    assert upper[1] <= p


def test_few_answers_that_differ_by_nothing_show_nothing() -> None:
    small = Moment.from_summary(20, 60, 22)
    assert not equivalence(small, small).same


def test_so_many_answers_as_a_bridge_takes_find_equal_wordings_four_times_in_five() -> None:
    rng, n = np.random.default_rng(5), people_for_bridge()
    means = rng.normal(60, 22 / np.sqrt(n), (2000, 2))
    found = [
        equivalence(Moment.from_summary(n, old, 22), Moment.from_summary(n, new, 22)).same
        for old, new in means
    ]
    assert 0.77 < np.mean(found) < 0.83


def test_wordings_that_differ_by_the_margin_pass_in_one_of_twenty_at_most() -> None:
    rng, n = np.random.default_rng(6), people_for_bridge()
    means = rng.normal((60, 65), 22 / np.sqrt(n), (2000, 2))
    found = [
        equivalence(Moment.from_summary(n, old, 22), Moment.from_summary(n, new, 22)).same
        for old, new in means
    ]
    assert np.mean(found) < 0.065


def test_halves_without_any_spread_differ_or_do_not() -> None:
    flat = [Moment.from_values(np.full(30, value)) for value in (50.0, 52.0, 60.0)]
    assert equivalence(flat[0], flat[1]).same
    assert not equivalence(flat[0], flat[2]).same
    assert equivalence(flat[0], flat[2]).p == 1


def test_one_answer_or_no_margin_is_refused() -> None:
    one, two = Moment.from_values(np.array([50.0])), Moment.from_summary(30, 50, 10)
    with pytest.raises(ValueError, match="two answers"):
        equivalence(one, two)
    with pytest.raises(ValueError, match="above 0"):
        equivalence(two, two, margin=0)
