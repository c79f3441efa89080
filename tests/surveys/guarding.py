"""Waves whose key guardians hold, at each step of the ceremony."""

from pulse.db import db, writing
from pulse.invitations.register import open_and_invite
from pulse.surveys import guardians, inbox, queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.planning import plan_next_wave
from tests.directory.factories import make_org
from tests.results.factories import make_quarterly
from tests.surveys.factories import NOW, make_planned_wave

SECRET = "a setting that both processes have"


def make_guarded_wave(**defaults: object) -> Wave:
    """Planned, for guardians, without a key."""
    return make_planned_wave(key_mode="guardian", **defaults)  # type: ignore[arg-type]


def make_tested_wave(holders: int = 2, **defaults: object) -> tuple[int, list[str]]:
    """Planned, with a key that its guardians have tested: (the wave's id, their texts)."""
    wave_id = make_guarded_wave(**defaults).id
    texts = guardians.make_key(wave_id, holders)
    guardians.test_key(wave_id, texts)
    return wave_id, texts


def make_guarded_open_wave(keyring: Keyring, **defaults: object) -> tuple[int, list[str]]:
    """The same, opened and with everybody in its register; needs people."""
    programme = make_quarterly(key_mode="guardian", **defaults)
    with writing():
        wave = plan_next_wave(programme, NOW)
    assert wave is not None
    texts = guardians.make_key(wave.id, 2)
    guardians.test_key(wave.id, texts)
    assert open_and_invite(wave.id, keyring) > 0
    db.session.expire_all()
    return queries.get_wave(wave.id).id, texts


def wave_of(wave_id: int) -> Wave:
    db.session.rollback()
    return queries.get_wave(wave_id)


def make_closing_wave(keyring: Keyring) -> tuple[int, list[str]]:
    """Closed, with the worker's inbox offered at NOW: (the wave's id, its guardians' texts)."""
    make_org()
    wave_id, texts = make_guarded_open_wave(keyring)
    with writing():
        queries.claim_state(wave_id, "open", "closing")
    inbox.offer_inboxes(keyring, SECRET, NOW)
    return wave_id, texts
