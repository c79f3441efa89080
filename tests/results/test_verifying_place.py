"""Tables, files and the database server: what they could hold, keep or pass on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pulse.config import Settings
from pulse.db import db
from pulse.domain.anonymity import Verdict
from tests.results.factories import Site
from tests.results.tampering import assert_only_fails, found, run, run_outside
from tests.support.databases import chosen_kind

ON_SQLITE = pytest.mark.skipif(chosen_kind() != "sqlite", reason="only SQLite's file can be read")
ON_POSTGRESQL = pytest.mark.skipif(chosen_kind() != "postgresql", reason="PostgreSQL's own settings")


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


def test_a_new_table_of_a_person_a_survey_and_answers_is_found(settings: Settings, released: int) -> None:
    columns = (
        "person_id INTEGER REFERENCES person (id), release_id INTEGER REFERENCES release (id), said TEXT"
    )
    with changed(f"CREATE TABLE note ({columns})", "DROP TABLE note"):
        one = found(settings, "shape")
        assert one.verdict is Verdict.FAIL
        assert one.found == "The table note says something of a person and of a survey."
        assert found(settings, "strangers").found == "Pulse does not know the table note."


def test_a_copy_of_a_table_is_found(settings: Settings, released: int) -> None:
    """A copy refers to nothing, so that only its being there tells."""
    with changed("CREATE TABLE before AS SELECT * FROM invitation", "DROP TABLE before"):
        assert_only_fails(settings, "strangers", "Pulse does not know the table before.")


@pytest.mark.parametrize("table", ["invitation", "envelope", "comment", "wave_member"])
def test_a_time_beside_an_answer_is_found(settings: Settings, released: int, table: str) -> None:
    with changed(f"ALTER TABLE {table} ADD COLUMN at TIMESTAMP", f"ALTER TABLE {table} DROP COLUMN at"):
        assert f"The table {table} keeps a time (at)." in found(settings, "shape").found


def test_a_number_that_could_be_a_time_is_found(settings: Settings, released: int) -> None:
    with changed("ALTER TABLE tally ADD COLUMN at BIGINT", "ALTER TABLE tally DROP COLUMN at"):
        assert_only_fails(settings, "strangers", "Pulse does not know the column at of tally.")


@ON_SQLITE
def test_a_trigger_is_found(settings: Settings, released: int) -> None:
    does = "AFTER INSERT ON envelope BEGIN SELECT 1; END"
    with changed(f"CREATE TRIGGER listen {does}", "DROP TRIGGER listen"):
        assert_only_fails(settings, "copying", "listen is told of rows as they are written.")


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("make", "undo"),
    [
        ("CREATE RULE listen AS ON INSERT TO envelope DO ALSO SELECT 1", "DROP RULE listen ON envelope"),
        (
            "CREATE TRIGGER listen BEFORE UPDATE ON envelope FOR EACH ROW "
            "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "DROP TRIGGER listen ON envelope",
        ),
        ("CREATE PUBLICATION listen FOR TABLE envelope", "DROP PUBLICATION listen"),
    ],
)
def test_whatever_listens_is_found(settings: Settings, released: int, make: str, undo: str) -> None:
    with changed(make, undo):
        assert_only_fails(settings, "copying", "listen is told of rows as they are written.")


@ON_POSTGRESQL
def test_a_stored_view_is_found(settings: Settings, released: int) -> None:
    view = "CREATE MATERIALIZED VIEW kept AS SELECT * FROM invitation"
    with changed(view, "DROP MATERIALIZED VIEW kept"):
        assert_only_fails(settings, "strangers", "Pulse does not know the stored view kept.")


@ON_SQLITE
def test_answers_with_row_numbers_are_found(settings: Settings, released: int) -> None:
    numbered = "CREATE TABLE envelope (wave_id INTEGER, id BLOB, sealed BLOB)"
    with (
        changed("ALTER TABLE envelope RENAME TO aside", "ALTER TABLE aside RENAME TO envelope"),
        changed(numbered, "DROP TABLE envelope"),
    ):
        one = found(settings, "row_numbers")
    assert one.verdict is Verdict.FAIL
    assert one.found == "The table envelope numbers its rows as they come."


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


@ON_SQLITE
def test_a_copy_beside_the_database_is_found(settings: Settings, released: int) -> None:
    copy = Path(f"{make_url(settings.database_url).database}.bak")
    copy.write_bytes(b"copy")
    try:
        assert_only_fails(settings, "backups", "Copies of the database lie beside it: pulse.db.bak.")
    finally:
        copy.unlink()


@pytest.mark.parametrize(
    ("mode", "words"), [(0o750, "The key directory is open to other users"), (0o701, "chmod 700")]
)
def test_a_key_directory_open_to_others_is_found(
    settings: Settings, released: int, mode: int, words: str
) -> None:
    settings.key_dir.chmod(mode)
    assert_only_fails(settings, "key_rights", words)


def test_a_key_file_open_to_others_is_found(settings: Settings, site: Site, released: int) -> None:
    (settings.key_dir / "token.key").chmod(0o640)
    assert_only_fails(settings, "key_rights", "token.key is open to other users: chmod 600.")


@ON_SQLITE
def test_keys_in_the_folder_of_the_database_are_found(settings: Settings, released: int) -> None:
    folder = Path(str(make_url(settings.database_url).database)).parent
    assert found(replace(settings, key_dir=folder), "key_place").verdict is Verdict.FAIL
    assert found(replace(settings, key_dir=folder / "keys"), "key_place").verdict is Verdict.UNKNOWN
    assert found(settings, "key_place").verdict is Verdict.PASS


@ON_POSTGRESQL
def test_keys_below_the_servers_own_folder_are_found(settings: Settings, released: int) -> None:
    inside = Path(str(db.session.scalar(db.text("SHOW data_directory")))) / "keys"
    assert found(replace(settings, key_dir=inside), "key_place").verdict is Verdict.FAIL
    assert found(settings, "key_place").verdict is Verdict.PASS


def test_a_website_that_can_read_the_keys_is_found(settings: Settings, released: int) -> None:
    assert_only_fails(settings, "website", "give the website a user of its own", as_website=True)


def test_a_website_that_cannot_read_the_keys_passes(
    settings: Settings, released: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> object:
        raise PermissionError

    monkeypatch.setattr("pulse.results.verifying_keys.os.scandir", refuse)
    assert found(settings, "website", as_website=True).verdict is Verdict.PASS
    assert found(settings, "website").verdict is Verdict.UNKNOWN
