"""Closing a wave: count the envelopes once, release the tables, burn the envelopes, destroy the key.

Safe to repeat from any point: until the one committing transaction nothing has changed but the state;
after it only the key and the freed pages remain to be destroyed, which the next run does.
"""

import logging
from contextlib import closing
from datetime import datetime

from nacl.public import PrivateKey

from pulse.db import scrub, writing
from pulse.domain.disclosure import DisclosureError
from pulse.invitations import queries as invitations
from pulse.responses import queries as responses
from pulse.responses.sealing import EnvelopeDamaged
from pulse.results.counting import Sheets, open_sheets
from pulse.results.release import Counted, count_wave, write_release
from pulse.results.tally import TalliesDiffer
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import KeyMissing, Keyring
from pulse.surveys.plans import plan_of

log = logging.getLogger(__name__)


class CheckFailed(Exception):
    """A check before release failed; the message tells an administrator why and what to do."""


def close_wave(wave_id: int, now: datetime, keyring: Keyring) -> bool:
    """Close and release one wave; True if it was released now.

    A failed check releases nothing, keeps the envelopes and the key, and leaves the reason in
    `wave.problem`.
    """
    with writing():
        drained = surveys.claim_state(wave_id, "open", "closing")
    if not drained and surveys.get_wave(wave_id).state != "closing":
        return False
    try:
        counted = _count(wave_id, keyring)
    except (CheckFailed, KeyMissing, EnvelopeDamaged, TalliesDiffer, DisclosureError) as failure:
        _hold(wave_id, str(failure))
        return False
    released = _release(wave_id, counted, now)
    finish_burning(keyring)
    return released


def _count(wave_id: int, keyring: Keyring) -> Counted:
    """Open and count everything in memory; raises one of the failures that hold a wave."""
    sheets = _open_all(wave_id, keyring.load_wave_key(wave_id))
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
    """Destroy the keys of released waves and overwrite what was deleted; repeats after a crash."""
    finished = [
        wave.id for wave in surveys.list_waves_by_id(keyring.list_wave_keys()) if wave.state == "released"
    ]
    if not finished:
        return
    try:
        scrub()
    finally:  # a key must not outlive its wave because the disk was full
        for wave_id in finished:
            keyring.destroy_wave_key(wave_id)
