"""The SQL of the burden that was agreed: one row, or none yet."""

from sqlalchemy import func, select

from pulse.db import db
from pulse.surveys.running_models import BurdenAgreement

_ONLY = 1
#: any number that no other program locks in the same PostgreSQL database
_LOCK = 7_085_732


def lock_burden() -> None:
    """Nobody else sets up or changes a survey until this unit ends: call it before any row is locked.

    The budget holds over all surveys, so no row of one of them could be locked for it, and the row of the
    agreement may not be there yet. On SQLite the unit has the only write lock.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def find_agreement() -> BurdenAgreement | None:
    return db.session.get(BurdenAgreement, _ONLY)


def set_agreement(warn_minutes: int, most_minutes: int) -> BurdenAgreement:
    """Write the one row; the caller holds the unit that writes."""
    agreement = find_agreement()
    if agreement is None:
        agreement = BurdenAgreement(id=_ONLY, warn_minutes=warn_minutes, most_minutes=most_minutes)
        db.session.add(agreement)
    agreement.warn_minutes, agreement.most_minutes = warn_minutes, most_minutes
    db.session.flush()
    return agreement
