"""An open or closed wave changed by whoever can write to its database.

First with the database as Pulse makes it: what does it let through? Then with its rules taken away: is the
changed wave released all the same?
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nacl.public import PrivateKey
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from pulse.db import db
from tests.attacks.raw import PLACE, WRITER, PostgresRaw
from tests.attacks.scene import Scene
from tests.support.rules import drop_rules, without_rules

_SET_WAVE = "UPDATE wave SET {} = :value WHERE id = :wave"


@dataclass(frozen=True)
class _Change:
    """A statement, what it is given, and what it is given to take it back."""

    statement: str
    now: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    also: list["_Change"] = field(default_factory=list)


@dataclass(frozen=True)
class Passed:
    """Of `tried` statements, how many the database let through; and how many without its rules."""

    tried: int
    ours: int
    weak: int


def update_by_hand(scene: Scene, lower: int) -> Passed:
    """Each update, and in SQLite each replacement, that would break what a wave promised, rolled back."""
    tried = [
        (rows, _rows_changed(scene, one, rules=True))
        for one in _promised(scene, lower)
        if (rows := _rows_changed(scene, one, rules=False)) != 0  # before the close there is no release
    ]
    return Passed(len(tried), sum(ours > 0 for _, ours in tried), sum(weak > 0 for weak, _ in tried))


def change_by_hand(scene: Scene, lower: int) -> tuple[int, int]:
    """(changes that were released, changes tried) without the rules; each is taken back before the next."""
    released, changes = 0, list(_changes(scene, lower))
    for change in changes:
        _make(scene, [(one.statement, one.now) for one in (change, *change.also)])
        released += scene.close()
        back = [(one.statement, one.before) for one in (change, *change.also)]
        again = [(_SET_WAVE.format("problem"), None), (_SET_WAVE.format("state"), "open")]
        _make(scene, back + [(statement, {"value": value}) for statement, value in again])
    return released, len(changes)


def lower_the_survey(scene: Scene, lower: int) -> None:
    """What a database without rules lets happen to the survey of a wave that is open."""
    _make(scene, [("UPDATE programme SET k = :value", {"value": lower})])


def _promised(scene: Scene, lower: int) -> Iterator[_Change]:
    """The survey's k; the wave's k, profile and state; what it asks and of whom; and its release."""
    yield _Change("UPDATE programme SET k = :value", {"value": lower})
    yield from (
        _Change(_SET_WAVE.format(column), {"value": value})
        for column, value in (("k", lower), ("k", 50), ("profile", "nhs"), ("state", "planned"))
    )
    _, words, moved = [one for one in _changes(scene, lower) if "public_key" not in one.statement]
    yield from (words, moved)
    yield _Change("UPDATE wave_unit SET headcount = headcount + 9 WHERE wave_id = :wave", {})
    for column in ("k = 5", "answered = answered + 1", "digest = 'abc'", "wave_id = wave_id"):
        yield _Change(f"UPDATE release SET {column} WHERE wave_id = :wave", {})
    if not isinstance(scene.raw, PostgresRaw):
        yield from _replacements(scene, lower)


def _replacements(scene: Scene, lower: int) -> Iterator[_Change]:
    """SQLite: the same rows written over by others, under the same key or under another that must differ."""
    changes = {
        "programme": ({"k": lower}, {"id": "id + 90", "k": lower}),
        "wave": ({"k": lower}, {"k": 50}, {"state": "'planned'"}, {"id": "id + 90", "k": lower}),
        "wave_plan": ({"plan": "'{}'"},),
        "wave_unit": ({"headcount": "headcount + 9"}, {"parent_id": "NULL"}),
        "release": ({"k": 5}, {"id": "id + 90", "answered": 1}),
    }
    for table, ways in changes.items():
        for row in scene.raw.rows(table)[:1]:
            names = [name for name in row if name not in (PLACE, WRITER)]
            for way in ways:
                values = ", ".join(str(way.get(name, name)) for name in names)
                yield _Change(f"REPLACE INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}", {})


def _changes(scene: Scene, lower: int) -> Iterator[_Change]:
    """A lower k; other words, with the digest that fits them; another key; a team moved below another."""
    wave = scene.wave()
    yield _set(wave, "k", lower)
    (plan,) = (row["plan"] for row in scene.raw.rows("wave_plan") if row["wave_id"] == scene.wave_id)
    plan = json.loads(plan) if isinstance(plan, str) else plan
    other = json.loads(json.dumps(plan))
    other["items"][0]["text"] = "I have no permission to act when I see a better way."
    value = "CAST(:value AS JSON)" if isinstance(scene.raw, PostgresRaw) else ":value"
    words = f"UPDATE wave_plan SET plan = {value} WHERE wave_id = :wave"
    digest = _set(wave, "plan_sha256", _digest(other))
    yield _Change(words, {"value": json.dumps(other)}, {"value": json.dumps(plan)}, [digest])
    yield _set(wave, "public_key", bytes(PrivateKey.generate().public_key))
    moved = "UPDATE wave_unit SET parent_id = :value WHERE wave_id = :wave AND unit_id = :unit"
    units = scene.council.units
    first = {"unit": units["T1"]}
    yield _Change(moved, first | {"value": units["T2"]}, first | {"value": units["C"]})


def _set(wave: dict[str, Any], column: str, value: object) -> _Change:
    return _Change(_SET_WAVE.format(column), {"value": value}, {"value": wave[column]})


def _digest(plan: dict[str, Any]) -> str:
    """Over one canonical form, so that whoever changes the words can change it with them."""
    canonical = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _make(scene: Scene, statements: list[tuple[str, dict[str, Any]]]) -> None:
    with scene.app.app_context(), without_rules(), db.engine.begin() as connection:
        for statement, values in statements:
            _execute(scene, connection, statement, values)


def _rows_changed(scene: Scene, change: _Change, *, rules: bool) -> int:
    """How many rows an update would change; -1 if it is refused. Nothing stays changed."""
    with scene.app.app_context(), db.engine.connect() as connection, connection.begin() as transaction:
        try:
            if not rules:
                drop_rules(connection)
            return _execute(scene, connection, change.statement, change.now)
        except IntegrityError:
            return -1
        finally:
            transaction.rollback()


def _execute(scene: Scene, connection: Connection, statement: str, values: dict[str, Any]) -> int:
    wave = {"wave": scene.wave_id} if ":wave" in statement else {}
    return connection.execute(text(statement), wave | values).rowcount
