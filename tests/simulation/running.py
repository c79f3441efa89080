"""The loop: day after day the clock is set, workers tick, some are killed, people answer."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy.orm import configure_mappers

from pulse.app import create_app
from pulse.config import Settings
from pulse.worker import tick
from tests.simulation import people
from tests.simulation.calendar import days_between
from tests.simulation.office import Letter, OfficeDesk, post_office
from tests.simulation.processes import Child

#: in the hours of letters of Sydney, London and New York
_HOURS = (time(22, 5), time(8, 5), time(13, 5))
#: ticks that are killed: one in so many, within so many seconds of their beginning
_KILLED, _WITHIN = 6, 0.25


@dataclass(frozen=True)
class Plan:
    """What is simulated."""

    first: date
    last: date
    workers: int
    seed: int = 1
    #: days on which no worker runs, and on which the mail server is away
    outages: frozenset[date] = frozenset()
    mail_away: frozenset[date] = frozenset()
    #: in how many of the zones there are surveys
    zones: int = 3
    #: stop when so many waves are released
    enough: int = 10**9
    #: put into each worker before it begins; for weakened controls
    weaken: Callable[[], None] = lambda: None


@dataclass
class Outcome:
    """What happened, before anybody judges it."""

    plan: Plan
    last: date
    letters: list[Letter] = field(default_factory=list)
    put_off: int = 0
    refused: int = 0
    ticks: int = 0
    kills: int = 0
    restarts: int = 0
    done: Counter[str] = field(default_factory=Counter)
    #: moments at which a worker was killed
    killed_at: set[datetime] = field(default_factory=set)
    told: dict[str, Any] = field(default_factory=dict)


#: what a worker loads when it needs it, and would load again after each kill
_LOADED = ("holidays", "pandas", "scipy.special", "pulse.results.assembly")


def load() -> None:
    """Before anything is forked."""
    for name in _LOADED:
        import_module(name)
    configure_mappers()


def simulate(plan: Plan, settings: Callable[[int], Settings], tell: Callable[[str], None]) -> Outcome:
    """Run it all; `settings` is given the port of the mail server."""
    load()
    with post_office() as office:
        site = create_app(settings(office.port))
        outcome = Outcome(plan, plan.first)
        with _started(plan, site) as (crowd, workers):
            crowd.ask(("found", (plan.seed, plan.zones)))
            _Days(plan, site, office, crowd, workers, outcome, tell).run()
            outcome.told = crowd.ask(("tell", None))
        outcome.letters, outcome.put_off, outcome.refused = office.close()
    return outcome


@contextmanager
def _started(plan: Plan, site: Flask) -> Iterator[tuple[Child, list[Child]]]:
    crowd = Child.start(people.work, site)
    workers = [_start_worker(plan, site) for _ in range(plan.workers)]
    try:
        yield crowd, workers
    finally:
        for child in (crowd, *workers):
            child.kill()


def _start_worker(plan: Plan, site: Flask) -> Child:
    weakened: list[bool] = []

    def work(settings: Settings, now: datetime) -> Counter[str]:
        if not weakened:
            plan.weaken()
            weakened.append(True)
        return tick(now, settings)

    return Child.start(work, site)


@dataclass
class _Days:
    plan: Plan
    site: Flask
    office: OfficeDesk
    crowd: Child
    workers: list[Child]
    outcome: Outcome
    tell: Callable[[str], None]

    def __post_init__(self) -> None:
        self.rng = Random(self.plan.seed)

    def run(self) -> None:
        for day in days_between(self.plan.first, self.plan.last):
            self.outcome.last = day
            if day not in self.plan.outages:
                for now in self._moments(day):
                    self._at(now, away=day in self.plan.mail_away)
            if day.day == 1:
                self.tell(f"  {day:%B %Y}: {self.outcome.done['released']} waves released")
            if self.outcome.done["released"] >= self.plan.enough:
                return

    def _moments(self, day: date) -> list[datetime]:
        """Some fixed, some at random, and just after whatever is due."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        due = self.crowd.ask(("agenda", (midnight, people.day_after(midnight))))
        fixed = [datetime.combine(day, one, UTC) for one in _HOURS]
        chance = [midnight + timedelta(seconds=self.rng.randrange(86_400)) for _ in range(2)]
        return sorted({*due, *fixed, *chance})

    def _at(self, now: datetime, *, away: bool) -> None:
        """The tick of a moment, once more if a worker was killed in it, and answers."""
        self.office.set_clock(now, away)
        self.crowd.send(("answer", (now, self.rng.randrange(10**9))))
        self.crowd.receive()
        victim = self.rng.randrange(len(self.workers)) if self.rng.randrange(_KILLED) == 0 else None
        self._tick(now, victim)
        if victim is not None or self.rng.randrange(40) == 0:
            later = now + timedelta(seconds=10)
            self.office.set_clock(later, away)
            self._restart(self.rng.randrange(len(self.workers)))
            self._tick(later, None)

    def _tick(self, now: datetime, victim: int | None) -> None:
        """Every worker at once; the victim dies somewhere in it, and another takes its place."""
        for worker in self.workers:
            worker.send(now)
            self.outcome.ticks += 1
        for number, worker in enumerate(self.workers):
            # as often early as late: what a tick does takes from milliseconds to a second
            if number == victim and not worker.is_done(_WITHIN * self.rng.random() ** 2):
                worker.kill()
                self.outcome.kills += 1
                self.outcome.killed_at.add(now)
                self.workers[number] = _start_worker(self.plan, self.site)
            else:
                self.outcome.done.update(worker.receive())

    def _restart(self, number: int) -> None:
        self.workers[number].stop()
        self.workers[number] = _start_worker(self.plan, self.site)
        self.outcome.restarts += 1
