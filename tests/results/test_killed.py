"""The worker is killed at each boundary of a close and run again: the same release, nothing lost or left."""

import signal
import time
from collections.abc import Callable

import pytest

from pulse.config import Settings
from pulse.db import db
from pulse.invitations.sending import send_waiting
from pulse.results import closing, queries, release
from pulse.results.stored_queries import list_stored
from pulse.surveys import guardians
from pulse.surveys import queries as surveys
from pulse.surveys.inbox import offer_inboxes
from pulse.worker import tick
from tests.results.closes import PEOPLE, SMALL, assert_nothing_left, close, due, make_due_wave
from tests.results.factories import Site, answer_all, make_council
from tests.results.killed import BOUNDARIES, WAITING, run_killed
from tests.support.databases import chosen_kind
from tests.support.rows import all_rows
from tests.surveys.guarding import make_guarded_open_wave

#: the release is there, and what is left to do is burning
COMMITTED = (
    "after the commit",
    "with the key half destroyed",
    "after the key was destroyed",
    "half-way through the scrub",
    "after the scrub",
)


def make_guarded_due_wave(site: Site) -> tuple[int, list[str]]:
    """A wave of guardians that everybody answered, due to close: (its id, their shares)."""
    council = make_council(SMALL)
    wave_id, texts = make_guarded_open_wave(site.keyring)
    send_waiting(surveys.get_wave(wave_id), site.sender)
    answer_all(site, wave_id, council)
    return wave_id, texts


def hand_in(wave_id: int, texts: list[str], settings: Settings) -> None:
    db.session.rollback()
    guardians.hand_key(wave_id, texts, settings.secret_key, due(wave_id))


def make_wave(mode: str, site: Site, settings: Settings) -> int:
    """A wave that can be counted now, by the key file or by the key that its guardians handed in."""
    if mode == "worker":
        return make_due_wave(site)
    wave_id, texts = make_guarded_due_wave(site)
    assert close(wave_id, site) is False
    offer_inboxes(site.keyring, settings.secret_key, due(wave_id))
    hand_in(wave_id, texts, settings)
    return wave_id


def digest_undisturbed(wave_id: int, site: Site) -> str:
    """What these envelopes give when nothing goes wrong: counted in memory, and not written."""
    counted = closing._count(wave_id, site.keyring)
    return release.digest_of(release._tables(counted))


def kill_at(boundary: str, wave_id: int, settings: Settings) -> None:
    """Run a worker that dies there; it has to get there."""
    now = due(wave_id)
    db.session.rollback()
    ended, said = run_killed(boundary, settings.home, settings.database_url, now)
    assert ended == -signal.SIGKILL, said


def run_again(wave_id: int, settings: Settings) -> int:
    """The next worker's ticks until it leads: PostgreSQL takes a moment to see that the first is gone."""

    def is_over() -> bool:
        wave = surveys.get_wave(wave_id)
        return wave.state == "released" and not wave.scrub_due

    return wait_for(is_over, wave_id, settings)


def wait_for(there: Callable[[], object], wave_id: int, settings: Settings) -> int:
    """Tick until it is there; how many releases that made."""
    released = 0
    for _ in range(100):
        db.session.rollback()
        released += tick(due(wave_id), settings)["released"]
        if there():
            return released
        time.sleep(0.1)
    wave = surveys.get_wave(wave_id)
    raise AssertionError(f"the wave stays {wave.state}: {wave.problem}")


MODES = ("worker", "guardian")
#: on SQLite each boundary in both modes, on PostgreSQL in one of them by turns: every run starts a process
KILLS = [
    (boundary, mode)
    for number, boundary in enumerate(BOUNDARIES)
    for mode in (MODES if chosen_kind() == "sqlite" else (MODES[number % 2],))
]


@pytest.mark.parametrize(("boundary", "mode"), KILLS)
def test_killed_there_and_run_again_the_release_is_the_same(
    boundary: str, mode: str, site: Site, settings: Settings
) -> None:
    wave_id = make_wave(mode, site, settings)
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
    kept_key = rows["wave"][0]["handed_key"] is not None
    assert kept_key == (mode == "guardian" and boundary not in COMMITTED)

    assert run_again(wave_id, settings) == (boundary not in COMMITTED)
    assert_nothing_left(wave_id, site)
    found = queries.get_release(wave_id)
    assert (found.answered, found.digest) == (PEOPLE, undisturbed)
    assert release.digest_of(list_stored(found.id)) == undisturbed
    assert len(all_rows()["release"]) == 1


@pytest.mark.parametrize("boundary", WAITING)
def test_killed_while_it_waits_for_its_guardians_a_wave_is_counted_once_they_come(
    boundary: str, site: Site, settings: Settings
) -> None:
    wave_id, texts = make_guarded_due_wave(site)
    envelopes = all_rows()["envelope"]

    kill_at(boundary, wave_id, settings)
    wait_for(lambda: surveys.get_wave(wave_id).inbox_key, wave_id, settings)

    assert "until the guardians hand in their key" in str(surveys.get_wave(wave_id).problem)
    assert all_rows()["envelope"] == envelopes
    hand_in(wave_id, texts, settings)
    assert run_again(wave_id, settings) == 1
    assert_nothing_left(wave_id, site)
    assert queries.get_release(wave_id).answered == PEOPLE
