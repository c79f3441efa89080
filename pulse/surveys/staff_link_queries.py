"""Every SQL statement about the link by which staff read their results."""

from sqlalchemy import select

from pulse.db import db
from pulse.surveys.models import Programme, Wave


def find_programme_of_key(key: str) -> Programme | None:
    """The survey whose results this key opens."""
    return db.session.scalar(select(Programme).where(Programme.results_key == key))


def find_open_wave(programme_id: int) -> Wave | None:
    """The wave of a survey that is open now; there is one at most."""
    chosen = select(Wave).where(Wave.programme_id == programme_id, Wave.state == "open")
    return db.session.scalar(chosen.order_by(Wave.number.desc()).limit(1))


def find_newest_opened(programme_id: int) -> Wave | None:
    """The wave of a survey that opened last, wherever it stands now; one called off does not count."""
    chosen = select(Wave).where(
        Wave.programme_id == programme_id, Wave.plan_sha256.is_not(None), Wave.state != "cancelled"
    )
    return db.session.scalar(chosen.order_by(Wave.number.desc()).limit(1))
