"""What the database promises: whole units, no lost update, moments with a zone, one leader."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from pulse import db as database
from pulse.db import db, leading, writing
from pulse.directory.models import RosterUpload, Unit


def add_unit(code: str, **values: object) -> None:
    db.session.add(Unit(code=code, name=code, **values))  # type: ignore[arg-type]


def count_units() -> int:
    return db.session.scalar(select(func.count()).select_from(Unit)) or 0


def add_then_fail(inner: str, outer: str | None = None) -> None:
    with writing():
        with writing():
            add_unit(inner)
        assert db.session.info["writing"]  # the inner one ended nothing
        if outer:
            add_unit(outer)
        db.session.flush()
        _ = 1 / 0


@pytest.mark.usefixtures("app")
def test_a_unit_that_writes_is_kept_whole() -> None:
    with writing():
        add_unit("a")
        add_unit("b")
    db.session.rollback()

    assert count_units() == 2


@pytest.mark.usefixtures("app")
def test_a_unit_that_fails_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        add_then_fail("a")

    assert count_units() == 0


@pytest.mark.usefixtures("app")
def test_a_unit_inside_another_joins_it_and_falls_with_it() -> None:
    with pytest.raises(ZeroDivisionError):
        add_then_fail("inner", "outer")

    assert count_units() == 0
    assert "writing" not in db.session.info


@pytest.mark.usefixtures("app")
def test_what_was_added_before_a_unit_began_is_not_swept_into_it() -> None:
    add_unit("stray")
    with writing():
        add_unit("kept")

    assert list(db.session.scalars(select(Unit.code))) == ["kept"]


@pytest.mark.usefixtures("app")
def test_a_reference_to_nothing_is_refused() -> None:
    with pytest.raises(IntegrityError), writing():
        add_unit("orphan", parent_id=4711)


@pytest.mark.usefixtures("app")
def test_a_moment_without_a_zone_is_refused_and_one_with_comes_back_as_utc() -> None:
    with pytest.raises(StatementError, match="without a time zone"), writing():
        db.session.add(RosterUpload(id="a", uploaded_at=datetime(2026, 7, 1, 9), content=b""))  # noqa: DTZ001
    summer = timezone(timedelta(hours=1))
    with writing():
        db.session.add(RosterUpload(id="b", uploaded_at=datetime(2026, 7, 1, 9, tzinfo=summer), content=b""))

    db.session.expire_all()
    kept = db.session.get_one(RosterUpload, "b").uploaded_at
    assert kept == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert kept.tzinfo is UTC


def test_only_one_process_leads_and_the_next_follows_it(app: Flask, tmp_path: Path) -> None:
    """The second asks on a connection (or file) of its own, as another process would."""

    def ask() -> bool:
        with app.app_context(), leading(tmp_path) as leads:
            return leads

    with ThreadPoolExecutor(1) as other:
        with leading(tmp_path) as first:
            assert first
            assert other.submit(ask).result() is False
        assert other.submit(ask).result() is True
        assert other.submit(ask).result() is True


def test_the_lead_is_given_up_when_the_leader_fails(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), leading(tmp_path):
        _ = 1 / 0
    with leading(tmp_path) as leads:
        assert leads


def test_the_lead_outlasts_a_servers_patience_with_idle_transactions(new_site: Flask, tmp_path: Path) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server that could lose patience")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET idle_in_transaction_session_timeout = '30ms'"))
    db.engine.dispose()  # the setting is of connections yet to come
    with leading(tmp_path) as first:
        db.session.execute(text("SELECT pg_sleep(0.2)"))
        db.session.rollback()
        with leading(tmp_path) as second:
            assert (first, second) == (True, False)


@pytest.fixture
def new_site(new_database: Callable[[str], str]) -> Iterator[Flask]:
    yield from make_site(new_database("apart"))


@pytest.fixture
def sqlite_site(tmp_path: Path) -> Iterator[Flask]:
    """SQLite whatever the other tests run on: the lock that is tested here is SQLite's."""
    yield from make_site(f"sqlite:///{tmp_path / 'locks.db'}")


def make_site(url: str) -> Iterator[Flask]:
    app = Flask("apart")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    database.init_app(app)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def add_one_many_times(app: Flask, times: int) -> None:
    """Read, then write what was read plus one: the update that is lost when two read the same."""
    for _ in range(times):
        with app.app_context(), writing():
            unit = db.session.get_one(Unit, 1)
            unit.name = str(int(unit.name) + 1)


def test_eight_threads_that_read_then_write_lose_nothing_on_sqlite(sqlite_site: Flask) -> None:
    with writing():
        db.session.add(Unit(code="counter", name="0"))
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(add_one_many_times, sqlite_site, 12) for _ in range(8)]:
            done.result()

    db.session.expire_all()
    assert db.session.get_one(Unit, 1).name == "96"


@pytest.mark.usefixtures("sqlite_site")
@pytest.mark.parametrize(
    ("pragma", "promised"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_sqlite_is_durable_keeps_references_and_overwrites_what_is_deleted(
    pragma: str, promised: object
) -> None:
    assert db.session.scalar(text(f"PRAGMA {pragma}")) == promised


def test_a_failed_statement_shows_no_value_that_was_bound(new_site: Flask) -> None:
    with writing():
        add_unit("same-code-4711")
    with pytest.raises(IntegrityError) as failed, writing():
        add_unit("same-code-4711")

    assert "parameters hidden" in str(failed.value).lower() or "hide_parameters" in str(failed.value)


def test_after_scrubbing_no_deleted_value_is_left_in_sqlite(sqlite_site: Flask, tmp_path: Path) -> None:
    with writing():
        db.session.add(Unit(code="planted-4711-code", name="x"))
    with writing():
        db.session.delete(db.session.scalars(select(Unit)).one())
    database.scrub()

    files = list(tmp_path.glob("locks.db*"))
    assert files
    assert all(b"planted-4711-code" not in file.read_bytes() for file in files)


def test_the_write_ahead_log_is_written_over_before_it_is_cut_off(sqlite_site: Flask, tmp_path: Path) -> None:
    with writing():
        db.session.add(Unit(code="planted-4711-code", name="x" * 500_000))
    log = tmp_path / "locks.db-wal"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(RESTART)")
        assert b"planted-4711-code" in log.read_bytes()
        database._overwrite_log(raw)
        assert log.stat().st_size > 500_000
        assert b"planted-4711-code" not in log.read_bytes()


def test_scrubbing_keeps_what_is_there(new_site: Flask) -> None:
    with writing():
        add_unit("kept")
    database.scrub()

    assert count_units() == 1
