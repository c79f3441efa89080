"""Closing a wave: count the envelopes once, release the tables, burn the envelopes, destroy the key.

Safe to repeat from any point: until the one committing transaction nothing has changed but the state;
after it only the key and the freed pages remain to be destroyed, which the next run does.
"""

import logging
from contextlib import closing
from datetime import datetime

from nacl.public import PrivateKey
from sqlalchemy.exc import OperationalError

from pulse.db import scrub, writing
from pulse.domain.disclosure import DisclosureError
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.responses.sealing import EnvelopeDamaged
from pulse.results.counting import Sheets, open_sheets
from pulse.results.figures import NotANumber
from pulse.results.release import Counted, count_wave, write_release
from pulse.results.tally import TalliesDiffer
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.plans import digest_of, plan_of

log = logging.getLogger(__name__)


class CheckFailed(Exception):
    """A check before release failed; the message tells an administrator why and what to do."""


FAILED_CHECKS = (CheckFailed, KeyMissing, EnvelopeDamaged, TalliesDiffer, DisclosureError, NotANumber)


def close_wave(wave_id: int, now: datetime, keyring: Keyring) -> bool:
    """Close and release one wave; True if it was released now.

    A failed check, or a fault, releases nothing, keeps the envelopes and the key, and leaves the reason in
    `wave.problem`. Raises OperationalError when the database is away.
    """
    with writing():
        drained = surveys.claim_state(wave_id, "open", "closing")
    if not drained and surveys.get_wave(wave_id).state != "closing":
        return False
    try:
        released = _release(wave_id, _count(wave_id, keyring), now)
    except OperationalError:  # the database is away: the next tick goes on from here
        raise
    except FAILED_CHECKS as failure:
        _hold(wave_id, str(failure))
        return False
    except Exception as fault:
        log.exception("a wave could not be counted")
        _hold(
            wave_id, f"A fault in the program stopped the count ({type(fault).__name__}): tell who runs it."
        )
        return False
    finish_burning(keyring)
    return released


def _count(wave_id: int, keyring: Keyring) -> Counted:
    """Open and count everything in memory; raises one of the failures that hold a wave."""
    key = keyring.load_wave_key(wave_id)
    wave = surveys.get_wave(wave_id)
    if wave.public_key != bytes(key.public_key) or wave.plan_sha256 != digest_of(plan_of(wave)):
        raise CheckFailed(
            "The key or the questions of this wave are not those it opened with, so the database was changed "
            "by hand: nothing is released and nothing is lost; compare it with its backup."
        )
    sheets = _open_all(wave_id, key)
    spent = invitations.count_spent(wave_id)
    if sheets.n != spent:
        raise CheckFailed(
            f"{sheets.n} envelopes are stored but {spent} links were used, so the database was changed "
            "by hand: nothing is released and nothing is lost; compare it with its backup."
        )
    return count_wave(wave_id, sheets)


def _open_all(wave_id: int, private_key: PrivateKey) -> Sheets:
    plan = plan_of(surveys.get_wave(wave_id))
    with closing(responses.list_sealed(wave_id)) as sealed:
        return open_sheets(sealed, private_key, plan)


def _release(wave_id: int, counted: Counted, now: datetime) -> bool:
    """The one transaction after which the envelopes do not exist any more."""
    with writing():
        if not surveys.claim_state(wave_id, "closing", "released"):
            return False
        write_release(wave_id, counted, now)
        responses.delete_envelopes(wave_id)
        invitations.clear_register(wave_id)
        surveys.delete_members(wave_id)
        surveys.set_problem(wave_id, None)
        surveys.set_scrub_due(wave_id, due=True)
    return True


def _hold(wave_id: int, reason: str) -> None:
    with writing():
        surveys.claim_state(wave_id, "closing", "held")
        surveys.set_problem(wave_id, reason)
    log.error("a wave is held: its checks failed before release")


def try_again(wave_id: int) -> bool:
    """Put a held wave back to closing once its problem is mended; the worker counts it at its next tick."""
    with writing():
        return surveys.claim_state(wave_id, "held", "closing")


def finish_burning(keyring: Keyring) -> None:
    """Destroy the keys of released waves and overwrite what was deleted; repeats until both are certain.

    Keys go first: they must not outlive their wave because a reader or a full disk held up the rest.
    """
    for wave in surveys.list_waves_by_id(keyring.list_wave_keys()):
        if wave.state == "released":
            keyring.destroy_wave_key(wave.id)
    due = [wave.id for wave in surveys.list_waves_to_scrub()]
    if not due or not scrub():
        return
    with writing():
        for wave_id in due:
            surveys.set_scrub_due(wave_id, due=False)
