"""`pulse programme`, typed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskCliRunner

from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from tests.directory.factories import Org, make_org
from tests.surveys.factories import make_open_wave, make_planned_wave, make_programme


@pytest.fixture
def org(runner: FlaskCliRunner) -> Org:
    return make_org()


def run(runner: FlaskCliRunner, *words: str, code: int = 0) -> str:
    result = runner.invoke(args=["programme", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_add_needs_no_more_than_a_name_and_who_asks(runner: FlaskCliRunner, org: Org) -> None:
    said = run(runner, "add", "Pulse", "--organisation", "Example Council")

    [programme] = queries.list_programmes()
    assert (programme.name, programme.k, len(programme.rotation)) == ("Pulse", 10, 8)
    assert said.startswith("Set up Pulse. Letters leave by themselves once the first wave opens.\nWave 1: ")


def test_add_takes_every_detail(runner: FlaskCliRunner, org: Org) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    options = "--item PTA-01 --item SUR-01 --rule FREQ=YEARLY --hour 8 --open-days 20 --remind-after 5"

    run(
        runner,
        *("add", "Pulse", "--organisation", "Example Council", "--starts-on", tomorrow.isoformat()),
        *("--purpose", "Because.", "--ask-leaders", "--unit", "A", "--k", "12", *options.split()),
    )

    [programme] = queries.list_programmes()
    assert programme.rotation == [["PTA-01", "SUR-01"]]
    assert (programme.rule, programme.starts_on, programme.opens_at_hour) == ("FREQ=YEARLY", tomorrow, 8)
    assert (programme.open_days, programme.reminder_days, programme.k) == (20, [5], 12)
    assert (programme.audience_unit_id, programme.ask_leaders) == (org.units["A"].id, True)
    assert programme.purpose == "Because."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--k", "4"), "Set k to 10 or more"),
        (("--unit", "Z"), 'There is no open unit with the code "Z"'),
        (("--questions", "weekly"), "There is no question set of this kind"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    runner: FlaskCliRunner, org: Org, options: tuple[str, ...], sentence: str
) -> None:
    said = run(runner, "add", "Pulse", "--organisation", "Example Council", *options, code=1)

    assert said.startswith(f"Error: {sentence}")
    assert said.count("\n") == 1
    assert queries.list_programmes() == []


def test_list_and_show_tell_where_a_survey_stands(runner: FlaskCliRunner, org: Org) -> None:
    now = datetime.now(UTC)
    make_planned_wave(now=now, starts_on=(now + timedelta(days=9)).date(), name="Pulse")
    make_programme(name="Asleep", active=False)

    assert run(runner, "list").splitlines()[0] == "Asleep\tpaused"
    shown = run(runner, "show", "pulse")
    assert "Asked: Everyone in the staff list, 8 people today" in shown
    assert "k: 10" in shown
    assert shown.count("Date: ") == 12


def test_open_now_and_close_now_leave_the_rest_to_the_worker(
    runner: FlaskCliRunner, org: Org, keyring: Keyring
) -> None:
    now = datetime.now(UTC)
    planned = make_planned_wave(now=now, starts_on=(now + timedelta(days=9)).date(), name="First")
    opened = make_open_wave(keyring, now=now, starts_on=(now - timedelta(days=1)).date(), name="Second")

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
