"""Every SQL statement about response rates of an open wave: counts of a unit, never of a person."""

from sqlalchemy import case, delete, func, insert, select

from pulse.db import db
from pulse.invitations.models import Invitation
from pulse.surveys.models import WaveMember
from pulse.surveys.running_models import UnitRate


def count_by_unit(wave_id: int) -> dict[int, tuple[int, int]]:
    """Unit -> (asked, have answered) of the people directly in it. For the rounding only: never shown."""
    answered = func.sum(case((Invitation.spent.is_(True), 1), else_=0))
    of_person = (WaveMember.wave_id == Invitation.wave_id) & (WaveMember.person_id == Invitation.person_id)
    statement = (
        select(WaveMember.unit_id, func.count(), answered)
        .join_from(Invitation, WaveMember, of_person)
        .where(Invitation.wave_id == wave_id)
        .group_by(WaveMember.unit_id)
    )
    return {row[0]: (row[1], int(row[2])) for row in db.session.execute(statement)}


def replace_unit_rates(wave_id: int, rates: dict[int, int]) -> None:
    """Set the rates of a wave's units; the caller holds the unit that writes."""
    delete_unit_rates(wave_id)
    if rates:
        rows = [{"wave_id": wave_id, "unit_id": unit, "rate": rate} for unit, rate in rates.items()]
        db.session.execute(insert(UnitRate), rows)


def list_unit_rates(wave_id: int) -> dict[int, int]:
    """Unit -> percent, as it was last set."""
    statement = select(UnitRate.unit_id, UnitRate.rate).where(UnitRate.wave_id == wave_id)
    return {row[0]: row[1] for row in db.session.execute(statement)}


def delete_unit_rates(wave_id: int) -> None:
    """A wave that is over has the rates of its release, and no others."""
    db.session.execute(delete(UnitRate).where(UnitRate.wave_id == wave_id))
