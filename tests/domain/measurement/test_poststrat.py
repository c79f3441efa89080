"""The organisation's mean with every unit counting for its people."""

from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.distributions import t_quantile
from pulse.domain.measurement.intervals import now_mean
from pulse.domain.measurement.moments import EMPTY, Moment, pooled_sd
from pulse.domain.measurement.poststrat import Stratum, post_stratified
from tests.domain.measurement.known import KNOWN, as_shown


def make_stratum(n: int = 30, headcount: int = 60, mean: float = 60.0, sd: float = 20.0) -> Stratum:
    return Moment.from_summary(n, mean, sd), headcount


def known_strata() -> list[Stratum]:
    known = KNOWN["poststrat"]
    columns = zip(known["n"], known["N"], known["mean"], known["sd"], strict=True)
    return [make_stratum(*row) for row in columns]


def test_the_known_organisation_comes_out_with_the_correction_for_its_headcount() -> None:
    known = KNOWN["poststrat"]
    strata = known_strata()
    found = post_stratified(strata)
    assert Moment.total(moment for moment, _ in strata).mean == as_shown(known["raw"])
    assert found.value == as_shown(known["weighted"])
    assert found.se == as_shown(known["se"])
    assert found.n_eff == as_shown(known["n_eff"])
    assert found.deff == as_shown(known["deff"])
    assert (found.n, found.everyone) == (75, False)


def test_the_interval_takes_satterthwaites_degrees_of_freedom() -> None:
    pieces = [(3.6, 29), (0.726, 29), (0.054, 14)]
    df = sum(v for v, _ in pieces) ** 2 / sum(v * v / d for v, d in pieces)
    half = t_quantile(0.975, df) * sqrt(4.38)
    found = post_stratified(known_strata())
    assert (found.low, found.high) == pytest.approx((58 - half, 58 + half))


def test_one_stratum_is_the_ordinary_interval_of_how_things_are_now() -> None:
    moment, headcount = make_stratum(n=25, headcount=40)
    found, plain = post_stratified([(moment, headcount)]), now_mean(moment, headcount)
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert (found.n_eff, found.deff) == (25, 1)


sizes = st.lists(st.tuples(st.integers(2, 40), st.integers(0, 60), st.floats(10, 90)), min_size=1, max_size=6)


@given(sizes)
@settings(max_examples=50, deadline=None)
def test_weighting_never_gains_answers_and_stays_between_the_units(
    units: list[tuple[int, int, float]],
) -> None:
    found = post_stratified([make_stratum(n, n + silent, mean) for n, silent, mean in units])
    means = [mean for _, _, mean in units]
    assert min(means) - 1e-9 <= found.value <= max(means) + 1e-9
    assert found.deff >= 1 - 1e-9
    assert found.n_eff <= found.n + 1e-9
    assert found.low <= found.value <= found.high


def test_units_that_reply_alike_give_the_plain_mean_and_lose_nothing() -> None:
    strata = [make_stratum(n=10, headcount=20, mean=70), make_stratum(n=40, headcount=80, mean=50)]
    found = post_stratified(strata)
    assert found.value == pytest.approx(Moment.total(moment for moment, _ in strata).mean)
    assert found.deff == pytest.approx(1)


def test_a_unit_with_one_answer_takes_the_spread_of_all_units() -> None:
    strata = [make_stratum(n=30, headcount=60, sd=22), (Moment.from_values([50.0]), 3)]
    shared = pooled_sd([strata[0][0]]).sd
    own = (60 / 63) ** 2 * (1 - 30 / 60) / 30 * 22**2
    alone = (3 / 63) ** 2 * (1 - 1 / 3) * shared**2
    assert post_stratified(strata).se == pytest.approx(sqrt(own + alone))


def test_a_small_unit_where_all_answered_the_same_does_not_pretend_to_be_certain() -> None:
    alike = (Moment.from_values([75.0] * 4), 40)
    varied = make_stratum(n=30, headcount=60)
    without = post_stratified([(Moment.from_values([75.0] * 40), 40), varied])
    assert post_stratified([alike, varied]).se > 1.5 * without.se


def test_when_everyone_answered_the_value_is_exact_and_says_so() -> None:
    found = post_stratified([make_stratum(n=30, headcount=30), (Moment.from_values([50.0]), 1)])
    assert found.everyone
    assert found.se == 0
    assert found.low == found.value == found.high


def test_everyone_the_same_has_no_width_though_not_everyone_answered() -> None:
    found = post_stratified([(Moment.from_values([75.0] * 12), 40), (Moment.from_values([75.0] * 3), 9)])
    assert (found.value, found.se, found.everyone) == (75, 0, False)


@pytest.mark.parametrize(
    ("strata", "sentence"),
    [
        ([], "at least one unit"),
        ([make_stratum(), (EMPTY, 12)], "A unit of 12 people has no answers; merge it with another"),
        ([make_stratum(n=9, headcount=8)], "There cannot be 9 answers from 8 people."),
        ([(Moment.from_values([50.0]), 3), (Moment.from_values([75.0]), 3)], "at least one unit with two"),
        ([(Moment.from_values([nan, nan]), 9)], "has no answers"),
    ],
)
def test_what_cannot_be_weighted_is_refused(strata: list[Stratum], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        post_stratified(strata)


def test_the_interval_holds_the_truth_about_95_times_in_100_when_units_reply_unevenly() -> None:
    rng = np.random.default_rng(8)
    people = [rng.normal(mean, 20, size).clip(0, 100) for mean, size in ((65, 120), (50, 60), (40, 20))]
    truth, held = float(np.concatenate(people).mean()), 0
    for _ in range(600):
        drawn = [rng.choice(unit, n, replace=False) for unit, n in zip(people, (30, 40, 8), strict=True)]
        found = post_stratified([(Moment.from_values(d), u.size) for d, u in zip(drawn, people, strict=True)])
        held += found.low <= truth <= found.high
    assert held / 600 == pytest.approx(0.95, abs=0.025)
