"""Dates of a programme: its rule, with closed days kept free, in several zones and nations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain import recurrence
from pulse.domain.working_days import NATIONS, WEEKDAYS, OpenTimes, OpenTimesError
from pulse.surveys.details import Details
from pulse.surveys.planning import list_openings, open_times, reminders_of

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kathmandu")


def make_details(**changes: object) -> Details:
    values: dict[str, object] = {
        "name": "Pulse",
        "purpose": "To hear.",
        "organisation": "Council",
        "question_set": "quarterly",
        "rule": "FREQ=MONTHLY;BYMONTHDAY=1",
        "starts_on": date(2026, 8, 1),
    }
    return Details(**(values | changes))  # type: ignore[arg-type]


def test_an_opening_on_a_closed_day_moves_to_the_next_open_day_and_says_why() -> None:
    first = list_openings(make_details(starts_on=date(2026, 8, 31), rule="FREQ=YEARLY"), LONG_AGO, 1)[0]
    assert first.opens_at.isoformat() == "2026-09-01T09:00:00+01:00"
    assert (first.moved_from, first.why) == (date(2026, 8, 31), "Late Summer Bank Holiday")
    assert first.rule_day == date(2026, 8, 31)


def test_one_that_would_move_to_the_next_date_or_beyond_is_left_out() -> None:
    weekly = make_details(rule="FREQ=WEEKLY;BYDAY=MO", open_days=4, starts_on=date(2026, 8, 3))
    quiet = replace(weekly, quiet_periods=(("08-10", "08-20"),))
    days = [one.opens_at.date() for one in list_openings(quiet, LONG_AGO, 3)]
    assert days == [date(2026, 8, 3), date(2026, 8, 21), date(2026, 8, 24)]


def test_a_wave_stays_open_longer_and_never_shorter_than_was_said() -> None:
    """Fourteen days from Friday 11 December end on Christmas Day; the next open day is Tuesday the 29th."""
    details = make_details(rule="FREQ=YEARLY", starts_on=date(2026, 12, 11))
    assert list_openings(details, LONG_AGO, 1)[0].closes_at.date() == date(2026, 12, 29)


@pytest.mark.parametrize(("nation", "opens"), [("ENG", 29), ("WLS", 29), ("SCT", 30), ("NIR", 29), ("", 28)])
def test_each_nation_keeps_its_own_bank_holidays(nation: str, opens: int) -> None:
    """28 December 2026 stands for Boxing Day everywhere; the 29th is quiet in this Scottish office."""
    quiet = (("12-29", "12-29"),) if nation == "SCT" else ()
    details = make_details(
        rule="FREQ=YEARLY", starts_on=date(2026, 12, 28), nation=nation, quiet_periods=quiet
    )
    assert list_openings(details, LONG_AGO, 1)[0].opens_at.day == opens


def test_reminders_go_on_open_days_before_the_close_and_never_two_a_day() -> None:
    """Opened on Thursday 17 December 2026: day 2 is a Saturday, days 8 and 9 are Christmas."""
    details = make_details(reminder_days=(2, 4, 8), open_days=14)
    opens = datetime(2026, 12, 17, 9, tzinfo=ZoneInfo("Europe/London"))
    closes = datetime(2026, 12, 31, 9, tzinfo=ZoneInfo("Europe/London"))
    found = [moment.date() for moment in reminders_of(details, opens, closes)]
    assert found == [date(2026, 12, 21), date(2026, 12, 29)]
    assert reminders_of(replace(details, reminder_days=(13,)), opens, closes - timedelta(days=3)) == []


def test_a_reminder_of_a_wave_that_opened_at_night_waits_for_the_hours_of_letters() -> None:
    details = make_details(reminder_days=(1,))
    opens = datetime(2026, 11, 3, 3, tzinfo=UTC)
    assert reminders_of(details, opens, opens + timedelta(days=14))[0].hour == 8


def test_dates_of_a_survey_that_runs_for_decades_are_sought_from_its_first_day_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    details = make_details(rule="FREQ=DAILY", starts_on=date(2000, 1, 1), open_days=1)
    [first] = list_openings(details, LONG_AGO, 1)
    begun: list[date] = []

    def counted(rule: str, start: date, until: date) -> Iterable[datetime]:
        begun.append(start)
        return series(rule, start, until)

    series = recurrence._series
    monkeypatch.setattr(recurrence, "_series", counted)

    openings = list_openings(details, LONG_AGO, 200)

    assert openings[0] == first
    assert begun == [date(2000, 1, 1)]


def test_a_rule_that_ends_gives_no_more_dates() -> None:
    details = make_details(rule="FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3")
    assert len(list_openings(details, LONG_AGO, 12)) == 3


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("nation", {"nation": "XX"}, "Choose a nation"),
        ("weekdays", {"weekdays": ""}, "Choose at least one day"),
        ("weekdays", {"weekdays": "MO,MO"}, "Choose at least one day"),
        ("letters_until_hour", {"letters_from_hour": 9, "letters_until_hour": 9}, "Let letters leave until"),
        ("quiet_periods", {"quiet_periods": (("02-30", "03-01"),)}, "is no quiet period"),
        ("quiet_periods", {"quiet_periods": (("2026-12-24", "2026-12-01"),)}, "ends before it begins"),
        ("quiet_periods", {"quiet_periods": (("12-24", "2027-01-02"),)}, "both a year, or neither"),
        ("quiet_periods", {"quiet_periods": (("01-01", "08-01"),)}, "180 days a year"),
    ],
)
def test_times_that_cannot_be_kept_are_refused_with_one_sentence(
    field: str, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(OpenTimesError, match=sentence) as refusal:
        open_times(make_details(**changes))
    assert refusal.value.field == field


@st.composite
def schedules(draw: st.DrawFn) -> Details:
    days = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
    first = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    starts = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 1000)))
    quiet = (f"{first:%m-%d}", f"{first + timedelta(days=draw(st.integers(0, 60))):%m-%d}")
    rules = ("FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=YEARLY", "FREQ=DAILY")
    return make_details(
        rule=draw(st.sampled_from(rules)),
        starts_on=starts,
        opens_at_hour=draw(st.integers(0, 23)),
        zone=draw(st.sampled_from(ZONES)),
        open_days=draw(st.integers(1, 20)),
        nation=draw(st.sampled_from(sorted(NATIONS))),
        weekdays=",".join(day for day in WEEKDAYS if day in days),
        quiet_periods=draw(st.sampled_from([(), (quiet,)])),
        reminder_days=(2, 5, 9),
    )


@settings(max_examples=40)
@given(schedules())
def test_nothing_opens_closes_or_reminds_on_a_closed_day_and_nothing_moves_farther_than_it_must(
    details: Details,
) -> None:
    times, openings = open_times(details), list_openings(details, LONG_AGO, 8)
    assert openings
    for one in openings:
        for moment in (one.opens_at, one.closes_at):
            assert times.is_open_day(moment.astimezone(times.zone).date())
        assert one.opens_at.date() == times.next_open_day(one.rule_day)
        assert bool(one.moved_from) == bool(one.why)
        assert (one.closes_at.date() - one.opens_at.date()).days >= details.open_days
        for moment in reminders_of(details, one.opens_at, one.closes_at):
            assert times.letters_may_leave(moment) or _skipped(moment, times)
            assert one.opens_at < moment < one.closes_at
    assert all(one.opens_at < after.opens_at for one, after in pairwise(openings))


def _skipped(moment: datetime, times: OpenTimes) -> bool:
    """In the night of spring an hour is missing, and its moment is an hour later by the clock."""
    return times.letters_may_leave(moment - timedelta(hours=1))


@settings(max_examples=30)
@given(schedules(), st.integers(0, 400))
def test_the_next_dates_are_the_same_from_wherever_one_looks(details: Details, days: int) -> None:
    some = list_openings(details, LONG_AGO, 12)
    later = LONG_AGO + timedelta(days=days)
    seen = [one for one in some if one.opens_at > later]
    assert list(list_openings(details, later, 12))[: len(seen)] == seen


def test_letters_wait_for_the_next_open_morning() -> None:
    times = OpenTimes()
    friday_night = datetime(2026, 12, 24, 19, tzinfo=UTC)
    assert times.next_letters(friday_night) == datetime(2026, 12, 29, 8, tzinfo=UTC)
    morning = datetime.combine(date(2026, 11, 3), time(8, 30), UTC)
    assert times.next_letters(morning) == morning
