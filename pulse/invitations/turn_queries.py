"""Who a wave asked: the one thing that its register keeps of people after the close."""

from sqlalchemy import select

from pulse.db import db
from pulse.invitations.models import Invitation
from pulse.surveys.models import Wave


def list_asked_just_before(wave: Wave) -> frozenset[int]:
    """The cohort that the wave before this one of its programme asked; nobody if it asked no cohort."""
    before = (
        select(Wave.id)
        .where(Wave.programme_id == wave.programme_id, Wave.number == wave.number - 1)
        .where(Wave.cohort.is_not(None))
        .scalar_subquery()
    )
    return frozenset(db.session.scalars(select(Invitation.person_id).where(Invitation.wave_id == before)))
