"""Migrations build the very schema that the models describe, and can be undone, on both databases."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Inspector, inspect, text
from sqlalchemy.exc import IntegrityError

from pulse.app import create_app
from pulse.db import Base, db, writing
from pulse.results import verifying_catalogue_queries as catalogue
from tests.conftest import make_settings
from tests.support.databases import chosen_kind
from tests.support.tables import load_models

ROOT = Path(__file__).parents[1]
NewDatabase = Callable[[str], str]

#: adds a column, then removes a unit that another one lies in
CARELESS = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("unit", sa.Column("planted", sa.Integer()))
    op.execute("DELETE FROM unit WHERE id = 1")
"""


@pytest.fixture
def make_app(tmp_path: Path, new_database: NewDatabase) -> Iterator[Callable[[str], Flask]]:
    """`make_app("name")` is an application on a database without a table."""
    made: list[Flask] = []

    def make(name: str) -> Flask:
        load_models()
        made.append(create_app(make_settings(tmp_path, database_url=new_database(name))))
        return made[-1]

    yield make
    for application in made:
        with application.app_context():
            db.engine.dispose()


def alembic_config(folder: Path = ROOT / "migrations") -> Config:
    config = Config(str(folder / "alembic.ini"))
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def tables_of(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def migrate(app: Flask, revision: str) -> None:
    with app.app_context():
        step = command.downgrade if revision == "base" else command.upgrade
        step(alembic_config(), revision)


def described(inspector: Inspector) -> dict[str, Any]:
    """Everything the database says of each table, in an order that does not depend on how it was built."""
    return {
        name: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(name)
            ),
            "key": inspector.get_pk_constraint(name),
            "references": in_order(inspector.get_foreign_keys(name)),
            "unique": in_order(inspector.get_unique_constraints(name)),
            "checks": in_order(inspector.get_check_constraints(name)),
            "indexes": in_order(inspector.get_indexes(name)),
            "options": inspector.get_table_options(name),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def in_order(things: Any) -> list[str]:
    """Each thing on one line; an SQL expression is its text, not the object that holds it."""
    return sorted(" ".join(str(plain(thing)).split()) for thing in things)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, plain(value[key])) for key in sorted(value)]
    return value if isinstance(value, list | tuple) else str(value)


def test_every_table_is_built_removed_and_built_again(make_app: Callable[[str], Flask]) -> None:
    app = make_app("migrated")
    wanted = set(Base.metadata.tables)

    migrate(app, "head")
    assert tables_of(app) == wanted
    migrate(app, "base")
    assert tables_of(app) == set()
    migrate(app, "head")
    assert tables_of(app) == wanted


def test_alembic_finds_nothing_to_add_to_the_migrations(make_app: Callable[[str], Flask]) -> None:
    app = make_app("migrated")
    migrate(app, "head")
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrated_tables_keep_every_rule_of_the_models(make_app: Callable[[str], Flask]) -> None:
    """Also what Alembic does not compare: check constraints, partial indexes, tables without row numbers."""
    migrated, created = make_app("migrated"), make_app("created")
    migrate(migrated, "head")
    with migrated.app_context():
        by_migrations = described(inspect(db.engine))
    with created.app_context():
        db.create_all()
        by_models = described(inspect(db.engine))
    assert by_migrations == by_models


def test_migrated_tables_have_every_rule_that_freezes_rows(make_app: Callable[[str], Flask]) -> None:
    migrated, created = make_app("migrated"), make_app("created")
    migrate(migrated, "head")
    with created.app_context():
        db.create_all()
    for app in (migrated, created):
        with app.app_context():
            assert catalogue.list_triggers() == sorted(catalogue.known_triggers())
            assert catalogue.list_functions() == sorted(catalogue.known_functions())
            db.session.rollback()
    migrate(migrated, "base")
    with migrated.app_context():
        assert (catalogue.list_triggers(), catalogue.list_functions()) == ([], [])
        db.session.rollback()


def test_foreign_keys_are_on_again_after_a_migration(make_app: Callable[[str], Flask]) -> None:
    app = make_app("migrated")
    migrate(app, "head")
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        else:
            assert connection.execute(text("SHOW session_replication_role")).scalar() == "origin"


def test_a_migration_that_loses_rows_others_refer_to_is_undone_as_a_whole(
    tmp_path: Path, make_app: Callable[[str], Flask]
) -> None:
    """Foreign keys are off while SQLite copies tables, so the migration itself must look."""
    app = make_app("migrated")
    migrate(app, "head")
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder)
    config = alembic_config(folder)
    (folder / "versions" / "9999_careless.py").write_text(
        CARELESS.format(head=ScriptDirectory.from_config(config).get_current_head()), encoding="utf-8"
    )
    with app.app_context():
        with writing():
            db.session.execute(text("INSERT INTO unit (id, code, name, active) VALUES (1, 'a', 'A', true)"))
            db.session.execute(
                text("INSERT INTO unit (id, code, name, active, parent_id) VALUES (2, 'b', 'B', true, 1)")
            )
        with pytest.raises((RuntimeError, IntegrityError)):
            command.upgrade(alembic_config(folder), "head")
        assert db.session.execute(text("SELECT count(*) FROM unit")).scalar() == 2
        db.session.rollback()
        assert "planted" not in {column["name"] for column in inspect(db.engine).get_columns("unit")}


def test_create_app_loads_every_table_by_itself(tmp_path: Path) -> None:
    """Without a table's module loaded, the next generated migration would drop that table."""
    program = f"""
import sys
from pathlib import Path
from pulse.app import create_app
from tests.conftest import make_settings
create_app(make_settings(Path({str(tmp_path)!r})))
wanted = {{f"pulse.{{path.parent.name}}.models" for path in Path("pulse").glob("*/models.py")}}
print(*sorted(wanted - set(sys.modules)))
"""
    command_line = [sys.executable, "-c", program]
    done = subprocess.run(command_line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


SAMPLES = """
    SELECT tablename || '.' || attname FROM pg_stats
    WHERE tablename IN ('invitation', 'envelope')
"""


def samples_of(app: Flask, statements: str) -> set[str]:
    """Columns of the register and the box of which PostgreSQL's planner keeps values, after `statements`."""
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")  # rows that refer to nothing
        connection.exec_driver_sql(f"{statements}; ANALYZE invitation, envelope")
        return set(connection.exec_driver_sql(SAMPLES).scalars())


@pytest.mark.skipif(chosen_kind() != "postgresql", reason="the statistics of PostgreSQL's planner")
def test_no_sample_of_who_answered_or_of_an_envelope_outlives_the_close(
    make_app: Callable[[str], Flask],
) -> None:
    migrated, created = make_app("migrated"), make_app("created")
    migrate(migrated, "0002")
    rows = """
        INSERT INTO invitation (wave_id, person_id, token_hash, spent, reminders, delivery)
            SELECT 1, n, sha256(n::text::bytea), true, 0, 2 FROM generate_series(1, 30) n;
        INSERT INTO envelope
            SELECT 1, sha256(n::text::bytea), sha256(n::text::bytea) FROM generate_series(1, 30) n
    """
    assert samples_of(migrated, rows) >= {"invitation.person_id", "invitation.spent", "envelope.sealed"}
    migrate(migrated, "head")
    with created.app_context():
        db.create_all()

    assert samples_of(migrated, "") == set()
    assert samples_of(created, rows) == set()
