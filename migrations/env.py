"""Runs migrations on the application's own database: the whole upgrade happens, or none of it does."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.engine import Connection

from pulse.db import Base, UTCDateTime, db


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our own column type is written as what it is in the database, so that no migration imports Pulse."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=True,
        render_item=render_item,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            check_references(connection)


def check_references(connection: Connection) -> None:
    """Inside the transaction, so that a migration that loses rows others refer to is undone as a whole."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration left rows without the rows they refer to: {broken[:5]}")


def migrate_sqlite(connection: Connection) -> None:
    """SQLite changes a table by copying and dropping it, and a table that others refer to cannot be dropped
    while foreign keys are on. Inside a transaction SQLite ignores the switch, so it goes off before.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        migrate(connection.execution_options(pulse_begin="BEGIN IMMEDIATE"))
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    if context.is_offline_mode():
        raise RuntimeError("Pulse migrates a database, not a file of SQL: leave out --sql.")
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            migrate_sqlite(connection)
        else:
            migrate(connection)


run()
