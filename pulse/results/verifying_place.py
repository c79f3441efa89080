"""Around the database: logs, clocks, archives, freed space. Much of it lies beyond what can be seen."""

import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from pulse.config import Settings
from pulse.domain.anonymity import Finding, failed, judge, passed, unknown
from pulse.domain.sqlite_file import count_free_pages_with_content
from pulse.results import verifying_queries as queries

#: a file larger than this is not read whole into memory
_LARGEST_FILE = 1 << 30
#: PostgreSQL's settings that log statements or their values, and how each says that it is off
_OFF = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length_on_error": ("0",),
}
_ADD_ONS = ("shared_preload_libraries", "session_preload_libraries", "local_preload_libraries")
#: server add-ons that write statements, or their values, into the log
_TELLTALES = ("auto_explain", "pgaudit")


def place_findings(settings: Settings, *, quiet: bool) -> Iterator[Finding]:
    """`quiet` says that no survey is open, so that emptied tables must have no space at all."""
    if queries.is_sqlite():
        yield _free_space_in_file()
        yield passed("statements", "SQLite writes no log of statements.")
        yield passed("clock", "SQLite notes no times.")
        yield passed("archive", "None; SQLite's own log of the last writes is emptied at each close.")
        yield _file_rights(Path(make_url(settings.database_url).database or "."))
    else:
        yield _free_space_on_server(quiet=quiet)
        yield _statements()
        yield _clock()
        yield _archive()
        yield unknown(
            "file_rights", "Who can get at the files of the database server cannot be seen from here."
        )
    yield _backups(settings)
    yield unknown("web_logs", _logs(settings))
    yield unknown(
        "program",
        "A changed program could say anything here. Have somebody you trust compare it.",
    )


def _free_space_in_file() -> Finding:
    if not queries.overwrites_deleted():
        return failed("free_space", "The database does not overwrite what it deletes (secure_delete is off).")
    pages, size = queries.count_pages()
    if pages * size > _LARGEST_FILE:
        return unknown("free_space", "The file is too large to be read through here.")
    used = count_free_pages_with_content(queries.read_whole_file())
    problems = [f"{used} freed pages still hold something: let the worker close a survey."] if used else []
    return judge("free_space", problems, "What is deleted is overwritten, and no freed page holds anything.")


def _free_space_on_server(*, quiet: bool) -> Finding:
    """`VACUUM FULL` gives an empty table no page at all; rows that were deleted later have one again."""
    if not quiet:
        return unknown("free_space", "It is told apart only while no survey is open: run this again then.")
    left = [f"The table {name} is empty and still takes space." for name in queries.list_emptied_with_space()]
    return judge("free_space", left, "The tables that held answers and names are empty and take no space.")


def _statements() -> Finding:
    found = queries.read_settings([*_OFF, *_ADD_ONS])
    problems = [f"{name} is on." for name, off in _OFF.items() if found.get(name, off[0]) not in off]
    loaded = ",".join(found.get(name, "") for name in _ADD_ONS)
    problems += [
        f"The server has loaded {name}, which logs statements." for name in _TELLTALES if name in loaded
    ]
    hidden = "" if "shared_preload_libraries" in found else " Its add-ons cannot be seen by this user."
    return judge("statements", problems, f"The server logs no statements.{hidden}")


def _clock() -> Finding:
    on = queries.read_settings(["track_commit_timestamp"]).get("track_commit_timestamp") != "off"
    problems = ["track_commit_timestamp is on: it notes when each answer came."] if on else []
    return judge("clock", problems, "The server notes no times.")


def _archive() -> Finding:
    found = queries.read_settings(["archive_mode", "wal_keep_size"])
    archives = found.get("archive_mode") != "off" or found.get("wal_keep_size", "0") != "0"
    if not archives and not queries.count_followers():
        return passed(
            "archive",
            "No archive of writes, and no second server that follows this one. The server's own log of the "
            "last writes is written over as it goes on.",
        )
    return unknown(
        "archive",
        "The server passes its writes on, or keeps them. What is kept there from the time before a close "
        "tells who had answered by then: treat it as a backup, and delete it.",
    )


def _backups(settings: Settings) -> Finding:
    """Copies right beside the database can be seen; all others cannot."""
    copies = _copies(Path(make_url(settings.database_url).database or ".")) if queries.is_sqlite() else []
    if copies:
        return failed("backups", f"Copies of the database lie beside it: {', '.join(copies)}.")
    return unknown(
        "backups",
        "Backups cannot be seen from here. One that was made while a survey was open tells who had answered "
        "by then, and with a copy of the keys also what.",
    )


def _copies(database: Path) -> list[str]:
    """Under the same name with something added, a dot before it included (as Litestream's copies have)."""
    own = {f"{database.name}{suffix}" for suffix in ("", "-wal", "-shm", "-journal")}
    names = (path.name for path in database.parent.iterdir())
    return sorted(name for name in names if name.lstrip(".").startswith(database.name) and name not in own)


def _logs(settings: Settings) -> str:
    unseen = (
        "Their logs cannot be seen from here. See that they are off for the addresses that start with /a, "
        "/code and /survey."
    )
    if settings.mail_url.startswith("mailbox:"):
        return f"{unseen} Letters are put into a folder here, which shows who was reminded: empty it."
    return unseen


def _file_rights(database: Path) -> Finding:
    """The website's and the worker's user need the file, often through a group; nobody else does."""
    way_in = all(folder.stat().st_mode & stat.S_IXOTH for folder in database.resolve().parents)
    if way_in and database.stat().st_mode & stat.S_IROTH:
        return failed(
            "file_rights", f"Any user of this machine can read the database: chmod o-rwx {database.name}."
        )
    return passed("file_rights", "The file is closed to them.")
