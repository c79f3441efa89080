"""Until when a wave's letters may leave: the hours of its open days, and never after its close."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from pulse.domain.working_days import OpenTimes
from pulse.surveys.models import Wave
from pulse.surveys.planning import open_times


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


def _end_of_hours(times: OpenTimes, now: datetime) -> datetime:
    """When letters stop leaving on the day of `now`, by the clock on the wall there."""
    local = now.astimezone(times.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=times.until_hour)  # by the clock on the wall: 24 is the next midnight
