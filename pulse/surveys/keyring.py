"""The key directory: private halves of open waves, what vouches for them, and the key links are made from.

It lies outside the database and its backups and is readable by the worker only. The web process never
builds a Keyring: it starts and serves without the directory. Up to three files belong to a wave:

    wave-N.key   opens its envelopes; a guardians' wave has none
    inbox-N.key  a guardians' wave only: opens their key on its way to the worker (see surveys.inbox)
    seal-N.key   what the wave was when it opened (see surveys.seals)
"""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from nacl.public import PrivateKey

from pulse.domain.words import N_

_KEY_BYTES = 32
#: a seal's key and its HMAC; the note follows
_SEAL_BYTES = _KEY_BYTES + hashlib.sha256().digest_size
_TOKEN_KEY = "token.key"  # noqa: S105 - a file name
_OF_A_WAVE = re.compile(r"(?:wave|inbox|seal)-(\d+)\.key")
#: a file while it is written
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}")


class KeyMissing(Exception):
    """A key file that should exist does not; the message says which and what follows from it."""


class Keyring:
    """Key files in one folder (0700), one file a key (0600)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create_wave_key(self, wave_id: int) -> bytes:
        """Make the wave's key pair and return its public half (32 bytes).

        Repeatable: if a crash left the file behind, the same pair is used again.
        """
        self._make_once(self._wave_path(wave_id))
        return bytes(self.load_wave_key(wave_id).public_key)

    def load_wave_key(self, wave_id: int) -> PrivateKey:
        """The private half; raises KeyMissing when the file is gone (then the wave cannot be counted)."""
        try:
            key = self._wave_path(wave_id).read_bytes()
        except FileNotFoundError:
            raise KeyMissing(
                N_(
                    "The key file of this wave is not in the key directory: put it back where it was; "
                    "without that file nobody can open the answers of this wave."
                )
            ) from None
        if len(key) != _KEY_BYTES:
            raise KeyMissing(
                N_(
                    "The key file of this wave is damaged: put back a whole copy, if one was kept; without "
                    "it nobody can open the answers of this wave."
                )
            )
        return PrivateKey(key)

    def make_inbox_key(self, wave_id: int) -> PrivateKey:
        """What opens the guardians' key on its way to the worker; made now if there is none."""
        self._make_once(self._inbox_path(wave_id))
        return self.load_inbox_key(wave_id)

    def load_inbox_key(self, wave_id: int) -> PrivateKey:
        """The same; raises KeyMissing: a new one would open nothing, and outlive a wave that is over."""
        try:
            return PrivateKey(self._inbox_path(wave_id).read_bytes())
        except FileNotFoundError:
            raise KeyMissing(N_("The inbox of this wave is not in the key directory.")) from None

    def write_seal(self, wave_id: int, content: bytes, note: bytes = b"") -> None:
        """Vouch for what a wave is at its opening; replaces what an opening that crashed left behind.

        `note` is kept with it, to be read again. The key of the seal lies in the same file and not in
        token.key: who loses that one loses letters, and must not lose answers.
        """
        key = secrets.token_bytes(_KEY_BYTES)
        path = self._seal_path(wave_id)
        path.unlink(missing_ok=True)
        self._write_new(path, key + _mac(key, note + content) + note)

    def read_seal(self, wave_id: int, content: bytes) -> bytes | None:
        """The note, if the wave is what it was at its opening; None also when its seal is gone or damaged."""
        try:
            seal = self._seal_path(wave_id).read_bytes()
        except FileNotFoundError:
            return None
        key, mac, note = seal[:_KEY_BYTES], seal[_KEY_BYTES:_SEAL_BYTES], seal[_SEAL_BYTES:]
        fits = len(key) == _KEY_BYTES and hmac.compare_digest(mac, _mac(key, note + content))
        return note if fits else None

    def destroy_wave_key(self, wave_id: int) -> None:
        """Remove all the wave's files for good; nothing happens when they are gone already."""
        for kind in ("wave", "inbox", "seal"):
            self._destroy(self._folder / f"{kind}-{wave_id}.key")

    def clear_unfinished(self) -> None:
        """Destroy what a process that was killed while it wrote left behind: it may be a whole key.

        Only for the one process that leads, while it writes nothing itself.
        """
        for path in self._folder.glob(".*"):
            if _UNFINISHED.fullmatch(path.name):
                self._destroy_unfinished(path)

    def list_wave_keys(self) -> list[int]:
        """Waves of which some file still exists."""
        found = (_OF_A_WAVE.fullmatch(path.name) for path in self._folder.glob("*.key"))
        return sorted({int(match[1]) for match in found if match})

    def make_token_key(self) -> bytes:
        """The key that links are made from, made now if there is none yet."""
        path = self._folder / _TOKEN_KEY
        if not path.exists():
            self._write_new(path, secrets.token_bytes(_KEY_BYTES))
        return self.token_key()

    def token_key(self) -> bytes:
        """The key that links are made from; raises KeyMissing, since a new one would make dead links."""
        try:
            return (self._folder / _TOKEN_KEY).read_bytes()
        except FileNotFoundError:
            raise KeyMissing(
                N_(
                    "The file token.key is not in the key directory: put it back where it was; without it "
                    "no letter can be sent for this wave, while links that were sent go on working."
                )
            ) from None

    def _wave_path(self, wave_id: int) -> Path:
        return self._folder / f"wave-{wave_id}.key"

    def _inbox_path(self, wave_id: int) -> Path:
        return self._folder / f"inbox-{wave_id}.key"

    def _seal_path(self, wave_id: int) -> Path:
        return self._folder / f"seal-{wave_id}.key"

    def _make_once(self, path: Path) -> None:
        if not path.exists():
            self._write_new(path, bytes(PrivateKey.generate()))

    def _destroy_unfinished(self, path: Path) -> None:
        """Taken away first: a worker that lost its lead, and still writes it, cannot link it any more.

        One that was linked is the same file as a whole key, and that is left as it is.
        """
        taken = path.with_name(f".{secrets.token_hex(8)}")
        try:
            path.rename(taken)
        except FileNotFoundError:
            return
        if taken.stat().st_nlink > 1:
            taken.unlink()
        else:
            self._destroy(taken)

    def _destroy(self, path: Path) -> None:
        """Also when another process does the same: each overwrites what it still finds."""
        try:
            # in place and synced: truncating would free the old block with the key still in it
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError:
            return
        path.unlink(missing_ok=True)
        self._sync_folder()

    def _write_new(self, path: Path, key: bytes) -> None:
        """Write under another name and link into place: a half-written key never has the real name."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._folder.stat().st_mode & 0o077:  # made by somebody else, and open to others
            self._folder.chmod(0o700)
        temporary = path.with_name(f".{secrets.token_hex(8)}")
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, key)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(temporary, path)
        except FileExistsError:  # another process was first: its key is the key
            pass
        finally:
            temporary.unlink(missing_ok=True)
        self._sync_folder()

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mac(key: bytes, content: bytes) -> bytes:
    return hmac.new(key, content, hashlib.sha256).digest()
