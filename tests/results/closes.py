"""Closing a wave in a test, and what must be so afterwards."""

import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from pulse.db import db
from pulse.results.closing import close_wave, finish_burning
from pulse.surveys import queries as surveys
from tests.results.factories import Site, answer_all, make_council, make_sent_wave
from tests.support.rows import all_rows

#: two teams of eight: quick to count
SMALL: dict[str, tuple[str | None, int]] = {"C": (None, 0), "A": ("C", 8), "B": ("C", 8)}
PEOPLE = 16


def make_due_wave(site: Site) -> int:
    """A wave that everybody answered; its id."""
    council = make_council(SMALL)
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council)
    return wave_id


def due(wave_id: int) -> datetime:
    return surveys.get_wave(wave_id).closes_at + timedelta(minutes=1)


def close(wave_id: int, site: Site) -> bool:
    db.session.rollback()
    released = close_wave(wave_id, due(wave_id), site.keyring)
    burn(site)
    return released


def burn(site: Site) -> None:
    """Destroy keys and scrub, tick after tick as the worker does: PostgreSQL may be in the way."""
    for _ in range(100):
        finish_burning(site.keyring)
        if not surveys.list_waves_to_scrub():
            return
        db.session.rollback()
        time.sleep(0.1)
    pytest.fail(f"The scrub is not done after 100 tries. In the way: {_others_at_work()}")


def _others_at_work() -> str:
    """Who else uses this database: what began before the scrub may still see what it takes away."""
    if db.engine.dialect.name != "postgresql":
        return "a reader that SQLite does not name"
    asked = text(
        "SELECT pid, backend_type, state, backend_xmin, backend_xid, wait_event, now() - xact_start AS lasts"
        " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with db.engine.connect() as connection:
        return "; ".join(str(dict(row)) for row in connection.execute(asked).mappings()) or "nobody now"


def assert_held(wave_id: int, site: Site, reason: str) -> None:
    """Closing releases nothing, keeps everything, and says why."""
    kept = {name: rows for name, rows in all_rows().items() if name != "wave"}
    assert close(wave_id, site) is False

    wave = surveys.get_wave(wave_id)
    assert wave.state == "held"
    assert reason in str(wave.problem)
    assert {name: rows for name, rows in all_rows().items() if name != "wave"} == kept
    assert site.keyring.list_wave_keys() == [wave_id]


def assert_nothing_left(wave_id: int, site: Site) -> None:
    rows = all_rows()
    assert rows["envelope"] == rows["wave_member"] == []
    cleared = ("token_hash", "code_hash", "sent_to", "spent", "reminders")
    assert {row[name] for row in rows["invitation"] for name in cleared} == {None}
    assert len(rows["invitation"]) == PEOPLE
    assert site.keyring.list_wave_keys() == []
    assert (surveys.get_wave(wave_id).state, surveys.get_wave(wave_id).problem) == ("released", None)
