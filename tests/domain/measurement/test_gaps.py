# scipy ships no type information:
# mypy: disable-error-code="import-untyped"

from math import inf
from typing import Any

import pytest
from scipy.stats import ttest_ind_from_stats

from pulse.domain.measurement.gaps import GeneralGap, NowGap, general_gap, now_gap
from pulse.domain.measurement.moments import EMPTY, Moment
from tests.domain.measurement.known import KNOWN, all_as_shown, as_shown

GAP = KNOWN["gap"]


def make_side(side: dict[str, Any]) -> Moment:
    return Moment.from_summary(side["n"], side["mean"], side["sd"])


def test_the_gap_of_two_groups_as_they_are_now_is_corrected() -> None:
    leaders, staff = make_side(GAP["leaders"]), make_side(GAP["staff"])
    found = now_gap(leaders, GAP["leaders"]["N"], staff, GAP["staff"]["N"])
    assert found.value == as_shown(GAP["diff"])
    assert found.se == as_shown(GAP["with_fpc"]["se"])
    assert found.df == as_shown(GAP["with_fpc"]["df"])
    assert [found.low, found.high] == all_as_shown(GAP["with_fpc"]["ci"])


def test_whether_two_groups_differ_in_general_is_never_corrected() -> None:
    found = general_gap(make_side(GAP["leaders"]), make_side(GAP["staff"]))
    assert found.value == as_shown(GAP["diff"])
    assert found.se == as_shown(GAP["without"]["se"])
    assert found.df == as_shown(GAP["without"]["df"])
    assert [found.low, found.high] == all_as_shown(GAP["without"]["ci"])
    expected = ttest_ind_from_stats(72, 12, 8, 55, 20, 60, equal_var=False)
    assert found.p == pytest.approx(expected.pvalue)


def test_the_two_kinds_of_gap_are_different_types() -> None:
    assert not issubclass(NowGap, GeneralGap)
    assert not issubclass(GeneralGap, NowGap)


def test_staff_may_see_it_rosier_than_leaders() -> None:
    leaders, staff = make_side(GAP["leaders"]), make_side(GAP["staff"])
    assert general_gap(staff, leaders).value == -GAP["diff"]
    assert general_gap(staff, leaders).p == general_gap(leaders, staff).p


def test_when_everyone_on_both_sides_answered_the_gap_has_no_width() -> None:
    found = now_gap(make_side(GAP["leaders"]), 8, make_side(GAP["staff"]), 60)
    assert found == NowGap(17, 17, 17, 0, inf)


def test_when_nobody_differs_within_a_side_any_gap_is_certain() -> None:
    low, high = Moment.from_values([25] * 5), Moment.from_values([50] * 9)
    assert general_gap(high, low) == GeneralGap(25, 25, 25, 0, inf, 0)
    assert general_gap(low, low).p == 1


@pytest.mark.parametrize(
    ("first", "asked", "sentence"),
    [
        (EMPTY, 10, "Nobody answered"),
        (Moment.from_values([float("nan")] * 9), 10, "Nobody answered"),
        (Moment.from_values([50]), 10, "two answers on each side"),
        (Moment.from_values([50] * 9), 8, "9 answers from 8 people"),
    ],
)
def test_a_gap_that_would_show_one_leader_or_cannot_be_is_refused(
    first: Moment, asked: int, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        now_gap(first, asked, make_side(GAP["staff"]), 150)
    if first.n < 2:
        with pytest.raises(ValueError, match="two answers on each side"):
            general_gap(make_side(GAP["staff"]), first)
