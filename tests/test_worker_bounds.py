"""No survey is so large that its letters or codes hold up the others: a tick goes on where one stopped."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from pulse import worker
from pulse.config import Settings
from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations import hours
from pulse.messages.mailbox import list_envelopes
from pulse.surveys.models import Programme
from pulse.surveys.running import SEEN_WITHIN
from tests.results.factories import Council, make_quarterly
from tests.support.rows import all_rows
from tests.surveys.factories import EVERY_DAY
from tests.test_worker import DAY, FIRST, at, council, programme, settings

__all__ = ["council", "programme", "settings"]

SECOND = timedelta(seconds=1)


def test_codes_of_all_surveys_together_are_bounded_and_given_over_several_ticks(
    settings: Settings, council: Council, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing():
        db.session.execute(update(Person).where(Person.id.in_(sorted(council.people)[:3])).values(email=None))
    make_quarterly(starts_on=FIRST.date(), open_days=14, reminder_days=[7], name="Other", **EVERY_DAY)
    monkeypatch.setattr(worker, "CODES_A_TICK", 2)
    at(FIRST - DAY, settings)
    assert [at(FIRST, settings).get("codes given", 0) for _ in range(4)] == [2, 2, 2, 0]
    assert len([row for row in all_rows()["invitation"] if row["code_hash"]]) == 6


def slow(now: datetime) -> Callable[[], datetime]:
    """A clock by which ten seconds pass each time that it is looked at."""

    def passing() -> Iterator[datetime]:
        moment = now
        while True:
            yield moment
            moment += 10 * SECOND

    return passing().__next__


def test_letters_of_a_large_survey_leave_over_several_ticks_and_once_each(
    settings: Settings, council: Council, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "clock_from", slow)
    at(FIRST - DAY, settings)
    sent: list[int] = []
    while not sent or sent[-1]:
        sent.append(at(FIRST, settings).get("invited", 0))
    assert sum(sent) == 16
    assert len(sent) > 2
    assert max(sent) <= hours.LETTERS_A_TICK / (10 * SECOND)
    everybody = [envelope.to for envelope in list_envelopes(settings.home / "mail")]
    assert len(everybody) == len(set(everybody)) == 16


def test_each_wave_has_an_equal_part_of_what_those_before_it_left() -> None:
    now = FIRST
    shares = hours.share_time(lambda: now, 3)
    lasted = []
    for used in (40, 0, 80):
        goes_on, began = next(shares), now
        while goes_on():
            now += SECOND
        lasted.append((now - began) // SECOND)
        now = began + used * SECOND
    assert lasted == [40, 40, 80]


def test_the_worker_counts_as_seen_while_two_ticks_full_of_letters_follow_each_other() -> None:
    assert 2 * hours.LETTERS_A_TICK + 2 * timedelta(seconds=10) < SEEN_WITHIN
