"""The worker's clock: one that went back or leapt ahead does nothing, and a plain outage catches up."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.exc import OperationalError

from pulse import worker
from pulse.config import Settings
from pulse.db import db, writing
from pulse.invitations.pauses import Pauses
from pulse.surveys import clock_queries
from pulse.surveys import queries as surveys
from pulse.worker import ClockBehind, Runner, tick_by_clock
from tests.results.factories import make_council, make_quarterly
from tests.support.rows import all_rows

#: a Monday at nine in London, when the wave is due
FIRST = datetime(2026, 10, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def settings(app: Flask) -> Iterator[Settings]:
    """A quarterly programme for a small council, planned and not open."""
    found: Settings = app.config["PULSE"]
    make_council({"C": (None, 0), "A": ("C", 8)})
    make_quarterly(starts_on=date(2026, 10, 5))
    yield found
    for folder in (found.key_dir, found.home / "mail"):
        shutil.rmtree(folder, ignore_errors=True)


def at(moment: datetime, settings: Settings, *, accept: bool = False) -> dict[str, int]:
    db.session.rollback()
    return {what: n for what, n in tick_by_clock(moment, settings, accept=accept).items() if n}


def test_each_whole_tick_leaves_its_time(settings: Settings) -> None:
    assert clock_queries.find_beat() is None
    at(FIRST - DAY, settings)
    assert clock_queries.find_beat() == FIRST - DAY


def test_a_clock_that_went_back_does_nothing_until_it_is_past_the_last_tick(settings: Settings) -> None:
    at(FIRST + DAY, settings)
    before = all_rows()
    with pytest.raises(ClockBehind, match="went back"):
        at(FIRST - 300 * DAY, settings)
    assert all_rows() == before
    assert at(FIRST + DAY + timedelta(seconds=1), settings) == {"planned": 1}


def test_a_clock_within_a_minute_of_the_last_tick_goes_on_and_does_not_wind_it_back(
    settings: Settings,
) -> None:
    at(FIRST - DAY, settings)
    at(FIRST - DAY - timedelta(seconds=50), settings)
    assert clock_queries.find_beat() == FIRST - DAY


def test_an_operator_can_accept_the_clock(settings: Settings) -> None:
    at(FIRST + 1000 * DAY, settings)
    at(FIRST - DAY, settings, accept=True)
    assert clock_queries.find_beat() == FIRST - DAY
    at(FIRST, settings)


def test_a_plain_outage_of_three_days_catches_up(settings: Settings) -> None:
    at(FIRST - DAY, settings)
    assert at(FIRST + 2 * DAY, settings)["opened"] == 1


def test_a_late_wave_does_not_open_on_a_closed_day_and_says_when_it_will(settings: Settings) -> None:
    at(FIRST - DAY, settings)
    assert "opened" not in at(FIRST + 5 * DAY, settings)
    assert surveys.get_wave(1).problem == "This wave opens on Monday 12 October: today is a closed day."
    assert at(FIRST + 7 * DAY, settings)["opened"] == 1
    assert surveys.get_wave(1).problem is None


def test_letters_wait_for_their_hours(settings: Settings) -> None:
    at(FIRST - DAY, settings)
    done = at(FIRST + timedelta(hours=9), settings)
    assert (done["opened"], "invited" in done) == (1, False)
    assert "invited" not in at(FIRST + timedelta(hours=22, minutes=59), settings)
    assert at(FIRST + timedelta(hours=23), settings) == {"invited": 8}


def test_the_commands_say_so_in_one_sentence_and_take_the_option(
    settings: Settings, runner: FlaskCliRunner
) -> None:
    with writing():
        clock_queries.set_beat(datetime.now(UTC) + DAY)
    refused = runner.invoke(args=["tick"])
    assert refused.exit_code == 1
    assert "The clock of this machine went back" in refused.output
    assert "--accept-clock" in refused.output
    assert runner.invoke(args=["tick", "--now", "2026-10-01"]).exit_code == 0, "a typed time is no clock"
    assert runner.invoke(args=["tick", "--accept-clock"]).exit_code == 0
    assert runner.invoke(args=["tick"]).exit_code == 0


def test_a_running_worker_waits_out_a_leap_and_says_so_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ticked: list[datetime] = []

    def run(_app: Flask, now: datetime, _pauses: Pauses) -> str:
        ticked.append(now)
        return ""

    monkeypatch.setattr(worker, "run_tick", run)
    runner = Runner(app)
    for wall, monotonic in ((0, 0), (600, 1), (603, 4), (612, 13), (613, 14)):
        monkeypatch.setattr(
            worker, "read_clocks", lambda at=(wall, monotonic): (FIRST + at[0] * DAY / 1440, at[1] * 60)
        )
        runner.run()
    assert ticked == [FIRST + minutes * DAY / 1440 for minutes in (0, 612, 613)]
    assert capsys.readouterr().err.count("leapt ahead") == 1


def test_a_worker_that_starts_after_days_without_a_tick_waits_ten_minutes_and_then_catches_up(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(FIRST - DAY, settings)
    open_by_then: list[int] = []
    runner = Runner(app)
    for minutes in (0, 9, 10):
        moment = FIRST + 7 * DAY + timedelta(minutes=minutes)
        monkeypatch.setattr(worker, "read_clocks", lambda at=(moment, minutes * 60.0): at)
        runner.run()
        db.session.rollback()
        open_by_then.append(len(surveys.list_waves_in("open")))
    assert open_by_then == [0, 0, 1]
    said = capsys.readouterr().err
    assert said.count("No worker has run for days, or the clock of this machine is ahead") == 1
    assert "the last tick was at 08:00 on 4 October 2026 (UTC)" in said


def test_a_worker_that_starts_without_a_database_waits_for_it_and_then_looks_at_the_last_tick(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(FIRST - DAY, settings)

    def fail() -> datetime:
        raise OperationalError("", {}, Exception("away"))

    runner, moment = Runner(app), FIRST + 300 * DAY
    monkeypatch.setattr(worker, "read_clocks", lambda: (moment, 1.0))
    with monkeypatch.context() as patched:
        patched.setattr(clock_queries, "find_beat", fail)
        runner.run()
    runner.run()
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "The database cannot be reached",
        "No worker has run for days, or the clock of this machine is ahead",
    ]
    assert clock_queries.find_beat() == FIRST - DAY
