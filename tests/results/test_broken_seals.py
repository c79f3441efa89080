"""An open wave that was changed by hand: no answers after the next tick; mended, it goes on."""

from datetime import timedelta

import pytest
from nacl.public import PrivateKey

from pulse.db import db, writing
from pulse.responses.submission import Standing, submit
from pulse.results import closing
from pulse.results.closing import close_wave, hold_broken_waves, reopen_mended_waves, try_again
from pulse.surveys import queries as surveys
from tests.results.closes import SMALL, assert_nothing_left, close, due, make_due_wave
from tests.results.factories import Council, Site, make_council, make_sent_wave
from tests.support.rows import all_rows
from tests.support.rules import without_rules


@pytest.fixture
def council(site: Site) -> Council:
    return make_council(SMALL)


def set_public_key(wave_id: int, key: bytes | None) -> None:
    with writing():
        surveys.get_wave(wave_id).public_key = key


def standing(wave_id: int, site: Site, council: Council) -> Standing:
    db.session.rollback()
    return submit(site.token(wave_id, next(iter(council.people))), "444444444", {})


def look_again(wave_id: int, site: Site) -> int:
    """What the worker does with a held wave whose day to close has not come; how many are open again."""
    db.session.rollback()
    early = surveys.get_wave(wave_id).closes_at - timedelta(days=1)
    assert close_wave(wave_id, early, site.keyring) is False
    return reopen_mended_waves(early, site.keyring)


def test_waves_in_order_are_left_open(site: Site, council: Council) -> None:
    wave_id = make_sent_wave(site)
    before = all_rows()
    assert hold_broken_waves(site.keyring) == 0
    assert all_rows() == before
    assert standing(wave_id, site, council) is Standing.OPEN


def test_a_swapped_public_key_stops_answers_at_the_next_tick_and_mended_the_wave_goes_on(
    site: Site, council: Council
) -> None:
    wave_id, other = make_sent_wave(site), make_sent_wave(site)
    own = surveys.get_wave(wave_id).public_key
    set_public_key(wave_id, bytes(PrivateKey.generate().public_key))

    assert hold_broken_waves(site.keyring) == 1
    wave = surveys.get_wave(wave_id)
    assert (wave.state, surveys.get_wave(other).state) == ("held", "open")
    assert str(wave.problem).startswith("This wave is not what it was when it opened")
    assert standing(wave_id, site, council) is Standing.HELD
    assert all_rows()["envelope"] == []

    # asked too early, it stays held: no answer is sealed to the wrong key, and nobody is told that it is over
    assert try_again(wave_id)
    assert standing(wave_id, site, council) is Standing.HELD
    assert look_again(wave_id, site) == 0
    assert surveys.get_wave(wave_id).state == "held"
    assert str(surveys.get_wave(wave_id).problem).startswith("This wave is not what it was")

    set_public_key(wave_id, own)
    assert look_again(wave_id, site) == 0  # nobody has said yet that it is mended
    assert try_again(wave_id)
    assert standing(wave_id, site, council) is Standing.HELD
    assert look_again(wave_id, site) == 1
    assert (surveys.get_wave(wave_id).state, surveys.get_wave(wave_id).problem) == ("open", None)
    assert standing(wave_id, site, council) is Standing.OPEN


def test_a_wave_that_was_changed_after_the_last_tick_is_found_at_the_close(site: Site) -> None:
    wave_id = make_due_wave(site)
    own = surveys.get_wave(wave_id).public_key
    set_public_key(wave_id, bytes(PrivateKey.generate().public_key))
    envelopes = all_rows()["envelope"]

    assert close(wave_id, site) is False
    wave = surveys.get_wave(wave_id)
    assert (wave.state, "is not what it was" in str(wave.problem)) == ("held", True)
    assert all_rows()["envelope"] == envelopes

    set_public_key(wave_id, own)
    assert try_again(wave_id)
    assert close(wave_id, site)
    assert_nothing_left(wave_id, site)


def test_a_wave_that_is_changed_while_it_is_counted_is_not_released(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = make_due_wave(site)
    envelopes = all_rows()["envelope"]
    original = closing._count

    def count_and_meddle(*args: object) -> object:
        counted = original(*args)  # type: ignore[arg-type]
        with without_rules(), writing():
            surveys.get_wave(wave_id).k = 6
        return counted

    monkeypatch.setattr(closing, "_count", count_and_meddle)
    assert close(wave_id, site) is False
    assert surveys.get_wave(wave_id).state == "held"
    rows = all_rows()
    assert (rows["release"], rows["envelope"]) == ([], envelopes)


def test_a_wave_whose_day_came_while_it_was_held_is_counted(site: Site) -> None:
    wave_id = make_due_wave(site)
    with writing():
        surveys.claim_state(wave_id, "open", "held")
        surveys.set_problem(wave_id, "Something was changed by hand.")
    assert close(wave_id, site) is False
    assert try_again(wave_id)
    assert close_wave(wave_id, due(wave_id), site.keyring)
    assert_nothing_left(wave_id, site)
