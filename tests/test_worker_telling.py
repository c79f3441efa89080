"""What the clock says of reminders: that they are done, and nothing that tells who has not answered."""

from datetime import timedelta

import pytest
from flask.testing import FlaskCliRunner

from pulse.config import Settings
from pulse.db import db
from pulse.surveys.models import Programme
from tests.results.factories import Council
from tests.test_worker import DAY, FIRST, answer, at, council, programme, settings

__all__ = ["council", "programme", "settings"]


@pytest.mark.parametrize("answering", [0, 5, 8])
def test_the_command_says_nothing_of_reminders_whoever_has_not_answered(
    answering: int, settings: Settings, council: Council, programme: Programme, runner: FlaskCliRunner
) -> None:
    for moment in (FIRST - DAY, FIRST, FIRST + DAY):
        at(moment, settings)
    answer(1, settings, council, most=answering)
    due = (FIRST + timedelta(days=7)).isoformat()

    told = []
    for _ in range(2):
        db.session.rollback()
        told.append(runner.invoke(args=["tick", "--now", due]).output.strip())
    assert told == ["Nothing was due."] * 2
