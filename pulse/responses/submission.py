"""The one place that sees both sides of the wall, for the length of one request.

It knows which link was used (invitations) and what was answered (responses), stores the second without
the first, and forgets both.
"""

from dataclasses import dataclass
from typing import Any

from pulse.db import writing
from pulse.domain.sheets import Plan, keeps_to_block
from pulse.invitations import queries as invitations
from pulse.invitations.codes import hash_token
from pulse.invitations.offering import plan_behind
from pulse.invitations.queries import Entry
from pulse.invitations.standing import Standing, find_entry, standing_of
from pulse.responses import queries
from pulse.responses.sealing import Sheet, seal
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import plan_named

__all__ = ["Ballot", "Standing", "find_ballot", "find_plan_behind", "find_programme_behind", "submit"]


@dataclass(frozen=True)
class Ballot:
    """What the form needs. It holds no person and no link. `plan_sha256` names the plan for good."""

    wave_id: int
    plan_sha256: str
    plan: dict[str, Any]
    leads: bool
    block: int = 0

    @property
    def wave(self) -> Wave:
        """The wave's row, read when a page is drawn; a page that was drawn before does not ask for it."""
        return surveys.get_wave(self.wave_id)


def find_ballot(token: str) -> Ballot | Standing:
    """The form behind an open, unused link; what the link is good for otherwise."""
    entry = find_entry(token)
    standing = standing_of(entry)
    if entry is None or standing is not Standing.OPEN:
        return standing
    digest = str(entry.plan_sha256)
    return Ballot(entry.wave_id, digest, plan_named(entry.wave_id, digest), entry.leads, entry.block)


def find_programme_behind(token: str) -> Programme | None:
    """The survey that a link is of, whatever the link is good for now; None for one that is not ours."""
    entry = find_entry(token)
    return surveys.get_wave(entry.wave_id).programme if entry is not None else None


def find_plan_behind(token: str) -> Plan:
    """What the wave of a link froze, whatever the link is good for now; nothing of one that is not ours."""
    return plan_behind(find_entry(token))


def submit(token: str, answers: str, comments: dict[str, str]) -> Standing:
    """Seal and store one sheet; `answers` as in `Sheet`.

    Raises ValueError for an answer to a question that this person was not asked; nothing is stored then.

    OPEN means stored now; SPENT that it was stored before (a retry or a double click: nothing is stored
    twice); CLOSED, HELD and UNKNOWN that nothing was stored. Link and envelope change in one transaction, so
    that a link is spent exactly when an envelope is stored.
    """
    entry = find_entry(token)
    standing = standing_of(entry)
    if entry is None or standing is not Standing.OPEN:
        return standing
    sealed = _sealed(entry, answers, comments)
    with writing():
        if not surveys.lock_open_wave(entry.wave_id):
            return _why_not_open(token)
        if not invitations.claim_spent(hash_token(token)):
            return Standing.SPENT
        queries.add_envelope(entry.wave_id, sealed)
    return Standing.OPEN


def _why_not_open(token: str) -> Standing:
    """The wave has just been closed, or held; if it is open again by now, this try still found it held."""
    standing = standing_of(find_entry(token))
    return Standing.HELD if standing is Standing.OPEN else standing


def _sealed(entry: Entry, answers: str, comments: dict[str, str]) -> bytes:
    """Where the frozen population has this person, what was answered, and nothing else, in an envelope."""
    if entry.unit_id is None:
        raise LookupError("the register names somebody who is not in the wave's population")
    if entry.public_key is None or entry.sheet_bytes is None:
        raise LookupError("an open wave has no public key")
    plan = plan_named(entry.wave_id, str(entry.plan_sha256))
    if plan.get("blocks") and not keeps_to_block(plan, entry.block, answers, comments):
        raise ValueError("the sheet has an answer to a question that was not asked of this person")
    sheet = Sheet(entry.unit_id, answers, entry.attributes, comments)
    return seal(sheet, entry.sheet_bytes, entry.public_key)
