"""The key directory: whose it is, what lies in it, and who can read it. No key is ever shown."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from pulse.config import Settings
from pulse.domain.anonymity import Finding, failed, judge, passed, unknown
from pulse.results import verifying_queries as queries

_OF_A_WAVE = re.compile(r"(?:wave|inbox|seal)-(\d+)\.key")
_TOKEN_KEY = "token.key"  # noqa: S105 - a file name
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class KeyFolder:
    """`names` are the files in it, or None, and then `why` says why this user cannot see them."""

    path: Path
    names: tuple[str, ...] | None
    why: str = ""

    @classmethod
    def look_at(cls, path: Path) -> "KeyFolder":
        try:
            return cls(path, tuple(sorted(entry.name for entry in os.scandir(path))))
        except FileNotFoundError:
            return cls(path, None, "There is no key directory here: run this where the worker runs.")
        except OSError:
            return cls(path, None, "The user who ran this cannot look into the key directory.")

    def left(self, alive: set[int]) -> list[str]:
        """Files that belong to a wave which is over, or which this database does not have."""
        found = ((name, _OF_A_WAVE.fullmatch(name)) for name in self.names or ())
        return [name for name, match in found if match and int(match[1]) not in alive]

    def odd(self) -> list[str]:
        """Files that Pulse does not make, such as a copy of a key."""
        return [name for name in self.names or () if name != _TOKEN_KEY and not _OF_A_WAVE.fullmatch(name)]


def key_findings(keys: KeyFolder, settings: Settings, *, as_website: bool) -> Iterator[Finding]:
    yield _rights(keys)
    yield _place(keys.path, settings)
    yield _website(keys, as_website=as_website)


def _rights(keys: KeyFolder) -> Finding:
    if keys.names is None:
        return unknown("key_rights", keys.why)
    folder = keys.path.stat()
    open_to_others = (
        ["The key directory is open to other users: chmod 700."] if folder.st_mode & _OTHERS else []
    )
    for name in keys.names:
        file = (keys.path / name).lstat()
        if file.st_mode & _OTHERS:
            open_to_others.append(f"{name} is open to other users: chmod 600.")
        if file.st_uid != folder.st_uid:
            open_to_others.append(f"{name} belongs to another user than the key directory.")
    return judge("key_rights", open_to_others, f"{len(keys.names)} files, open to their owner alone.")


def _place(folder: Path, settings: Settings) -> Finding:
    """A backup of the database's folder must not take the keys along."""
    database = _database_folder(settings)
    if database is None:
        return passed("key_place", "They lie outside the database server's own files, as far as it tells.")
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


def _database_folder(settings: Settings) -> Path | None:
    """Where the database's files are; None if this user cannot know."""
    if queries.is_sqlite():
        return Path(make_url(settings.database_url).database or ".").resolve().parent
    found = queries.read_settings(["data_directory"]).get("data_directory")
    return Path(found).resolve() if found else None


def _website(keys: KeyFolder, *, as_website: bool) -> Finding:
    """The worker's user must be able to read the keys; the website's must not."""
    readable = keys.names is not None
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
