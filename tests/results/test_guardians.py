"""Closing a wave whose key guardians hold: it waits, is counted once the key is there, and forgets it."""

import pytest

from pulse.db import db, writing
from pulse.invitations.sending import send_waiting
from pulse.responses import queries as responses
from pulse.results import closing, queries
from pulse.results.closing import try_again
from pulse.surveys import guardians
from pulse.surveys import queries as surveys
from pulse.surveys.inbox import offer_inboxes
from tests.results.closes import PEOPLE, SMALL, assert_nothing_left, close
from tests.results.factories import Site, answer_all, make_council
from tests.support.rows import all_rows
from tests.surveys.factories import NOW
from tests.surveys.guarding import make_guarded_open_wave

SECRET = "a setting that both processes have"


@pytest.fixture
def guarded(site: Site) -> tuple[int, list[str]]:
    """Answered by everybody, due to close: (the wave's id, its guardians' shares)."""
    council = make_council(SMALL)
    wave_id, texts = make_guarded_open_wave(site.keyring)
    send_waiting(surveys.get_wave(wave_id), site.sender)
    answer_all(site, wave_id, council)
    return wave_id, texts


def hand(guarded: tuple[int, list[str]], site: Site) -> None:
    db.session.rollback()
    offer_inboxes(site.keyring, SECRET, NOW)
    guardians.hand_key(*guarded, SECRET, NOW)


def test_a_closed_wave_waits_for_its_key_and_keeps_everything(
    guarded: tuple[int, list[str]], site: Site
) -> None:
    wave_id, _ = guarded
    before = all_rows()

    assert close(wave_id, site) is False
    assert close(wave_id, site) is False

    wave = surveys.get_wave(wave_id)
    assert wave.state == "closing"
    assert "kept sealed until the guardians hand in their key" in str(wave.problem)
    assert {n: r for n, r in all_rows().items() if n != "wave"} == {
        n: r for n, r in before.items() if n != "wave"
    }


def test_with_the_key_it_is_counted_and_nothing_of_the_key_is_left(
    guarded: tuple[int, list[str]], site: Site
) -> None:
    wave_id, _ = guarded
    close(wave_id, site)
    hand(guarded, site)

    assert close(wave_id, site)

    assert queries.get_release(wave_id).answered == PEOPLE
    assert_nothing_left(wave_id, site)
    assert surveys.get_wave(wave_id).handed_key is None
    assert sorted(path.name for path in site.keyring._folder.iterdir()) == ["token.key"]


def test_a_key_that_did_not_arrive_whole_is_dropped_and_asked_for_again(
    guarded: tuple[int, list[str]], site: Site
) -> None:
    wave_id, _ = guarded
    close(wave_id, site)
    hand(guarded, site)
    with writing():
        surveys.get_wave(wave_id).handed_key = b"changed by hand"

    assert close(wave_id, site) is False
    wave = surveys.get_wave(wave_id)
    assert (wave.state, wave.handed_key) == ("closing", None)
    assert "hand in their key once more" in str(wave.problem)

    hand(guarded, site)
    assert close(wave_id, site)


def test_a_key_that_comes_while_the_worker_says_that_it_waits_is_not_lost(
    guarded: tuple[int, list[str]], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id, _ = guarded
    close(wave_id, site)
    original = surveys.await_handed_key

    def wait_slowly(*args: object) -> None:
        monkeypatch.undo()
        with writing():
            surveys.get_wave(wave_id).handed_key = b"handed in meanwhile"
            surveys.get_wave(wave_id).problem = None
        original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(surveys, "await_handed_key", wait_slowly)
    assert close(wave_id, site) is False
    wave = surveys.get_wave(wave_id)
    assert (wave.handed_key, wave.problem) == (b"handed in meanwhile", None)


def test_a_check_that_fails_drops_the_key_and_asks_for_it_again(
    guarded: tuple[int, list[str]], site: Site
) -> None:
    wave_id, _ = guarded
    close(wave_id, site)
    hand(guarded, site)
    with writing():
        responses.delete_envelopes(wave_id)

    assert close(wave_id, site) is False
    wave = surveys.get_wave(wave_id)
    assert (wave.state, wave.handed_key) == ("held", None)
    assert "not as many sealed answers as links that were used" in str(wave.problem)

    assert try_again(wave_id)
    assert close(wave_id, site) is False
    assert guardians.awaits_key(surveys.get_wave(wave_id))


def test_the_key_survives_a_database_that_goes_away_while_it_is_counted(
    guarded: tuple[int, list[str]], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id, _ = guarded
    close(wave_id, site)
    hand(guarded, site)

    class Away(BaseException):
        pass

    def fail(*_args: object) -> None:
        raise Away

    with monkeypatch.context() as patched:
        patched.setattr(closing, "_release", fail)
        with pytest.raises(Away):
            close(wave_id, site)
    assert close(wave_id, site)
