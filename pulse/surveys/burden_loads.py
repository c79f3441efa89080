"""What each survey asks of whom and when: its waves to come, and those that opened in the last 12 weeks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, takewhile
from zoneinfo import ZoneInfo

from pulse.domain.burden import QUARTER_DAYS, Asking, Load
from pulse.surveys import queries, waves
from pulse.surveys.ahead import minutes_of, next_number
from pulse.surveys.models import Programme, Wave
from pulse.surveys.planning import openings_ahead
from pulse.surveys.plans import build_plan, plan_of
from pulse.surveys.schedule_checks import LONGEST_WAIT

#: how far ahead is looked from the last first date of any survey, which schedule_checks keeps near
_AHEAD = timedelta(days=366)


def loads_of_all(now: datetime, until: datetime, *, opens: Wave | None = None) -> Iterator[Load]:
    """Of every survey. A planned wave that is due, or `opens`, is taken to open now."""
    for programme in queries.list_programmes():
        past = queries.list_waves(programme.id)
        yield from loads_of(programme, past, now, until, opens=opens)


def loads_of(
    of: Programme, past: Sequence[Wave], now: datetime, until: datetime, *, opens: Wave | None = None
) -> Iterator[Load]:
    """Of one survey, or of one as it would be, with the waves that it has had, oldest first."""
    for wave in past:
        if wave.plan_sha256 is not None and _day(of, wave.opens_at) > _quarter_before(of, now):
            yield _opened(of, wave)
    if of.active:
        units = frozenset(unit.id for unit in waves.list_audience(of.audience_unit_id))
        yield Load(of.name, units, tuple(_to_come(of, past, now, until, opens)), of.cohorts)


def far_enough(programmes: Iterable[Programme], now: datetime) -> datetime:
    """A year beyond the moment from which all of these run that run at all."""
    limit = now + LONGEST_WAIT
    firsts = (next(openings_ahead(of, None, now), None) for of in programmes if of.active)
    starts = (min(first.opens_at, limit) for first in firsts if first)
    return max(chain([now], starts)) + _AHEAD


def _opened(of: Programme, wave: Wave) -> Load:
    """A wave as it was frozen when it opened: what it asked, of whom, in how many cohorts."""
    plan = plan_of(wave)
    asked = frozenset(unit.unit_id for unit in queries.list_wave_units(wave.id) if unit.headcount)
    minutes = minutes_of(plan), minutes_of(plan, leads=True)
    asking = Asking(wave.number, _day(of, wave.opens_at), *minutes, opened=True)
    cohorts = 1 if wave.cohort is None else plan.get("cycle", of.cohorts)
    return Load(of.name, asked, (asking,), cohorts)


def _to_come(
    of: Programme, past: Sequence[Wave], now: datetime, until: datetime, opens: Wave | None
) -> Iterator[Asking]:
    planned = past[-1] if past and past[-1].state == "planned" else None
    had = past[:-1] if planned else past
    number, free = next_number(past), had[-1].closes_at if had else None
    days: Iterator[date] = iter(())
    if planned and (planned is opens or planned.opens_at <= now < planned.closes_at):
        days, free = iter([_day(of, now)]), max(planned.closes_at, now + timedelta(days=of.open_days))
    lengths: dict[int, tuple[int, int]] = {}
    openings = takewhile(lambda one: one.opens_at < until, openings_ahead(of, free, now))
    later = (_day(of, max(one.opens_at, now)) for one in openings)
    for place, day in enumerate(chain(days, later), number):
        turn = (place - 1) % len(of.rotation)
        if turn not in lengths:
            lengths[turn] = _minutes(of, place)
        yield Asking(place, day, *lengths[turn])


def _minutes(of: Programme, number: int) -> tuple[int, int]:
    """Of one wave: everybody's, and a leader's. Nothing, if a question has left its bank: it cannot open."""
    try:
        plan = build_plan(of, number)
    except KeyError:
        return 0, 0
    return minutes_of(plan), minutes_of(plan, leads=True)


def _quarter_before(of: Programme, now: datetime) -> date:
    """The last day that shares no quarter with today."""
    return _day(of, now) - timedelta(days=QUARTER_DAYS)


def _day(of: Programme, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(of.zone)).date()
