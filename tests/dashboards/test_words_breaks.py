"""Where a trend starts late or breaks, one sentence says why."""

import pytest

from pulse.dashboards import figures_trend, words_breaks
from pulse.dashboards.page_cards import trend_table
from pulse.domain.disclosure.wording import hidden_measure
from tests.dashboards.factories import make_points
from tests.results.test_released_trends import trend_of


def test_an_unbroken_line_says_nothing() -> None:
    assert words_breaks.breaks(make_points(50, 55)) == []
    assert words_breaks.breaks(make_points(None)) == []


def test_holes_with_one_reason_share_a_sentence() -> None:
    assert words_breaks.breaks(make_points(50, None, 52, None, 54)) == [
        "The line breaks: in Wave 2 and Wave 4 these people had no result of their own."
    ]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({"key": "old"}, "other teams were counted here."),
        (None, "these people had no result of their own."),
        ({"value": None, "asked": False}, "this score was not asked every time."),
        ({"value": None}, "it was hidden to protect people."),
    ],
)
def test_a_line_that_starts_late_says_why(before: dict[str, object] | None, said: str) -> None:
    assert words_breaks.breaks(trend_of(before, {}, {})) == [
        f"The line starts with Wave 2: before that, {said}"
    ]


def test_the_newest_survey_is_no_break_of_the_line() -> None:
    assert words_breaks.breaks(trend_of({}, {"value": None})) == []


@pytest.mark.parametrize(
    ("fields", "in_table", "on_chart"),
    [
        (None, "These people had no result of their own in this survey.", "no result of their own"),
        ({"key": "old"}, "Other teams were counted here in this survey.", "other teams counted"),
        ({"value": None}, hidden_measure(5), "hidden to protect people"),
        ({"value": None, "asked": False}, "This score was not asked in this survey.", "not asked"),
    ],
)
def test_table_and_chart_say_what_is_missing(
    fields: dict[str, object] | None, in_table: str, on_chart: str
) -> None:
    trend = trend_of({}, fields, {})
    assert trend_table(trend)["rows"][1] == ["Wave 2", {"hidden": in_table}, "", ""]
    line = figures_trend.trend(trend, (25, 75))["data"][-1]
    assert line["text"][1] == f"Wave 2: {on_chart}"
    assert line["y"][1] is None


def test_a_chart_marks_the_wave_from_which_other_teams_are_counted() -> None:
    layout = figures_trend.trend(trend_of({"key": "old"}, {}, {}), (25, 75))["layout"]
    assert [(line["x0"], line["line"]["dash"]) for line in layout["shapes"]] == [(-0.5, "dot")]
