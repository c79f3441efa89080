from contextlib import nullcontext
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.recurrence import (
    LONDON,
    RecurrenceError,
    check_rule,
    days_from,
    occurrences,
    wave_label,
)

QUARTERLY = "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"
SEPTEMBER = date(2026, 9, 1)
NINE = time(9)
EPOCH = datetime(2026, 9, 1, tzinfo=UTC)
#: rules that fire every four to forty years, or never, as the first day has it
SELDOM = (
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=2",
    "FREQ=MONTHLY;INTERVAL=11;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;INTERVAL=5",
)


def make_days(rule: str, start: date = SEPTEMBER, count: int = 3, after: datetime = EPOCH) -> list[str]:
    return [f"{moment:%Y-%m-%d}" for moment in occurrences(rule, start, NINE, after=after, count=count)]


def test_a_quarterly_programme_opens_at_nine_in_summer_and_in_winter() -> None:
    opened = occurrences(QUARTERLY, SEPTEMBER, NINE, after=EPOCH, count=4)
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in opened] == [
        "2026-09-07 09:00",
        "2026-12-07 09:00",
        "2027-03-01 09:00",
        "2027-06-07 09:00",
    ]
    assert [moment.astimezone(UTC).hour for moment in opened] == [8, 9, 9, 8]


def test_only_openings_strictly_after_the_given_moment_count() -> None:
    first = datetime(2026, 9, 7, 9, tzinfo=LONDON)
    assert make_days(QUARTERLY, after=first, count=1) == ["2026-12-07"]
    assert make_days(QUARTERLY, after=first - timedelta(seconds=1), count=1) == ["2026-09-07"]


def test_a_time_skipped_in_spring_opens_when_the_clocks_have_moved() -> None:
    (opening,) = occurrences("FREQ=DAILY", date(2027, 3, 28), time(1, 30), after=EPOCH, count=1)
    assert opening.isoformat() == "2027-03-28T02:30:00+01:00"


def test_a_time_that_comes_twice_in_autumn_opens_at_the_first() -> None:
    (opening,) = occurrences("FREQ=DAILY", date(2026, 10, 25), time(1, 30), after=EPOCH, count=1)
    assert opening.isoformat() == "2026-10-25T01:30:00+01:00"


def test_another_zone_keeps_its_own_clock() -> None:
    (opening,) = occurrences(QUARTERLY, SEPTEMBER, NINE, after=EPOCH, count=1, zone=ZoneInfo("Asia/Tokyo"))
    assert opening.isoformat() == "2026-09-07T09:00:00+09:00"


def test_a_rule_ends_after_its_count_or_on_its_last_day_included() -> None:
    assert make_days("FREQ=WEEKLY;COUNT=2") == ["2026-09-01", "2026-09-08"]
    assert make_days("FREQ=WEEKLY;UNTIL=20260908") == ["2026-09-01", "2026-09-08"]
    assert make_days("FREQ=DAILY;UNTIL=20260902T233000Z") == ["2026-09-01", "2026-09-02", "2026-09-03"]


def test_the_days_from_one_on_are_those_of_the_openings() -> None:
    days = days_from(QUARTERLY, SEPTEMBER, date(2026, 12, 7))

    assert [f"{day:%Y-%m-%d}" for day in islice(days, 3)] == ["2026-12-07", "2027-03-01", "2027-06-07"]
    assert [f"{day:%Y-%m-%d}" for day in days_from("FREQ=WEEKLY;COUNT=2", SEPTEMBER, EPOCH.date())] == [
        "2026-09-01",
        "2026-09-08",
    ]
    assert list(days_from("FREQ=WEEKLY;COUNT=2", SEPTEMBER, date(2026, 9, 9))) == []
    with pytest.raises(RecurrenceError, match="needs FREQ"):
        days_from("FREQ=HOURLY", SEPTEMBER, SEPTEMBER)


def test_a_rule_that_has_run_out_gives_nothing_more() -> None:
    assert make_days("FREQ=WEEKLY;COUNT=2", after=datetime(2027, 1, 1, tzinfo=UTC)) == []


def test_a_rule_keeps_firing_long_after_its_start() -> None:
    assert make_days("FREQ=YEARLY", after=datetime(2080, 1, 1, tzinfo=UTC), count=2) == [
        "2080-09-01",
        "2081-09-01",
    ]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("every three months", 'has "EVERY THREE MONTHS" where one NAME=VALUE'),
        ("FREQ=FORTNIGHTLY", "needs FREQ"),
        ("FREQ=HOURLY", "needs FREQ"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR, which cannot be used"),
        ("FREQ=DAILY;FREQ=WEEKLY", 'has "FREQ=WEEKLY"'),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL in the repeat rule must be a whole number"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 5000, "INTERVAL in the repeat rule must be a whole number from 1 to"),
        ("FREQ=DAILY;COUNT=10000", "COUNT in the repeat rule must be a whole number from 1 to 9999"),
        ("FREQ=DAILY;COUNT=none", "COUNT in the repeat rule"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20271231", "both COUNT and UNTIL"),
        ("FREQ=DAILY;UNTIL=tomorrow", "must be a date such as 20271231"),
        ("FREQ=DAILY;UNTIL=20200101", "never gives a date"),
        ("FREQ=DAILY;UNTIL=19000101", "never gives a date"),
        ("FREQ=MONTHLY;BYDAY=9MO", "has 9MO; write days such as MO, 1MO or -1FR"),
        ("FREQ=MONTHLY;BYDAY=XX", "has XX; write days"),
        ("FREQ=YEARLY;BYSETPOS=0", "BYSETPOS in the repeat rule has 0"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH in the repeat rule has 13; use whole numbers up to 12"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY cannot be used with FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "has 1MO"),
        ("FREQ=WEEKLY;WKST=XX", "not valid"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "never gives a date"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never gives a date"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never gives a date"),
        ("FREQ=DAILY\nEXDATE:20260901", "needs FREQ"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_in_one_sentence(rule: str, sentence: str) -> None:
    with pytest.raises(RecurrenceError, match=sentence) as refused:
        check_rule(rule, SEPTEMBER)
    assert str(refused.value).count(".") == 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=" + ",".join(map(str, range(317, 366))),
    ],
)
def test_a_search_for_a_date_that_never_comes_ends_soon_and_is_made_once(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left alone, dateutil looks at some 8,000 years, and for the third of these rules 49 times at each."""
    years: list[int] = []
    look_at = rrule._iterinfo.rebuild

    def counted(found: Any, year: int, month: int) -> None:
        years.append(year)
        look_at(found, year, month)

    monkeypatch.setattr(rrule._iterinfo, "rebuild", counted)
    with pytest.raises(RecurrenceError, match="never gives a date"):
        check_rule(rule, SEPTEMBER)
    searched = len(years)
    assert 300 < len(set(years)) < 400

    with pytest.raises(RecurrenceError, match="never gives a date"):
        check_rule(rule, SEPTEMBER)
    assert len(years) == searched


@settings(max_examples=30)
@given(st.sampled_from(SELDOM), st.dates(date(2000, 1, 1), date(2399, 12, 31)))
def test_a_rule_fires_exactly_if_dateutil_finds_a_date_within_40_years(rule: str, start: date) -> None:
    moment = datetime.combine(start, time())
    first = next(iter(rrule.rrulestr(rule, dtstart=moment)), None)
    fires = first is not None and first <= moment + timedelta(366 * 40)
    with nullcontext() if fires else pytest.raises(RecurrenceError, match="never gives a date"):
        check_rule(rule, start)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        make_days(QUARTERLY, after=datetime(2026, 9, 1))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("rule", "opens", "label"),
    [
        (QUARTERLY, date(2026, 9, 7), "Autumn 2026"),
        (QUARTERLY, date(2026, 12, 7), "Winter 2026/27"),
        ("FREQ=MONTHLY;INTERVAL=3", date(2027, 1, 4), "Winter 2026/27"),
        ("FREQ=YEARLY", date(2100, 1, 4), "Winter 2099/00"),
        ("FREQ=YEARLY", date(2027, 9, 1), "Autumn 2027"),
        ("FREQ=MONTHLY;INTERVAL=2", date(2027, 3, 1), "March 2027"),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2027, 3, 1), "March 2027"),
        ("FREQ=WEEKLY;INTERVAL=2", date(2027, 3, 1), "1 March 2027"),
    ],
)
def test_a_wave_is_called_by_its_season_month_or_day_as_its_cadence_needs(
    rule: str, opens: date, label: str
) -> None:
    assert wave_label(opens, rule, SEPTEMBER) == label


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 20),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_openings_come_in_order_at_one_wall_time_under_different_labels(
    frequency: str, interval: int, start: date
) -> None:
    rule = f"FREQ={frequency};INTERVAL={interval}"
    opened = occurrences(rule, start, NINE, after=datetime(2019, 1, 1, tzinfo=UTC), count=8)
    assert list(opened) == sorted(set(opened))
    assert {moment.time() for moment in opened} == {NINE}
    labels = {wave_label(moment.date(), rule, start) for moment in opened}
    assert len(labels) == len(opened)
