"""Which days are closed, by a list of its own: the judge may not use what it judges.

Bank holidays as GOV.UK published them for 2026 and 2027.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_SHARED = (
    "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 2027-01-01 "
)
_SHARED += "2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28"
_IRISH = "2026-03-17 2026-07-13 2027-03-17 2027-07-12"
BANK_HOLIDAYS = {
    "ENG": frozenset(map(date.fromisoformat, _SHARED.split())),
    "NIR": frozenset(map(date.fromisoformat, f"{_SHARED} {_IRISH}".split())),
    "": frozenset[date](),
}
#: the last day of which bank holidays are known here
LAST_DAY = date(2027, 12, 31)
FROM_HOUR, UNTIL_HOUR = 8, 18
#: week in August and two at the turn of the year, every year
QUIET = [["08-10", "08-16"], ["12-21", "01-03"]]


def is_closed(day: date, nation: str) -> bool:
    """Weekends, bank holidays and the quiet periods of every year."""
    of_year = f"{day:%m-%d}"
    quiet = "08-10" <= of_year <= "08-16" or of_year >= "12-21" or of_year <= "01-03"
    return day.weekday() >= 5 or day in BANK_HOLIDAYS[nation] or quiet


def is_closed_at(moment: datetime, zone: str, nation: str) -> bool:
    return is_closed(moment.astimezone(ZoneInfo(zone)).date(), nation)


def is_outside_hours(moment: datetime, zone: str) -> bool:
    """Whether no letter should leave at this hour."""
    return not FROM_HOUR <= moment.astimezone(ZoneInfo(zone)).hour < UNTIL_HOUR


def days_between(first: date, last: date) -> list[date]:
    """Every day, both ends among them."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
