"""Quiet periods as people write them, one a line, and back: "24 August to 31 August", with a year or without.

A period is a pair of its first and last day: "2026-12-21" for one year, "12-21" for every year.
"""

import re
from datetime import date, timedelta

from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

Period = tuple[str, str]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = {month[:3].lower(): number for number, month in enumerate(_MONTHS, 1)}
#: between two days: the word, or a dash with blanks around it (within 2026-12-21 there are none)
_BETWEEN = re.compile(r"\s+(?:to|until|till|through)\s+|\s*[\u2013\u2014]\s*|\s+-\s+", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+(?:of\s+)?([A-Za-z]+)\.?,?(?:\s+(\d{4}))?)?")
#: a year with every day in it, for days of every year
_LEAP = 2024
#: a spell of every year that is longer was most likely written the wrong way round
_LONGEST_YEARLY = 183
_EXAMPLE = '"24 August to 31 August", or with years "21 December 2026 to 3 January 2027"'


class QuietTextError(ValueError):
    """A line cannot be read; one sentence says what to write."""

    def __init__(self, words: str, **values: object) -> None:
        self.sentence = Sentence(words, **values)
        super().__init__(self.sentence)


def read_quiet_periods(text: str) -> tuple[Period, ...]:
    """The periods of a text, one a line, in its order; raises QuietTextError for the first bad line."""
    lines = (" ".join(line.split()).strip(" ,;") for line in text.splitlines())
    return tuple(_read(line) for line in lines if line)


def write_quiet_period(period: Period) -> Sentence:
    """The period in words, as it can be read again."""
    first, last = (_write(day) for day in period)
    return first if first == last else Sentence(N_("%(first)s to %(last)s"), first=first, last=last)


def _write(day: str) -> Sentence:
    year, number, of = _split(day)
    month = Sentence(_MONTHS[number - 1])
    if year:
        return Sentence(N_("%(day)s %(month)s %(year)s"), day=of, month=month, year=year)
    return Sentence(N_("%(day)s %(month)s"), day=of, month=month)


def _split(day: str) -> tuple[int, int, int]:
    parts = [int(part) for part in day.split("-")]
    return (0, parts[0], parts[1]) if len(parts) == 2 else (parts[0], parts[1], parts[2])


def _read(line: str) -> Period:
    halves = _BETWEEN.split(line.strip())
    days = [_day(half) for half in halves]
    if len(days) > 2 or None in days:
        raise _cannot(N_('Write "%(line)s" as first and last day, such as %(example)s.'), line)
    first, last = days[0], days[-1]
    assert first is not None and last is not None  # noqa: S101, PT018 - for the reader of types
    return _ordered(line, *_with_years(line, first, last))


def _day(text: str) -> tuple[int, int, int] | None:
    """Year (0 for every year), month (0 where it is left out) and day; None if it is no day."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SLASHED.fullmatch(text):
        return int(found[3] or 0), int(found[2]), int(found[1])
    found = _WORDS.fullmatch(text)
    month = _month(found[2]) if found and found[2] else 0
    if found is None or month is None:
        return None
    return int(found[3] or 0), month, int(found[1])


def _month(word: str) -> int | None:
    number = _SHORT.get(word[:3].lower())
    full = _MONTHS[number - 1].lower() if number else ""
    return number if len(word) >= 3 and (full.startswith(word.lower()) or word.lower() == "sept") else None


def _with_years(
    line: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Both days whole: a month or year that only one of them has is the other's too."""
    if not last[1]:
        raise _cannot(N_('Write the month in "%(line)s" too, such as %(example)s.'), line)
    first = (first[0], first[1] or last[1], first[2])
    wraps = first[1:] > last[1:]
    if last[0] and not first[0]:
        first = (last[0] - wraps, *first[1:])
    if first[0] and not last[0]:
        last = (first[0] + wraps, *last[1:])
    return first, last


def _ordered(line: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> Period:
    try:
        start, end = (date(year or _LEAP, month, day) for year, month, day in (first, last))
    except ValueError:
        raise _cannot(N_('There is no such day in "%(line)s": check its days and months.'), line) from None
    if not first[0] and end < start:
        end = end.replace(year=_LEAP + 1) if (end.month, end.day) != (2, 29) else end + timedelta(days=366)
    if end < start or (not first[0] and (end - start).days > _LONGEST_YEARLY):
        raise _cannot(N_('Write the earlier day first: "%(line)s" ends before it begins.'), line)
    return _code(first), _code(last)


def _cannot(words: str, line: str) -> QuietTextError:
    return QuietTextError(words, line=line[:60], example=_EXAMPLE)


def _code(day: tuple[int, int, int]) -> str:
    year, month, number = day
    return f"{year:04d}-{month:02d}-{number:02d}" if year else f"{month:02d}-{number:02d}"
