"""The house style of dates, numbers and words."""

from datetime import UTC, date, datetime

import pytest

from pulse.web import formatting


def test_a_date_is_written_out() -> None:
    assert formatting.format_date(date(2026, 10, 12)) == "12 October 2026"


def test_a_moment_late_in_a_summer_evening_belongs_to_the_next_day_in_london() -> None:
    assert formatting.format_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "1 July 2026 at 9:05am"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "1 December 2026 at 12:00pm"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "1 December 2026 at 12:00am"),
        (datetime(2026, 12, 1, 15, 30, tzinfo=UTC).replace(tzinfo=None), "1 December 2026 at 3:30pm"),
    ],
)
def test_a_moment_is_told_in_london_time(moment: datetime, words: str) -> None:
    assert formatting.format_datetime(moment) == words


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [(1088, 0, "1,088"), (-3.5, 1, "\N{MINUS SIGN}3.5"), (-0.2, 0, "0"), (None, 0, "")],
)
def test_a_number_has_commas_and_a_true_minus(value: float | None, places: int, words: str) -> None:
    assert formatting.format_number(value, places) == words


def test_a_share_is_a_percentage() -> None:
    assert formatting.format_percent(0.6) == "60%"


@pytest.mark.parametrize(
    ("value", "words"),
    [(4.2, "+4"), (-2, "\N{MINUS SIGN}2"), (0.3, "0"), (-0.3, "0"), (10, "+10"), (None, "")],
)
def test_a_change_carries_its_sign_unless_it_rounds_to_none(value: float | None, words: str) -> None:
    assert formatting.format_change(value) == words


@pytest.mark.parametrize(
    ("count", "many", "words"), [(1, "", "1 team"), (1200, "", "1,200 teams"), (0, "people", "0 people")]
)
def test_a_count_agrees_with_its_noun(count: int, many: str, words: str) -> None:
    assert formatting.plural(count, "team", many) == words
