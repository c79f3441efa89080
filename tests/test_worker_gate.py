"""The gate in the clock: the next wave waits until somebody has said what was done about the last one."""

import logging
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskCliRunner

from pulse.actions.holding import find_hold, why_held
from pulse.actions.promises import add_promise
from pulse.config import Settings
from pulse.db import db
from pulse.surveys import programmes
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave
from tests.actions.factories import make_promise, make_wave
from tests.results.factories import Council, make_quarterly
from tests.test_worker import DAY, FIRST, answer, at, council, programme, settings, states

__all__ = ["council", "programme", "settings"]
REASON = "The office that sees to it was flooded in May."


def run_first(settings: Settings, council: Council, most: int = 8) -> datetime:
    """The first wave, released, and the second in the calendar; when the second is due."""
    for moment in (FIRST - DAY, FIRST):
        at(moment, settings)
    answer(1, settings, council, most=most)
    at(FIRST + 14 * DAY, settings)
    at(FIRST + 15 * DAY, settings)
    return surveys.list_waves_in("planned")[0].opens_at


def wave(number: int) -> Wave:
    db.session.rollback()
    return next(one for one in surveys.list_waves(1) if one.number == number)


def respond(now: datetime) -> None:
    """What an officer enters on the page of actions."""
    add_promise(make_promise(wave(1)), now)


def test_a_wave_waits_while_the_last_one_has_no_response_and_says_what_to_do(
    settings: Settings, council: Council, programme: Programme, runner: FlaskCliRunner
) -> None:
    due = run_first(settings, council)

    assert at(due, settings) == {}
    assert states() == [(1, "released"), (2, "planned")]
    assert wave(2).problem == (
        f"This wave waits for a response: nobody has said yet what was done about {wave(1).label}. "
        "To go on, post a response on the page of actions, and it opens within a minute."
    )
    told = runner.invoke(args=["tick", "--now", (due + DAY).isoformat()])
    assert str(wave(2).problem) in told.output


def test_once_a_response_is_posted_it_opens_for_as_long_as_any_other_wave(
    settings: Settings, council: Council, programme: Programme
) -> None:
    due = run_first(settings, council)
    at(due, settings)
    respond(due + 9 * DAY)

    assert at(due + 9 * DAY, settings) == {"opened": 1, "invited": 16}
    assert (wave(2).problem, wave(2).closes_at) == (None, due + 23 * DAY)


def test_with_a_response_before_its_day_it_opens_and_closes_on_its_days(
    settings: Settings, council: Council, programme: Programme
) -> None:
    due = run_first(settings, council)
    respond(due - DAY)
    at(due + timedelta(hours=3), settings)

    assert (wave(2).state, wave(2).opens_at, wave(2).closes_at) == ("open", due, due + 14 * DAY)


def test_a_wave_that_waited_to_its_end_is_cancelled_and_says_why_and_the_next_waits_too(
    settings: Settings, council: Council, programme: Programme
) -> None:
    due = run_first(settings, council)
    at(due, settings)

    assert at(due + 14 * DAY, settings) == {"missed": 1}
    assert str(wave(2).problem).startswith("This wave did not open: nobody had said what was done about ")
    at(due + 15 * DAY, settings)
    assert states() == [(1, "released"), (2, "cancelled"), (3, "planned")]
    assert at(wave(3).opens_at, settings) == {}
    assert why_held(1) == wave(3).problem


def test_the_first_wave_waits_for_nothing(settings: Settings, council: Council, programme: Programme) -> None:
    at(FIRST - DAY, settings)
    assert why_held(programme.id) is None
    assert at(FIRST, settings)["opened"] == 1


def test_a_wave_that_showed_nothing_needs_no_response(
    settings: Settings, council: Council, programme: Programme
) -> None:
    due = run_first(settings, council, most=1)
    assert at(due, settings)["opened"] == 1


def test_open_now_obeys_the_gate_on_the_command_line(
    settings: Settings, council: Council, programme: Programme, runner: FlaskCliRunner
) -> None:
    due = run_first(settings, council)
    refused = runner.invoke(args=["programme", "open-now", programme.name])
    assert refused.exit_code == 1
    assert "nobody has said yet what was done about" in refused.output
    assert wave(2).opens_at == due


def test_with_a_reason_it_opens_without_a_response_and_the_log_names_nobody(
    settings: Settings,
    council: Council,
    programme: Programme,
    runner: FlaskCliRunner,
    caplog: pytest.LogCaptureFixture,
) -> None:
    due = run_first(settings, council)
    at(due, settings)
    with caplog.at_level(logging.INFO):
        told = runner.invoke(args=["programme", "open-unanswered", str(wave(2).id), "--because", REASON])

    assert told.exit_code == 0, told.output
    assert "may open without a posted response" in told.output
    assert "may open although the one before has no posted response" in caplog.text
    assert "flooded" not in caplog.text
    assert at(due + DAY, settings)["opened"] == 1
    assert (wave(2).opens_unanswered, wave(2).closes_at) == (REASON, due + 15 * DAY)


def test_a_reason_that_a_response_made_idle_is_not_told(
    settings: Settings, council: Council, programme: Programme
) -> None:
    due = run_first(settings, council)
    programmes.let_open_unanswered(wave(2).id, REASON, why_held)
    respond(due - DAY)
    at(due, settings)
    assert (wave(2).state, wave(2).opens_unanswered) == ("open", None)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["999", "--because", REASON], "There is no wave 999"),
        (["2", "--because", " \n\t "], "Give the reason: staff read it before they answer."),
        (["2", "--because", "x" * 301], "Use 300 characters or fewer; these are 301."),
        (["1", "--because", REASON], "Only a planned wave waits for a response"),
    ],
)
def test_a_reason_that_is_none_changes_nothing(
    arguments: list[str],
    sentence: str,
    settings: Settings,
    council: Council,
    programme: Programme,
    runner: FlaskCliRunner,
) -> None:
    run_first(settings, council)
    told = runner.invoke(args=["programme", "open-unanswered", *arguments])
    assert told.exit_code == 1
    assert sentence in told.output
    assert wave(2).opens_unanswered is None


def test_where_nothing_holds_a_wave_no_reason_is_taken(
    settings: Settings, council: Council, programme: Programme
) -> None:
    due = run_first(settings, council)
    respond(due - DAY)
    with pytest.raises(programmes.WaveError, match="Nothing holds this wave"):
        programmes.let_open_unanswered(wave(2).id, REASON, why_held)


def test_a_change_of_the_survey_keeps_the_reason(
    settings: Settings, council: Council, programme: Programme
) -> None:
    run_first(settings, council)
    programmes.let_open_unanswered(wave(2).id, REASON, why_held)
    programmes.set_threshold(programme.id, 12, None, FIRST + 16 * DAY)
    assert (wave(2).k, wave(2).opens_unanswered) == (12, REASON)


def test_a_wave_that_is_due_as_the_last_one_closes_waits_for_a_response_too(
    settings: Settings, council: Council
) -> None:
    make_quarterly(starts_on=FIRST.date(), open_days=7, reminder_days=(3,), rule="FREQ=WEEKLY")
    for moment in (FIRST - DAY, FIRST):
        at(moment, settings)
    answer(1, settings, council)
    at(FIRST + DAY, settings)

    at(FIRST + 7 * DAY, settings)
    assert states() == [(1, "released"), (2, "planned")]
    assert wave(2).problem == why_held(1)
    respond(FIRST + 8 * DAY)
    assert at(FIRST + 8 * DAY, settings)["opened"] == 1


def test_a_worker_that_was_down_from_the_close_to_the_next_opening_asks_for_a_response(
    settings: Settings, council: Council
) -> None:
    make_quarterly(starts_on=FIRST.date(), open_days=14, reminder_days=(7,), rule="FREQ=MONTHLY")
    for moment in (FIRST - DAY, FIRST):
        at(moment, settings)
    answer(1, settings, council)
    at(FIRST + DAY, settings)
    at(wave(2).opens_at + timedelta(hours=1), settings)
    assert states() == [(1, "released"), (2, "planned")]
    assert wave(2).problem == why_held(1)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("reason", [None, REASON])
@pytest.mark.parametrize("state", ["open", "closing", "held"])
def test_no_wave_opens_while_an_earlier_one_has_not_ended_not_even_with_a_reason(
    state: str, reason: str | None
) -> None:
    first = make_wave(state=state)
    second = make_wave(first.programme, number=2, state="planned", opens_unanswered=reason)
    hold = find_hold(second)
    assert hold is not None
    assert hold.waits == "This wave waits until Wave 1 has closed and its results are out, or it is given up."
    assert find_hold(first) is None
