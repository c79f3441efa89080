"""Which surveys are open, for the page of results that leads on to how many have answered."""

from sqlalchemy import exists, select

from pulse.db import db
from pulse.surveys.models import Wave, WaveUnit


def list_open_waves(unit_id: int | None = None) -> list[Wave]:
    """Open waves, the one that closes first before the others; with a unit, only those that ask it."""
    statement = select(Wave).where(Wave.state == "open").order_by(Wave.closes_at, Wave.id)
    if unit_id is not None:
        asked = exists().where(WaveUnit.wave_id == Wave.id, WaveUnit.unit_id == unit_id)
        statement = statement.where(asked)
    return list(db.session.scalars(statement))
