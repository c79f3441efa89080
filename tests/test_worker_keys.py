"""The clock and the keys: a guardians' wave from calendar to release, and a wave that was tampered with."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from nacl.public import PrivateKey

from pulse.app import create_app
from pulse.config import Settings
from pulse.db import db, leading, writing
from pulse.domain.key_text import read_key
from pulse.results.giving_up import give_up
from pulse.surveys import guardians
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.worker import tick
from tests.results.factories import answer_all, make_council, make_quarterly, make_site
from tests.support.rows import all_rows
from tests.test_worker import SMALL, settings

__all__ = ["settings"]

#: the first wave opens at nine in London, which is eight in UTC
FIRST = datetime(2026, 10, 5, 8, tzinfo=UTC)
CLOSE = FIRST + timedelta(days=14)
DAY, TICK = timedelta(days=1), timedelta(seconds=10)


def at(moment: datetime, settings: Settings) -> dict[str, int]:
    """What one tick at this moment did."""
    db.session.rollback()
    return {what: n for what, n in tick(moment, settings).items() if n}


def test_the_worker_destroys_what_was_left_half_written_in_the_key_directory(settings: Settings) -> None:
    settings.key_dir.mkdir(mode=0o700, exist_ok=True)
    left = settings.key_dir / ".0123456789abcdef"
    left.write_bytes(b"k" * 32)

    with leading(settings.home), ThreadPoolExecutor(1) as other:
        other.submit(tick_apart, settings).result()
        assert left.exists()  # somebody who leads may be writing it
    at(FIRST - DAY, settings)
    assert not left.exists()


def tick_apart(settings: Settings) -> None:
    with create_app(settings).app_context():
        tick(FIRST - DAY, settings)
        db.session.remove()
        db.engine.dispose()


def answer(settings: Settings, people: object) -> None:
    answer_all(make_site(settings.key_dir.parent), 1, people)  # type: ignore[arg-type]


def test_a_guardians_wave_opens_when_tested_and_is_released_when_the_key_is_brought(
    settings: Settings,
) -> None:
    council = make_council(SMALL)
    make_quarterly(key_mode="guardian")
    at(FIRST - DAY, settings)
    assert at(FIRST, settings) == {}
    assert str(surveys.get_wave(1).problem).startswith("The guardians have not made and tested their key")

    texts = guardians.make_key(1, 2)
    assert at(FIRST + TICK, settings) == {}
    guardians.test_key(1, texts)
    assert at(FIRST + 2 * TICK, settings) == {"opened": 1, "invited": 16}
    assert surveys.get_wave(1).problem is None
    answer(settings, council)

    assert "released" not in at(CLOSE, settings)
    wave = surveys.get_wave(1)
    assert (wave.state, wave.inbox_key is None) == ("closing", False)
    for days in (1, 60):
        assert "released" not in at(CLOSE + days * DAY, settings)
    assert len(all_rows()["envelope"]) == 16

    guardians.hand_key(1, texts, settings.secret_key, CLOSE + 60 * DAY)
    assert at(CLOSE + 60 * DAY + TICK, settings) == {"released": 1}
    assert surveys.get_wave(1).handed_key is None
    assert all_rows()["envelope"] == []
    assert Keyring(settings.key_dir).list_wave_keys() == []


def test_until_the_key_is_brought_nothing_that_is_stored_opens_an_envelope(settings: Settings) -> None:
    """Neither the key directory nor the database has it, before the close and after."""
    council = make_council(SMALL)
    make_quarterly(key_mode="guardian")
    at(FIRST - DAY, settings)
    texts = guardians.make_key(1, 1)
    guardians.test_key(1, texts)
    at(FIRST, settings)
    answer(settings, council)
    at(CLOSE, settings)

    key = read_key(texts)
    files = [path.read_bytes() for path in settings.key_dir.iterdir()]
    assert len(files) == 3  # the token key, the seal, the inbox
    assert not any(key in one for one in files)
    public = surveys.get_wave(1).public_key
    assert all(bytes(PrivateKey(one[:32]).public_key) != public for one in files)
    assert repr(key)[2:-1] not in repr(all_rows())


@pytest.mark.parametrize("state", ["open", "closing"])
def test_a_wave_that_is_given_up_leaves_no_key_and_the_next_one_opens(state: str, settings: Settings) -> None:
    make_council(SMALL)
    make_quarterly(key_mode="guardian")
    at(FIRST - DAY, settings)
    guardians.test_key(1, guardians.make_key(1, 2))
    at(FIRST, settings)
    if state == "closing":
        at(CLOSE, settings)
    give_up(1, surveys.get_wave(1).label)

    at(CLOSE + DAY, settings)
    assert Keyring(settings.key_dir).list_wave_keys() == []
    assert all_rows()["invitation"] == []
    [second] = surveys.list_waves_in("planned")
    guardians.test_key(second.id, guardians.make_key(second.id, 2))
    assert at(second.opens_at, settings)["opened"] == 1


def test_a_swapped_key_is_noticed_by_the_next_tick_and_no_letter_leaves(settings: Settings) -> None:
    make_council(SMALL)
    make_quarterly()
    at(FIRST - DAY, settings)
    at(FIRST, settings)
    with writing():
        surveys.get_wave(1).public_key = bytes(PrivateKey.generate().public_key)

    assert at(FIRST + TICK, settings)["held"] == 1
    assert at(FIRST + 7 * DAY, settings).get("reminders done", 0) == 0
    wave = surveys.get_wave(1)
    assert (wave.state, "is not what it was when it opened" in str(wave.problem)) == ("held", True)
