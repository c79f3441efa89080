"""The files of the database, and what lies beside them: who could read it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pulse.config import Settings
from pulse.domain.anonymity import Verdict
from tests.results.tampering import ON_POSTGRESQL, ON_SQLITE, assert_only_fails, found


@pytest.fixture
def open_folder(settings: Settings) -> Iterator[Path]:
    """The database's file, in folders that any user may enter, and closed itself; put back as it was."""
    file = Path(str(make_url(settings.database_url).database))
    shut = [folder for folder in file.parents if not folder.stat().st_mode & 1]
    before = {path: path.stat().st_mode for path in [*shut, *own_files(file)]}
    for folder in shut:
        folder.chmod(before[folder] | 0o011)
    for one in own_files(file):
        one.chmod(0o640)
    yield file
    for path in {*before, *own_files(file)}:
        path.chmod(before.get(path, 0o600))


def own_files(file: Path) -> list[Path]:
    """The database's and those that SQLite keeps beside it."""
    return [path for path in file.parent.iterdir() if path.name.startswith(f"{file.name}")]


@ON_SQLITE
@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
@pytest.mark.parametrize("mode", [0o604, 0o602])
def test_a_file_of_the_database_that_any_user_can_read_or_change_is_found(
    settings: Settings, released: int, open_folder: Path, ending: str, mode: int
) -> None:
    assert found(settings, "file_rights").verdict is Verdict.PASS
    open_folder.with_name(f"{open_folder.name}{ending}").chmod(mode)
    assert_only_fails(settings, "file_rights", f"can read or change {open_folder.name}{ending}: chmod o-rwx")


@ON_SQLITE
def test_a_folder_in_which_any_user_can_put_another_database_is_found(
    settings: Settings, released: int, open_folder: Path
) -> None:
    open_folder.parent.chmod(0o773)
    assert_only_fails(settings, "file_rights", "Any user of this machine can put other files in their place")
    open_folder.parent.chmod(0o700)
    open_folder.chmod(0o666)
    assert found(settings, "file_rights").verdict is Verdict.PASS  # nobody else gets into the folder


@ON_POSTGRESQL
def test_who_can_read_the_servers_files_is_not_said(settings: Settings, released: int) -> None:
    assert found(settings, "file_rights").verdict is Verdict.UNKNOWN


def test_letters_that_are_put_into_a_folder_are_mentioned(settings: Settings, released: int) -> None:
    by_mail = replace(settings, mail_url="smtp://localhost")
    assert "Letters are put into a folder" in found(settings, "web_logs").found
    assert "Letters are put into a folder" not in found(by_mail, "web_logs").found


@ON_SQLITE
@pytest.mark.parametrize("name", ["pulse.db.bak", ".pulse.db-litestream", "backup.sqlite", "old"])
def test_a_copy_beside_the_database_is_found(settings: Settings, released: int, name: str) -> None:
    database = Path(str(make_url(settings.database_url).database))
    copy = database.with_name(name)
    copy.write_bytes(b"copy" if database.name in name else database.read_bytes())
    try:
        assert_only_fails(settings, "backups", f"lie beside it: {name}. Look at them.")
    finally:
        copy.unlink()


@ON_SQLITE
def test_other_files_beside_the_database_are_named_for_somebody_to_look_at(
    settings: Settings, released: int
) -> None:
    dump = Path(str(make_url(settings.database_url).database)).with_name("dump.sql.gz")
    dump.write_bytes(b"packed")
    lock = dump.with_name("some.lock")
    lock.touch()
    try:
        one = found(settings, "backups")
    finally:
        dump.unlink()
        lock.unlink()
    assert "some.lock" not in one.found  # it is empty
    assert one.verdict is Verdict.UNKNOWN
    assert "Look at these files, which lie beside the database: dump.sql.gz" in one.found
