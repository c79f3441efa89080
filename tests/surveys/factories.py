"""Programmes and waves for tests: real rows, opened the way the worker opens them."""

from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from pulse.db import db, writing
from pulse.invitations.register import open_and_invite
from pulse.surveys import planning, queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave
from pulse.surveys.programmes import Details

#: a Monday morning, half an hour after the first wave of `make_programme` is due
NOW = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
#: a few closed questions of three banks, both sides of a pair among them
ITEMS = ["PTA-01", "PTA-06", "AMB-P1", "AMB-N1", "TAA-G1", "SUR-01"]

#: for waves by the real clock, which would otherwise wait for Monday when tests run on a Sunday
EVERY_DAY = {"nation": "", "weekdays": "MO,TU,WE,TH,FR,SA,SU"}

_numbers = count(1)


def make_keyring(folder: Path) -> Keyring:
    """The key directory of a test's own; give it `tmp_path`."""
    return Keyring(folder / "keys")


def make_details(**defaults: object) -> Details:
    """What a person who sets up a programme typed; quarterly from 5 October 2026."""
    values: dict[str, object] = {
        "name": f"Survey {next(_numbers)}",
        "purpose": "So that what is strong can grow.",
        "organisation": "Example Council",
        "question_set": "quarterly",
        "rule": "FREQ=MONTHLY;INTERVAL=3",
        "starts_on": date(2026, 10, 5),
    }
    return Details(**(values | defaults))  # type: ignore[arg-type]


def make_programme(**defaults: object) -> Programme:
    """A saved programme without a wave; asks ITEMS every quarter from 5 October 2026."""
    values: dict[str, object] = {
        "name": f"Survey {next(_numbers)}",
        "purpose": "So that what is strong can grow.",
        "organisation": "Example Council",
        "rotation": [ITEMS],
        "rule": "FREQ=MONTHLY;INTERVAL=3",
        "starts_on": date(2026, 10, 5),
    }
    with writing():
        return queries.add_programme(Programme(**(values | defaults)))  # type: ignore[arg-type]


def make_planned_wave(
    programme: Programme | None = None, /, *, now: datetime = NOW, **defaults: object
) -> Wave:
    """The next wave of the programme (or of a new one with `defaults`) in the calendar."""
    programme = programme or make_programme(**defaults)
    with writing():
        wave = planning.plan_next_wave(programme, now)
    assert wave is not None
    return wave


def make_open_wave(
    keyring: Keyring, programme: Programme | None = None, /, *, now: datetime = NOW, **defaults: object
) -> Wave:
    """The same, opened, frozen and with everybody in its audience in the register; needs people."""
    wave_id = make_planned_wave(programme, now=now, **defaults).id
    assert open_and_invite(wave_id, keyring) > 0
    db.session.expire_all()
    return queries.get_wave(wave_id)
