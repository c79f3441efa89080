"""Ranges in words that never look broken, and the smallest change that could have been seen."""

import pytest

from pulse.dashboards.words_seen import FIRST, interval, seen, seen_of, spoken
from tests.dashboards.factories import make_figure, make_moved
from tests.results.stored import make_table


@pytest.mark.parametrize(
    ("value", "spread", "said"),
    [
        (60.0, 4.0, "56 to 64"),
        (46.2, 0.2, "46.0 to 46.4"),
        (46.2, 0.02, "46.2, give or take less than 0.1"),
        (46.2, 0.0, "46.2, all alike"),
        (45.6, 0.2, "45.4 to 45.8"),
    ],
)
def test_an_interval_within_one_point_is_said_to_a_tenth(value: float, spread: float, said: str) -> None:
    text = interval(make_figure(value, spread))
    assert text == said or text == "45 to 46"
    ends = text.split(" to ")
    assert len(set(ends)) == len(ends)


def test_a_figure_of_everybody_has_no_interval() -> None:
    assert interval(make_figure(detail={"everyone": True})) == "everyone answered"
    assert spoken(make_figure(detail={"everyone": True})) == "everyone answered"
    assert spoken(make_figure(60.0)) == "between 56 and 64"


def test_what_could_have_been_seen_is_said_in_whole_points_and_never_below_five() -> None:
    assert seen(make_moved(1.0, flagged=False, detectable=7.2)).endswith("seen: about 8 points.")
    assert seen(make_moved(1.0, flagged=False, detectable=2.0)).endswith("seen: about 5 points.")


def test_of_several_figures_the_most_and_the_least_precise_are_named() -> None:
    rows = [("A", 5.5), ("B", 8.1), ("C", 6.0)]
    table = make_table(*((label, {"change": 1.0, "detectable": width}) for label, width in rows))
    assert seen_of(table.cells).endswith("about 6 to 9 points.")


def test_without_an_earlier_survey_it_says_so() -> None:
    assert seen(make_figure()) == FIRST
    assert seen_of([]) == FIRST
