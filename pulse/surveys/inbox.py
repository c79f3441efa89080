"""How the guardians' key gets from the web process, where it is typed, to the worker, which counts.

Each wave that waits for its key has an inbox: a key pair whose private half is a file in the key directory,
destroyed with the wave. What is handed in is sealed to the public half, so that neither the database nor its
backups nor its write-ahead log ever hold a key that opens an envelope, not even for those who copied the key
directory of another wave.

The web process reads the public half from the database, where somebody who can write there could put a
public half of their own and be sent the key. So the worker marks it with an HMAC under SECRET_KEY, which
both processes have and the database does not. A setting of its own would do the same, but would have to be
carried over by hand for every wave. Whoever has SECRET_KEY and the running website could read the key as it
is typed anyway; the command `pulse programme hand-key`, run beside the worker, avoids the website.
"""

import hashlib
import hmac

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from pulse.db import writing
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import GUARDIAN, Wave

_KEY_BYTES = 32


class KeyAwaited(Exception):
    """A closed wave cannot be counted before its guardians hand in their key; the message says so.

    `tried` is what was handed in and could not be used, if anything was.
    """

    def __init__(self, sentence: str, tried: bytes | None) -> None:
        super().__init__(sentence)
        self.tried = tried


def offer_inboxes(keyring: Keyring, secret_key: str) -> None:
    """Give every closed wave of guardians an inbox; one that was changed by hand is put right."""
    for wave in queries.list_waves_in("closing"):
        if wave.key_mode == GUARDIAN:
            public = bytes(keyring.inbox_key(wave.id).public_key)
            offered = public + _mark(wave.id, public, secret_key)
            if wave.inbox_key != offered:
                with writing():
                    queries.get_wave(wave.id).inbox_key = offered


def read_inbox(wave: Wave, secret_key: str) -> bytes | None:
    """What to seal the guardians' key to; None if there is no inbox, or it is not the worker's."""
    offered = wave.inbox_key or b""
    public, mark = offered[:_KEY_BYTES], offered[_KEY_BYTES:]
    return public if hmac.compare_digest(mark, _mark(wave.id, public, secret_key)) else None


def take_handed_key(wave: Wave, keyring: Keyring) -> PrivateKey:
    """The guardians' key, opened by the worker in memory; raises KeyAwaited."""
    if wave.handed_key is None:
        raise KeyAwaited(
            "This wave has closed, and its answers are kept sealed until the guardians hand in their key: "
            "open the page of this wave's key with them.",
            None,
        )
    try:
        key = PrivateKey(SealedBox(keyring.inbox_key(wave.id)).decrypt(wave.handed_key))
    except (CryptoError, TypeError, ValueError):
        key = None
    if key is None or bytes(key.public_key) != wave.public_key:
        raise KeyAwaited(
            "What was handed in did not arrive as the key of this wave, and its answers are kept sealed: "
            "have the guardians hand in their key once more.",
            wave.handed_key,
        )
    return key


def _mark(wave_id: int, public: bytes, secret_key: str) -> bytes:
    message = b"pulse worker inbox %d " % wave_id + public
    return hmac.new(secret_key.encode(), message, hashlib.sha256).digest()
