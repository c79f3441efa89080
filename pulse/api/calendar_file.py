"""The dates of surveys as a calendar (RFC 5545): when each wave opens and closes, and its results are out."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from pulse.surveys.models import GUARDIAN, Programme, Wave
from pulse.web.formatting import one_line

_PRODUCT = "-//Pulse//Dates of surveys//EN"
#: how often a calendar asks anew
_REFRESH = timedelta(hours=12)
#: before any survey; versions of an entry are counted in days from here, and in steps of its wave within one
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_STEPS = {"planned": 0, "open": 1, "closing": 2, "held": 2, "released": 3, "cancelled": 3}


class Entry(NamedTuple):
    """One date of a wave; `day_only` is a day in the survey's own time zone."""

    what: str
    at: datetime
    words: str
    more: str
    sure: bool = True
    day_only: bool = False


def write_calendar(
    programmes: Iterable[tuple[Programme, Iterable[Wave]]], *, name: str, base_url: str, now: datetime
) -> bytes:
    """The file, with lines of 75 bytes at most, each ended by CRLF.

    An entry keeps its identity when its wave is moved or cancelled. Nothing stored says when that happened,
    so it counts as new every day, and with every step of its wave.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # a break in a text would end its line of the file, and begin one that nobody meant
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for programme, waves in programmes:
        for wave in waves:
            for entry in _entries(programme, wave):
                calendar.add_component(_event(programme, wave, entry, base_url, now))
    return bytes(calendar.to_ical())


def _entries(programme: Programme, wave: Wave) -> Iterator[Entry]:
    survey = f"{programme.name}, {wave.label}"
    yield Entry("opens", wave.opens_at, f"Survey opens: {survey}", f"{programme.organisation} asks.")
    yield Entry("closes", wave.closes_at, f"Survey closes: {survey}", "Answers can be given until then.")
    yield _results(survey, wave)


def _results(survey: str, wave: Wave) -> Entry:
    """Out on the day of the close, unless a key has to be brought; the day is sure once they are out."""
    if wave.state == "released":
        return Entry("results", wave.closes_at, f"Results are out: {survey}", "", day_only=True)
    waits = " once its guardians have brought their key" if wave.key_mode == GUARDIAN else ""
    more = f"They are counted when the survey has closed{waits}."
    return Entry("results", wave.closes_at, f"Results expected: {survey}", more, sure=False, day_only=True)


def _event(programme: Programme, wave: Wave, entry: Entry, base_url: str, now: datetime) -> Event:
    event = Event()
    place = f"{base_url}/programmes/{programme.id}/waves/{wave.number}/{entry.what}"
    event.add("uid", str(uuid5(NAMESPACE_URL, place)))
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    event.add("dtstamp", today)
    event.add("last-modified", today)
    event.add("sequence", len(_STEPS) * (today - _BEGINNING).days + _STEPS[wave.state])
    event.add("dtstart", _start(programme, entry))
    event.add("summary", one_line(entry.words))
    if entry.more:
        event.add("description", one_line(entry.more))
    event.add("status", _status(wave, entry))
    event.add("transp", "TRANSPARENT")  # nobody is busy because a survey is open
    if entry.what == "results" and wave.state == "released":
        event.add("url", f"{base_url}/results/{wave.id}/0")
    return event


def _start(programme: Programme, entry: Entry) -> datetime | object:
    """A moment in UTC, or a day where the survey is at home."""
    if entry.day_only:
        return entry.at.astimezone(ZoneInfo(programme.zone)).date()
    return entry.at.astimezone(UTC)


def _status(wave: Wave, entry: Entry) -> str:
    if wave.state == "cancelled":
        return "CANCELLED"
    return "CONFIRMED" if entry.sure and wave.state != "planned" else "TENTATIVE"
