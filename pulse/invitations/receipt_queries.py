"""The SQL of delivery receipts: from the hash of a reference to the one invitation that bears it."""

from sqlalchemy import exists, select, update

from pulse.db import db, read_without_transaction
from pulse.invitations.models import REFUSED, SENDING, SENT, Invitation
from pulse.surveys.models import Wave

#: a receipt can arrive before the worker has noted that the letter was taken
_on_its_way = Invitation.delivery.in_((SENDING, SENT)) & (
    select(Wave.id).where(Wave.id == Invitation.wave_id, Wave.state == "open").exists()
)


def has_invitation(reference_hash: bytes) -> bool:
    """Whether an invitation that left, and was not refused so far, bears this reference."""
    read_without_transaction()
    borne = exists().where(Invitation.reference_hash == reference_hash, _on_its_way)
    return bool(db.session.scalar(select(borne)))


def set_refused(reference_hash: bytes) -> None:
    """No letter reaches this person; nothing else of the entry changes, and none other does."""
    statement = update(Invitation).where(Invitation.reference_hash == reference_hash, _on_its_way)
    db.session.execute(statement.values(delivery=REFUSED).execution_options(synchronize_session=False))
