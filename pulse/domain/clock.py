"""Whether the clock can be believed: nothing is closed, opened or sent by one that jumps.

Clocks are set by hand, by a flat battery or by a host that resumes its machines. Backwards: a survey would be
open again that has closed. Forwards: everything due in the time between would close and be released at once,
and nothing brings an answer back that was never given.
"""

from datetime import datetime, timedelta

#: clocks of two machines may differ by this much
SLACK = timedelta(minutes=1)
#: how far ahead of the time that has passed a clock may be at once
LEAP = timedelta(minutes=10)
#: how long ago the last tick may be when a worker starts: a long weekend without one is believed at once
OUTAGE = timedelta(days=4)
#: how long it has to stay there to be believed, in seconds
PATIENCE = 600.0


def tell_behind(beat: datetime | None, now: datetime) -> str:
    """One sentence on a clock that is behind the last tick of any worker; "" if it is not."""
    if beat is None or now >= beat - SLACK:
        return ""
    return (
        f"The clock of this machine went back: it says {_spell(now)}, and the last tick was at "
        f"{_spell(beat)}. Nothing is done until it is past that: set the clock right, or, if it is right, "
        "run `pulse tick --accept-clock`."
    )


class LeapWatch:
    """Compares the wall clock with the monotonic one, which nobody sets, between the ticks of one process.

    A process that was not running sees no leap: it catches up, after days with no tick ten minutes later, in
    which a clock that is wrong since the machine started is set right by its time service, or by hand. A
    machine that was suspended sees one, and goes on ten minutes later.
    """

    def __init__(self) -> None:
        self.began = False
        self._off_since: datetime | None = None
        self._believed: tuple[datetime, float] | None = None
        self._since: float | None = None

    def begin(self, beat: datetime | None, now: datetime, monotonic: float) -> None:
        """Before the first tick of a process: compare `now` with the last tick of any worker."""
        self.began = True
        if beat is not None and now - beat > OUTAGE:
            self._off_since, self._believed = beat, (beat, monotonic)

    def tell_leap(self, now: datetime, monotonic: float) -> str:
        """One sentence while `now` is not believed yet; "" if it is. `monotonic` in seconds."""
        if self._believed is None or _ahead(self._believed, now, monotonic) <= LEAP:
            self._believe(now, monotonic)
            return ""
        if self._since is None:
            self._since = monotonic
        if monotonic - self._since >= PATIENCE:
            self._believe(now, monotonic)
            return ""
        why, since = "The clock of this machine leapt ahead", ""
        if self._off_since is not None:
            why = "No worker has run for days, or the clock of this machine is ahead"
            since = f", and the last tick was at {_spell(self._off_since)}"
        return (
            f"{why}: it says {_spell(now)}{since}. Nothing is done until it has "
            "stayed there for 10 minutes; set it right before then if it is wrong."
        )

    def _believe(self, now: datetime, monotonic: float) -> None:
        self._believed, self._since, self._off_since = (now, monotonic), None, None


def _ahead(believed: tuple[datetime, float], now: datetime, monotonic: float) -> timedelta:
    wall, ticks = believed
    return (now - wall) - timedelta(seconds=monotonic - ticks)


def _spell(moment: datetime) -> str:
    return f"{moment:%H:%M} on {moment.day} {moment:%B %Y} ({moment.tzname()})"
