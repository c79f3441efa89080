"""Until when a wave's letters may leave: the hours of its open days, and never after its close."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from pulse.domain.working_days import OpenTimes
from pulse.surveys.models import Wave
from pulse.surveys.planning import open_times

#: after so long a tick does what else is due, and the next goes on with the letters. The worker counts as
#: seen only when a tick is done, as of its beginning: two of them must fit into `running.SEEN_WITHIN`.
LETTERS_A_TICK = timedelta(minutes=2)


def find_hours(wave: Wave, now: datetime) -> Callable[[], bool] | None:
    """What tells, from now on, whether a letter may still leave; None if none may now.

    It goes by the time that passes, not by the clock: a mail server may take hours over a large survey.
    """
    times = open_times(wave.programme)
    if now >= wave.closes_at or not times.letters_may_leave(now):
        return None
    seconds = (min(wave.closes_at, _end_of_hours(times, now)) - now).total_seconds()
    began = time.monotonic()
    return lambda: time.monotonic() - began < seconds


def clock_from(now: datetime) -> Callable[[], datetime]:
    """The time from `now` on, by the time that passes."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


def share_time(clock: Callable[[], datetime], waves: int) -> Iterator[Callable[[], bool]]:
    """For each of so many waves, taken one after the other, what tells whether its letters may go on.

    Each has an equal part of the time that those before it left: a wave whose letters take hours holds up no
    other.
    """
    end = clock() + LETTERS_A_TICK
    for left in range(waves, 0, -1):
        began = clock()
        yield partial(_is_before, clock, began + (end - began) / left)


def _is_before(clock: Callable[[], datetime], end: datetime) -> bool:
    return clock() < end


def both(one: Callable[[], bool], other: Callable[[], bool]) -> Callable[[], bool]:
    """What tells that both allow it."""
    return lambda: one() and other()


def _end_of_hours(times: OpenTimes, now: datetime) -> datetime:
    """When letters stop leaving on the day of `now`, by the clock on the wall there."""
    local = now.astimezone(times.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=times.until_hour)  # by the clock on the wall: 24 is the next midnight
