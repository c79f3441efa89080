"""Open and closed days of an organisation, and the hours in which its letters leave.

A day is closed when it is none of the days of the week that are worked, a bank holiday of the nation, or in a
quiet period. Bank holidays come from the package `holidays`, which works them out for every year to come and
holds one-off ones as far as they were proclaimed when it was made; a later one, such as a coronation, is
known after the package is brought up to date.
"""

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from pulse.domain.quiet_text import write_quiet_period
from pulse.domain.recurrence import LONDON, at_wall_clock
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

#: code of a nation -> what pages call it; holidays differ by nation (Banking and Financial Dealings Act 1971)
NATIONS = {
    "ENG": N_("England"),
    "WLS": N_("Wales"),
    "SCT": N_("Scotland"),
    "NIR": N_("Northern Ireland"),
    "": N_("None: no bank holidays"),
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONDAY_TO_FRIDAY = "MO,TU,WE,TH,FR"
#: a year with more closed days than this has no room for a survey that people trust
MOST_QUIET_DAYS = 180
#: every day of a year is held against each of them, whenever dates are shown
MOST_QUIET_PERIODS = 40
#: in every year, beside bank holidays, of which no nation has so many: so an open day always comes
LEAST_OPEN_DAYS = 12
#: where bank holidays come from, in the words of every page that shows dates
BANK_HOLIDAYS_SOURCE = N_(
    "Bank holidays are worked out for every year to come. One that is proclaimed later, as for a coronation, "
    "is known once the packages of Pulse are updated: until then, add it as a quiet period."
)
#: how far ahead to look for an open day: no two quiet periods together may be as long
_FAR = 2 * 366
_LEAP = 2024
_YEARS = range(2000, 2100)
#: "2026-12-21", or "12-21" of every year; date.fromisoformat would also take weeks, such as "W51-1"
_DAY = re.compile(r"([0-9]{4}-)?[0-9]{2}-[0-9]{2}")


class OpenTimesError(ValueError):
    """One sentence that says what to do; `field` is the setting that it belongs to."""

    def __init__(self, field: str, words: str, **values: object) -> None:
        self.sentence = Sentence(words, **values)
        super().__init__(self.sentence)
        self.field = field


@dataclass(frozen=True)
class OpenTimes:
    """When surveys may open and close, and letters leave.

    quiet: pairs of first and last day, "2026-12-21" for once or "12-21" for every year, which may run over
    New Year. Letters leave on open days from `from_hour` until just before `until_hour`, by the clock of
    `zone`.
    """

    zone: ZoneInfo = LONDON
    nation: str = "ENG"
    weekdays: str = MONDAY_TO_FRIDAY
    from_hour: int = 8
    until_hour: int = 18
    quiet: tuple[tuple[str, str], ...] = ()

    def is_open_day(self, day: date) -> bool:
        return not self.why_closed(day)

    def why_closed(self, day: date) -> str:
        """Such as "Saturday", "Good Friday" or "quiet period, 21 December to 3 January"; "" if open.

        Pages say it by `languages.sentences.say`.
        """
        if WEEKDAYS[day.weekday()] not in self.weekdays.split(","):
            return f"{day:%A}"
        holiday = _bank_holidays(self.nation, day.year).get(day, "") if self.nation else ""
        quiet = (period for period in self.quiet if _covers(period, day))
        return holiday or next((_quiet(period) for period in quiet), "")

    def next_open_day(self, day: date) -> date:
        """That day, or the first open one after it; raises OpenTimesError when none comes for two years."""
        for later in range(_FAR):
            found = day + timedelta(days=later)
            if self.is_open_day(found):
                return found
        raise OpenTimesError("quiet_periods", N_("No day is left open: shorten the quiet periods."))

    def letters_may_leave(self, now: datetime) -> bool:
        """`now` is aware."""
        local = now.astimezone(self.zone)
        return self.from_hour <= local.hour < self.until_hour and self.is_open_day(local.date())

    def next_letters(self, now: datetime) -> datetime:
        """The first moment from `now` on at which letters may leave."""
        if self.letters_may_leave(now):
            return now
        local = now.astimezone(self.zone)
        day = local.date() if local.hour < self.from_hour else local.date() + timedelta(days=1)
        return at_wall_clock(self.next_open_day(day), time(self.from_hour), self.zone)


def check_open_times(times: OpenTimes) -> None:
    """Raises OpenTimesError for the first setting that cannot be kept."""
    if times.nation not in NATIONS:
        codes = ", ".join(code for code in NATIONS if code)
        raise OpenTimesError("nation", N_("Choose a nation: %(codes)s."), codes=codes)
    days = times.weekdays.split(",")
    if len(set(days)) != len(days) or not set(days) <= set(WEEKDAYS):
        raise OpenTimesError("weekdays", N_("Choose at least one day of the week, such as MO,TU,WE,TH,FR."))
    if not 0 <= times.from_hour < times.until_hour <= 24:
        raise OpenTimesError("letters_until_hour", N_("Let letters leave until an hour after the first one."))
    if len(times.quiet) > MOST_QUIET_PERIODS:
        raise OpenTimesError(
            "quiet_periods", N_("Name up to %(most)s quiet periods."), most=MOST_QUIET_PERIODS
        )
    for period in times.quiet:
        _check_period(*period)
    if _quiet_days_a_year(times.quiet) > MOST_QUIET_DAYS:
        raise OpenTimesError(
            "quiet_periods",
            N_("Keep quiet periods to %(most)s days a year: these leave too few."),
            most=MOST_QUIET_DAYS,
        )
    year = _year_without_room(times.weekdays, times.quiet)
    if year is not None:
        raise OpenTimesError(
            "quiet_periods",
            N_(
                "These quiet periods leave fewer than %(least)s open days in %(year)s: shorten them, or "
                "open more days of the week."
            ),
            least=LEAST_OPEN_DAYS,
            year=year,
        )


def _check_period(first: str, last: str) -> None:
    if not (_is_day(first) and _is_day(last)):
        raise OpenTimesError(
            "quiet_periods",
            N_(
                "%(first)s to %(last)s is no quiet period: write the first and the last day "
                'as "2026-12-21", or "12-21" for every year.'
            ),
            first=first,
            last=last,
        )
    if _yearly(first) != _yearly(last):
        words = N_("Give %(first)s and %(last)s both a year, or neither.")
        raise OpenTimesError("quiet_periods", words, first=first, last=last)
    if _yearly(first):
        return
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    if days < 1:
        words = N_("The quiet period from %(first)s ends before it begins.")
        raise OpenTimesError("quiet_periods", words, first=first)
    if days > MOST_QUIET_DAYS:
        words = N_("Shorten the quiet period from %(first)s to %(most)s days or fewer.")
        raise OpenTimesError("quiet_periods", words, first=first, most=MOST_QUIET_DAYS)


def _quiet(period: tuple[str, str]) -> Sentence:
    return Sentence(N_("quiet period, %(spell)s"), spell=write_quiet_period(period))


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and _as_date(text, _LEAP).year in _YEARS
    except ValueError:
        return False


def _yearly(text: str) -> bool:
    return len(text) == len("12-21")


def _as_date(text: str, year: int) -> date:
    """A day of a quiet period in a year; one of every year that this one lacks, 29 February, is the 28th."""
    if not _yearly(text):
        return date.fromisoformat(text)
    if text == "02-29" and not isleap(year):
        return date(year, 2, 28)
    return date.fromisoformat(f"{year:04d}-{text}")


def _covers(period: tuple[str, str], day: date) -> bool:
    first, last = (_as_date(text, day.year) for text in period)
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last  # every year, over New Year


@lru_cache(maxsize=64)
def _quiet_days_a_year(quiet: tuple[tuple[str, str], ...]) -> int:
    """The most days that they take of any year: one that a period names, or one that none does.

    A period that names its years is too short to hold a whole year between them.
    """
    return max(sum(closed for _, closed in _days_of(quiet, year)) for year in _named(quiet) | {_LEAP})


@lru_cache(maxsize=64)
def _year_without_room(weekdays: str, quiet: tuple[tuple[str, str], ...]) -> int | None:
    """The first year that they leave too few open days; the calendar of the others is one of these 28."""
    worked = {WEEKDAYS.index(day) for day in weekdays.split(",")}
    for year in sorted(_named(quiet) | set(range(_LEAP, _LEAP + 28))):
        days = (day for day, closed in _days_of(quiet, year) if day.weekday() in worked and not closed)
        if len(list(islice(days, LEAST_OPEN_DAYS))) < LEAST_OPEN_DAYS:
            return year
    return None


def _named(quiet: tuple[tuple[str, str], ...]) -> set[int]:
    return {int(text[:4]) for period in quiet for text in period if not _yearly(text)}


def _days_of(quiet: tuple[tuple[str, str], ...], year: int) -> Iterator[tuple[date, bool]]:
    """Each day of a year, and whether it is in a quiet period."""
    near = [(one, end) for one, end in quiet if _yearly(one) or one[:4] <= f"{year:04d}" <= end[:4]]
    for number in range(366 if isleap(year) else 365):
        day = date(year, 1, 1) + timedelta(days=number)
        yield day, any(_covers(period, day) for period in near)


@lru_cache(maxsize=256)
def _bank_holidays(nation: str, year: int) -> dict[date, str]:
    """The nation's bank holidays of a year, substitute days included, by their names: see `holiday_names`."""
    # half a second to import, which only who works with dates of the future pays
    import holidays  # noqa: PLC0415

    found = holidays.country_holidays("GB", subdiv=nation, years=year, language="en_GB")
    return {day: name.partition(";")[0] for day, name in found.items()}
