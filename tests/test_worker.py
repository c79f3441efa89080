"""The clock: what is due is done once, however often, late or by how many it is asked for."""

import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse import worker
from pulse.config import Settings
from pulse.db import db, leading, writing
from pulse.directory.models import Person
from pulse.messages.mailbox import list_envelopes
from pulse.results.giving_up import give_up
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme
from pulse.worker import run_tick, tick
from tests.actions.factories import respond_to_all
from tests.results.factories import Council, Site, answer_all, make_council, make_quarterly, make_site
from tests.support.rows import all_rows
from tests.surveys.factories import EVERY_DAY

SMALL = {"C": (None, 0), "A": ("C", 8), "B": ("C", 8)}
#: the first wave opens at nine in London, which is eight in UTC
FIRST = datetime(2026, 10, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def settings(app: Flask) -> Iterator[Settings]:
    """The application's own settings, with no mail or key left of another test."""
    found: Settings = app.config["PULSE"]
    for folder in (found.key_dir, found.home / "mail"):
        shutil.rmtree(folder, ignore_errors=True)
    yield found
    for folder in (found.key_dir, found.home / "mail"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def programme(settings: Settings) -> Programme:
    return make_quarterly(starts_on=date(2026, 10, 5), open_days=14, reminder_days=[7], **EVERY_DAY)


@pytest.fixture
def council(settings: Settings) -> Council:
    return make_council(SMALL)


def at(moment: datetime, settings: Settings) -> dict[str, int]:
    """What one tick at this moment did."""
    db.session.rollback()
    return {what: n for what, n in tick(moment, settings).items() if n}


def site_of(settings: Settings) -> Site:
    return make_site(settings.key_dir.parent)


def answer(wave_id: int, settings: Settings, council: Council, most: int = 8) -> None:
    site = site_of(settings)
    assert site.keyring.token_key() == Keyring(settings.key_dir).token_key()
    answer_all(site, wave_id, council, turnout=lambda voter: voter.number <= most)


def states() -> list[tuple[int, str]]:
    db.session.rollback()
    rows = sorted(all_rows()["wave"], key=lambda row: row["number"])
    return [(row["number"], row["state"]) for row in rows]


def test_a_wave_goes_from_the_calendar_to_its_release_tick_by_tick(
    settings: Settings, council: Council, programme: Programme
) -> None:
    assert at(FIRST - 30 * DAY, settings) == {"planned": 1}
    assert at(FIRST - timedelta(seconds=1), settings) == {}
    assert at(FIRST, settings) == {"opened": 1, "invited": 16}
    answer(1, settings, council, most=6)
    assert at(FIRST + DAY, settings) == {"planned": 1}  # the next one
    assert at(FIRST + 7 * DAY, settings) == {"reminders done": 1}
    assert at(FIRST + 14 * DAY - timedelta(seconds=1), settings) == {}
    assert at(FIRST + 14 * DAY, settings) == {"released": 1}
    assert states() == [(1, "released"), (2, "planned")]
    assert len(list_envelopes(settings.home / "mail", limit=99)) == 20


@pytest.mark.parametrize("days", [-30, 0, 7, 14])
def test_the_same_tick_again_does_nothing(
    days: int, settings: Settings, council: Council, programme: Programme
) -> None:
    for day in (-30, 0, 7, 14):
        if day <= days:
            at(FIRST + day * DAY, settings)
    at(FIRST + days * DAY, settings)  # what the first made possible, such as the next wave's plan
    before = all_rows()

    assert at(FIRST + days * DAY, settings) == {}
    assert all_rows() == before


def test_a_year_of_ticks_runs_four_waves_and_sends_each_letter_once(
    settings: Settings, council: Council, programme: Programme
) -> None:
    done: Counter[str] = Counter()
    answered: set[int] = set()
    for day in range(-2, 365, 3):
        now = FIRST + day * DAY + timedelta(hours=2)
        done.update(at(now, settings))
        for wave_id in {wave.id for wave in surveys.list_waves_in("open")} - answered:
            answer(wave_id, settings, council, most=6)
            answered.add(wave_id)
        respond_to_all(now)

    assert done == {"planned": 5, "opened": 4, "invited": 64, "reminders done": 4, "released": 4}
    assert states() == [(1, "released"), (2, "released"), (3, "released"), (4, "released"), (5, "planned")]
    assert {row["answered"] for row in all_rows()["release"]} == {12}
    assert Keyring(settings.key_dir).list_wave_keys() == []
    assert all_rows()["envelope"] == []


def test_after_months_off_the_worker_closes_what_was_open_and_skips_what_passed(
    settings: Settings, council: Council, programme: Programme
) -> None:
    at(FIRST - DAY, settings)
    at(FIRST, settings)
    answer(1, settings, council)
    later = FIRST + 250 * DAY
    done = Counter(at(later, settings)) + Counter(at(later, settings))

    assert done["released"] == 1
    assert (done["invited"], done["reminders done"]) == (0, 0)
    (_, first), (number, second) = states()
    assert (first, number, second) == ("released", 2, "planned")
    planned = surveys.list_waves_in("planned")[0]
    assert planned.closes_at > later


def test_a_wave_whose_opening_was_missed_opens_late_and_closes_on_its_day(
    settings: Settings, council: Council, programme: Programme
) -> None:
    at(FIRST - DAY, settings)
    assert at(FIRST + 5 * DAY, settings)["invited"] == 16
    assert surveys.get_wave(1).closes_at == FIRST + 14 * DAY


def test_without_people_the_wave_stays_planned_with_the_reason_and_opens_once_they_are_there(
    settings: Settings, programme: Programme
) -> None:
    at(FIRST - DAY, settings)
    assert at(FIRST, settings) == {}
    wave = surveys.get_wave(1)
    assert wave.state == "planned"
    assert str(wave.problem).startswith("Nobody is in the audience of this survey")

    make_council(SMALL)
    assert at(FIRST + DAY, settings)["opened"] == 1


def test_while_another_worker_leads_a_tick_does_nothing(
    settings: Settings, council: Council, programme: Programme
) -> None:
    with leading(settings.home) as leads:
        assert leads
        assert at(FIRST - DAY, settings) == {}
    assert at(FIRST - DAY, settings) == {"planned": 1}


def test_a_key_that_outlived_its_wave_is_destroyed_at_the_next_tick(
    settings: Settings, council: Council, programme: Programme
) -> None:
    at(FIRST - DAY, settings)
    at(FIRST, settings)
    answer(1, settings, council)
    at(FIRST + 14 * DAY, settings)
    Keyring(settings.key_dir).create_wave_key(1)  # as a crash before its destruction would leave it

    at(FIRST + 15 * DAY, settings)
    assert Keyring(settings.key_dir).list_wave_keys() == []


def test_a_held_wave_holds_up_the_next_until_an_administrator_gives_it_up(
    settings: Settings, council: Council, programme: Programme
) -> None:
    at(FIRST - DAY, settings)
    at(FIRST, settings)
    Keyring(settings.key_dir).destroy_wave_key(1)

    assert "released" not in at(FIRST + 14 * DAY, settings)
    assert [at(FIRST + days * DAY, settings) for days in (15, 95)] == [{}, {}]
    assert states()[0] == (1, "held")
    give_up(1, surveys.get_wave(1).label)
    assert at(FIRST + 96 * DAY, settings)["opened"] == 1


def test_the_command_says_what_it_did_and_reads_a_time_as_london_time(
    settings: Settings, council: Council, programme: Programme, runner: FlaskCliRunner
) -> None:
    def run(*arguments: str) -> str:
        db.session.rollback()
        answer = runner.invoke(args=["tick", *arguments])
        assert answer.exit_code == 0, answer.output
        return answer.output.strip()

    assert run("--now", "2026-10-01") == "1 planned"
    assert run("--now", "2026-10-05T08:59") == "Nothing was due."
    assert run("--now", "2026-10-05T07:59+00:00") == "Nothing was due."
    assert run("--now", "2026-10-05T09:00") == "1 opened, 16 invited"


@pytest.mark.parametrize("given", ["yesterday", "2026-13-01", "28/03/2027"])
def test_a_time_that_is_none_is_refused_in_one_sentence(
    given: str, settings: Settings, runner: FlaskCliRunner
) -> None:
    answer = runner.invoke(args=["tick", "--now", given])
    assert answer.exit_code == 2
    assert "--now must be a time such as 2027-03-28T09:00." in answer.output


def test_a_failing_tick_is_logged_without_what_it_was_about_and_the_next_goes_on(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    planted = f"a planted name {len(caplog.records)}"  # a traceback quotes lines of code, but no values

    def fail(*_given: object) -> None:
        raise ValueError(planted)

    with caplog.at_level(logging.INFO), monkeypatch.context() as patched:
        patched.setattr(worker, "tick_by_clock", fail)
        run_tick(app)
    assert all(word in caplog.text for word in ("a tick failed", "ValueError"))
    assert planted not in caplog.text

    run_tick(app)
    assert caplog.text.count("a tick failed") == 1


def test_a_tick_gives_codes_to_people_without_an_address_once(
    programme: Programme, council: Council, settings: Settings
) -> None:
    with writing():
        for person_id in list(council.people)[:3]:
            db.session.get_one(Person, person_id).email = None
    at(FIRST - DAY, settings)
    assert at(FIRST, settings) == {"opened": 1, "invited": 13, "codes given": 3}
    assert "codes given" not in at(FIRST + DAY, settings)
