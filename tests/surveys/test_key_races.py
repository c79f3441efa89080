"""Two people, or a person and the worker, who act on one wave's key at the same moment.

Each test runs with two real connections. On PostgreSQL it says whether the row is locked before it is read;
on SQLite, where the second one waits for the write lock before it reads anything, that this stays so.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from pulse.db import db, writing
from pulse.invitations.register import open_and_invite
from pulse.results.giving_up import give_up
from pulse.surveys import guardians, queries, seals
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.programmes import WaveError
from tests.directory.factories import make_org
from tests.surveys.factories import NOW
from tests.surveys.guarding import SECRET, make_closing_wave, make_guarded_wave, make_tested_wave, wave_of

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = :name")


class Other:
    """Somebody else, in a thread and on a connection of their own."""

    def __init__(self, app: Flask, pool: ThreadPoolExecutor) -> None:
        self._app, self._pool = app, pool
        self.done: Future[Any] | None = None

    def start(self, act: Callable[[], Any]) -> None:
        """Returns when what they do is done, or waits for a lock that this connection holds."""

        def run() -> Any:
            with self._app.app_context():
                return act()

        self.done = self._pool.submit(run)
        for _ in range(200):
            if self.done.done() or self._waits():
                return
            time.sleep(0.01)

    def _waits(self) -> bool:
        if db.engine.dialect.name == "sqlite":
            return True  # it can only wait: nothing there shows that it does
        with db.engine.connect() as connection:
            return bool(connection.scalar(_WAITING, {"name": db.engine.url.database}))

    def result(self) -> Any:
        assert self.done is not None
        return self.done.result(timeout=30)


@pytest.fixture
def other(app: Flask) -> Iterator[Other]:
    with ThreadPoolExecutor(1) as pool:
        yield Other(app, pool)


def then(function: Callable[..., Any], act: Callable[[], None]) -> Callable[..., Any]:
    """The same function, after which something happens before its caller goes on."""

    def run(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        act()
        return found

    return run


def test_a_key_that_is_discarded_while_its_wave_opens_stays(
    other: Other, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_org()
    wave_id, _ = make_tested_wave()
    public, label = wave_of(wave_id).public_key, wave_of(wave_id).label
    monkeypatch.setattr(
        "pulse.surveys.waves.seal_wave",
        then(seals.seal_wave, lambda: other.start(lambda: guardians.discard_key(wave_id, label))),
    )

    assert open_and_invite(wave_id, keyring) == 8

    with pytest.raises(WaveError, match="not planned any more"):
        other.result()
    wave = wave_of(wave_id)
    assert (wave.state, wave.public_key, wave.key_tested) == ("open", public, True)


def test_a_key_made_while_another_is_tested_does_not_take_its_place(
    other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = make_guarded_wave().id
    texts = guardians.make_key(wave_id, 1)
    public = wave_of(wave_id).public_key
    monkeypatch.setattr(
        guardians,
        "_opened",
        then(guardians._opened, lambda: other.start(lambda: guardians.make_key(wave_id, 1))),
    )

    guardians.test_key(wave_id, texts)

    with pytest.raises(WaveError, match="tested already"):
        other.result()
    wave = wave_of(wave_id)
    assert (wave.public_key, wave.key_tested) == (public, True)


def test_a_key_tested_while_its_wave_gets_another_one_is_told_so(
    other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = make_guarded_wave().id
    texts = guardians.make_key(wave_id, 1)
    planned = guardians._planned

    def start(wave_id: int) -> Wave:
        monkeypatch.undo()
        wave = planned(wave_id)
        other.start(lambda: guardians.test_key(wave_id, texts))
        return wave

    monkeypatch.setattr(guardians, "_planned", start)
    guardians.make_key(wave_id, 1)

    with pytest.raises(guardians.KeyTextError, match="not the one of this wave"):
        other.result()
    assert not wave_of(wave_id).key_tested


def test_a_key_handed_in_while_its_wave_is_given_up_is_not_kept(
    other: Other, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id, texts = make_closing_wave(keyring)

    def hand_key() -> Wave:
        return guardians.hand_key(wave_id, texts, SECRET, NOW)

    monkeypatch.setattr(
        queries, "drop_handed_key", then(queries.drop_handed_key, lambda: other.start(hand_key))
    )

    give_up(wave_id, wave_of(wave_id).label)

    with pytest.raises(WaveError, match="does not wait for a key"):
        other.result()
    assert (wave_of(wave_id).state, wave_of(wave_id).handed_key) == ("cancelled", None)


@pytest.mark.usefixtures("app")
def test_a_wave_given_up_just_after_its_key_was_handed_in_forgets_it(keyring: Keyring) -> None:
    """What was read of the wave before it was claimed may be stale: the key goes all the same."""
    wave_id, _ = make_closing_wave(keyring)
    with writing():
        wave = queries.get_wave(wave_id)
        assert wave.handed_key is None
        db.session.execute(text("UPDATE wave SET handed_key = 'sealed'"))  # past the wave that was read
        queries.drop_handed_key(wave_id)
    assert wave_of(wave_id).handed_key is None
