"""The key of a guardians' wave: made, shown once, tested, and handed in when the wave has closed.

It exists in this process for the length of one request or command: nothing here stores or logs it, and what
it is kept by is paper, or whatever its guardians choose. Lost means lost: nobody can make it again.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from pulse.db import writing
from pulse.domain.key_text import KeyTextError, read_key, write_key
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import queries
from pulse.surveys.inbox import read_inbox
from pulse.surveys.models import GUARDIAN, Wave
from pulse.surveys.programmes import WaveError

__all__ = [
    "BEFORE_DISCARDING",
    "DISCARDED",
    "IF_LOST",
    "KeyTextError",
    "awaits_key",
    "can_be_given_up",
    "discard_key",
    "hand_key",
    "make_key",
    "require_name",
    "test_key",
]

#: told before the key is made, on the page and by the command
IF_LOST = N_(
    "If the guardians lose this key, or one of its two shares, the wave is lost: nobody, not even whoever "
    "runs this service, can open its answers again."
)
#: told before a key is discarded, on the page and by the command
BEFORE_DISCARDING = N_(
    "The guardians tested this key. Discard it only when they have lost it, with all of them here and with "
    "whoever watches for staff (the union observer, say). Then make and test another one with them: they "
    "write down a new fingerprint, and the old one no longer fits."
)
DISCARDED = N_(
    "The key is discarded: this wave is not tested any more. It opens only once another key is made and "
    "tested with the guardians."
)
_TEST = b"Whoever can read this holds the key of this wave."
_NOT_THIS_KEY = N_(
    "This is a key, but not the one of this wave: look for the paper with this wave's fingerprint on it."
)


def make_key(wave_id: int, holders: int) -> list[str]:
    """A key pair of a planned wave; returns the private half as one text, or two shares, for the only time.

    Made again before the test, both halves are new. Raises WaveError, and then changes nothing.
    """
    key = PrivateKey.generate()
    with writing():
        wave = _planned(wave_id)
        if wave.key_tested:
            raise WaveError(
                _("The key of this wave is tested already: discard it first if its guardians have lost it.")
            )
        wave.public_key = bytes(key.public_key)
        wave.key_test = SealedBox(key.public_key).encrypt(_TEST)
    return write_key(bytes(key), holders, secrets.token_bytes)


def test_key(wave_id: int, texts: Sequence[str]) -> Wave:
    """Open the test with what the guardians typed; from then on the wave may open.

    Raises KeyTextError if it is not their key and WaveError if there is nothing to test; nothing changes.
    """
    key = PrivateKey(read_key(texts))
    with writing():
        wave = _planned(wave_id)
        if wave.key_test is None:
            raise WaveError(_("This wave has no key yet: make it first."))
        if _opened(key, wave.key_test) != _TEST or bytes(key.public_key) != wave.public_key:
            raise KeyTextError(_NOT_THIS_KEY)
        wave.key_tested, wave.problem = True, None
        return wave


def discard_key(wave_id: int, typed: str) -> Wave:
    """Forget the key of a planned wave, so that another can be made; `typed` is the wave's name.

    It undoes the guardians' test, so it is asked for in words. Raises WaveError, and then changes nothing.
    """
    with writing():
        wave = _planned(wave_id)
        require_name(wave, typed)
        wave.public_key, wave.key_test, wave.key_tested = None, None, False
        return wave


def hand_key(wave_id: int, texts: Sequence[str], secret_key: str, now: datetime) -> Wave:
    """Pass the guardians' key on to the worker, sealed so that only the worker can open it.

    `secret_key` is the setting, by which the worker's inbox is known to be the worker's. Raises KeyTextError
    if it is not this wave's key, WaveError if the wave does not wait for one or no worker is there to take
    it; nothing changes.
    """
    key = PrivateKey(read_key(texts))
    with writing():
        wave = queries.lock_wave(wave_id)
        if not awaits_key(wave):
            raise WaveError(
                _("This wave does not wait for a key: it has not closed yet, or has its key already.")
            )
        if bytes(key.public_key) != wave.public_key:
            raise KeyTextError(_NOT_THIS_KEY)
        inbox = PublicKey(read_inbox(wave, secret_key, now))
        wave.handed_key = SealedBox(inbox).encrypt(bytes(key))
        wave.problem = None
        return wave


def awaits_key(wave: Wave) -> bool:
    """Whether the wave has closed and its guardians' key is what the count waits for."""
    return wave.key_mode == GUARDIAN and wave.state == "closing" and wave.handed_key is None


def can_be_given_up(wave: Wave) -> bool:
    """A wave that is held, or whose guardians may have lost their key; a healthy one is counted instead."""
    return wave.state == "held" or awaits_key(wave) or (wave.key_mode == GUARDIAN and wave.state == "open")


def require_name(wave: Wave, typed: str) -> None:
    """Raises WaveError unless the name of the wave was typed, to show that this one is meant."""
    if typed.strip().casefold() != wave.label.casefold():
        raise WaveError(_('Type "%(wave)s" to say that this is the wave you mean.', wave=wave.label))


def _planned(wave_id: int) -> Wave:
    wave = queries.lock_wave(wave_id)
    if wave.key_mode != GUARDIAN:
        raise WaveError(_("The worker holds the key of this wave: set the survey to guardians first."))
    if wave.state != "planned":
        raise WaveError(_("This wave is not planned any more: its key stays as it is."))
    return wave


def _opened(key: PrivateKey, sealed: bytes) -> bytes:
    try:
        return SealedBox(key).decrypt(sealed)
    except CryptoError:
        return b""
