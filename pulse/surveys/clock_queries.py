"""The one row that tells when a worker last did a whole tick."""

from datetime import datetime

from pulse.db import db
from pulse.surveys.running_models import WorkerBeat


def find_beat() -> datetime | None:
    """When a worker last did a whole tick, by the clock of its machine; None if none ever did."""
    beat = db.session.get(WorkerBeat, 1)
    return beat.ticked_at if beat else None


def set_beat(now: datetime) -> None:
    beat = db.session.get(WorkerBeat, 1)
    if beat is None:
        db.session.add(WorkerBeat(id=1, ticked_at=now))
    else:
        beat.ticked_at = now
