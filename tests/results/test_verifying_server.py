"""What the database itself might keep or pass on: freed space, samples, logs, times, copies of its writes."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from sqlalchemy import make_url

from pulse.config import Settings
from pulse.db import db
from pulse.domain.anonymity import Verdict
from pulse.results import verifying_queries as queries
from tests.results.tampering import (
    ON_POSTGRESQL,
    ON_SQLITE,
    as_plain_user,
    assert_only_fails,
    changed,
    found,
    run,
    run_outside,
)


@ON_SQLITE
def test_freed_pages_that_were_not_overwritten_are_found(settings: Settings, released: int) -> None:
    """Somebody deleted with a tool of their own, which does not overwrite unless told to."""
    db.session.rollback()
    with closing(sqlite3.connect(str(make_url(settings.database_url).database))) as raw:
        raw.execute("CREATE TABLE aside (who TEXT)")
        raw.executemany("INSERT INTO aside VALUES (?)", [("x" * 900,) for _ in range(50)])
        raw.commit()
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DROP TABLE aside")
        raw.commit()
    assert_only_fails(settings, "free_space", "freed pages still hold something")
    run_outside("VACUUM")
    assert found(settings, "free_space").verdict is Verdict.PASS


@ON_SQLITE
def test_a_connection_that_does_not_overwrite_is_found(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulse.results.verifying_queries.overwrites_deleted", lambda: False)
    assert_only_fails(settings, "free_space", "secure_delete is off")


@ON_POSTGRESQL
def test_rows_deleted_after_the_scrubbing_are_found(settings: Settings, released: int) -> None:
    run("INSERT INTO envelope (wave_id, id, sealed) VALUES (:wave, :id, :id)", wave=released, id=bytes(16))
    run("DELETE FROM envelope")
    assert_only_fails(settings, "free_space", "The table envelope is empty and still takes space.")


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("log_statement", "mod"),
        ("log_min_duration_statement", "0"),
        ("log_transaction_sample_rate", "0.5"),
        ("log_parameter_max_length_on_error", "-1"),
        ("log_duration", "on"),
        ("log_executor_stats", "on"),
        ("debug_print_plan", "on"),
        ("debug_print_parse", "on"),
        ("debug_print_rewritten", "on"),
        ("session_preload_libraries", "auto_explain"),
    ],
)
def test_a_log_of_statements_is_found(settings: Settings, released: int, setting: str, value: str) -> None:
    name = make_url(settings.database_url).database
    with changed(
        f"ALTER DATABASE {name} SET {setting} = '{value}'", f"ALTER DATABASE {name} RESET {setting}"
    ):
        one = found(settings, "statements")
        assert one.verdict is Verdict.FAIL
        assert value in one.found if setting.endswith("libraries") else setting in one.found


@ON_POSTGRESQL
def test_a_log_of_what_some_users_do_is_found(settings: Settings, released: int) -> None:
    """The website may connect as another user than whoever runs this."""
    make = "CREATE ROLE other; ALTER ROLE other SET log_statement = 'all'"
    with changed(make, "DROP ROLE other"):
        assert_only_fails(settings, "statements", "log_statement is on for some users.")


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("libraries", "verdict"),
    [
        ("pg_stat_statements", Verdict.FAIL),
        ("$libdir/pgaudit.so", Verdict.FAIL),
        ("something_new", Verdict.UNKNOWN),
    ],
)
def test_add_ons_that_keep_statements_fail_and_others_are_not_known(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch, libraries: str, verdict: Verdict
) -> None:
    """They are loaded when the server starts."""
    read = queries.read_settings

    def with_libraries(names: Sequence[str]) -> dict[str, str]:
        return read(names) | {"shared_preload_libraries": libraries}

    monkeypatch.setattr(queries, "read_settings", with_libraries)
    one = found(settings, "statements")
    assert one.verdict is verdict
    assert libraries.rpartition("/")[2].removesuffix(".so") in one.found


@ON_POSTGRESQL
def test_settings_that_the_server_does_not_show_are_not_said_to_be_off(
    settings: Settings, released: int
) -> None:
    with as_plain_user():
        one = found(settings, "statements")
    assert one.verdict is Verdict.UNKNOWN
    assert "shared_preload_libraries, session_preload_libraries: not shown" in one.found


@ON_POSTGRESQL
@pytest.mark.parametrize("check", ["clock", "archive"])
def test_without_a_sight_of_the_settings_nothing_passes(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch, check: str
) -> None:
    monkeypatch.setattr(queries, "read_settings", lambda names: {})
    assert found(settings, check).verdict is Verdict.UNKNOWN


@ON_POSTGRESQL
@pytest.mark.parametrize(("setting", "value"), [("min_wal_size", "9000"), ("wal_keep_size", "16")])
def test_a_server_that_keeps_its_own_log_of_writes_for_long_does_not_pass(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    read = queries.read_settings
    monkeypatch.setattr(queries, "read_settings", lambda names: read(names) | {setting: value})
    assert found(settings, "archive").verdict is Verdict.UNKNOWN


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("table", "column"),
    [("invitation", "token_hash"), ("invitation", "person_id"), ("envelope", "wave_id")],
)
def test_a_column_of_which_the_planner_keeps_a_sample_is_found(
    settings: Settings, released: int, table: str, column: str
) -> None:
    """Of `person_id` it is the order of the rows that tells who had answered."""
    with changed(
        f"ALTER TABLE {table} ALTER {column} SET STATISTICS 100",
        f"ALTER TABLE {table} ALTER {column} SET STATISTICS 0",
    ):
        assert_only_fails(settings, "samples", f"{table}.{column}")
    assert found(settings, "samples").verdict is Verdict.PASS


@ON_POSTGRESQL
def test_a_sample_that_was_taken_and_kept_is_found(settings: Settings, released: int) -> None:
    """No more are taken, but the one that was is still there."""
    take = "ALTER TABLE invitation ALTER spent SET STATISTICS 100; ANALYZE invitation; "
    with changed(
        f"{take}ALTER TABLE invitation ALTER spent SET STATISTICS 0",
        "ALTER TABLE invitation ALTER spent TYPE boolean",
    ):
        assert_only_fails(settings, "samples", "invitation.spent")
    assert found(settings, "samples").verdict is Verdict.PASS


@ON_POSTGRESQL
def test_a_sample_over_several_columns_is_found(settings: Settings, released: int) -> None:
    with changed("CREATE STATISTICS pair ON person_id, spent FROM invitation", "DROP STATISTICS pair"):
        assert_only_fails(settings, "samples", "A sample of pair is kept, or may be.")


@ON_SQLITE
def test_samples_that_another_build_of_sqlite_took_are_found(settings: Settings, released: int) -> None:
    """Some builds note whole keys when somebody runs ANALYZE; the one that runs here may not."""
    make = "CREATE TABLE sqlite_stat4 (tbl, idx, neq, nlt, ndlt, sample)"
    run_outside("PRAGMA writable_schema = ON", make, "PRAGMA writable_schema = OFF")
    with changed("SELECT 1", "DROP TABLE sqlite_stat4"):
        assert found(settings, "samples").verdict is Verdict.PASS
        run("INSERT INTO sqlite_stat4 (tbl) VALUES ('invitation')")
        assert_only_fails(settings, "samples", "invitation")


@ON_POSTGRESQL
def test_a_server_that_notes_the_time_of_each_write_is_found(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This setting needs the server to be started anew."""
    monkeypatch.setattr(
        "pulse.results.verifying_queries.read_settings", lambda names: {"track_commit_timestamp": "on"}
    )
    one = found(settings, "clock")
    assert (one.verdict, one.found[:30]) == (Verdict.FAIL, "track_commit_timestamp is on: ")


@ON_POSTGRESQL
def test_a_server_that_passes_its_writes_on_does_not_pass(settings: Settings, released: int) -> None:
    assert found(settings, "archive").verdict is Verdict.PASS
    make = "SELECT pg_create_physical_replication_slot('aside')"
    with changed(make, "SELECT pg_drop_replication_slot('aside')"):
        one = found(settings, "archive")
        assert one.verdict is Verdict.UNKNOWN
        assert "treat it as a backup" in one.found
