"""Load every table, and empty every table between tests."""

import importlib
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection

from pulse.db import Base, db


def load_models() -> list[str]:
    """Import every module of models, so that Base.metadata holds every table; their names."""
    root = Path(__file__).parents[2] / "pulse"
    names = sorted(f"pulse.{path.parent.name}.{path.stem}" for path in root.glob("*/*models.py"))
    for name in names:
        importlib.import_module(name)
    return names


#: PostgreSQL keeps the place of deleted rows until VACUUM, and every later look at the table reads past it
_LARGE = 1 << 20


def empty_database() -> None:
    """Remove every row and start ids at 1 again; touches only tables that hold something.

    Tables go in reverse order of their references; a table that refers to itself is emptied in one statement.
    On PostgreSQL no reference is looked after meanwhile: for 20,000 people that takes half a minute.
    """
    with db.engine.begin() as connection:
        is_postgresql = connection.dialect.name == "postgresql"
        if is_postgresql:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        held = _holds_rows(connection)
        tables = [table for table in Base.metadata.sorted_tables if held[table.name]]
        for table in reversed(tables):
            connection.execute(table.delete())
        if is_postgresql:
            _restart_ids(connection)
    if is_postgresql:
        _give_back([table.name for table in tables])


def _give_back(names: list[str]) -> None:
    """The place of what was deleted from large tables: autovacuum, which does so elsewhere, is off."""
    large = text(
        "SELECT relname FROM pg_class WHERE relname = ANY(:names) AND pg_relation_size(oid) > :large"
    )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in connection.scalars(large, {"names": names, "large": _LARGE}).all():
            connection.execute(text(f'VACUUM "{name}"'))


def _holds_rows(connection: Connection) -> dict[str, bool]:
    """Which tables hold a row, asked in one statement."""
    names = [table.name for table in Base.metadata.sorted_tables]
    columns = ", ".join(f'EXISTS(SELECT 1 FROM "{name}") AS "{name}"' for name in names)
    row = connection.execute(text(f"SELECT {columns}")).one()
    return {name: bool(held) for name, held in zip(names, row, strict=True)}


def _restart_ids(connection: Connection) -> None:
    """Every sequence that was ever asked, also by an insert that was rolled back and left no row."""
    used = connection.scalars(
        text("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL")
    ).all()
    if used:
        restarts = ", ".join(f"setval('\"{name}\"', 1, false)" for name in used)
        connection.execute(text(f"SELECT {restarts}"))
