"""What lies in the key directory, file by file, and beside it. Of a key only its public half is looked at."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey

from pulse.domain.anonymity import Finding, judge, unknown
from pulse.surveys.models import GUARDIAN, WORKER, Wave

_KEY_BYTES = 32
#: a seal is a key, a checksum and, perhaps, the last day of its wave (see surveys.seals)
_SEAL = re.compile(rb".{64}(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+\d\d:\d\d)?", flags=re.DOTALL)
_KEY_FILE = re.compile(r"token\.key|(wave|inbox|seal)-(\d+)\.key")
#: a file while surveys.keyring writes it
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}")


@dataclass(frozen=True)
class KeyFile:
    """One entry of the key directory; `content` is empty for what is no plain file or cannot be read."""

    name: str
    mode: int
    owner: int
    place: int
    names: int
    content: bytes

    @classmethod
    def find(cls, path: Path) -> "KeyFile | None":
        """None if it was removed since its folder was read, as the worker may have done."""
        try:
            found = path.lstat()
        except FileNotFoundError:
            return None
        plain = stat.S_ISREG(found.st_mode)
        return cls(
            path.name,
            found.st_mode,
            found.st_uid,
            found.st_ino,
            found.st_nlink,
            _read(path) if plain else b"",
        )

    @property
    def has_its_length(self) -> bool:
        """Nothing stands behind what such a file is made of, and nothing is missing."""
        if self.name.startswith("seal-"):
            return bool(_SEAL.fullmatch(self.content))
        return len(self.content) == _KEY_BYTES


@dataclass(frozen=True)
class KeyFolder:
    """`files` is what lies in it, or None, and then `why` says why this user cannot see that."""

    path: Path
    files: tuple[KeyFile, ...] | None
    why: str = ""

    @classmethod
    def look_at(cls, path: Path) -> "KeyFolder":
        try:
            names = sorted(entry.name for entry in os.scandir(path))
            files = (KeyFile.find(path / name) for name in names)
            return cls(path, tuple(file for file in files if file))
        except FileNotFoundError:
            return cls(path, None, "There is no key directory here: run this where the worker runs.")
        except OSError:
            return cls(path, None, "The user who ran this cannot look into the key directory.")


def _read(path: Path) -> bytes:
    """The first bytes, more than any key has."""
    try:
        with path.open("rb") as file:
            return file.read(1 << 16)
    except OSError:
        return b""


def keys_gone(
    ended: Sequence[Wave], alive: Sequence[Wave], keys: KeyFolder, beside: Iterable[Path]
) -> Finding:
    """Only files of waves that are alive are there, each as it should be; copies may lie in `beside`."""
    problems = [
        f"{wave.programme.name}, {wave.label} still holds the key that its guardians handed in."
        for wave in ended
        if wave.handed_key
    ]
    problems += _copies(keys.path, beside)
    if keys.files is None:
        return judge("keys", problems, "") if problems else unknown("keys", keys.why)
    problems += _misplaced(keys.files, {wave.id: wave for wave in alive}, {wave.id for wave in ended})
    problems += _hidden(keys.files, [*ended, *alive])
    return judge("keys", problems, "None is left in the key directory. Copies elsewhere cannot be seen.")


def _misplaced(files: Sequence[KeyFile], alive: dict[int, Wave], ended: set[int]) -> Iterator[str]:
    for file in files:
        match = _KEY_FILE.fullmatch(file.name)
        if _UNFINISHED.fullmatch(file.name):
            yield (
                f"A process that was killed left {file.name}, which may be a key: let the worker run, which "
                "removes it. If it is still there then, remove it."
            )
        elif not match:
            yield f"The key directory holds a file that Pulse did not make: {file.name}."
        elif match[2] and int(match[2]) not in alive:
            over = "over" if int(match[2]) in ended else "not in this database"
            yield f"The key directory holds {file.name}, of a survey that is {over}."
        elif match[2] and match[1] not in _kinds_of(alive[int(match[2])]):
            yield f"The key directory holds {file.name}, which that survey does not have as it stands."
        elif not file.has_its_length:
            yield f"{file.name} does not have the length of such a file: it is damaged, or holds more."


def _kinds_of(wave: Wave) -> set[str]:
    """The files that a wave may have; the first two also from an opening that was interrupted."""
    if wave.key_mode == WORKER:
        return {"wave", "seal"}
    return {"seal", "inbox"} if wave.state in ("closing", "held") else {"seal"}


def _hidden(files: Sequence[KeyFile], waves: Sequence[Wave]) -> Iterator[str]:
    """Whichever file it is in: a key shows by its public half, which the database keeps of every wave."""
    known = {wave.public_key: wave for wave in waves if wave.public_key}
    for file in files:
        for start in range(0, len(file.content) - _KEY_BYTES + 1, _KEY_BYTES):
            key = PrivateKey(file.content[start : start + _KEY_BYTES])
            wave = known.get(bytes(key.public_key))
            if wave and (wave.key_mode == GUARDIAN or file.name != f"wave-{wave.id}.key"):
                yield f"{file.name} holds the key of {wave.programme.name}, {wave.label}."


def _copies(folder: Path, beside: Iterable[Path]) -> Iterator[str]:
    """Whatever is called like the key directory, or holds files that are called like keys."""
    for place in {folder.parent, *beside}:
        for entry in _entries(place):
            called_alike = place == folder.parent and entry.name.lstrip(".").startswith(folder.name)
            with_keys = entry.is_dir() and any(_KEY_FILE.fullmatch(one.name) for one in _entries(entry))
            if entry != folder and (called_alike or with_keys):
                yield f"Look at {entry.name}: it may be a copy of the keys. If it is, remove it."


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(Path(entry) for entry in os.scandir(folder))
    except OSError:  # no folder, or closed to this user
        return []
