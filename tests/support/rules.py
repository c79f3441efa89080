"""The database without the rules that keep it (pulse.domain.frozen), as if somebody had dropped them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from pulse.db import db
from pulse.domain.frozen import create_statements, drop_statements


@contextmanager
def without_rules() -> Iterator[None]:
    """Inside it every update goes through; commit or roll back what is done before it ends."""
    db.session.rollback()  # a read that is not ended would hold the tables
    with db.engine.begin() as connection:
        drop_rules(connection)
    try:
        yield
    finally:
        db.session.rollback()
        with db.engine.begin() as connection:
            drop_rules(connection)
            create_rules(connection)


def drop_rules(connection: Connection) -> None:
    for statement in drop_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def create_rules(connection: Connection) -> None:
    for statement in create_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
