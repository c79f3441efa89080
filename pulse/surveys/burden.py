"""What all surveys together ask of a person's time, held against what was agreed: told, warned, refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.domain.burden import Asking, Gap, Load, Quarter, closest_waves, heaviest_quarter
from pulse.surveys import burden_queries, queries, waves
from pulse.surveys.ahead import minutes_of, next_number
from pulse.surveys.details import Details, ProgrammeError, programme_like
from pulse.surveys.models import Programme
from pulse.surveys.planning import Opening, list_openings
from pulse.surveys.plans import build_plan

#: minutes a person in any 12 weeks, as long as nobody has agreed on others
USUAL_WARN, USUAL_MOST = 10, 20
#: nobody agrees on more than this
HIGHEST_MINUTES = 240
#: how far ahead is looked
_AHEAD = timedelta(days=366)
_AT_A_TIME = 6


class Agreement(NamedTuple):
    """Minutes a person in any 12 weeks: from `warn` on the wizard warns, above `most` nothing is saved."""

    warn: int
    most: int


class AgreementError(Exception):
    """One sentence that says what to do; `field` is "warn" or "most"."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Burden:
    """What the unluckiest person meets in the year to come."""

    agreement: Agreement
    loads: tuple[Load, ...]
    #: None where nobody is asked anything
    worst: Quarter | None
    #: None where nobody is asked twice within four weeks
    gap: Gap | None

    @property
    def minutes(self) -> int:
        return self.worst.minutes if self.worst else 0

    @property
    def is_over(self) -> bool:
        return self.minutes > self.agreement.most

    @property
    def is_high(self) -> bool:
        return self.minutes >= self.agreement.warn


def get_agreement() -> Agreement:
    """What was agreed, or what is usual."""
    found = burden_queries.find_agreement()
    return Agreement(found.warn_minutes, found.most_minutes) if found else Agreement(USUAL_WARN, USUAL_MOST)


def agree(warn: int, most: int) -> Agreement:
    """Agree on these minutes; raises AgreementError. What runs already goes on."""
    if not 1 <= warn <= HIGHEST_MINUTES:
        raise AgreementError("warn", f"Warn from 1 to {HIGHEST_MINUTES} minutes.")
    if not warn <= most <= HIGHEST_MINUTES:
        raise AgreementError(
            "most", f"Refuse above {warn} to {HIGHEST_MINUTES} minutes: not below the warning."
        )
    with writing():
        burden_queries.set_agreement(warn, most)
    return Agreement(warn, most)


def burden_of_all(now: datetime) -> Burden:
    """Over every programme that runs."""
    return _measure(_active_loads(now), "")


def burden_with(
    details: Details, rotation: list[list[str]], programme: Programme | None, now: datetime
) -> Burden:
    """For the people of one programme as these details would make it; `programme`: the one changed."""
    number = next_number(queries.list_waves(programme.id)) if programme else 1
    load = _load(programme_like(details, rotation), number, now)
    others = _active_loads(now, without=programme)
    return _measure((load, *others), load.name)


def check_burden(
    details: Details, rotation: list[list[str]], programme: Programme | None, now: datetime
) -> None:
    """Raise ProgrammeError if somebody would be asked for more than was agreed.

    A survey that is over it already, because less was agreed since, may be changed as long as it takes no
    more than before.
    """
    burden = burden_with(details, rotation, programme, now)
    if not burden.is_over:
        return
    if programme is not None and programme.active:
        before = _measure(_active_loads(now), programme.name)
        if burden.minutes <= before.minutes:
            return
    raise ProgrammeError("rule", refusal(burden, details.name))


def refusal(burden: Burden, name: str) -> str:
    """Why it is too much, which other surveys take part in it, and what to do; in one sentence."""
    others = [f"“{part.name}”" for part in burden.worst.parts if part.name != name] if burden.worst else []
    start = f"With {' and '.join(others)}, the same person" if others else "A person"
    pause = f", or pause or shorten {others[0]}" if others else ""
    return (
        f"{start} would be asked for {burden.minutes} minutes in 12 weeks, and {burden.agreement.most} is "
        f"the most that was agreed: ask fewer questions, less often or by cohorts{pause}."
    )


def _measure(loads: tuple[Load, ...], including: str) -> Burden:
    staffed = frozenset(directory.count_people_by_unit())
    led = frozenset(person.unit_id for person in directory.list_people_for() if person.leads)
    worst = heaviest_quarter(loads, staffed=staffed, led=led, including=including)
    gap = closest_waves(loads, staffed=staffed, including=including)
    return Burden(get_agreement(), loads, worst, gap)


def _active_loads(now: datetime, without: Programme | None = None) -> tuple[Load, ...]:
    return tuple(
        _load(programme, next_number(queries.list_waves(programme.id)), now)
        for programme in queries.list_active_programmes()
        if programme is not without
    )


def _load(programme: Programme, number: int, now: datetime) -> Load:
    """The waves of the coming year; `number` is that of the next."""
    units = frozenset(unit.id for unit in waves.list_audience(programme.audience_unit_id))
    return Load(programme.name, units, tuple(_askings(programme, number, now)), programme.cohorts)


def _askings(programme: Programme, number: int, now: datetime) -> Iterator[Asking]:
    lengths: dict[int, tuple[int, int]] = {}
    for place, opening in enumerate(_coming(programme, now), number):
        turn = (place - 1) % len(programme.rotation)
        if turn not in lengths:
            lengths[turn] = _minutes(programme, place)
        yield Asking(place, opening.opens_at.date(), *lengths[turn])


def _coming(programme: Programme, now: datetime) -> Iterator[Opening]:
    """The openings of the year to come, a few at a time: most rules give four or twelve."""
    after, end = now, now + _AHEAD
    while found := list_openings(programme, after, _AT_A_TIME):
        yield from (opening for opening in found if opening.opens_at < end)
        after = found[-1].opens_at
        if after >= end:
            return


def _minutes(programme: Programme, number: int) -> tuple[int, int]:
    """Of one wave: everybody's, and a leader's. Nothing, if a question has left its bank: it cannot open."""
    try:
        plan = build_plan(programme, number)
    except KeyError:
        return 0, 0
    return minutes_of(plan), minutes_of(plan, leads=True)
