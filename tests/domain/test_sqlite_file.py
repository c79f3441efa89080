"""Freed pages are read from the file as SQLite itself writes it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pulse.domain.sqlite_file import count_free_pages_with_content, is_database


def file_after_deleting(folder: Path, *, overwrite: bool, page: int = 4096, rows: int = 3000) -> bytes:
    """A database from which a large table was dropped."""
    path = folder / f"{overwrite}{page}.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA page_size = {page}")
        raw.execute("CREATE TABLE who (name TEXT)")
        raw.executemany("INSERT INTO who VALUES (?)", [(f"Somebody {n} " * 9,) for n in range(rows)])
        raw.commit()
        raw.execute(f"PRAGMA secure_delete = {'ON' if overwrite else 'OFF'}")
        raw.execute("DROP TABLE who")
        raw.commit()
    return path.read_bytes()


@pytest.mark.parametrize("page", [512, 4096, 65_536])
def test_freed_pages_that_were_overwritten_hold_nothing(tmp_path: Path, page: int) -> None:
    assert count_free_pages_with_content(file_after_deleting(tmp_path, overwrite=True, page=page)) == 0


@pytest.mark.parametrize("page", [512, 4096, 65_536])
def test_freed_pages_that_still_hold_something_are_counted(tmp_path: Path, page: int) -> None:
    file = file_after_deleting(tmp_path, overwrite=False, page=page)
    assert count_free_pages_with_content(file) > 3000 * 99 // page // 2


def test_an_empty_database_has_no_freed_page() -> None:
    assert count_free_pages_with_content(b"") == 0


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a SQLite database"):
        count_free_pages_with_content(b"%PDF-1.7")


def test_a_database_is_known_by_how_it_begins_whatever_it_is_called(tmp_path: Path) -> None:
    copy, other = tmp_path / "holiday.jpg", tmp_path / "pulse.db"
    copy.write_bytes(file_after_deleting(tmp_path, overwrite=True, rows=1))
    other.write_bytes(b"SQLite")
    assert (is_database(copy), is_database(other), is_database(tmp_path / "none")) == (True, False, False)
