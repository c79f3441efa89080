"""Who answered, one after the other, as a copy taken while a survey was open tells it."""

import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.attacks.raw import PLACE, WRITER, Raw, SqliteRaw

_HEADER, _FRAME_HEADER = 32, 24


def arrival_order(copy: Raw) -> list[int]:
    """Person ids of those who had answered, in the order in which they did as far as the copy tells.

    PostgreSQL numbers its transactions; SQLite's write-ahead log keeps them one behind the other, until it
    begins again from its front.
    """
    spent = [row for row in copy.rows("invitation") if row["spent"]]
    if not isinstance(copy, SqliteRaw):
        return [row["person_id"] for row in sorted(spent, key=lambda row: (row[WRITER], row[PLACE]))]
    seen: dict[int, None] = {}
    for moment in _replay(copy.path):
        seen |= dict.fromkeys(moment)
    return list(seen | dict.fromkeys(row["person_id"] for row in spent))


def _replay(database: Path) -> Iterator[list[int]]:
    """People marked as having answered after each transaction that the log still holds."""
    log = database.with_name(f"{database.name}-wal").read_bytes()
    with tempfile.TemporaryDirectory(prefix="pulse-replay-") as folder:
        copy = Path(folder) / "then.db"
        for end in _commits(log):
            for old in Path(folder).iterdir():
                old.unlink()
            shutil.copyfile(database, copy)
            copy.with_name("then.db-wal").write_bytes(log[:end])
            connection = sqlite3.connect(copy)
            question = "SELECT person_id FROM invitation WHERE spent ORDER BY person_id"
            yield [person for (person,) in connection.execute(question)]
            connection.close()


def _commits(log: bytes) -> Iterator[int]:
    """Where each transaction of the log ends, in bytes; what an older round left behind is not counted."""
    if len(log) < _HEADER:
        return
    page_size, *_, salt_1, salt_2 = struct.unpack(">8xI4xII8x", log[:_HEADER])
    for start in range(_HEADER, len(log) - _FRAME_HEADER, _FRAME_HEADER + page_size):
        size_after_commit, *salts = struct.unpack(">4xIII8x", log[start : start + _FRAME_HEADER])
        if salts != [salt_1, salt_2]:
            return
        if size_after_commit:
            yield start + _FRAME_HEADER + page_size
