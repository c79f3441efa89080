"""What a link is good for, read without writing anything."""

from enum import Enum

from pulse.invitations import queries
from pulse.invitations.codes import hash_token, is_well_formed
from pulse.invitations.queries import Entry


class Standing(Enum):
    """OPEN: may be answered; SPENT: has been; CLOSED: the wave is; HELD: closed for now, because a check
    failed; UNKNOWN: not, or no longer, ours."""

    OPEN = "open"
    SPENT = "spent"
    CLOSED = "closed"
    HELD = "held"
    UNKNOWN = "unknown"


def find_entry(token: str) -> Entry | None:
    """The register's entry behind a link; a malformed one is turned away without a query."""
    return queries.find_entry(hash_token(token)) if is_well_formed(token) else None


def standing_of(entry: Entry | None) -> Standing:
    """What the link behind this entry is good for now.

    Once a wave has closed its hashes are gone, so its links are UNKNOWN: nothing can tell whose they were.
    """
    if entry is None:
        return Standing.UNKNOWN
    if entry.spent:
        return Standing.SPENT
    return {"open": Standing.OPEN, "held": Standing.HELD}.get(entry.wave_state, Standing.CLOSED)
