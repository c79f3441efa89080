"""Around the database: its files, copies beside them, logs. Much of it lies beyond what can be seen."""

import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from pulse.config import Settings
from pulse.domain.anonymity import Finding, failed, judge, passed, unknown
from pulse.domain.sqlite_file import count_free_pages_with_content, is_database
from pulse.results import verifying_queries as queries
from pulse.results.verifying_server import server_findings

#: a file larger than this is not read whole into memory
_LARGEST_FILE = 1 << 30
#: SQLite's own files beside the database
_OWN = ("", "-wal", "-shm", "-journal")
_OTHERS_READ_OR_WRITE = stat.S_IROTH | stat.S_IWOTH
#: so many names are printed at most
_NAMED = 8


def place_findings(settings: Settings, *, quiet: bool) -> Iterator[Finding]:
    """`quiet` says that no survey is open, so that emptied tables must have no space at all."""
    if queries.is_sqlite():
        database = _database(settings)
        yield _free_space_in_file()
        yield passed("statements", "SQLite writes no log of statements.")
        yield passed("clock", "SQLite notes no times.")
        yield passed("archive", "None; SQLite's own log of the last writes is emptied at each close.")
        yield _file_rights(database)
        yield _backups(database)
    else:
        yield from server_findings(quiet=quiet)
        yield unknown("backups", _UNSEEN)
    yield unknown("web_logs", _logs(settings))
    yield unknown(
        "program",
        "A changed program, or a changed database server, could say anything here. Have somebody you trust "
        "compare them.",
    )


def _database(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or ".").resolve()


def _free_space_in_file() -> Finding:
    if not queries.overwrites_deleted():
        return failed("free_space", "The database does not overwrite what it deletes (secure_delete is off).")
    pages, size = queries.count_pages()
    if pages * size > _LARGEST_FILE:
        return unknown("free_space", "The file is too large to be read through here.")
    used = count_free_pages_with_content(queries.read_whole_file())
    problems = [f"{used} freed pages still hold something: let the worker close a survey."] if used else []
    return judge("free_space", problems, "What is deleted is overwritten, and no freed page holds anything.")


_UNSEEN = (
    "Backups cannot be seen from here. One that was made while a survey was open tells who had answered "
    "by then, and with a copy of the keys also what."
)


def _backups(database: Path) -> Finding:
    """Copies right beside the database can be seen; all others cannot."""
    beside = sorted(path for path in database.parent.iterdir() if path.name not in _names_of(database))
    copies = [path.name for path in beside if _is_copy(path, database)]
    if copies:
        return failed(
            "backups",
            f"Databases, or copies of this one, lie beside it: {_listed(copies)}. Look at them.",
        )
    others = [path.name for path in beside if path.is_file() and path.stat().st_size]
    look = f" Look at these files, which lie beside the database: {_listed(others)}." if others else ""
    return unknown("backups", _UNSEEN + look)


def _names_of(database: Path) -> set[str]:
    return {f"{database.name}{suffix}" for suffix in _OWN}


def _is_copy(path: Path, database: Path) -> bool:
    """The same name with something added, a dot before it included (as Litestream has), or a SQLite file."""
    return path.name.lstrip(".").startswith(database.name) or (path.is_file() and is_database(path))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _logs(settings: Settings) -> str:
    unseen = (
        "Their logs cannot be seen from here. See that they are off for the addresses that start with /a, "
        "/code and /survey."
    )
    if settings.mail_url.startswith("mailbox:"):
        return f"{unseen} Letters are put into a folder here, which shows who was reminded: empty it."
    return unseen


def _file_rights(database: Path) -> Finding:
    """The website's and the worker's user need the files, often through a group; nobody else does."""
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in database.parents):
        return passed("file_rights", "The folder is closed to them.")
    problems = []
    for name in sorted(_names_of(database)):
        file = database.with_name(name)
        if file.exists() and file.stat().st_mode & _OTHERS_READ_OR_WRITE:
            problems.append(f"Any user of this machine can read or change {name}: chmod o-rwx {name}.")
    if database.parent.stat().st_mode & stat.S_IWOTH:
        problems.append(
            "Any user of this machine can put other files in their place: chmod o-rwx the folder."
        )
    return judge("file_rights", problems, "The files are closed to them.")
