"""The storage weakened on purpose, in the ways that other designs have: each attack must succeed on it.

What is weak is written beside our own tables, in the transaction that stores an envelope, so that all the
rest goes on as it does.
"""

import json
from typing import Any

from flask import Blueprint, Flask, request
from nacl.public import PublicKey, SealedBox
from sqlalchemy import Connection, event, text

from pulse.db import db
from pulse.web.access import allow_everyone
from tests.attacks.said import Said

#: the register as a table of who answered, the answers in the clear, and links that were looked at
_TABLES = (
    "CREATE TABLE weak_spent (person_id INTEGER NOT NULL, token TEXT NOT NULL)",
    "CREATE TABLE weak_answer (unit_id INTEGER NOT NULL, answers TEXT NOT NULL, comment TEXT NOT NULL)",
    "CREATE TABLE weak_envelope (sealed {bytes} NOT NULL)",
    "CREATE TABLE weak_archive (sealed {bytes} NOT NULL)",
    "CREATE TABLE weak_opened (token TEXT NOT NULL)",
    "CREATE TABLE weak_release (wave_id INTEGER NOT NULL, k INTEGER NOT NULL)",
)


class Weaknesses:
    """Call before the application's first request, inside its context, when its own tables stand."""

    def __init__(self, app: Flask) -> None:
        self._said: Said | None = None
        blob = "BYTEA" if db.engine.dialect.name == "postgresql" else "BLOB"
        with db.engine.begin() as connection:
            for table in _TABLES:
                connection.execute(text(table.format(bytes=blob)))
        event.listen(db.engine, "after_cursor_execute", self._keep)
        app.before_request(_mark_opened)
        app.register_blueprint(_blueprint())

    def listen_to(self, said: Said) -> None:
        """Who sends next, and what: a program that stores it must know it."""
        self._said = said

    def _keep(
        self, connection: Connection, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool
    ) -> None:
        """Store who and what in the transaction of the envelope, and the envelope again, padded and not."""
        said = self._said
        if said is None or not statement.lower().startswith("insert into envelope"):
            return
        self._said = None
        who = {"person": said.person_id, "token": said.token}
        what = {"unit": said.unit_id, "answers": said.sheet, "comment": said.comment}
        key = connection.scalar(text("SELECT public_key FROM wave WHERE state = 'open'"))
        sealed = SealedBox(PublicKey(bytes(key))).encrypt(json.dumps(what).encode())
        connection.execute(text("INSERT INTO weak_spent VALUES (:person, :token)"), who)
        connection.execute(text("INSERT INTO weak_answer VALUES (:unit, :answers, :comment)"), what)
        connection.execute(text("INSERT INTO weak_envelope VALUES (:sealed)"), {"sealed": sealed})
        ours = context.compiled_parameters[0]["sealed"]
        connection.execute(text("INSERT INTO weak_archive VALUES (:sealed)"), {"sealed": ours})


def close_with_the_programmes_k(wave_id: int) -> None:
    """A design that reads k when it closes, and not when it opened."""
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO weak_release SELECT wave.id, programme.k FROM wave "
                "JOIN programme ON programme.id = wave.programme_id WHERE wave.id = :wave"
            ),
            {"wave": wave_id},
        )


def _mark_opened() -> None:
    """A page that notes that its link was looked at, as mailing services do."""
    if request.path.startswith("/a/") and request.method in ("GET", "HEAD"):
        with db.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO weak_opened VALUES (:token)"), {"token": request.path.removeprefix("/a/")}
            )


def _blueprint() -> Blueprint:
    """A page that prints how many have answered, for everybody."""
    blueprint = Blueprint("weakened", __name__, url_prefix="/weakened")
    allow_everyone(blueprint)

    @blueprint.get("/count")
    def count() -> str:
        with db.engine.connect() as connection:
            answered = connection.scalar(text("SELECT count(*) FROM envelope"))
        return f"{answered}% of the people asked had answered"

    return blueprint
