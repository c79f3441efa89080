"""What somebody with rights on the machine might do to an installation, one change at a time."""

from typing import Any

from sqlalchemy import text

from pulse.config import Settings
from pulse.db import db, writing
from pulse.domain.anonymity import Finding, Verdict
from pulse.results.verifying import verify


def run(*statements: str, **values: Any) -> None:
    """Change the database by hand, committed."""
    with writing():
        for statement in statements:
            db.session.execute(text(statement), values)


def run_outside(*statements: str) -> None:
    """The same outside any transaction, for what cannot be in one."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw: Any = connection.connection.driver_connection  # past the hook that begins a transaction
        for statement in statements:
            raw.execute(statement)


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
