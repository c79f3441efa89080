"""What an open wave is, in one string of bytes that the worker vouches for outside the database.

Who can write to the database can put a key of their own into a wave, or move people into a unit that is too
small to show. The seal, made by the worker at the opening and kept in the key directory, notices at its next
tick and again at the close.

The last day is sealed as a limit: the website may move it forward ("close now"), and nobody may put it off.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from pulse.domain.disclosure import STANDARD
from pulse.domain.words import N_
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.plans import digest_of

BROKEN = N_(
    "This wave is not what it was when it opened: its key, questions, k, units, people or last day were "
    "changed by hand, or its seal is not in the key directory. No answer is taken. Compare the database with "
    "its backup, and see that the key directory is whole."
)


def seal_wave(wave_id: int, keyring: Keyring) -> None:
    """Vouch for the wave as it stands; the caller holds the unit that opens it."""
    content, closes_at = _content(wave_id)
    keyring.write_seal(wave_id, content, closes_at.isoformat().encode())


def fits_seal(wave_id: int, keyring: Keyring) -> bool:
    """Whether everything frozen at the opening is the same in the database now."""
    content, closes_at = _content(wave_id)
    until = keyring.read_seal(wave_id, content)
    if until is None:
        return False
    return not until or closes_at <= datetime.fromisoformat(until.decode())  # an older seal has no day


def _content(wave_id: int) -> tuple[bytes, datetime]:
    """All that decides who is asked, who can open their answers and what a figure means; and the last day."""
    frozen = queries.get_frozen(wave_id)
    # the rows themselves: the digests that lie beside them in the database could be changed with them
    plan, public_key, closes_at = (frozen.pop(name) for name in ("plan", "public_key", "closes_at"))
    if frozen["profile"] == STANDARD:  # seals from before there were profiles still fit
        del frozen["profile"]
    frozen["public_key"] = public_key.hex() if public_key else None
    frozen["plan"] = digest_of(plan) if plan else None
    frozen["population"] = _population(wave_id)
    return json.dumps(frozen, sort_keys=True).encode(), closes_at


def _population(wave_id: int) -> str:
    """SHA-256 over the frozen tree and its people."""
    digest = hashlib.sha256()
    for row in queries.iterate_population(wave_id):
        digest.update(json.dumps(_as_sealed(row), sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def _as_sealed(row: dict[str, Any]) -> list[Any]:
    """The columns of a row; without cohorts and blocks, seals from before there were any still fit."""
    sealed = dict(row)
    if "eligible" in row and row["eligible"] == row["headcount"]:
        del sealed["eligible"]
    if "block" in row and not row["block"]:
        del sealed["block"]
    return list(sealed.values())
