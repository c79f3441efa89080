"""The worker is killed at each boundary of a close and run again: the same release, nothing lost or left."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from pulse.config import Settings
from pulse.db import db
from pulse.invitations.sending import send_waiting
from pulse.results import closing, queries, release
from pulse.surveys import guardians
from pulse.surveys import queries as surveys
from pulse.surveys.inbox import offer_inboxes
from pulse.worker import tick
from tests.conftest import make_settings
from tests.results.closes import PEOPLE, SMALL, assert_nothing_left, close, due
from tests.results.factories import Site, answer_all, make_council
from tests.results.killed import BOUNDARIES
from tests.support.rows import all_rows
from tests.surveys.guarding import make_guarded_open_wave

#: the release is there, and what is left to do is burning
COMMITTED = (
    "after the commit",
    "with the key half destroyed",
    "after the key was destroyed",
    "after the scrub",
)


@pytest.fixture
def settings(app: Flask, tmp_path: Path) -> Settings:
    """Settings that have the site's key directory."""
    return make_settings(tmp_path, database_url=app.config["PULSE"].database_url)


def digest_undisturbed(wave_id: int, site: Site) -> str:
    """What these envelopes give when nothing goes wrong: counted in memory, and not written."""
    counted = closing._count(wave_id, site.keyring)
    return release.digest_of(release._tables(counted))


def kill_at(boundary: str, wave_id: int, settings: Settings) -> None:
    """Run a worker that dies there; it has to get there."""
    now = due(wave_id).isoformat()
    db.session.rollback()
    arguments = [boundary, str(settings.home), settings.database_url, now]
    command = [sys.executable, "-m", "tests.results.killed", *arguments]
    killed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL, killed.stderr


def run_again(wave_id: int, settings: Settings) -> int:
    """The next worker's ticks until it leads: PostgreSQL takes a moment to see that the first is gone."""
    now, released = due(wave_id), 0
    for _ in range(100):
        db.session.rollback()
        done = tick(now, settings)
        released += done["released"]
        wave = surveys.get_wave(wave_id)
        if wave.state == "released" and not wave.scrub_due:
            return released
        time.sleep(0.1)
    raise AssertionError(f"the wave stays {wave.state}: {wave.problem}")


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_killed_there_and_run_again_the_release_is_the_same(
    boundary: str, wave_id: int, site: Site, settings: Settings
) -> None:
    undisturbed = digest_undisturbed(wave_id, site)
    before = all_rows()

    kill_at(boundary, wave_id, settings)

    rows = all_rows()
    if boundary in COMMITTED:
        assert rows["envelope"] == []
        assert len(rows["release"]) == 1
    else:
        assert rows["release"] == rows["block"] == rows["figure"] == []
        assert {n: rows[n] for n in ("envelope", "invitation", "wave_member")} == {
            n: before[n] for n in ("envelope", "invitation", "wave_member")
        }
        assert site.keyring.list_wave_keys() == [wave_id]

    assert run_again(wave_id, settings) == (boundary not in COMMITTED)
    assert_nothing_left(wave_id, site)
    found = queries.get_release(wave_id)
    assert (found.answered, found.digest) == (PEOPLE, undisturbed)
    assert len(all_rows()["release"]) == 1


@pytest.mark.parametrize("boundary", ["with the key in memory", "before the commit", "after the commit"])
def test_a_guardians_wave_needs_its_key_once_however_often_the_worker_dies(
    boundary: str, site: Site, settings: Settings
) -> None:
    council = make_council(SMALL)
    wave_id, texts = make_guarded_open_wave(site.keyring)
    send_waiting(surveys.get_wave(wave_id), site.sender)
    answer_all(site, wave_id, council)
    assert close(wave_id, site) is False
    offer_inboxes(site.keyring, settings.secret_key)
    guardians.hand_key(wave_id, texts, settings.secret_key)
    undisturbed = digest_undisturbed(wave_id, site)

    kill_at(boundary, wave_id, settings)
    run_again(wave_id, settings)

    assert_nothing_left(wave_id, site)
    assert queries.get_release(wave_id).digest == undisturbed
    assert surveys.get_wave(wave_id).handed_key is None
