"""Pages that give up on a database in time to say so: whoever answers a survey waits 5 seconds at most.

A locked file, a server that stands still, a network that swallows what is sent: none of them breaks a
connection, and without a limit a page would wait for as long as they last.
"""

from contextvars import ContextVar
from typing import Any

import psycopg
from flask import Blueprint
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection, Dialect

#: for one wait. Two of them and a page fit into 5 s: one for a held connection that turns out to be dead,
#: and one for a new connection
HURRY_SECONDS = 2
#: SQLite's usual wait for a lock, as pulse.db sets it
_PATIENCE_SECONDS = 5
_hurrying: ContextVar[bool] = ContextVar("hurrying", default=False)


def hurry(blueprint: Blueprint) -> None:
    """Let this blueprint's views fail with OperationalError when the database keeps them waiting."""

    def begin() -> None:
        _hurrying.set(True)

    def end(_error: BaseException | None) -> None:
        _hurrying.set(False)

    blueprint.before_request(begin)
    blueprint.teardown_request(end)


@event.listens_for(Engine, "begin", insert=True)  # before pulse.db begins
def _limit_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        seconds = HURRY_SECONDS if _hurrying.get() else _PATIENCE_SECONDS
        connection.exec_driver_sql(f"PRAGMA busy_timeout={seconds * 1000}")


class _Connection(psycopg.Connection[Any]):
    """PostgreSQL's. When it has waited too long it closes: what was asked may still be under way."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None or not _hurrying.get():
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, HURRY_SECONDS)
        except psycopg.OperationalError:
            self.pgconn.finish()
            raise


@event.listens_for(Engine, "do_connect")
def _connect_postgresql(dialect: Dialect, _record: object, arguments: Any, options: Any) -> Any:
    """Our own connection for PostgreSQL; None leaves SQLite's to SQLAlchemy."""
    if dialect.name != "postgresql":
        return None
    if _hurrying.get():
        options["connect_timeout"] = HURRY_SECONDS
    return _Connection.connect(*arguments, **options)
