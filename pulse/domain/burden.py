"""How much of one person's time all surveys together take: minutes a quarter, for whoever is asked most.

Worked out from dates, minutes and audiences alone. A survey that asks by turns puts each person into one of
its cohorts, by a key of its own: so somebody may be in any cohort of one survey and any of the next, and what
is told here is what the unluckiest of them meets.
"""

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
    """One wave to come: its number, the day it opens, and the minutes it takes."""

    number: int
    day: date
    minutes: int
    #: of people who lead, with the questions that only they are asked
    leader_minutes: int


@dataclass(frozen=True)
class Load:
    """One survey: its waves to come in order of their days, and the units whose people it asks."""

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

    staffed: units in which people are counted; led: those of them with people who lead. including: only
    people whom the survey of this name asks too. Of equal quarters the earliest, and of those the one that
    does not need its people to lead.
    """
    found = (
        quarter
        for together, units in _neighbours(loads, staffed)
        if not including or including in {load.name for load in together}
        for quarter in _quarters(together, units, units & led)
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


def _quarters(together: Sequence[Load], units: frozenset[int], led: frozenset[int]) -> Iterator[Quarter]:
    """Each quarter that begins with a wave: a heavier one that begins between two waves does not exist."""
    days = sorted({wave.day for load in together for wave in load.waves})
    for day in days:
        yield Quarter(day, _parts(together, day, leads=False), units, leads=False)
        if led:
            yield Quarter(day, _parts(together, day, leads=True), led, leads=True)


def _parts(together: Iterable[Load], starts: date, *, leads: bool) -> tuple[Part, ...]:
    parts = (_part(load, starts, leads=leads) for load in together)
    return tuple(sorted((part for part in parts if part.waves), key=lambda part: -part.minutes))


def _part(load: Load, starts: date, *, leads: bool) -> Part:
    """What the cohort that is asked most meets of one survey."""
    waves: dict[int, int] = defaultdict(int)
    minutes: dict[int, int] = defaultdict(int)
    for wave in load.waves:
        if starts <= wave.day < starts + timedelta(days=QUARTER_DAYS):
            cohort = (wave.number - 1) % load.cohorts
            waves[cohort] += 1
            minutes[cohort] += wave.leader_minutes if leads else wave.minutes
    worst = max(minutes, key=lambda cohort: minutes[cohort], default=0)
    return Part(load.name, waves[worst], minutes[worst])


def closest_waves(loads: Sequence[Load], *, staffed: frozenset[int], including: str = "") -> Gap | None:
    """The shortest time between two waves that may ask the same person, if it is under four weeks.

    With `including`, one of the two belongs to the survey of this name.
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
        (wave.day, at, (wave.number - 1) % load.cohorts)
        for at, load in enumerate(together)
        for wave in load.waves
    )
    for place, (day, at, cohort) in enumerate(asked):
        for later, other, turn in asked[place + 1 :]:
            if (later - day).days >= LEAST_GAP_DAYS:
                break
            # in another survey the same person may be in any cohort; in the same one only in theirs
            if at != other or cohort == turn:
                yield Gap((later - day).days, later, together[at].name, together[other].name)
