"""The guardians' key: made, tested, handed in; and stored nowhere in between."""

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import text

from pulse.db import db, writing
from pulse.domain.key_text import KeyTextError, read_key
from pulse.invitations.register import open_and_invite
from pulse.surveys import guardians, inbox, programmes, queries, waves
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.programmes import WaveError
from tests.directory.factories import make_org
from tests.support.rows import all_rows
from tests.surveys.factories import NOW, make_details, make_planned_wave
from tests.surveys.guarding import make_guarded_open_wave, make_guarded_wave, make_tested_wave

pytestmark = pytest.mark.usefixtures("app")
SECRET = "a setting that both processes have"


def wave_of(wave_id: int) -> Wave:
    db.session.rollback()
    return queries.get_wave(wave_id)


def make_closing_wave(keyring: Keyring) -> tuple[int, list[str]]:
    """Closed, with the worker's inbox open."""
    make_org()
    wave_id, texts = make_guarded_open_wave(keyring)
    with writing():
        queries.claim_state(wave_id, "open", "closing")
    inbox.offer_inboxes(keyring, SECRET)
    return wave_id, texts


@pytest.mark.parametrize("holders", [1, 2])
def test_what_was_made_opens_its_test_and_only_public_halves_are_stored(
    holders: int, keyring: Keyring
) -> None:
    wave_id = make_guarded_wave().id

    texts = guardians.make_key(wave_id, holders)

    key = read_key(texts)
    assert len(texts) == holders
    assert wave_of(wave_id).public_key == bytes(PrivateKey(key).public_key)
    assert not wave_of(wave_id).key_tested
    stored = repr(all_rows())
    assert repr(key)[2:-1] not in stored
    assert not any(one in stored for one in texts)
    assert keyring.list_wave_keys() == []

    guardians.test_key(wave_id, texts[::-1])
    assert wave_of(wave_id).key_tested


def test_made_again_before_the_test_the_first_key_opens_nothing() -> None:
    wave_id = make_guarded_wave().id
    first, second = guardians.make_key(wave_id, 1), guardians.make_key(wave_id, 1)

    with pytest.raises(KeyTextError, match="not the one of this wave"):
        guardians.test_key(wave_id, first)
    assert not wave_of(wave_id).key_tested
    guardians.test_key(wave_id, second)


def test_a_share_of_one_key_and_one_of_another_open_nothing() -> None:
    one, other = make_guarded_wave().id, make_guarded_wave().id
    first, second = guardians.make_key(one, 2)[0], guardians.make_key(other, 2)[1]

    with pytest.raises(KeyTextError, match="not the one of this wave"):
        guardians.test_key(one, [first, second])


def test_a_tested_key_is_replaced_only_after_it_was_discarded() -> None:
    wave_id, texts = make_tested_wave()
    before = all_rows()

    with pytest.raises(WaveError, match="discard it first"):
        guardians.make_key(wave_id, 1)
    assert all_rows() == before

    guardians.discard_key(wave_id)
    found = wave_of(wave_id)
    assert (found.public_key, found.key_test, found.key_tested) == (None, None, False)
    with pytest.raises(WaveError, match="make it first"):
        guardians.test_key(wave_id, texts)


def test_a_wave_of_the_worker_or_an_open_one_gets_no_key(keyring: Keyring) -> None:
    make_org()
    workers = make_planned_wave().id
    opened, texts = make_guarded_open_wave(keyring)
    before = all_rows()

    for wave_id, reason in ((workers, "The worker holds the key"), (opened, "not planned any more")):
        for act in (guardians.discard_key, lambda wave: guardians.make_key(wave, 1)):
            with pytest.raises(WaveError, match=reason):
                act(wave_id)
        with pytest.raises(WaveError, match=reason):
            guardians.test_key(wave_id, texts)
    assert all_rows() == before


def test_without_a_tested_key_the_wave_does_not_open_and_says_why(keyring: Keyring) -> None:
    make_org()
    wave_id = make_guarded_wave().id
    texts = guardians.make_key(wave_id, 2)

    with pytest.raises(waves.CannotOpen, match="guardians have not made and tested their key"):
        open_and_invite(wave_id, keyring)
    with pytest.raises(WaveError, match="make and test the key"):
        programmes.open_wave_now(wave_id, NOW)
    assert wave_of(wave_id).state == "planned"

    guardians.test_key(wave_id, texts)
    assert open_and_invite(wave_id, keyring) == 8


def test_an_open_wave_of_guardians_has_no_key_file(keyring: Keyring) -> None:
    make_org()
    wave_id, texts = make_guarded_open_wave(keyring)

    assert not keyring._wave_path(wave_id).exists()
    assert wave_of(wave_id).public_key == bytes(PrivateKey(read_key(texts)).public_key)


def test_changing_the_survey_keeps_the_key_and_leaving_guardians_drops_it() -> None:
    make_org()
    wave_id, _ = make_tested_wave(now=NOW.replace(month=9))
    wave = wave_of(wave_id)
    programme_id, public = wave.programme_id, wave.public_key
    now = NOW.replace(month=9)

    def change(**details: object) -> Wave:
        programmes.update_programme(programme_id, make_details(**details), now)
        [planned] = queries.list_waves(programme_id)
        return planned

    kept = change(name="Renamed", key_mode="guardian")
    assert (kept.key_mode, kept.public_key, kept.key_tested) == ("guardian", public, True)
    dropped = change(name="Renamed", key_mode="worker")
    assert (dropped.key_mode, dropped.public_key, dropped.key_tested) == ("worker", None, False)


def test_an_open_wave_keeps_its_key_mode_when_the_survey_changes(keyring: Keyring) -> None:
    make_org()
    wave_id, _ = make_guarded_open_wave(keyring)
    programme_id = wave_of(wave_id).programme_id

    programmes.update_programme(programme_id, make_details(key_mode="worker"), NOW)

    assert wave_of(wave_id).key_mode == "guardian"
    assert [wave.key_mode for wave in queries.list_waves(programme_id)] == ["guardian", "worker"]


def test_a_key_that_is_handed_in_can_be_read_by_the_worker_alone(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)

    guardians.hand_key(wave_id, texts, SECRET)

    wave, key = wave_of(wave_id), read_key(texts)
    assert wave.handed_key is not None
    assert key not in wave.handed_key
    assert repr(key)[2:-1] not in repr(all_rows())
    assert bytes(inbox.take_handed_key(wave, keyring)) == key


def test_the_wrong_key_a_second_key_or_one_too_early_changes_nothing(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    early, early_texts = make_guarded_open_wave(keyring)
    before = all_rows()

    with pytest.raises(KeyTextError, match="not the one of this wave"):
        guardians.hand_key(wave_id, early_texts, SECRET)
    with pytest.raises(WaveError, match="does not wait for a key"):
        guardians.hand_key(early, early_texts, SECRET)
    assert all_rows() == before

    guardians.hand_key(wave_id, texts, SECRET)
    with pytest.raises(WaveError, match="does not wait for a key"):
        guardians.hand_key(wave_id, texts, SECRET)


def put_own_inbox(wave_id: int, key: PrivateKey) -> None:
    mark = b"\0" * 32
    with writing():
        statement = text("UPDATE wave SET inbox_key = :inbox WHERE id = :id")
        db.session.execute(statement, {"inbox": bytes(key.public_key) + mark, "id": wave_id})


def test_an_inbox_that_somebody_put_into_the_database_is_not_given_the_key(keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    thief = PrivateKey.generate()
    put_own_inbox(wave_id, thief)

    with pytest.raises(WaveError, match="The worker is not ready to take the key"):
        guardians.hand_key(wave_id, texts, SECRET)
    assert wave_of(wave_id).handed_key is None

    inbox.offer_inboxes(keyring, SECRET)  # the worker's next tick puts its own back
    guardians.hand_key(wave_id, texts, SECRET)
    handed = wave_of(wave_id).handed_key
    assert handed is not None
    with pytest.raises(Exception, match="decrypt"):
        SealedBox(thief).decrypt(handed)


@pytest.mark.parametrize("secret", ["", "another setting"])
def test_processes_with_different_settings_pass_no_key(secret: str, keyring: Keyring) -> None:
    wave_id, texts = make_closing_wave(keyring)
    with pytest.raises(WaveError, match="same SECRET_KEY"):
        guardians.hand_key(wave_id, texts, secret)


def test_an_inbox_of_another_wave_is_not_taken_for_this_ones(keyring: Keyring) -> None:
    wave_id, _ = make_closing_wave(keyring)
    other, texts = make_guarded_open_wave(keyring)
    with writing():
        queries.claim_state(other, "open", "closing")
        queries.get_wave(other).inbox_key = queries.get_wave(wave_id).inbox_key

    with pytest.raises(WaveError, match="not ready"):
        guardians.hand_key(other, texts, SECRET)


@pytest.mark.parametrize("junk", [b"junk", b"\0" * 80])
def test_junk_that_was_put_in_place_of_the_key_is_no_key(junk: bytes, keyring: Keyring) -> None:
    wave_id, _ = make_closing_wave(keyring)
    public = bytes(keyring.inbox_key(wave_id).public_key)
    for handed in (junk, SealedBox(PublicKey(public)).encrypt(junk)):
        with writing():
            queries.get_wave(wave_id).handed_key = handed
        with pytest.raises(inbox.KeyAwaited, match="hand in their key once more") as refused:
            inbox.take_handed_key(wave_of(wave_id), keyring)
        assert refused.value.tried == handed
