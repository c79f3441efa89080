"""What becomes of a letter after a carrier has taken it: delivery receipts of GOV.UK Notify.

Only the invitation of an open wave is found by its reference: what becomes of a reminder changes nothing, and
at the close references are forgotten. Nothing here is logged.
"""

import hashlib
import re
from collections.abc import Mapping

from pulse.db import writing
from pulse.invitations import receipt_queries

#: Notify has given up: for good, after 72 hours of trying, or because of a fault between it and a network
_FAILED = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})
#: as codes.make_reference makes them; any other is turned away without a query
_REFERENCE = re.compile(r"[0-9a-f]{32}")


def note_receipt(receipt: Mapping[str, object]) -> None:
    """Enter that an invitation reached nobody, so that its person gets a slip. Repeatable, in any order.

    A later "delivered" changes nothing back: a slip too many does no harm, one too few shuts somebody out.
    """
    reference, status = receipt.get("reference"), receipt.get("status")
    if not isinstance(status, str) or not isinstance(reference, str):
        return
    if status not in _FAILED or not _REFERENCE.fullmatch(reference):
        return
    reference_hash = hashlib.sha256(reference.encode()).digest()
    # asked first, so that receipts of others' letters never wait for, or hold up, those who answer
    if receipt_queries.has_invitation(reference_hash):
        with writing():
            receipt_queries.set_refused(reference_hash)
