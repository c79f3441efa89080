"""The guardians' key: made, tested, handed in; and stored nowhere in between."""

import pytest
from nacl.public import PrivateKey

from pulse.domain.key_text import KeyTextError, read_key
from pulse.invitations.register import open_and_invite
from pulse.surveys import guardians, inbox, programmes, queries, waves
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.programmes import WaveError
from tests.directory.factories import make_org
from tests.support.rows import all_rows
from tests.surveys.factories import NOW, make_details, make_planned_wave
from tests.surveys.guarding import (
    SECRET,
    make_closing_wave,
    make_guarded_open_wave,
    make_guarded_wave,
    make_tested_wave,
    wave_of,
)

pytestmark = pytest.mark.usefixtures("app")


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

    guardians.discard_key(wave_id, wave_of(wave_id).label)
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
        with pytest.raises(WaveError, match=reason):
            guardians.make_key(wave_id, 1)
        with pytest.raises(WaveError, match=reason):
            guardians.discard_key(wave_id, wave_of(wave_id).label)
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

    guardians.hand_key(wave_id, texts, SECRET, NOW)

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
        guardians.hand_key(wave_id, early_texts, SECRET, NOW)
    with pytest.raises(WaveError, match="does not wait for a key"):
        guardians.hand_key(early, early_texts, SECRET, NOW)
    assert all_rows() == before

    guardians.hand_key(wave_id, texts, SECRET, NOW)
    with pytest.raises(WaveError, match="does not wait for a key"):
        guardians.hand_key(wave_id, texts, SECRET, NOW)
