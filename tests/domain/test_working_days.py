"""Open and closed days: bank holidays of each nation against the published dates, and quiet periods."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.working_days import NATIONS, OpenTimes, OpenTimesError, check_open_times

EVERYWHERE = {"ENG", "WLS", "SCT", "NIR"}
ALL_WEEK = "MO,TU,WE,TH,FR,SA,SU"
#: a day -> the nations that keep it, as GOV.UK publishes them or as the same law gives them for later years
KNOWN = {
    "2026-01-02": {"SCT"},
    "2026-03-17": {"NIR"},
    "2026-04-03": EVERYWHERE,
    "2026-04-06": EVERYWHERE - {"SCT"},
    "2026-05-04": EVERYWHERE,
    "2026-05-25": EVERYWHERE,
    "2026-07-13": {"NIR"},
    "2026-08-03": {"SCT"},
    "2026-08-31": EVERYWHERE - {"SCT"},
    "2026-11-30": {"SCT"},
    "2026-12-25": EVERYWHERE,
    "2026-12-28": EVERYWHERE,
    "2027-01-01": EVERYWHERE,
    "2027-01-04": {"SCT"},
    "2027-03-26": EVERYWHERE,
    "2027-03-29": EVERYWHERE - {"SCT"},
    "2027-07-12": {"NIR"},
    "2027-08-02": {"SCT"},
    "2027-12-27": EVERYWHERE,
    "2027-12-28": EVERYWHERE,
    "2028-01-03": EVERYWHERE,
    "2028-01-04": {"SCT"},
    "2028-04-14": EVERYWHERE,
    "2028-04-17": EVERYWHERE - {"SCT"},
    "2029-03-30": EVERYWHERE,
    "2029-04-02": EVERYWHERE - {"SCT"},
    "2029-05-07": EVERYWHERE,
    "2029-07-12": {"NIR"},
    "2029-11-30": {"SCT"},
    "2030-03-18": {"NIR"},
    "2030-04-22": EVERYWHERE - {"SCT"},
    "2030-12-02": {"SCT"},
}


@pytest.mark.parametrize(("day", "nations"), KNOWN.items())
def test_a_bank_holiday_closes_the_nations_that_keep_it_and_no_other(day: str, nations: set[str]) -> None:
    kept = {
        nation
        for nation in NATIONS
        if not OpenTimes(nation=nation, weekdays=ALL_WEEK).is_open_day(date.fromisoformat(day))
    }
    assert kept == nations


@pytest.mark.parametrize(("nation", "usual"), [("ENG", 8), ("WLS", 8), ("SCT", 9), ("NIR", 10)])
def test_each_nation_has_the_working_days_off_that_the_law_gives_it(nation: str, usual: int) -> None:
    """One that falls on a weekend is given on a weekday; Scotland has one more in 2026, for football."""
    times, free = OpenTimes(nation=nation), OpenTimes(nation="")
    for year in range(2026, 2031):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
        closed = sum(free.is_open_day(day) and not times.is_open_day(day) for day in days)
        assert closed == usual + (nation == "SCT" and year == 2026), year


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-12-19", "Saturday"),
        ("2026-12-22", "quiet period, 21 December to 3 January"),
        ("2027-01-03", "Sunday"),
        ("2031-12-31", "quiet period, 21 December to 3 January"),
        ("2026-11-03", "quiet period, 3 November 2026"),
        ("2027-11-03", ""),
        ("2026-12-25", "Christmas Day"),
        ("2026-12-18", ""),
    ],
)
def test_a_closed_day_says_why(day: str, why: str) -> None:
    times = OpenTimes(quiet=(("12-21", "01-03"), ("2026-11-03", "2026-11-03")))
    assert times.why_closed(date.fromisoformat(day)) == why


def test_a_quiet_29_february_is_the_28th_in_other_years() -> None:
    times = OpenTimes(nation="", weekdays=ALL_WEEK, quiet=(("02-29", "02-29"),))
    assert [times.is_open_day(day) for day in (date(2028, 2, 28), date(2028, 2, 29))] == [True, False]
    assert not times.is_open_day(date(2027, 2, 28))


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (("W51-1", "W52-1"), "is no quiet period"),
        (("2026-W51-1", "2026-12-30"), "is no quiet period"),
        (("20261221", "20261222"), "is no quiet period"),
        (("", ""), "is no quiet period"),
        (("9999-01-01", "9999-01-02"), "is no quiet period"),
        (("2026-12-20", "2036-01-10"), "Shorten the quiet period"),
    ],
)
def test_a_quiet_period_that_is_none_is_refused(period: tuple[str, str], sentence: str) -> None:
    with pytest.raises(OpenTimesError, match=sentence):
        check_open_times(OpenTimes(quiet=(period,)))


def test_quiet_periods_are_counted_together_and_each_day_once() -> None:
    twice = OpenTimes(quiet=(("01-01", "06-01"), ("2027-01-01", "2027-06-01")))
    check_open_times(twice)
    with pytest.raises(OpenTimesError, match="180 days a year"):
        check_open_times(OpenTimes(quiet=(("01-01", "06-01"), ("2027-07-01", "2027-09-01"))))


#: 21 pairs of Mondays and 10 more: 178 days of 2027, and every Monday of it
_MONDAYS = [date(2027, 1, 4) + timedelta(days=7 * number) for number in range(52)]
_EVERY_MONDAY = [
    *zip(_MONDAYS[0:42:2], _MONDAYS[1:42:2], strict=True),
    *((day, day) for day in _MONDAYS[42:]),
]


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%m-%d"])
def test_quiet_periods_leave_open_days_in_every_year(form: str) -> None:
    quiet = tuple((format(first, form), format(last, form)) for first, last in _EVERY_MONDAY)

    with pytest.raises(OpenTimesError) as caught:
        check_open_times(OpenTimes(weekdays="MO", quiet=quiet))
    assert (caught.value.field, str(caught.value)) == (
        "quiet_periods",
        "These quiet periods leave fewer than 12 open days in 2027: shorten them, or open more days of the "
        "week.",
    )
    check_open_times(OpenTimes(weekdays="MO,TU", quiet=quiet))


def test_quiet_periods_are_few_enough_to_be_held_against_every_day() -> None:
    quiet = tuple((f"{2000 + year}-12-24", f"{2000 + year}-12-24") for year in range(41))

    check_open_times(OpenTimes(quiet=quiet[:40]))
    with pytest.raises(OpenTimesError, match=r"^Name up to 40 quiet periods\.$"):
        check_open_times(OpenTimes(quiet=quiet))


ZONES = ("Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kathmandu")


@settings(max_examples=60)
@given(st.integers(0, 4 * 365 * 48), st.sampled_from(ZONES), st.integers(4, 12), st.integers(1, 11))
def test_letters_leave_at_the_first_open_hour_and_none_is_passed_over(
    halves: int, zone: str, from_hour: int, hours: int
) -> None:
    """Every half hour of four years, so that both clock changes of each zone are among them."""
    times = OpenTimes(
        zone=ZoneInfo(zone), from_hour=from_hour, until_hour=from_hour + hours, quiet=(("08-03", "08-07"),)
    )
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * halves)
    leaves = times.next_letters(now)
    assert times.letters_may_leave(leaves)
    assert leaves >= now
    step = now
    while step < leaves:
        assert not times.letters_may_leave(step)
        step += timedelta(hours=1)
