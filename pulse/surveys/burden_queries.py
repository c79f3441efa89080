"""The SQL of the burden that was agreed: one row, or none yet."""

from pulse.db import db
from pulse.surveys.running_models import BurdenAgreement

_ONLY = 1


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
