"""Everything that the database holds, so that a test can say that nothing changed."""

from typing import Any

from pulse.db import Base, db

Rows = dict[str, list[dict[str, Any]]]


def all_rows() -> Rows:
    """Every row of every table, in an order that does not depend on how they are stored."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted((dict(row._mapping) for row in connection.execute(table.select())), key=repr)
            for table in Base.metadata.sorted_tables
        }
