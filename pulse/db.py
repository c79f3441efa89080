"""The database: one declarative base, one session, and what SQLite needs to be trusted with answers."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator

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


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC. A naive datetime is refused: it would mean two different moments."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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


def init_app(app: Flask) -> None:
    """Bind the database to the application."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)


def _engine_options(url: str) -> dict[str, object]:
    """A database that is away must be known within seconds, never hang a person's answer."""
    if url.startswith("postgresql"):
        return {"pool_pre_ping": True, "pool_timeout": 4, "connect_args": {"connect_timeout": 4}}
    return {"connect_args": {"timeout": 5}}


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
