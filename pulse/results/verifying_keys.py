"""The key directory as a whole: who can read it, and whether it is apart from database and website."""

import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from pulse.config import Settings
from pulse.domain.anonymity import Finding, failed, judge, passed, unknown
from pulse.results import verifying_queries as queries
from pulse.results.verifying_key_files import KeyFile, KeyFolder

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_findings(keys: KeyFolder, settings: Settings, *, as_website: bool) -> Iterator[Finding]:
    yield _rights(keys)
    yield _place(keys.path, settings)
    yield _website(keys, as_website=as_website)


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'} (what makes links, and what open surveys need)"


def _rights(keys: KeyFolder) -> Finding:
    if keys.files is None:
        return unknown("key_rights", keys.why)
    folder = keys.path.stat()
    problems = ["The key directory is open to other users: chmod 700."] if folder.st_mode & _OTHERS else []
    for file in keys.files:
        problems += _rights_of(file, folder.st_uid, sum(one.place == file.place for one in keys.files))
    return judge("key_rights", problems, f"{_files(len(keys.files))}, open to the owner alone.")


def _rights_of(file: KeyFile, owner: int, names_here: int) -> Iterator[str]:
    """`names_here` is how many names it has in the key directory itself."""
    if not stat.S_ISREG(file.mode):
        yield f"{file.name} is no plain file: the key may lie elsewhere."
    elif file.mode & _OTHERS:
        yield f"{file.name} is open to other users: chmod 600."
    if file.owner != owner:
        yield f"{file.name} belongs to another user than the key directory."
    if stat.S_ISREG(file.mode) and file.names != names_here:
        yield f"{file.name} has a second name outside the key directory (a hard link): find and remove that."


def _place(folder: Path, settings: Settings) -> Finding:
    """A backup of the database's folder must not take the keys along."""
    database = database_folder(settings)
    if database is None:
        return unknown(
            "key_place",
            "Where the database server has its files is not shown to the database user that Pulse connects "
            "as: ask whoever runs the server.",
        )
    keys = folder.resolve()
    if database == keys or keys in database.parents or (not queries.is_sqlite() and database in keys.parents):
        return failed("key_place", "Keys and database lie in the same folder: set PULSE_KEY_DIR to another.")
    if database in keys.parents:
        return unknown(
            "key_place",
            "The key directory lies below the folder of the database. Whether backups of that folder leave "
            "it out cannot be seen from here.",
        )
    return passed("key_place", "They lie in a folder of their own.")


def database_folder(settings: Settings) -> Path | None:
    """Where the database's files are; None if this user cannot know."""
    if queries.is_sqlite():
        return Path(make_url(settings.database_url).database or ".").resolve().parent
    found = queries.read_settings(["data_directory"]).get("data_directory")
    return Path(found).resolve() if found else None


def _website(keys: KeyFolder, *, as_website: bool) -> Finding:
    """The worker's user must be able to read the keys; the website's must not."""
    readable = keys.files is not None
    if not as_website:
        able = "can" if readable else "cannot"
        return unknown(
            "website",
            f"The user who ran this {able} read the key directory. Run it as the website's user with "
            "--as-website to see whether that one can.",
        )
    if readable:
        return failed("website", "This user can read the key directory: give the website a user of its own.")
    if not keys.path.parent.exists():
        return unknown("website", "There is no such folder here: set PULSE_KEY_DIR to what the worker has.")
    return passed("website", "This user cannot read the key directory.")
