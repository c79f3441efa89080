"""The one folder that the demo lives in. Nothing outside it is ever written or removed."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pulse.config import Settings

ROOT = Path(__file__).resolve().parents[2]
_MARK = "made-by-pulse-demo"
_FACTS = "demo.json"


class DemoError(Exception):
    """The demo cannot be built, served or removed; one sentence says what to do."""


@dataclass(frozen=True)
class Notes:
    """What the demo remembers of its own building, for its owner only (the file is 0600)."""

    #: of the tables it was built with: another version of Pulse builds the demo anew
    schema: str
    base_url: str
    secret_key: str
    #: one for all accounts below
    password: str
    #: role -> e-mail address
    accounts: dict[str, str]
    #: who answers -> person id
    answering: dict[str, int]


def demo_folder(environ: Mapping[str, str]) -> Path:
    """`demo` inside PULSE_HOME, or inside `instance` of the current folder."""
    return Path(environ.get("PULSE_HOME") or "instance").absolute() / "demo"


def demo_settings(folder: Path, secret_key: str, port: int) -> Settings:
    """Settings of a demo: its own database, keys and mail, whatever the environment says of real ones."""
    return Settings(
        home=folder,
        database_url=f"sqlite:///{folder / 'pulse.db'}",
        secret_key=secret_key,
        key_dir=folder / "keys",
        base_url=f"http://127.0.0.1:{port}",
        mail_url=f"mailbox:{folder / 'mail'}",
        mail_from="Brackenmere Together <pulse@brackenmere.example>",
        demo=True,
    )


def schema_version() -> str:
    """Names the tables that this version of Pulse makes: a digest of its migrations."""
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def find_notes(folder: Path) -> Notes | None:
    """The notes of a whole demo of this version; None when there is none, or half of one."""
    try:
        notes = Notes(**json.loads((folder / _FACTS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return notes if notes.schema == schema_version() else None


def write_notes(folder: Path, notes: Notes) -> None:
    """The last thing written: where it is, the demo is whole."""
    unfinished = folder / f"{_FACTS}.tmp"
    with open(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as out:
        json.dump(asdict(notes), out, indent=1)
    unfinished.replace(folder / _FACTS)


def move_to(folder: Path, notes: Notes, base_url: str) -> Notes:
    """Serve at another port than the demo was built for: its letters name the old one. Returns new notes."""
    if notes.base_url == base_url:
        return notes
    old, new = f"{notes.base_url}/".encode(), f"{base_url}/".encode()
    for letter in (folder / "mail").glob("*.eml"):
        content = letter.read_bytes()
        if old in content:
            letter.write_bytes(content.replace(old, new))
    moved = replace(notes, base_url=base_url)
    write_notes(folder, moved)
    return moved


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """The folder, made if need be and held until the block ends, so that no second command builds in it or
    takes it away. Raises DemoError when another holds it, or when it is not the demo's own.
    """
    _refuse_strangers(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / _MARK).open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(
                "The demo is running or being built in another terminal: stop it there with Ctrl-C first."
            ) from None
        yield


def empty(folder: Path) -> None:
    """Take away what an unfinished or older demo left, but not the folder itself."""
    for path in folder.iterdir():
        if path.name == _MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def remove(folder: Path) -> bool:
    """Take the demo away for good; False if there was none. Raises DemoError as `holding` does."""
    if not folder.exists():
        return False
    with holding(folder):
        shutil.rmtree(folder)
    return True


def _refuse_strangers(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise DemoError(
            f"{folder} holds something that the demo did not make: move it away, or set PULSE_HOME to "
            "another folder."
        )
