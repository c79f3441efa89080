"""When the waves of a programme open: a repeat rule, a first day and a wall-clock time give dates.

The rule is an RFC 5545 recurrence (section 3.3.10), such as FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO. Dates are
worked out on the local calendar and the time of day is attached last, so a wave that opens at 09:00 opens
at 09:00 in summer and in winter. The start counts as an occurrence only if the rule itself picks it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import dropwhile, islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

LONDON = ZoneInfo("Europe/London")
#: How far ahead to look. The calendar repeats every 28 years, or 40 across a century without a leap day.
HORIZON_YEARS = 40
#: after so many years every date falls on the same day of the week again: they are 20,871 weeks
_CALENDAR_YEARS = 400
#: Rules repeat by the day or slower: the opening time is set apart, and nobody is asked twice a day.
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PLAIN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"})
#: Each part that picks by number: lowest and highest value, and the frequencies RFC 5545 gives it sense in.
_PICKING: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "BYMONTH": (1, 12, _FREQUENCIES),
    "BYMONTHDAY": (-31, 31, ("DAILY", "MONTHLY", "YEARLY")),
    "BYYEARDAY": (-366, 366, ("YEARLY",)),
    "BYWEEKNO": (-53, 53, ("YEARLY",)),
    "BYSETPOS": (-366, 366, ("MONTHLY", "YEARLY")),
}
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")
#: of COUNT and INTERVAL; Python refuses to read thousands of digits as a number
_NUMBER_WRITTEN = re.compile(r"[0-9]{1,4}")
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: How many occurrences a label must tell apart: as many waves as anyone will see side by side.
_LABELLED = 24
_SEASONS = ("Winter", "Spring", "Summer", "Autumn")


class RecurrenceError(ValueError):
    """The rule cannot be used; one sentence says what to change."""

    def __init__(self, words: str, **values: object) -> None:
        self.sentence = Sentence(words, **values)
        super().__init__(self.sentence)


def occurrences(
    rule: str, start: date, opens_at: time, *, after: datetime, count: int, zone: ZoneInfo = LONDON
) -> tuple[datetime, ...]:
    """The first `count` openings strictly later than `after`, as aware times in `zone`, in order.

    `after` must be aware. Fewer come back, or none, where a rule with COUNT or UNTIL has run out, or
    beyond 40 years from `after`. A time that the clocks skip in spring opens an hour later by them; one
    that comes twice in autumn opens at the first.
    Raises RecurrenceError for a rule that is malformed or never fires.
    """
    if after.tzinfo is None:
        raise ValueError("The time after which to look must have a time zone.")
    last = max(start, after.astimezone(zone).date())
    later = (
        opening
        for opening in (at_wall_clock(day, opens_at, zone) for day in _days(rule, start, last, zone))
        if opening > after
    )
    return tuple(islice(later, count))


def days_from(rule: str, start: date, since: date, *, zone: ZoneInfo = LONDON) -> Iterator[date]:
    """The days from `since` on that the rule gives, in order, until it has run out or for 40 years.

    For who needs not know how many: asking `occurrences` again and again would begin at `start` each time.
    Raises RecurrenceError as it does.
    """
    return dropwhile(lambda day: day < since, _days(rule, start, max(start, since), zone))


def check_rule(rule: str, start: date, *, zone: ZoneInfo = LONDON) -> None:
    """Raise RecurrenceError, with one sentence, unless the rule is well formed and fires at least once."""
    _days(rule, start, start, zone)


def wave_label(opens: date, rule: str, start: date, *, zone: ZoneInfo = LONDON) -> str:
    """What to call the wave that opens on this day: "Autumn 2026", "March 2027" or "1 March 2027".

    The shortest form that gives no two of the rule's first 24 waves the same label. Seasons are
    meteorological; a winter carries both its years, "Winter 2026/27".
    """
    days = list(islice(_days(rule, start, start, zone), _LABELLED))
    for label in (_season, _month):
        if len({label(day) for day in days}) == len(days):
            return label(opens)
    return f"{opens.day} {_month(opens)}"


def _season(day: date) -> str:
    season = _SEASONS[day.month % 12 // 3]
    if season != "Winter":
        return f"{season} {day.year}"
    began = day.year if day.month == 12 else day.year - 1
    return f"Winter {began}/{(began + 1) % 100:02d}"


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"


def at_wall_clock(day: date, opens_at: time, zone: ZoneInfo) -> datetime:
    """Wall-clock time on a day; by way of UTC, a time that does not exist becomes the one clocks show."""
    local = datetime.combine(day, opens_at.replace(tzinfo=None, fold=0), tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone)


def _days(rule: str, start: date, last: date, zone: ZoneInfo) -> Iterator[date]:
    """The days the rule picks from `start` on, up to a horizon beyond `last`; it fires at least once."""
    parts = _parse(rule)
    count = _whole(parts.pop("COUNT", None), "COUNT")
    _whole(parts.get("INTERVAL"), "INTERVAL")
    until = _until(parts.pop("UNTIL", None), zone)
    if count is not None and until is not None:
        raise RecurrenceError(N_("The repeat rule has both COUNT and UNTIL; keep one of them."))
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    if not _fires(text, start, _horizon(start, until)):
        raise RecurrenceError(
            N_("The repeat rule never gives a date; change its days or months, or its end.")
        )
    series = _series(text, start, _horizon(last, until))
    return (moment.date() for moment in islice(series, count))


def _parse(rule: str) -> dict[str, str]:
    """Split a rule into its parts, refusing what RFC 5545 does not allow in a rule for whole days."""
    text = rule.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for part in text.split(";") if text else []:
        key, equals, value = part.partition("=")
        if not equals or not value or key in parts:
            words = N_('The repeat rule has "%(part)s" where one NAME=VALUE is expected.')
            raise RecurrenceError(words, part=part)
        if key not in _PLAIN and key not in _PICKING:
            words = N_("The repeat rule has %(key)s, which cannot be used here; take it out.")
            raise RecurrenceError(words, key=key)
        parts[key] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise RecurrenceError(N_("The repeat rule needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."))
    _check_weekdays(parts)
    for key in _PICKING.keys() & parts.keys():
        _check_numbers(key, parts)
    _check_month_days(parts)
    return parts


def _check_weekdays(parts: dict[str, str]) -> None:
    """A month has at most five of any weekday and a year 53; a week or day has none to number."""
    most = {"MONTHLY": 5, "YEARLY": 5 if "BYMONTH" in parts else 53}.get(parts["FREQ"], 0)
    for day in parts["BYDAY"].split(",") if "BYDAY" in parts else []:
        found = _WEEKDAY.fullmatch(day)
        if not found or (found[1] and not 1 <= abs(int(found[1])) <= most):
            words = N_("BYDAY in the repeat rule has %(day)s; write days such as MO, 1MO or -1FR.")
            raise RecurrenceError(words, day=day)


def _check_numbers(key: str, parts: dict[str, str]) -> None:
    """dateutil checks some of these only when it gets there, years on, or never."""
    low, high, frequencies = _PICKING[key]
    if key == "BYSETPOS" and parts["FREQ"] == "MONTHLY":
        low, high = -31, 31  # dateutil would look for a 99th day of a month until the year 9999
    if parts["FREQ"] not in frequencies:
        words = N_("%(key)s cannot be used with FREQ=%(frequency)s; take one of them out.")
        raise RecurrenceError(words, key=key, frequency=parts["FREQ"])
    for number in parts[key].split(","):
        if not _NUMBER.fullmatch(number) or int(number) == 0 or not low <= int(number) <= high:
            words = N_("%(key)s in the repeat rule has %(number)s; use whole numbers up to %(high)s.")
            raise RecurrenceError(words, key=key, number=number, high=high)


def _check_month_days(parts: dict[str, str]) -> None:
    """Refuse 30 February at once: dateutil would look for it day by day until the year 9999."""
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        longest = max(_MONTH_LENGTHS[int(month) - 1] for month in parts["BYMONTH"].split(","))
        if all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(",")):
            raise RecurrenceError(N_("The repeat rule never gives a date; its months have no such day."))


def _whole(value: str | None, name: str) -> int | None:
    if value is None:
        return None
    if not (_NUMBER_WRITTEN.fullmatch(value) and int(value)):
        words = N_("%(name)s in the repeat rule must be a whole number from 1 to 9999.")
        raise RecurrenceError(words, name=name)
    return int(value)


def _until(value: str | None, zone: ZoneInfo) -> date | None:
    """The last day allowed, that day included: UNTIL=20271231, or a time, in UTC if it ends in Z."""
    if value is None:
        return None
    for form in ("%Y%m%d", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"):
        try:
            moment = datetime.strptime(value, form)  # noqa: DTZ007 - only Z forms name a zone, next line
        except ValueError:
            continue
        if not 1900 <= moment.year < date.max.year:  # a change of zone must stay inside the calendar
            break
        return moment.replace(tzinfo=UTC).astimezone(zone).date() if form.endswith("Z") else moment.date()
    raise RecurrenceError(N_("UNTIL in the repeat rule must be a date such as 20271231."))


def _horizon(last: date, until: date | None) -> date:
    beyond = last.year + HORIZON_YEARS >= date.max.year
    far = date.max if beyond else last + timedelta(366 * HORIZON_YEARS)
    return far if until is None else min(far, until)


@lru_cache(maxsize=256)
def _fires(text: str, start: date, until: date) -> bool:
    """Whether there is any date. Kept, because each page of a draft asks it again.

    dateutil looks at `until` only once it has found a date, and so searches for one to the year 9999: it is
    asked in the last years before that which have the same calendar, where the search soon ends.
    """
    years = (date.max.year - max(start, until).year) // _CALENDAR_YEARS * _CALENDAR_YEARS
    start, until = (day.replace(year=day.year + years) for day in (start, until))
    return next(iter(_series(text, start, until)), None) is not None


def _series(text: str, start: date, until: date) -> Iterable[datetime]:
    """dateutil's rule on the local calendar, ended at `until`, that day included."""
    try:
        return rrulestr(f"{text};UNTIL={until:%Y%m%d}T000000", dtstart=datetime.combine(start, time()))
    except (ValueError, TypeError, OverflowError) as error:
        words = N_("The repeat rule is not valid; check its days, months and numbers.")
        raise RecurrenceError(words) from error
