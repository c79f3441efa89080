"""The one place that sees both sides of the wall, for the length of one request.

It knows which link was used (invitations) and what was answered (responses), stores the second without
the first, and forgets both.
"""

from dataclasses import dataclass
from typing import Any

from pulse.db import writing
from pulse.invitations import queries as invitations
from pulse.invitations.codes import hash_token
from pulse.invitations.standing import Standing, find_entry, standing_of
from pulse.responses import queries
from pulse.responses.sealing import Sheet, seal
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave, WaveMember
from pulse.surveys.plans import plan_of

__all__ = ["Ballot", "Standing", "find_ballot", "submit"]


@dataclass(frozen=True)
class Ballot:
    """What the form needs. It holds no person and no link."""

    wave: Wave
    plan: dict[str, Any]
    leads: bool


def find_ballot(token: str) -> Ballot | Standing:
    """The form behind an open, unused link; what the link is good for otherwise."""
    entry = find_entry(token)
    standing = standing_of(entry)
    if entry is None or standing is not Standing.OPEN:
        return standing
    member = _member(entry.wave_id, entry.person_id)
    wave = surveys.get_wave(entry.wave_id)
    return Ballot(wave, plan_of(wave), member.leads)


def submit(token: str, answers: str, comments: dict[str, str]) -> Standing:
    """Seal and store one sheet; `answers` as in `Sheet`.

    OPEN means stored now; SPENT that it was stored before (a retry or a double click: nothing is stored
    twice); CLOSED and UNKNOWN that nothing was stored. Link and envelope change in one transaction, so
    that a link is spent exactly when an envelope is stored.
    """
    entry = find_entry(token)
    standing = standing_of(entry)
    if entry is None or standing is not Standing.OPEN:
        return standing
    member = _member(entry.wave_id, entry.person_id)
    sealed = _sealed(surveys.get_wave(entry.wave_id), member, answers, comments)
    with writing():
        if not surveys.lock_open_wave(entry.wave_id):
            return Standing.CLOSED
        if not invitations.claim_spent(hash_token(token)):
            return Standing.SPENT
        queries.add_envelope(entry.wave_id, sealed)
    return Standing.OPEN


def _member(wave_id: int, person_id: int) -> WaveMember:
    """Where the frozen population has this person; everybody in the register is in it."""
    member = surveys.find_member(wave_id, person_id)
    if member is None:
        raise LookupError("the register names somebody who is not in the wave's population")
    return member


def _sealed(wave: Wave, member: WaveMember, answers: str, comments: dict[str, str]) -> bytes:
    if wave.public_key is None or wave.sheet_bytes is None:
        raise LookupError("an open wave has no public key")
    sheet = Sheet(member.unit_id, answers, member.attributes, comments)
    return seal(sheet, wave.sheet_bytes, wave.public_key)
