"""Programmes, waves with a plan, and actions for tests, written straight into the database."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar

from pulse.actions.models import Action
from pulse.actions.promises import Promise, add_promise
from pulse.actions.queries import count_actions
from pulse.db import Base, db, writing
from pulse.directory.models import Unit
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave, WavePlan, WaveUnit

#: long past, so that a page that reads the clock takes these days as over. The first wave of a programme
#: closes on 15 January 2025, later ones 90 days apart.
FIRST_OPENING = datetime(2025, 1, 1, 9, tzinfo=UTC)
#: after ten waves
NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
_numbers = count(1)
Row = TypeVar("Row", bound=Base)


def make_programme(**defaults: object) -> Programme:
    """A quarterly programme without waves."""
    values: dict[str, object] = {
        "name": f"Staff survey {next(_numbers)}",
        "purpose": "We want to know how work is.",
        "organisation": "Example Council",
        "rotation": [["a1", "a2"]],
        "rule": "FREQ=MONTHLY;INTERVAL=3",
        "starts_on": FIRST_OPENING.date(),
    }
    return _save(Programme(**(values | defaults)))  # type: ignore[arg-type]


def make_wave(programme: Programme | None = None, number: int = 1, **defaults: object) -> Wave:
    """A released wave that measured permission to act (PTA), with one unit called Housing."""
    programme = programme or make_programme()
    opens_at = FIRST_OPENING + timedelta(days=90 * (number - 1))
    values: dict[str, object] = {
        "programme_id": programme.id,
        "number": number,
        "label": f"Wave {number}",
        "opens_at": opens_at,
        "closes_at": opens_at + timedelta(days=14),
        "k": 10,
        "state": "released",
    }
    wave = _save(Wave(**(values | defaults)))  # type: ignore[arg-type]
    _save(WavePlan(wave_id=wave.id, plan={"measures": [{"id": "PTA", "label": "Permission to act"}]}))
    make_wave_unit(wave)
    return wave


def make_wave_unit(wave: Wave, name: str = "Housing") -> int:
    """A unit that the wave asked; returns its id."""
    unit = _save(Unit(code=f"unit-{next(_numbers)}", name=name))
    _save(WaveUnit(wave_id=wave.id, unit_id=unit.id, parent_id=None, name=name, headcount=30))
    return unit.id


def make_promise(wave: Wave, **defaults: object) -> Promise:
    """A promise to answer what was said in `wave`, due three months after it closed."""
    values: dict[str, object] = {
        "wave_id": wave.id,
        "said": "Forms take longer than the visit.",
        "did": "We will halve the visit form.",
        "owner": "Head of Housing",
        "due_on": (wave.closes_at + timedelta(days=90)).date(),
    }
    return Promise(**(values | defaults))  # type: ignore[arg-type]


def make_action(wave: Wave | None = None, **defaults: object) -> Action:
    """A stored action."""
    return add_promise(make_promise(wave or make_wave(), **defaults), NOW)


def respond_to_all(now: datetime) -> None:
    """What an officer enters: a promise on each released wave that has none."""
    for wave in surveys.list_waves_in("released"):
        if not count_actions(wave.id):
            add_promise(make_promise(wave), now)


def make_done_action(wave: Wave, done_on: date, **defaults: object) -> Action:
    """A stored action that was done on a day."""
    return make_action(wave, state="done", done_on=done_on, **defaults)


def _save(row: Row) -> Row:
    with writing():
        db.session.add(row)
        db.session.flush()
    return row
