"""How much of one person's time all surveys together take: minutes a quarter, for whoever is asked most.

Worked out from dates, minutes and audiences alone. A survey that asks by turns puts each person into one of
its cohorts, by a key of its own: so somebody may be in any cohort of one survey and any of the next, and what
is told here is what the unluckiest of them meets.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

#: a quarter, whichever day it begins on: 12 weeks. Calendar quarters have 89 to 92 days, and dates move off
#: closed days, so in 91 days a survey that is asked once a quarter would now and then count twice
QUARTER_DAYS = 84
#: nobody should be asked more often than every so many days (measurement design, section 3)
LEAST_GAP_DAYS = 28


class Asking(NamedTuple):
    """One wave: its number, the day it opens, and the minutes it takes."""

    number: int
    day: date
    minutes: int
    #: of people who lead, with the questions that only they are asked
    leader_minutes: int
    #: it has opened already: it counts, but what such waves alone took is over and done
    opened: bool = False


@dataclass(frozen=True)
class Load:
    """Waves of one survey in order of their days, and the units whose people they ask.

    A survey may have more than one: its waves to come, and each that opened, with the units asked then.
    """

    name: str
    units: frozenset[int]
    waves: tuple[Asking, ...]
    #: wave n asks the cohort (n - 1) % cohorts
    cohorts: int = 1


class Part(NamedTuple):
    """What one survey takes of a quarter: so many waves, so many minutes together."""

    name: str
    waves: int
    minutes: int


@dataclass(frozen=True)
class Quarter:
    """12 weeks from `starts`, and what those surveys take in them that take anything; the longest first."""

    starts: date
    parts: tuple[Part, ...]
    #: where the people work who meet this; with `leads`, only those of them who lead
    units: frozenset[int]
    leads: bool
    #: whether these are all units with people, or with people who lead
    everywhere: bool = False

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.starts + timedelta(days=QUARTER_DAYS - 1)


class Gap(NamedTuple):
    """Two waves that may ask the same person `days` apart, the later one on `day`."""

    days: int
    day: date
    first: str
    second: str


def heaviest_quarter(
    loads: Sequence[Load], *, staffed: frozenset[int], led: frozenset[int], including: str = ""
) -> Quarter | None:
    """The quarter in which somebody is asked for the most minutes; None where nobody is asked anything.

    staffed: units in which people are counted; led: those of them with people who lead. Only quarters with
    a wave to come count; including: with one of the survey of this name. Of equal quarters the earliest, and
    of those the one that does not need its people to lead.
    """
    found = (
        quarter
        for together, units in _neighbours(loads, staffed)
        for quarter in _quarters(together, units, units & led, _coming(together, including))
    )
    worst = min(found, key=lambda one: (-one.minutes, one.starts, one.leads), default=None)
    return worst and replace(worst, everywhere=worst.units == (led if worst.leads else staffed))


def _neighbours(
    loads: Sequence[Load], staffed: frozenset[int]
) -> Iterator[tuple[list[Load], frozenset[int]]]:
    """The surveys that meet in a unit, with every unit in which just these meet."""
    meeting: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for unit in staffed:
        meeting[tuple(at for at, load in enumerate(loads) if unit in load.units)].add(unit)
    for places, units in sorted(meeting.items()):
        if places:
            yield [loads[at] for at in places], frozenset(units)


def _coming(together: Sequence[Load], including: str) -> list[date]:
    """The days on which a wave that has not opened does; of one survey, or of any."""
    asked = (load for load in together if including in ("", load.name))
    return sorted({wave.day for load in asked for wave in load.waves if not wave.opened})


def _quarters(
    together: Sequence[Load], units: frozenset[int], led: frozenset[int], coming: list[date]
) -> Iterator[Quarter]:
    """Each quarter that begins with a wave and has a coming one of those days in it.

    A heavier one that begins between two waves does not exist.
    """
    days = sorted({wave.day for load in together for wave in load.waves})
    for day in days:
        ahead = bisect_left(coming, day)
        if ahead == len(coming) or coming[ahead] >= day + timedelta(days=QUARTER_DAYS):
            continue
        yield Quarter(day, _parts(together, day, leads=False), units, leads=False)
        if led:
            yield Quarter(day, _parts(together, day, leads=True), led, leads=True)


def _parts(together: Iterable[Load], starts: date, *, leads: bool) -> tuple[Part, ...]:
    """What each survey takes. Its loads share their cohorts, as long as it has so many as before."""
    waves: dict[tuple[str, int], list[Asking]] = defaultdict(list)
    for load in together:
        waves[load.name, load.cohorts] += _within(load, starts)
    taken: dict[str, Part] = {}
    for (name, cohorts), asked in waves.items():
        part, before = _part(name, cohorts, asked, leads=leads), taken.get(name, Part(name, 0, 0))
        taken[name] = Part(name, before.waves + part.waves, before.minutes + part.minutes)
    return tuple(sorted((part for part in taken.values() if part.waves), key=lambda part: -part.minutes))


def _within(load: Load, starts: date) -> Sequence[Asking]:
    """The waves of a quarter; there may be hundreds, of which it has few."""
    first = bisect_left(load.waves, starts, key=lambda wave: wave.day)
    return load.waves[
        first : bisect_left(load.waves, starts + timedelta(days=QUARTER_DAYS), key=lambda wave: wave.day)
    ]


def _part(name: str, cohorts: int, asked: Iterable[Asking], *, leads: bool) -> Part:
    """What the cohort that is asked most meets of one survey."""
    waves: dict[int, int] = defaultdict(int)
    minutes: dict[int, int] = defaultdict(int)
    for wave in asked:
        cohort = (wave.number - 1) % cohorts
        waves[cohort] += 1
        minutes[cohort] += wave.leader_minutes if leads else wave.minutes
    worst = max(minutes, key=lambda cohort: minutes[cohort], default=0)
    return Part(name, waves[worst], minutes[worst])


def closest_waves(loads: Sequence[Load], *, staffed: frozenset[int], including: str = "") -> Gap | None:
    """The shortest time between two waves that may ask the same person, if it is under four weeks.

    The later is still to come. With `including`, one of the two belongs to the survey of this name.
    """
    gaps = (
        gap
        for together, _units in _neighbours(loads, staffed)
        for gap in _gaps(together)
        if not including or including in (gap.first, gap.second)
    )
    return min(gaps, key=lambda gap: (gap.days, gap.day), default=None)


def _gaps(together: Sequence[Load]) -> Iterator[Gap]:
    asked = sorted(
        (wave.day, not wave.opened, at, (wave.number - 1) % load.cohorts)
        for at, load in enumerate(together)
        for wave in load.waves
    )
    cohorts = [(load.name, load.cohorts) for load in together]
    for place, (day, _, at, cohort) in enumerate(asked):
        for later, comes, other, turn in asked[place + 1 :]:
            if (later - day).days >= LEAST_GAP_DAYS:
                break
            # in another survey the same person may be in any cohort; in the same one only in theirs
            if comes and (cohorts[at] != cohorts[other] or cohort == turn):
                yield Gap((later - day).days, later, together[at].name, together[other].name)
