"""A short run of the simulation, and the judge, who has to see what is wrong."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pulse.invitations.models import SENT
from tests.simulation.counting import count
from tests.simulation.office import Letter
from tests.simulation.people import Run
from tests.simulation.running import Outcome, Plan

#: a Monday at nine in London
OPENS = datetime(2026, 1, 12, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_three_days_with_kills_one_without_mail_and_a_weakened_sender() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--short"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Every figure that has to be 0 is 0." in run.stdout


def make_letter(at: datetime = OPENS, *, reminder: bool = False, message_id: str = "one") -> Letter:
    return Letter(at, "p@example.org", "Programme one", reminder, message_id)


def make_outcome(*letters: Letter, **changes: Any) -> Outcome:
    """One wave that one person was invited to, reminded on its third day, and released."""
    values: dict[str, Any] = {
        "wave_id": 1,
        "programme": "Programme one",
        "zone": "Europe/London",
        "nation": "ENG",
        "cohorts": 1,
        "number": 1,
        "opens_at": OPENS,
        "closes_at": OPENS + 7 * DAY,
        "state": "released",
        "problem": None,
        "remind_at": [(OPENS + 2 * DAY).isoformat()],
        "releases": 1,
    }
    outcome = Outcome(Plan(date(2026, 1, 1), date(2026, 2, 1), 1), date(2026, 2, 1), list(letters))
    outcome.told = {
        "runs": [Run(**(values | changes))],
        "addresses": {7: "p@example.org"},
        "invited": [(1, 7, SENT)],
        "answered": {},
    }
    return outcome


def faults(outcome: Outcome) -> set[str]:
    return {what for what, times in count(outcome).faults.items() if times}


def test_a_wave_with_one_invitation_and_a_reminder_on_its_day_has_no_fault() -> None:
    outcome = make_outcome(make_letter(), make_letter(OPENS + 2 * DAY, reminder=True, message_id="two"))
    assert count(outcome).is_exact
    assert count(outcome).figures["sent once"] == 1


def test_a_letter_taken_twice_is_a_fault_unless_a_kill_came_between_and_it_kept_its_name() -> None:
    outcome = make_outcome(make_letter(), make_letter(OPENS + HOUR))
    assert faults(outcome) == {"sent twice"}
    outcome.killed_at, outcome.kills = {OPENS}, 1
    assert faults(outcome) == set()
    outcome.letters[1] = make_letter(OPENS + HOUR, message_id="other")
    assert faults(outcome) == {"sent twice"}


def test_a_letter_that_never_came_is_a_fault() -> None:
    assert faults(make_outcome()) == {"never sent"}


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (OPENS + 5 * DAY, "letters on closed days"),
        (OPENS + 10 * HOUR, "letters outside hours"),
        (OPENS + 7 * DAY + HOUR, "letters after the close"),
    ],
)
def test_letters_at_the_wrong_time_are_faults(at: datetime, fault: str) -> None:
    assert fault in faults(make_outcome(make_letter(at)))


def test_reminders_that_should_not_have_left_are_faults() -> None:
    def reminder(at: datetime) -> Letter:
        return make_letter(at, reminder=True, message_id=f"{at}")

    early = make_outcome(make_letter(), reminder(OPENS + DAY))
    assert faults(early) == {"reminders before their day"}
    together = make_outcome(make_letter(OPENS + 2 * DAY), reminder(OPENS + 2 * DAY))
    assert faults(together) == {"reminders together with another letter"}
    answered = make_outcome(make_letter(), reminder(OPENS + 2 * DAY))
    answered.told["answered"] = {(1, 7): OPENS + DAY}
    assert faults(answered) == {"reminders to people who had answered"}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"releases": 2}, "waves released twice or never"),
        ({"state": "held", "releases": 0}, "waves held"),
        ({"opens_at": OPENS - DAY}, "waves opened on closed days"),
    ],
)
def test_waves_that_went_wrong_are_faults(changes: dict[str, Any], fault: str) -> None:
    assert fault in faults(make_outcome(make_letter(), **changes))


def test_who_is_asked_out_of_turn_is_a_fault() -> None:
    again = make_letter(OPENS + 7 * DAY + HOUR, message_id="two")
    outcome = make_outcome(make_letter(), again, cohorts=2)
    first = outcome.told["runs"][0]
    second = first._replace(wave_id=2, number=2, opens_at=OPENS + 7 * DAY, closes_at=OPENS + 14 * DAY)
    outcome.told["runs"].append(second)
    outcome.told["invited"].append((2, 7, SENT))
    assert faults(outcome) == {"people asked more than agreed"}
