"""The frozen population of a wave, as the count asks for it."""

from typing import Any

from sqlalchemy import select

from pulse.db import db
from pulse.surveys.models import WaveMember


def list_member_places(wave_id: int) -> list[tuple[int, dict[str, Any]]]:
    """The unit and the declared attributes of everybody who was asked, and nothing of who they are."""
    statement = select(WaveMember.unit_id, WaveMember.attributes).where(WaveMember.wave_id == wave_id)
    return [(row.unit_id, row.attributes or {}) for row in db.session.execute(statement)]
