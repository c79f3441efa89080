"""What somebody with rights on the machine might do to an installation, one change at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from pulse.config import Settings
from pulse.db import db, writing
from pulse.domain.anonymity import Finding, Verdict
from pulse.results.verifying import verify
from tests.support.databases import chosen_kind
from tests.support.rules import without_rules

ON_SQLITE = pytest.mark.skipif(chosen_kind() != "sqlite", reason="only SQLite's file can be read")
ON_POSTGRESQL = pytest.mark.skipif(chosen_kind() != "postgresql", reason="PostgreSQL's own settings")


def run(*statements: str, **values: Any) -> None:
    """Change the database by hand, committed, as somebody would who takes its rules away for so long."""
    with without_rules(), writing():
        for statement in statements:
            db.session.execute(text(statement), values)


def run_outside(*statements: str) -> None:
    """The same outside any transaction, for what cannot be in one."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw: Any = connection.connection.driver_connection  # past the hook that begins a transaction
        for statement in statements:
            raw.execute(statement)


@contextmanager
def changed(statement: str, undo: str) -> Iterator[None]:
    """A change of the tables or the server, taken back afterwards: later tests share them."""
    run_outside(statement)
    db.engine.dispose()
    try:
        yield
    finally:
        db.session.rollback()
        run_outside(undo)
        db.engine.dispose()


@contextmanager
def as_plain_user() -> Iterator[None]:
    """As the README has it: the database user is no superuser, and PostgreSQL hides some settings from it."""

    def become(connection: Any, _record: object) -> None:
        connection.execute("SET ROLE plain")
        connection.commit()

    run_outside("CREATE ROLE plain", "GRANT pg_read_all_data TO plain")
    event.listen(db.engine, "connect", become)
    db.engine.dispose()
    try:
        yield
    finally:
        db.session.rollback()
        event.remove(db.engine, "connect", become)
        db.engine.dispose()
        run_outside("DROP ROLE plain")


def found(settings: Settings, check: str, **options: bool) -> Finding:
    db.session.rollback()
    db.session.expire_all()
    return next(one for one in verify(settings, **options) if one.check == check)


def assert_only_fails(settings: Settings, check: str, words: str, **options: bool) -> None:
    """This check fails, says so in these words, and no other check fails with it."""
    db.session.rollback()
    db.session.expire_all()
    failing = [one for one in verify(settings, **options) if one.verdict is Verdict.FAIL]
    assert [one.check for one in failing] == [check], failing
    assert words in failing[0].found
