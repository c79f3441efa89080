"""When the waves of a programme open, close and remind: its rule, with closed days kept free.

The stated rule. An opening that falls on a closed day moves to the same hour of the next open day, and is
left out if that would be the programme's next date or later. A wave stays open for its days and, if it would
end on a closed day, until the same hour of the next open day: never shorter. A reminder due on a closed day
goes on the next open day, and is left out if that would be the day of the close or later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from pulse.domain.recurrence import at_wall_clock, days_from, wave_label
from pulse.domain.working_days import MOST_QUIET_DAYS, OpenTimes, check_open_times
from pulse.surveys import queries
from pulse.surveys.models import GUARDIAN, Programme, Wave

#: no date is moved by more: the end of one year and the start of the next closed, and the days around them
_FARTHEST_MOVE = timedelta(days=2 * MOST_QUIET_DAYS + 60)


class Scheduled(Protocol):
    """A programme, or the details that will be one."""

    @property
    def rule(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def opens_at_hour(self) -> int: ...
    @property
    def zone(self) -> str: ...
    @property
    def open_days(self) -> int: ...
    @property
    def reminder_days(self) -> Sequence[int]: ...
    @property
    def nation(self) -> str: ...
    @property
    def weekdays(self) -> str: ...
    @property
    def letters_from_hour(self) -> int: ...
    @property
    def letters_until_hour(self) -> int: ...
    @property
    def quiet_periods(self) -> Sequence[Sequence[str]]: ...


@dataclass(frozen=True)
class Opening:
    """One date of a programme, by the clock of its zone."""

    opens_at: datetime
    closes_at: datetime
    #: the day that the rule gave, if it was closed, and why it was
    moved_from: date | None = None
    why: str = ""

    @property
    def rule_day(self) -> date:
        """The day that the rule gave: the wave is named after it."""
        return self.moved_from or self.opens_at.date()


def open_times(of: Scheduled) -> OpenTimes:
    """The open days and hours; raises OpenTimesError, in one sentence, where they cannot be kept."""
    times = OpenTimes(
        zone=ZoneInfo(of.zone),
        nation=of.nation,
        weekdays=of.weekdays,
        from_hour=of.letters_from_hour,
        until_hour=of.letters_until_hour,
        quiet=tuple((first, last) for first, last in of.quiet_periods),
    )
    check_open_times(times)
    return times


def list_openings(of: Scheduled, after: datetime, count: int) -> tuple[Opening, ...]:
    """The next `count` openings strictly later than `after`; fewer if the rule ends.

    Raises RecurrenceError for a rule that cannot be used, and OpenTimesError.
    """
    return tuple(islice((one for one in _openings(of, after) if one.opens_at > after), count))


def _openings(of: Scheduled, since: datetime) -> Iterator[Opening]:
    """Every opening that may be later than `since`, and some before it."""
    times = open_times(of)
    first = (since - _FARTHEST_MOVE).astimezone(times.zone).date()
    days = days_from(of.rule, of.starts_on, first, zone=times.zone)
    day = next(days, None)
    while day is not None:
        following = next(days, None)
        opens_on = times.next_open_day(day)
        if following is None or opens_on < following or opens_on == day:
            opens_at = at_wall_clock(opens_on, time(of.opens_at_hour), times.zone)
            closes_at = _closing(opens_at, of.open_days, times)
            moved = opens_on != day
            yield Opening(opens_at, closes_at, day if moved else None, times.why_closed(day) if moved else "")
        day = following


def _closing(opens_at: datetime, open_days: int, times: OpenTimes) -> datetime:
    """`open_days` later by the clock, or the same hour of the next open day."""
    local = opens_at.astimezone(times.zone)
    day = times.next_open_day(local.date() + timedelta(days=open_days))
    return at_wall_clock(day, local.time(), times.zone)


def reminders_of(of: Scheduled, opens_at: datetime, closes_at: datetime) -> list[datetime]:
    """The moments of the reminders of a wave that opens and closes then, in order, on different days.

    At the hour of the opening, or when letters begin to leave if they do not at that hour.
    """
    times = open_times(of)
    opened, closes = opens_at.astimezone(times.zone), closes_at.astimezone(times.zone)
    hour = opened.time() if times.from_hour <= opened.hour < times.until_hour else time(times.from_hour)
    days = {times.next_open_day(opened.date() + timedelta(days=day)) for day in of.reminder_days}
    return [at_wall_clock(day, hour, times.zone) for day in sorted(days) if day < closes.date()]


def set_reminders(wave: Wave) -> None:
    """Freeze the moments of a wave's reminders, as it opens."""
    moments = reminders_of(wave.programme, wave.opens_at, wave.closes_at)
    wave.remind_at = [moment.astimezone(UTC).isoformat() for moment in moments]


def plan_next_wave(programme: Programme, now: datetime) -> Wave | None:
    """Make sure that the next wave stands in the calendar; None if one stands already or none will come.

    Dates that passed entirely while nothing was running are skipped, not caught up one after the other.
    """
    last = queries.find_last_wave(programme.id)
    if last is not None and last.state == "planned":
        return None
    opening = next(openings_ahead(programme, last.closes_at if last else None, now), None)
    if opening is None:
        return None
    wave = Wave(
        programme_id=programme.id,
        number=last.number + 1 if last else 1,
        label=wave_label(opening.rule_day, programme.rule, programme.starts_on),
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        k=programme.k,
        profile=programme.profile,
        key_mode=programme.key_mode,
    )
    return queries.add_wave(wave)


def openings_ahead(of: Scheduled, free: datetime | None, now: datetime) -> Iterator[Opening]:
    """The openings whose fieldwork is not over yet, from the moment on at which the last wave has closed.

    `free`: that moment, None before the first wave. The first may have begun already: it opens at once.
    """
    free = free or now - _FARTHEST_MOVE
    since = min(free, now - timedelta(days=of.open_days))
    return (one for one in _openings(of, since) if one.closes_at > now and one.opens_at >= free)


def waits_for_guardians(wave: Wave) -> bool:
    """Whether a planned wave may not open yet: its guardians have not opened the test with their key."""
    tested = wave.key_tested and wave.public_key is not None
    return wave.state == "planned" and wave.key_mode == GUARDIAN and not tested


def replan_next_wave(programme: Programme, now: datetime) -> Wave | None:
    """Let the planned wave follow what the programme says now; None if no wave is left to plan.

    A wave whose moment has come is left alone: the worker may be opening it. A key that guardians hold
    already stays theirs, and a reason for opening without a response stays given.
    """
    planned = queries.find_last_wave(programme.id)
    if planned is None or planned.state != "planned":
        return plan_next_wave(programme, now)
    planned = queries.lock_wave(planned.id)  # its key may just be made anew
    if planned.state != "planned" or (planned.opens_at <= now and not waits_for_guardians(planned)):
        return planned
    key = (planned.public_key, planned.key_test, planned.key_tested)
    reason = planned.opens_unanswered
    queries.delete_planned_waves(programme.id)
    replanned = plan_next_wave(programme, now)
    if replanned is not None:
        replanned.opens_unanswered = reason
    if replanned is not None and replanned.key_mode == GUARDIAN:
        replanned.public_key, replanned.key_test, replanned.key_tested = key
    return replanned


def open_now(wave: Wave, now: datetime) -> None:
    """Ask the worker to open a planned wave at its next tick, for as long as the programme says.

    An editor may do so on a closed day; letters still wait for their hours.
    """
    wave.opens_at = now
    wave.closes_at = _closing(now, wave.programme.open_days, open_times(wave.programme))


def close_now(wave: Wave, now: datetime) -> None:
    """Ask the worker to close an open wave at its next tick."""
    wave.closes_at = max(now, wave.opens_at + timedelta(seconds=1))
