"""The way of the guardians' key to the worker: sealed to what the worker offers, while it is there."""

from datetime import timedelta

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import text

from pulse.db import db, writing
from pulse.surveys import guardians, inbox, queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.programmes import WaveError
from tests.support.rows import all_rows
from tests.surveys.factories import NOW
from tests.surveys.guarding import SECRET, make_closing_wave, make_guarded_open_wave, wave_of

pytestmark = pytest.mark.usefixtures("app")


def put_own_inbox(wave_id: int, key: PrivateKey) -> None:
    mark = b"\0" * 40
    with writing():
        statement = text("UPDATE wave SET inbox_key = :inbox WHERE id = :id")
        db.session.execute(statement, {"inbox": bytes(key.public_key) + mark, "id": wave_id})


def test_an_inbox_that_somebody_put_into_the_database_is_not_given_the_key(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    thief = PrivateKey.generate()
    put_own_inbox(wave_id, thief)

    with pytest.raises(WaveError, match="The worker is not ready to take the key"):
        guardians.hand_key(wave_id, texts, SECRET, NOW)
    assert wave_of(wave_id).handed_key is None

    inbox.offer_inboxes(keyring, SECRET, NOW)  # the worker's next tick puts its own back
    guardians.hand_key(wave_id, texts, SECRET, NOW)
    handed = wave_of(wave_id).handed_key
    assert handed is not None
    with pytest.raises(Exception, match="decrypt"):
        SealedBox(thief).decrypt(handed)


@pytest.mark.parametrize("secret", ["", "another setting"])
def test_processes_with_different_settings_pass_no_key(secret: str, keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    with pytest.raises(WaveError, match="same SECRET_KEY"):
        guardians.hand_key(wave_id, texts, secret, NOW)


def test_an_inbox_of_another_wave_is_not_taken_for_this_ones(keyring: Keyring) -> None:
    wave_id, _ = make_closing_wave(keyring)
    other, texts = make_guarded_open_wave(keyring)
    with writing():
        queries.claim_state(other, "open", "closing")
        queries.get_wave(other).inbox_key = queries.get_wave(wave_id).inbox_key

    with pytest.raises(WaveError, match="not ready"):
        guardians.hand_key(other, texts, SECRET, NOW)


@pytest.mark.parametrize("junk", [b"junk", b"\0" * 80])
def test_junk_that_was_put_in_place_of_the_key_is_no_key(junk: bytes, keyring: Keyring) -> None:
    wave_id, _ = make_closing_wave(keyring)
    public = bytes(keyring.make_inbox_key(wave_id).public_key)
    for handed in (junk, SealedBox(PublicKey(public)).encrypt(junk)):
        with writing():
            queries.get_wave(wave_id).handed_key = handed
        with pytest.raises(inbox.KeyAwaited, match="hand in their key once more") as refused:
            inbox.take_handed_key(wave_of(wave_id), keyring)
        assert refused.value.tried == handed


@pytest.mark.parametrize("late", [timedelta(minutes=2, seconds=1), timedelta(days=60), timedelta(minutes=-3)])
def test_no_key_is_passed_on_while_the_worker_is_not_there(late: timedelta, keyring: Keyring) -> None:
    """Nor to an offer from the future, which would be good for as long as somebody likes."""
    wave_id, texts = make_closing_wave(keyring)
    before = all_rows()

    with pytest.raises(WaveError, match="The worker is not running, or is busy: nothing was passed on"):
        guardians.hand_key(wave_id, texts, SECRET, NOW + late)
    assert all_rows() == before

    inbox.offer_inboxes(keyring, SECRET, NOW + late)
    guardians.hand_key(wave_id, texts, SECRET, NOW + late + timedelta(minutes=2))


def test_the_time_of_an_offer_cannot_be_moved_in_the_database(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    later = NOW + timedelta(days=1)
    with writing():
        offered = queries.get_wave(wave_id).inbox_key
        assert offered is not None
        moved = offered[:32] + int(later.timestamp()).to_bytes(8) + offered[40:]
        queries.get_wave(wave_id).inbox_key = moved

    with pytest.raises(WaveError, match="not ready to take the key"):
        guardians.hand_key(wave_id, texts, SECRET, later)


def test_a_key_handed_in_stays_sealed_to_the_inbox_it_was_sealed_to(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    inbox.offer_inboxes(keyring, SECRET, NOW + timedelta(seconds=10))
    guardians.hand_key(wave_id, texts, SECRET, NOW)
    before = all_rows()

    inbox.offer_inboxes(keyring, SECRET, NOW + timedelta(days=1))

    assert all_rows() == before
    assert inbox.take_handed_key(wave_of(wave_id), keyring)


def test_an_inbox_that_is_gone_is_not_made_anew_to_open_what_it_cannot(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    guardians.hand_key(wave_id, texts, SECRET, NOW)
    keyring.destroy_wave_key(wave_id)

    with pytest.raises(inbox.KeyAwaited, match="hand in their key once more"):
        inbox.take_handed_key(wave_of(wave_id), keyring)
    assert keyring.list_wave_keys() == []
