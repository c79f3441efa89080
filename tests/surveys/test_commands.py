"""`pulse programme`, typed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskCliRunner

from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from tests.directory.factories import Org, make_org
from tests.surveys.factories import EVERY_DAY, make_open_wave, make_planned_wave, make_programme


@pytest.fixture
def org(runner: FlaskCliRunner) -> Org:
    return make_org()


def run(runner: FlaskCliRunner, *words: str, code: int = 0) -> str:
    result = runner.invoke(args=["programme", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_list_and_show_tell_where_a_survey_stands(runner: FlaskCliRunner, org: Org) -> None:
    now = datetime.now(UTC)
    wave = make_planned_wave(now=now, starts_on=(now + timedelta(days=9)).date(), name="Pulse")
    make_programme(name="Asleep", active=False)

    assert run(runner, "list").splitlines()[0] == "Asleep\tpaused"
    shown = run(runner, "show", "pulse")
    assert "Asked: Everyone in the staff list, 8 people today" in shown
    assert "k: 10" in shown
    assert "How often: Every quarter" in shown
    assert "How people are reached: E-mail, then paper slip with a code, handed out" in shown
    assert "Reminders: After 7 days" in shown
    assert f"(number {wave.id})" in shown
    assert shown.count("Date: ") == 12


def test_open_now_and_close_now_leave_the_rest_to_the_worker(
    runner: FlaskCliRunner, org: Org, keyring: Keyring
) -> None:
    now = datetime.now(UTC)
    planned = make_planned_wave(now=now, starts_on=(now + timedelta(days=9)).date(), name="First")
    opened = make_open_wave(
        keyring, now=now, **EVERY_DAY, starts_on=(now - timedelta(days=1)).date(), name="Second"
    )

    assert "opens at the worker's next tick" in run(runner, "open-now", "First")
    assert "closes at the worker's next tick" in run(runner, "close-now", "Second")

    later = datetime.now(UTC)
    assert [wave.id for wave in queries.list_due_to_open(later)] == [planned.id]
    assert [wave.id for wave in queries.list_due_to_close(later)] == [opened.id]


def test_there_is_nothing_to_open_or_close_twice(runner: FlaskCliRunner, org: Org) -> None:
    make_programme(name="Pulse")

    assert "No wave of this survey is planned" in run(runner, "open-now", "Pulse", code=1)
    assert "No wave of this survey is open" in run(runner, "close-now", "Pulse", code=1)
    assert 'There is no survey called "Other"' in run(runner, "show", "Other", code=1)
