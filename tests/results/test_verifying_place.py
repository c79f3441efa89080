"""Tables, files and folders: what they could hold, and who could read them."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pulse.config import Settings
from pulse.db import db
from pulse.domain.anonymity import Verdict
from tests.results.factories import Site
from tests.results.tampering import ON_POSTGRESQL, ON_SQLITE, assert_only_fails, changed, found
from tests.support.databases import chosen_kind


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


def test_a_database_file_that_any_user_can_read_is_found(settings: Settings, released: int) -> None:
    if chosen_kind() == "postgresql":
        assert found(settings, "file_rights").verdict is Verdict.UNKNOWN
        return
    file = Path(str(make_url(settings.database_url).database))
    before, opened = (
        file.stat().st_mode,
        [folder for folder in file.parents if folder.stat().st_mode & 1 == 0],
    )
    rights = {folder: folder.stat().st_mode for folder in opened}
    try:
        file.chmod(0o644)
        assert found(settings, "file_rights").verdict is Verdict.PASS  # nobody else gets into the folder
        for folder in opened:
            folder.chmod(rights[folder] | 0o011)
        assert_only_fails(settings, "file_rights", "Any user of this machine can read the database")
        file.chmod(0o640)
        assert found(settings, "file_rights").verdict is Verdict.PASS
    finally:
        file.chmod(before)
        for folder in opened:
            folder.chmod(rights[folder])


def test_letters_that_are_put_into_a_folder_are_mentioned(settings: Settings, released: int) -> None:
    by_mail = replace(settings, mail_url="smtp://localhost")
    assert "Letters are put into a folder" in found(settings, "web_logs").found
    assert "Letters are put into a folder" not in found(by_mail, "web_logs").found


@ON_SQLITE
def test_a_copy_beside_the_database_is_found(settings: Settings, released: int) -> None:
    database = Path(str(make_url(settings.database_url).database))
    for name in ("pulse.db.bak", ".pulse.db-litestream"):
        copy = database.with_name(name)
        copy.write_bytes(b"copy")
        try:
            assert_only_fails(settings, "backups", f"Copies of the database lie beside it: {name}.")
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
