"""Bulk work beside the least that the same rows need: roster import, close and release, and the start."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Table, insert, select

from pulse.db import db, writing
from pulse.directory.models import Person, Post
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.domain.sheets import NO_ANSWER, Plan, asked_of, closed_items, is_closed
from pulse.invitations import queries as invitations
from pulse.invitations.codes import hash_token
from pulse.responses import queries as responses
from pulse.responses.sealing import Sheet, open_envelope, seal
from pulse.results.closing import close_wave
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import WaveMember
from pulse.surveys.plans import plan_of
from tests.support.tables import empty_database
from tools.bench_figures import Line, middle_of
from tools.bench_place import list_tokens, make_application, open_survey, roster_of
from tools.bench_servers import environment_of, make_settings

MOST_TIMES = 3.0
ANSWERS = 10_000
_START_OURS = "from pulse.app import create_app; create_app()"


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure_roster(database: str, url: str, people: int, repetitions: int) -> Line:
    """Read, check and import a roster file, against executemany of the rows it ends in."""
    content = roster_of(people)
    with tempfile.TemporaryDirectory(prefix="pulse-bench-") as folder:
        app = make_application(make_settings(Path(folder), url))
        with app.app_context():
            pairs = [_roster_pair(content) for _ in range(repetitions)]
            empty_database()
            db.engine.dispose()
    name = f"roster import, {people:,} people, {database}"
    return Line(name, *middle_of(pairs), "s", MOST_TIMES)


def _roster_pair(content: bytes) -> tuple[float, float]:
    empty_database()
    ours = _seconds(lambda: import_roster(read_roster(content)))
    tables = [cast(Table, model.__table__) for model in (Person, Post)]
    held = [(table, [dict(row._mapping) for row in db.session.execute(select(table))]) for table in tables]
    with writing():
        for table in reversed(tables):
            db.session.execute(table.delete())

    def insert_again() -> None:
        with writing():
            for table, rows in held:
                db.session.execute(insert(table), rows)

    return ours, _seconds(insert_again)


def measure_close(database: str, url: str, repetitions: int) -> Line:
    """Close and release a wave, against opening its envelopes and counting what is in them."""
    with tempfile.TemporaryDirectory(prefix="pulse-bench-") as folder:
        settings = make_settings(Path(folder), url)
        keyring = Keyring(settings.key_dir)
        with make_application(settings).app_context():
            pairs = [_close_pair(keyring, number) for number in range(repetitions)]
            db.session.remove()
            db.engine.dispose()
    return Line(f"close and release, {ANSWERS:,} answers, {database}", *middle_of(pairs), "s", MOST_TIMES)


def _close_pair(keyring: Keyring, number: int) -> tuple[float, float]:
    wave_id = open_survey(ANSWERS, f"Counted {number}", keyring)
    _answer_all(wave_id, keyring)
    least = _seconds(lambda: _open_and_count(wave_id, keyring))
    closed: list[bool] = []
    ours = _seconds(lambda: closed.append(close_wave(wave_id, datetime.now(UTC), keyring)))
    if closed != [True]:
        raise RuntimeError(f"the wave was not released: {surveys.get_wave(wave_id).problem}")
    return ours, least


def _answer_all(wave_id: int, keyring: Keyring) -> None:
    """Everybody answers, as through the form but in one transaction."""
    wave = surveys.get_wave(wave_id)
    plan, size, key = plan_of(wave), wave.sheet_bytes or 0, wave.public_key or b""
    members = list(db.session.scalars(select(WaveMember).where(WaveMember.wave_id == wave_id)))
    places = [(member.unit_id, member.leads, member.attributes) for member in members]
    tokens = list_tokens(wave_id, keyring)
    chance = random.Random(wave_id)  # noqa: S311 - answers to be counted, not secrets
    with writing():
        for token, (unit_id, leads, attributes) in zip(tokens, places, strict=True):
            answers = _invent_answers(plan, leads, chance)
            invitations.claim_spent(hash_token(token))
            responses.add_envelope(wave_id, seal(Sheet(unit_id, answers, attributes), size, key))


def _invent_answers(plan: Plan, leads: bool, chance: random.Random) -> str:
    """A character for each closed item of the plan; leaders' items are left out by those who lead nobody."""
    given = {
        item["id"]: str(chance.choice(item["options"])[0])
        for item in asked_of(plan, leads)
        if is_closed(item)
    }
    return "".join(given.get(item, NO_ANSWER) for item in closed_items(plan))


def _open_and_count(wave_id: int, keyring: Keyring) -> None:
    """The least that any count must do: open each envelope, and add one for each answer in each unit."""
    private_key = keyring.load_wave_key(wave_id)
    counts: Counter[tuple[int, int, str]] = Counter()
    for sealed in responses.list_sealed(wave_id):
        sheet = open_envelope(sealed, private_key)
        counts.update((sheet.unit_id, place, answer) for place, answer in enumerate(sheet.answers))
    db.session.rollback()


def measure_start(repetitions: int) -> Line:
    """Start of the web process, against an interpreter that only imports Flask. For reading: no limit."""
    with tempfile.TemporaryDirectory(prefix="pulse-bench-") as folder:
        settings = make_settings(Path(folder), f"sqlite:///{folder}/start.db")
        environment = os.environ | environment_of(settings)
        pairs = [
            (_run_seconds(_START_OURS, environment), _run_seconds("import flask", environment))
            for _ in range(repetitions)
        ]
    return Line("start of the web process", *middle_of(pairs), "s")


def _run_seconds(code: str, environment: dict[str, str]) -> float:
    return _seconds(lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True))
