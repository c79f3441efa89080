"""How the guardians' key gets from the web process, where it is typed, to the worker, which counts.

Each wave that waits for its key has an inbox: a key pair whose private half is a file in the key directory,
destroyed with the wave. What is handed in is sealed to the public half, so that neither the database nor its
backups nor its write-ahead log ever hold a key that opens an envelope, not even for those who copied the key
directory of another wave.

The web process reads the public half from the database, where somebody who can write there could put a
public half of their own and be sent the key. So the worker marks it with an HMAC under SECRET_KEY, which
both processes have and the database does not. A setting of its own would do the same, but would have to be
carried over by hand for every wave.

Under the mark stands also when the worker last looked. A key is handed in only while that is a moment ago,
so that it does not lie about, with the file that opens it, because nobody noticed that the worker is stopped.
This does not stop whoever runs the worker and stops it on purpose.

Whoever has SECRET_KEY and the running website could read the key as it is typed anyway; the command
`pulse programme hand-key`, run beside the worker, avoids the website.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from pulse.db import writing
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import queries
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.models import GUARDIAN, Wave
from pulse.surveys.programmes import WaveError

#: what is offered: the public half, when (seconds since 1970), and the mark over both
_KEY_BYTES, _TIME_BYTES = 32, 8
#: a dozen ticks; also how far the clocks of website and worker may be apart
_FRESH = timedelta(minutes=2)
_NOT_READY = N_(
    "The worker is not ready to take the key: nothing was passed on. Try again in a minute; if it is still "
    "so then, see that the worker runs and has the same SECRET_KEY as this process."
)
_NOT_RUNNING = N_(
    "The worker is not running, or is busy: nothing was passed on. Ask whoever runs this service to see that "
    "it runs, and hand the key in then."
)


class KeyAwaited(Exception):
    """A closed wave cannot be counted before its guardians hand in their key; the message says so.

    `tried` is what was handed in and could not be used, if anything was.
    """

    def __init__(self, sentence: str, tried: bytes | None) -> None:
        super().__init__(sentence)
        self.tried = tried


def offer_inboxes(keyring: Keyring, secret_key: str, now: datetime) -> None:
    """Tell the guardians of every wave that waits for their key: the worker is there, and this is its inbox.

    One that was changed by hand is put right.
    """
    for wave in queries.list_waves_in("closing"):
        if wave.key_mode == GUARDIAN and wave.handed_key is None:
            public = bytes(keyring.make_inbox_key(wave.id).public_key)
            offered = public + int(now.timestamp()).to_bytes(_TIME_BYTES)
            with writing():
                queries.get_wave(wave.id).inbox_key = offered + _mark(wave.id, offered, secret_key)


def read_inbox(wave: Wave, secret_key: str, now: datetime) -> bytes:
    """What to seal the guardians' key to; raises WaveError unless the worker has just offered it."""
    stored = wave.inbox_key or b""
    offered, mark = stored[: _KEY_BYTES + _TIME_BYTES], stored[_KEY_BYTES + _TIME_BYTES :]
    if not hmac.compare_digest(mark, _mark(wave.id, offered, secret_key)):
        raise WaveError(_(_NOT_READY))
    seen = datetime.fromtimestamp(int.from_bytes(offered[_KEY_BYTES:]), UTC)
    if abs(now - seen) > _FRESH:  # one from the future is as good as one that never ends
        raise WaveError(_(_NOT_RUNNING))
    return offered[:_KEY_BYTES]


def take_handed_key(wave: Wave, keyring: Keyring) -> PrivateKey:
    """The guardians' key, opened by the worker in memory; raises KeyAwaited."""
    if wave.handed_key is None:
        raise KeyAwaited(
            N_(
                "This wave has closed, and its answers are kept sealed until the guardians hand in their "
                "key: open the page of this wave's key with them."
            ),
            None,
        )
    try:
        key = PrivateKey(SealedBox(keyring.load_inbox_key(wave.id)).decrypt(wave.handed_key))
    except (CryptoError, KeyMissing, TypeError, ValueError):
        key = None
    if key is None or bytes(key.public_key) != wave.public_key:
        raise KeyAwaited(
            N_(
                "What was handed in did not arrive as the key of this wave, and its answers are kept "
                "sealed: have the guardians hand in their key once more."
            ),
            wave.handed_key,
        )
    return key


def _mark(wave_id: int, offered: bytes, secret_key: str) -> bytes:
    message = b"pulse worker inbox %d " % wave_id + offered
    return hmac.new(secret_key.encode(), message, hashlib.sha256).digest()
