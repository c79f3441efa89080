"""Closing a wave: count the envelopes once, release the tables, burn the envelopes, destroy the key.

Safe to repeat from any point: until the one committing transaction nothing has changed but the state;
after it only the key and the freed pages remain to be destroyed, which the next run does. A wave whose key
guardians hold waits in `closing`, sealed, until they hand it in.
"""

import logging
from contextlib import closing
from datetime import datetime

from nacl.public import PrivateKey

from pulse.db import DATABASE_AWAY, scrub, writing
from pulse.domain.disclosure import DisclosureError
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.responses.sealing import EnvelopeDamaged
from pulse.results.burning import burn
from pulse.results.counting import Sheets, open_sheets
from pulse.results.figures import NotANumber
from pulse.results.release import Counted, count_wave, write_release
from pulse.results.tally import TalliesDiffer
from pulse.surveys import queries as surveys
from pulse.surveys.inbox import KeyAwaited, take_handed_key
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.models import GUARDIAN, Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.seals import BROKEN, fits_seal
from pulse.web.logs import describe

log = logging.getLogger(__name__)


class CheckFailed(Exception):
    """A check before release failed; the message tells an administrator why and what to do."""


FAILED_CHECKS = (CheckFailed, KeyMissing, EnvelopeDamaged, TalliesDiffer, DisclosureError, NotANumber)


def close_wave(wave_id: int, now: datetime, keyring: Keyring) -> bool:
    """Close and release one wave; True if it was released now.

    A failed check, or a fault, releases nothing, keeps the envelopes and the key, and leaves the reason in
    `wave.problem`. Raises one of DATABASE_AWAY when it is.
    """
    if not _drain(wave_id, now):
        return False
    try:
        _require_seal(wave_id, keyring)
        released = _release(wave_id, _count(wave_id, keyring), now, keyring)
    except DATABASE_AWAY:  # the next tick goes on from here
        raise
    except KeyAwaited as reason:
        with writing():
            surveys.await_handed_key(wave_id, str(reason), reason.tried)
        return False
    except FAILED_CHECKS as failure:
        _hold(wave_id, str(failure))
        return False
    except Exception as fault:  # described without its message, which may hold what people wrote
        log.error("a wave could not be counted\n%s", describe(fault))
        _hold(
            wave_id, f"A fault in the program stopped the count ({type(fault).__name__}): tell who runs it."
        )
        return False
    finish_burning(keyring)
    return released


def _drain(wave_id: int, now: datetime) -> bool:
    """Whether the wave is in `closing` now, where nobody can answer any more.

    One that is held gets there when somebody has asked for it, and its day has come.
    """
    with writing():
        if surveys.claim_state(wave_id, "open", "closing"):
            return True
        wave = surveys.get_wave(wave_id)
        asked = wave.asked_again and wave.closes_at <= now
        return wave.state == "closing" or (asked and surveys.claim_state(wave_id, "held", "closing"))


def _require_seal(wave_id: int, keyring: Keyring) -> None:
    if not fits_seal(wave_id, keyring):
        raise CheckFailed(BROKEN)


def _count(wave_id: int, keyring: Keyring) -> Counted:
    """Open and count everything in memory; raises one of the failures that hold a wave, or KeyAwaited."""
    sheets = _open_all(wave_id, _key_of(surveys.get_wave(wave_id), keyring))
    if sheets.n != invitations.count_spent(wave_id):  # the numbers would tell how many of a few answered
        raise CheckFailed(
            "There are not as many sealed answers as links that were used, so the database was changed "
            "by hand: nothing is released and nothing is lost; compare it with its backup."
        )
    return count_wave(wave_id, sheets)


def _key_of(wave: Wave, keyring: Keyring) -> PrivateKey:
    if wave.key_mode == GUARDIAN:
        return take_handed_key(wave, keyring)
    key = keyring.load_wave_key(wave.id)
    if wave.public_key != bytes(key.public_key):
        raise CheckFailed(
            "The key file of this wave is another one's: put back its own; nothing is released or lost."
        )
    return key


def _open_all(wave_id: int, private_key: PrivateKey) -> Sheets:
    plan = plan_of(surveys.get_wave(wave_id))
    with closing(responses.list_sealed(wave_id)) as sealed:
        return open_sheets(sealed, private_key, plan)


def _release(wave_id: int, counted: Counted, now: datetime, keyring: Keyring) -> bool:
    """The one transaction after which the envelopes do not exist any more."""
    with writing():
        if not surveys.claim_state(wave_id, "closing", "released"):
            return False
        _require_seal(wave_id, keyring)  # what was counted a moment ago is still what was asked
        write_release(wave_id, counted, now)
        invitations.clear_register(wave_id)
        surveys.set_problem(wave_id, None)
        burn(wave_id)
    return True


def _hold(wave_id: int, reason: str, before: str = "closing") -> None:
    """The guardians' key does not lie about while somebody looks for the cause: it is asked for again."""
    with writing():
        if not surveys.claim_state(wave_id, before, "held"):
            return  # given up meanwhile
        surveys.set_problem(wave_id, reason)
        surveys.drop_handed_key(wave_id)
    log.error("a wave is held: its checks failed")


def hold_broken_waves(keyring: Keyring) -> int:
    """Take no answers for an open wave that is not what it was when it opened; returns how many are held.

    Only the worker can vouch for a wave, so this is how soon a key that was swapped in the database is found.
    """
    broken = [wave.id for wave in surveys.list_waves_in("open") if not fits_seal(wave.id, keyring)]
    for wave_id in broken:
        _hold(wave_id, BROKEN, before="open")
    return len(broken)


def try_again(wave_id: int) -> bool:
    """Ask the worker to look at a held wave once more, now that its problem is mended; False if none is held.

    At its next tick it is counted or, if its day to close has not come, opened again.
    """
    with writing():
        return surveys.ask_again(wave_id)


def reopen_mended_waves(now: datetime, keyring: Keyring) -> int:
    """Open again what was held while it was open, and is in order again; returns how many waves go on.

    They stay `held` until then: whoever is about to send their answers is not told that it is all over.
    """
    reopened = 0
    for wave_id in [wave.id for wave in surveys.list_asked_again() if wave.closes_at > now]:
        mended = fits_seal(wave_id, keyring)
        with writing():
            if surveys.claim_state(wave_id, "held", "open" if mended else "held"):
                surveys.set_problem(wave_id, None if mended else BROKEN)
                reopened += mended
    return reopened


def finish_burning(keyring: Keyring) -> None:
    """Destroy the keys of waves that ended and scrub what was deleted; repeats until both are certain.

    Keys go first: they must not outlive their wave because a reader or a full disk held up the rest.
    """
    for wave in surveys.list_waves_by_id(keyring.list_wave_keys()):
        if wave.state in ("released", "cancelled"):
            keyring.destroy_wave_key(wave.id)
    due = [wave.id for wave in surveys.list_waves_to_scrub()]
    if not due or not scrub():
        return
    with writing():
        for wave_id in due:
            surveys.set_scrub_due(wave_id, due=False)
