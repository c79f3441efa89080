"""Whether units differ: shrunken values, funnels, ICCs and weighted totals, against plain arithmetic."""

import numpy as np
import pytest
from scipy import stats

from pulse.results.metrics import metrics_of
from pulse.results.scoring import values_of
from tests.results.counting import InMemory, count_in_memory, leaning, make_plan

ITEMS = ["PTA-01", "PTA-06", "TAA-G1", "AMB-P1", "AMB-N1"]
UNITS = {"A": 40, "B": 40, "C": 60, "D": 30, "E": 20}
APART = {"A": 1.3, "B": -1.1, "C": 0.2}


@pytest.fixture(scope="module")
def apart() -> InMemory:
    """Units that truly differ, of which about half answered."""
    answered = {"A": 20, "B": 30, "C": 30, "D": 12, "E": 20}
    return count_in_memory(make_plan(ITEMS), UNITS, leaning(unit=APART), answered)


def scores_by_unit(counted: InMemory, metric: str) -> list[np.ndarray]:
    found = next(m for m in metrics_of(counted.context.plan) if m.id == metric)
    values = values_of(found, counted.sheets, counted.context.plan)
    units = np.unique(counted.sheets.unit_ids)
    return [values[(counted.sheets.unit_ids == unit) & ~np.isnan(values)] for unit in units]


def test_icc_is_the_one_of_an_analysis_of_variance(apart: InMemory) -> None:
    f = stats.f_oneway(*scores_by_unit(apart, "PTA")).statistic

    units = apart.figures()["UNITS:PTA"]
    assert units.value == pytest.approx(1 - 1 / f)
    assert units.detail["units"] == 5
    assert units.detail["advice"] == "compare"


def test_a_unit_is_drawn_towards_the_middle_and_the_less_sure_the_farther(apart: InMemory) -> None:
    centre = apart.figures()["UNITS:PTA"].detail["centre"]
    kept = {}
    for name in ("A", "B", "D"):
        figure = apart.figures(name)["PTA"]
        assert figure.value is not None
        shrunk = figure.detail["unit"]["shrunk"]
        assert min(figure.value, centre) - 1 < shrunk < max(figure.value, centre) + 1
        kept[name] = abs(shrunk - centre) / abs(figure.value - centre)
    assert kept["A"] < 1
    assert kept["B"] < 1


def test_a_unit_far_from_the_others_lies_outside_the_funnel(apart: InMemory) -> None:
    assert apart.figures("A")["PTA"].detail["unit"]["funnel"] == "outside 99.8"


def test_the_whole_is_no_unit_among_units(apart: InMemory) -> None:
    assert "unit" not in apart.figures()["PTA"].detail


def test_units_that_do_not_differ_are_not_to_be_compared() -> None:
    alike = count_in_memory(make_plan(ITEMS), UNITS, leaning(seed=8))
    assert alike.figures()["UNITS:PTA"].detail["advice"] != "compare"


def test_two_units_are_too_few_to_compare() -> None:
    two = count_in_memory(make_plan(ITEMS), {"A": 20, "B": 20}, leaning())
    assert "UNITS:PTA" not in two.figures()
    assert "unit" not in two.figures("A")["PTA"].detail


def test_where_everybody_says_the_same_nothing_is_compared_and_nothing_fails() -> None:
    same = count_in_memory(make_plan(ITEMS), UNITS, lambda unit, number, item: "3")
    assert "UNITS:PTA" not in same.figures()
    assert same.figures()["PTA"].value == 50.0


def test_the_whole_is_weighted_by_headcount_not_by_who_answered(apart: InMemory) -> None:
    means = [values.mean() for values in scores_by_unit(apart, "PTA")]
    expected = np.average(means, weights=list(UNITS.values()))

    weighted = apart.figures()["PTA"].detail["weighted"]
    assert weighted["value"] == pytest.approx(expected)
    assert weighted["low"] < expected < weighted["high"]
    assert weighted["n_eff"] < apart.figures()["PTA"].n


def test_people_of_a_unit_in_which_nobody_answered_are_weighed_with_those_they_are_joined_to() -> None:
    silent = count_in_memory(make_plan(ITEMS), UNITS, leaning(), UNITS | {"D": 0})
    figure = silent.figures()["PTA"]
    assert figure.detail["weighted"]["value"] == pytest.approx(
        np.average([values.mean() for values in scores_by_unit(silent, "PTA")], weights=[40, 40, 60, 20 + 30])
    )


def test_bounds_say_what_everybody_else_could_still_change(apart: InMemory) -> None:
    figure = apart.figures()["PTA"]
    assert figure.value is not None
    low, high = figure.detail["bounds"]
    people = sum(UNITS.values())
    assert low == pytest.approx(figure.value * figure.n / people)
    assert high - low == pytest.approx(100 * (people - figure.n) / people)


def test_bounds_of_a_group_too_small_for_a_response_rate_would_give_it_away() -> None:
    small = count_in_memory(
        make_plan(ITEMS), {"A": 40, "B": 19, "C": 20}, leaning(), {"A": 40, "B": 15, "C": 15}
    )
    assert "bounds" not in small.figures("B")["PTA"].detail
    assert "bounds" in small.figures("C")["PTA"].detail


def test_agreement_within_a_group_comes_from_its_items(apart: InMemory) -> None:
    codes = [apart.sheets.scores_of(item) for item in ("PTA-01", "PTA-06")]
    mean_variance = np.mean([np.nanvar(column, ddof=1) for column in codes])

    rwg = apart.figures()["PTA"].detail["rwg"]
    assert rwg["items"] == 2
    assert rwg["rwg_star"] == pytest.approx(1 - mean_variance / 2)
