"""A clock that jumps is not believed at once; one that was right all along always is."""

from datetime import UTC, datetime, timedelta

import pytest

from pulse.domain.clock import LeapWatch, tell_behind

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def hear(watch: LeapWatch, minutes: float, passed: float) -> bool:
    """Whether a clock that shows so many minutes past noon is believed when `passed` minutes have passed."""
    return watch.tell_leap(NOON + minutes * MINUTE, 1000 + passed * 60) == ""


@pytest.mark.parametrize("behind", [timedelta(), MINUTE, -timedelta(days=3)])
def test_a_clock_that_is_not_more_than_a_minute_behind_the_last_tick_is_believed(behind: timedelta) -> None:
    assert tell_behind(NOON, NOON - behind) == ""


def test_the_first_tick_has_nothing_to_be_behind_of() -> None:
    assert tell_behind(None, NOON) == ""


def test_a_clock_that_went_back_is_told_in_one_sentence_with_what_to_do() -> None:
    told = tell_behind(NOON, NOON - timedelta(seconds=61))
    assert "12:00 on 5 October 2026 (UTC)" in told
    assert "11:58 on 5 October 2026 (UTC)" in told
    assert "`pulse tick --accept-clock`" in told


def test_a_clock_that_keeps_time_is_believed_at_every_tick_however_far_apart() -> None:
    watch = LeapWatch()
    assert all(hear(watch, minutes, minutes) for minutes in (0, 1, 2, 500, 5000))


def test_a_little_drift_between_ticks_is_no_leap_and_does_not_add_up() -> None:
    watch = LeapWatch()
    assert all(hear(watch, 19 * tick, 10 * tick) for tick in range(30))


def test_a_leap_ahead_is_believed_after_it_has_stayed_for_ten_minutes() -> None:
    watch = LeapWatch()
    heard = [hear(watch, 0, 0), *(hear(watch, 600 + passed, passed) for passed in (1, 5, 10.9, 11, 12))]
    assert heard == [True, False, False, False, True, True]


def test_a_leap_that_is_put_right_in_between_is_forgotten() -> None:
    watch = LeapWatch()
    heard = [
        hear(watch, 0, 0),
        hear(watch, 600, 1),
        hear(watch, 2, 2),
        hear(watch, 609, 3),
        hear(watch, 618, 12),
    ]
    assert heard == [True, False, True, False, False]


def test_the_sentence_on_a_leap_says_how_long_nothing_is_done() -> None:
    watch = LeapWatch()
    watch.tell_leap(NOON, 0)
    told = watch.tell_leap(NOON + timedelta(days=2), 10)
    assert "12:00 on 7 October 2026" in told
    assert "10 minutes" in told


def start(off_for: timedelta | None) -> LeapWatch:
    """A worker that starts when the last tick was so long before noon; None: there was none yet."""
    watch = LeapWatch()
    watch.begin(None if off_for is None else NOON - off_for, NOON, 1000)
    return watch


@pytest.mark.parametrize("off_for", [None, timedelta(), timedelta(days=3)])
def test_a_first_tick_or_one_after_a_long_weekend_is_believed_at_once(off_for: timedelta | None) -> None:
    assert hear(start(off_for), 0, 0)


def test_a_start_after_many_days_is_believed_after_ten_minutes() -> None:
    watch = start(timedelta(days=5))
    assert [hear(watch, passed, passed) for passed in (0, 5, 9.9, 10, 11)] == [False] * 3 + [True] * 2


def test_a_clock_that_was_ahead_at_the_start_and_is_set_right_is_believed_then() -> None:
    watch = start(timedelta(days=400))
    assert not hear(watch, 0, 0)
    assert hear(watch, -400 * 24 * 60 + 3, 2)


def test_the_sentence_at_a_start_tells_the_last_tick_and_a_later_leap_does_not() -> None:
    watch = start(timedelta(days=5))
    told = watch.tell_leap(NOON, 1000)
    assert "12:00 on 5 October 2026" in told
    assert "the last tick was at 12:00 on 30 September 2026" in told
    watch.tell_leap(NOON + 10 * MINUTE, 1600)
    assert watch.tell_leap(NOON + 60 * MINUTE, 1601).startswith("The clock of this machine leapt ahead: it")
