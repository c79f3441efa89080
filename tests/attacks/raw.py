"""A database as a thief reads it: by its own driver, and by the bytes of its files. Nothing of ours helps."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]
#: where in its table a row lies, and which transaction wrote it (PostgreSQL only)
PLACE, WRITER = "_place", "_writer"


class Raw(Protocol):
    """Everything here reads; nothing changes the database."""

    kind: str

    def tables(self) -> list[str]:
        """Every table there is, ours or not."""

    def rows(self, table: str) -> list[Row]:
        """In stored order, with PLACE and WRITER among the columns."""

    def files(self) -> list[Path]:
        """Every file that holds the database now, its write-ahead log among them."""

    def flush_log(self) -> None:
        """Have the server write out the log of what is committed."""

    def flush(self) -> None:
        """Have the server write everything to its files that it still holds in memory."""


class SqliteRaw:
    """A file, its -wal and its -shm."""

    kind = "SQLite"

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()

    def tables(self) -> list[str]:
        with self._connected() as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return [row["name"] for row in found]

    def rows(self, table: str) -> list[Row]:
        with self._connected() as connection:
            try:
                found = connection.execute(f'SELECT rowid AS {PLACE}, * FROM "{table}" ORDER BY rowid')
                return [dict(row) | {WRITER: None} for row in found]
            except sqlite3.OperationalError:  # made WITHOUT ROWID: its order is that of its key
                found = connection.execute(f'SELECT * FROM "{table}"')
                return [dict(row) | {PLACE: place, WRITER: None} for place, row in enumerate(found)]

    def files(self) -> list[Path]:
        return sorted(path for path in self.path.parent.glob(f"{self.path.name}*") if path.is_file())

    def flush_log(self) -> None:
        """What is committed is in the file or its log already."""

    flush = flush_log


class PostgresRaw:
    """A database of a server whose files can be read, too."""

    kind = "PostgreSQL"

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo
        self._first_segment = self._value("SELECT pg_walfile_name(pg_current_wal_lsn())")

    def connect(self) -> "psycopg.Connection[Row]":
        return psycopg.connect(self.conninfo, autocommit=True, row_factory=dict_row)

    def _value(self, question: str) -> Any:
        with self.connect() as connection:
            (value,) = connection.execute(question.encode()).fetchall()[0].values()
            return value

    def tables(self) -> list[str]:
        question = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        with self.connect() as connection:
            return [row["tablename"] for row in connection.execute(question)]

    def rows(self, table: str) -> list[Row]:
        question = (
            f'SELECT ctid::text AS {PLACE}, xmin::text::bigint AS {WRITER}, * FROM "{table}" ORDER BY ctid'
        )
        with self.connect() as connection:
            found = connection.execute(question.encode()).fetchall()
        return [row | {PLACE: _pair(row[PLACE])} for row in found]

    def folder(self) -> Path:
        return Path(self._value("SHOW data_directory"))

    def files(self) -> list[Path]:
        """The database's own files, and the write-ahead log since this object was made."""
        own = self._value("SELECT oid FROM pg_database WHERE datname = current_database()")
        return wal_and_tables(self.folder(), own, self._first_segment)

    def flush_log(self) -> None:
        with self.connect() as connection:
            connection.execute("SET synchronous_commit = on")
            connection.execute("SELECT pg_current_xact_id()")

    def flush(self) -> None:
        with self.connect() as connection:
            connection.execute("CHECKPOINT")


def wal_and_tables(data: Path, database: int, first_segment: str = "") -> list[Path]:
    """Files of one database in a data directory, and of its log from one segment on."""
    tables = [path for path in (data / "base" / str(database)).iterdir() if path.is_file()]
    log = [path for path in (data / "pg_wal").iterdir() if path.is_file() and path.name >= first_segment]
    return sorted(tables) + sorted(log)


def _pair(ctid: str) -> tuple[int, int]:
    page, line = ctid.strip("()").split(",")
    return int(page), int(line)


def raw_of(url: str) -> SqliteRaw | PostgresRaw:
    """The database at an address such as SQLAlchemy takes."""
    if url.startswith("sqlite"):
        return SqliteRaw(Path(urlsplit(url).path.removeprefix("/")))
    parts = urlsplit(url)
    (host,) = parse_qs(parts.query)["host"]
    return PostgresRaw(f"host={host} user={parts.username} dbname={parts.path.removeprefix('/')}")
