"""May answers be averaged into units, and may the units be compared?"""

import csv
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pulse.domain.measurement.aggregation import (
    comparing_advice,
    icc,
    option_variances,
    rwg,
    rwg_j,
    rwg_star,
)
from pulse.domain.measurement.items import score100
from pulse.domain.measurement.moments import EMPTY, Moment
from tests.domain.measurement.known import KNOWN, all_as_shown, as_shown

#: Sums over the 99 groups of 7,382 soldiers in bh1996 of the R package multilevel (Bliese, GPL 2 or later).
SOLDIERS = Path(__file__).with_name("data") / "bh1996_groups.csv"

variances = st.lists(st.floats(0, 5), min_size=1, max_size=8)


def test_the_known_agreement_within_a_group_comes_out() -> None:
    known = KNOWN["rwg"]
    items = np.array(known["rows"]).T
    found = option_variances(Moment.from_values(score100(answers)) for answers in items)
    assert list(found) == all_as_shown(known["item_var"])
    assert rwg(found[0]) == as_shown(known["rwg_item1"])
    assert rwg_j(found) == as_shown(known["rwg_j"])
    assert rwg_star(found) == as_shown(known["rwg_star"])


@given(variances)
@settings(max_examples=50, deadline=None)
def test_agreement_stays_in_range_and_a_long_scale_flatters_it(items: list[float]) -> None:
    assert 0 <= rwg_j(items) <= 1
    assert rwg_star(items) <= 1
    assert rwg_j(items) >= rwg_star(items) - 1e-12
    assert rwg_j(items * 2) >= rwg_j(items) - 1e-12
    assert rwg_star(items * 2) == pytest.approx(rwg_star(items))


def test_people_who_differ_more_than_by_chance_agree_0_and_r_star_says_how_far_below() -> None:
    camps = option_variances([Moment.from_values([0.0] * 50 + [100.0] * 50)])
    assert rwg_j(camps) == rwg(camps[0]) == 0
    assert rwg_star(camps) == pytest.approx(-1, abs=0.03)
    assert rwg_j([2.0, 2.0]) == rwg_star([2.0, 2.0]) == 0


def test_everyone_the_same_agrees_fully() -> None:
    alike = option_variances([Moment.from_values([75.0] * 9)] * 3)
    assert (rwg_j(alike), rwg_star(alike)) == (1, 1)


def test_agreement_without_a_spread_or_a_scale_is_refused() -> None:
    for variances_given in ([], [nan], [-0.1], [inf]):
        with pytest.raises(ValueError, match="needs the variance of each item"):
            rwg_j(variances_given)
    for unanswered in (EMPTY, Moment.from_values([50.0]), Moment.from_values([nan, nan])):
        with pytest.raises(ValueError, match="at least two answers to each item"):
            option_variances([unanswered])
    with pytest.raises(ValueError, match="at least two options"):
        rwg_star([0.5], options=1)
    with pytest.raises(ValueError, match="at least two options"):
        option_variances([Moment.from_values([0.0, 100.0])], options=1)


def test_the_known_iccs_come_out() -> None:
    known = KNOWN["icc"][0]
    found = icc([Moment.from_values(group) for group in known["groups"]])
    assert found.msb == as_shown(known["msb"])
    assert found.msw == as_shown(known["msw"])
    assert found.icc1 == as_shown(known["icc1"])
    assert found.icc1_n0 == as_shown(known["icc1_n0"])
    assert found.icc2 == as_shown(known["icc2"])
    assert (found.units, found.n) == (3, 12)
    assert found.sd == pytest.approx(found.msw**0.5)
    assert found.centre == pytest.approx(np.mean(np.concatenate(known["groups"])))


@pytest.mark.parametrize("measure", ["HRS", "WBEING"])
def test_the_published_iccs_of_99_groups_of_soldiers_come_out(measure: str) -> None:
    known, column = KNOWN["icc"][1][measure], measure.lower()
    with SOLDIERS.open(encoding="utf-8", newline="") as file:
        groups = [
            Moment(int(row["n"]), float(row[f"{column}_s1"]), float(row[f"{column}_s2"]))
            for row in csv.DictReader(file)
        ]
    found = icc(groups)
    assert (found.units, found.n) == (99, 7382)
    assert [found.icc1, found.icc2] == all_as_shown(known)


def test_the_mean_squares_are_those_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(11)
    groups = [rng.normal(centre, 20, size) for centre, size in ((60, 12), (50, 7), (55, 30), (70, 1))]
    found = icc([Moment.from_values(group) for group in groups])
    assert found.msb / found.msw == pytest.approx(stats.f_oneway(*groups).statistic)
    residuals = np.concatenate([group - group.mean() for group in groups])
    assert found.msw == pytest.approx(residuals @ residuals / (50 - 4))


def test_units_that_differ_less_than_chance_have_a_negative_icc_and_are_not_compared() -> None:
    found = icc([Moment.from_values([0.0, 100.0]), Moment.from_values([5.0, 100.0])])
    assert found.icc1 < 0
    assert found.icc2 < 0
    assert comparing_advice(found.icc2) == "organisation only"


def test_people_alike_within_units_that_differ_give_an_icc_of_one() -> None:
    found = icc([Moment.from_values([75.0] * 5), Moment.from_values([25.0] * 8)])
    assert (found.icc1, found.icc2, found.icc1_n0, found.sd) == (1, 1, 1, 0)


def test_a_unit_without_answers_changes_nothing() -> None:
    units = [Moment.from_summary(10, 60, 20), Moment.from_summary(20, 50, 22)]
    assert icc([*units, EMPTY]) == icc(units)


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ([], "at least two units with two answers"),
        ([Moment.from_summary(40, 60, 20)], "at least two units with two answers"),
        ([Moment.from_summary(40, 60, 20), Moment(1, 50, 2500)], "at least two units with two answers"),
        ([Moment.from_values([70.0] * 7), Moment.from_values([70.0] * 9)], "the same mean"),
        ([Moment.from_values([0.0, 50.0, 100.0]), Moment.from_values([25.0, 75.0])], "the same mean"),
    ],
)
def test_units_that_cannot_be_compared_are_refused(units: list[Moment], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        icc(units)


@pytest.mark.parametrize(
    ("icc2", "advice"),
    [
        (0.95, "compare"),
        (0.70, "compare"),
        (0.699, "with care"),
        (0.50, "with care"),
        (0.499, "organisation only"),
        (-3.0, "organisation only"),
    ],
)
def test_advice_follows_icc2(icc2: float, advice: str) -> None:
    assert comparing_advice(icc2) == advice


def test_there_is_no_advice_without_an_icc() -> None:
    with pytest.raises(ValueError, match="needs ICC"):
        comparing_advice(nan)
