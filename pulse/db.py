"""The database: one declarative base, one session, and what SQLite needs to be trusted with answers."""

import fcntl
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import psycopg
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, DateTime, Engine, MetaData, Table, UpdateBase, event, func, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator

from pulse.domain.frozen import create_statements

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every table. Constraint names are fixed, so that migrations can find them on both databases."""

    metadata = MetaData(naming_convention=_NAMES)


#: flask-sqlalchemy's own `model_class` cannot carry MappedAsDataclass, so the metadata is shared instead.
db = SQLAlchemy(metadata=Base.metadata)


#: `info` of a table of which PostgreSQL's planner shall keep no sample: it would outlive what is deleted, and
#: even how rows lay when it was taken (`correlation`) tells who had answered by then
UNSAMPLED = {"unsampled": True}


@event.listens_for(Table, "after_create")
def _finish_table(table: Table, connection: Connection, **_options: Any) -> None:
    if table.metadata is Base.metadata:  # migrations make tables of their own, and rules where they say so
        for statement in create_statements(connection.dialect.name, [table.name]):
            connection.exec_driver_sql(statement)
    if connection.dialect.name == "postgresql" and table.info.get("unsampled"):
        for column in table.columns:
            connection.exec_driver_sql(
                f"ALTER TABLE {table.name} ALTER COLUMN {column.name} SET STATISTICS 0"
            )


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC. A naive datetime is refused: it would mean two different moments."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


#: what is raised when the database cannot be reached just now: the same call may work in a moment
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)


@contextmanager
def writing() -> Iterator[None]:
    """One unit that writes: commits as a whole, or rolls back as a whole.

    On SQLite it takes the write lock at once: a transaction that reads first and asks for the lock later
    fails with "database is locked" under load. Inside another `writing()` it joins that one.
    """
    session = db.session
    if session.info.get("writing"):
        yield
        return
    session.rollback()  # ends a read that began earlier: its snapshot may be stale, and it holds no lock
    session.connection(execution_options={"pulse_begin": "BEGIN IMMEDIATE"})
    session.info["writing"] = True
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


def read_without_transaction() -> None:
    """Let the reads that follow stand alone, each seeing what is committed by then; `writing()` ends it.

    On PostgreSQL that is what a READ COMMITTED transaction shows too, and it saves two of every four trips
    to the server. SQLite begins and ends a read without leaving the process, so there it changes nothing.
    """
    session = db.session
    if db.engine.dialect.name == "postgresql" and not session().in_transaction():
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def count_changed(statement: UpdateBase) -> int:
    """Run an update or delete past the session's objects and say how many rows it changed."""
    result = db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return cast(CursorResult[Any], result).rowcount


def init_app(app: Flask) -> None:
    """Bind the database to the application."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)


def _engine_options(url: str) -> dict[str, object]:
    """A database that is away is known within seconds, and no error message ever shows a bound value."""
    if url.startswith("postgresql"):
        found: dict[str, object] = {"pool_pre_ping": True, "pool_timeout": 4}
        return found | {"hide_parameters": True, "connect_args": {"connect_timeout": 4}}
    return {"hide_parameters": True, "connect_args": {"timeout": 5}}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Write-ahead log, durable commits, foreign keys, and overwriting of what is deleted."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # Python's own transaction handling off: `_begin_sqlite` begins
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(connection.get_execution_options().get("pulse_begin", "BEGIN"))


#: tables that hold, until a wave closes, who answered and what
_SCRUBBED = ("invitation", "envelope", "wave_member")


def scrub() -> bool:
    """Overwrite what was deleted: freed pages, the write-ahead log, dead rows. Outside any transaction.

    False if something may be left, because somebody was still reading (a backup, say): then try again later.
    """
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.driver_connection
        try:
            return _scrub_sqlite(raw) if connection.dialect.name == "sqlite" else _scrub_postgresql(raw)
        except (sqlite3.OperationalError, psycopg.OperationalError):
            return False


def _scrub_sqlite(raw: Any) -> bool:
    """`wal_checkpoint` does not fail when a reader is in its way: the first column of its row says so."""
    if raw.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()[0]:
        return False
    _overwrite_log(raw)
    raw.execute("VACUUM")
    return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _overwrite_log(raw: Any) -> None:
    """Write over the whole log (or a gigabyte): what is cut off goes back to the disk as it is."""
    log = Path(f"{raw.execute('PRAGMA database_list').fetchone()[2]}-wal")
    raw.execute("DROP TABLE IF EXISTS scrub_filler")
    raw.execute("CREATE TABLE scrub_filler AS SELECT zeroblob(?) AS x", (min(log.stat().st_size, 10**9),))
    raw.execute("DROP TABLE scrub_filler")


def _scrub_postgresql(raw: Any) -> bool:
    """Write the tables anew, ordered by key: an answer moves its row, so the old order tells who answered.

    `VACUUM FULL` would keep that order. `CLUSTER`, too, keeps dead rows that an older snapshot could see, and
    says how many in a notice's detail. It waits at most two seconds for its locks: everybody who answers
    another survey waits behind it.
    """
    details: list[str] = []

    def note(notice: Any) -> None:
        details.append(notice.message_detail or "")

    raw.add_notice_handler(note)
    raw.execute("SET lock_timeout = '2s'")
    try:
        for table in _SCRUBBED:
            raw.execute(f"CLUSTER VERBOSE {table} USING pk_{table}")
    finally:
        raw.execute("RESET lock_timeout")
        raw.remove_notice_handler(note)
    kept = [found[1] for found in (re.match(r"(\d+) ", detail) for detail in details) if found]
    return kept == ["0"] * len(_SCRUBBED)


#: any number that no other program locks in the same PostgreSQL database
_LEADER_LOCK = 7_085_731


def ping() -> None:
    """Raises a SQLAlchemyError when the database cannot be asked."""
    db.session.scalar(select(1))


@contextmanager
def leading(home: Path) -> Iterator[bool]:
    """Whether this process may do the worker's steps now; held until the block ends, or the process dies.

    PostgreSQL: an advisory lock, so that workers on several machines take turns; a server that ends idle
    transactions leaves this one alone, since a tick may send for hours. SQLite: a file lock.
    """
    if db.engine.dialect.name == "postgresql":
        waits = func.set_config("idle_in_transaction_session_timeout", "0", True)
        with db.engine.connect() as connection:
            yield bool(connection.scalar(select(func.pg_try_advisory_xact_lock(_LEADER_LOCK), waits)))
        return
    with (home / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
