"""An open wave changed by whoever can write to its database: is it released all the same?"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nacl.public import PrivateKey
from sqlalchemy import text

from pulse.db import db
from tests.attacks.raw import PostgresRaw
from tests.attacks.scene import Scene

_SET_WAVE = "UPDATE wave SET {} = :value WHERE id = :wave"


@dataclass(frozen=True)
class _Change:
    """A statement, what it is given, and what it is given to take it back."""

    statement: str
    now: dict[str, Any]
    before: dict[str, Any]
    also: list["_Change"] = field(default_factory=list)


def change_by_hand(scene: Scene, lower: int) -> tuple[int, int]:
    """(changes that were released, changes tried); each is taken back before the next is made."""
    released, changes = 0, list(_changes(scene, lower))
    for change in changes:
        for one in (change, *change.also):
            _execute(scene, one.statement, one.now)
        released += scene.close()
        for one in (change, *change.also):
            _execute(scene, one.statement, one.before)
        _execute(scene, _SET_WAVE.format("problem"), {"value": None})
        _execute(scene, _SET_WAVE.format("state"), {"value": "open"})
    return released, len(changes)


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


def _execute(scene: Scene, statement: str, values: dict[str, Any]) -> None:
    with scene.app.app_context(), db.engine.begin() as connection:
        wave = {"wave": scene.wave_id} if ":wave" in statement else {}
        connection.execute(text(statement), wave | values)
