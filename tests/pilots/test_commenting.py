"""What testers write is kept by tester and question, and no page that was opened earlier takes it away."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from pulse.pilots import piloting, queries
from pulse.pilots.commenting import PilotClosed, Typed, Written, save_comments
from pulse.pilots.models import Pilot
from tests.pilots.factories import JO, SAM, make_pilot

#: two presses at once are two transactions: PostgreSQL has its own way with them
pytestmark = pytest.mark.both_databases
NOW = datetime.now(UTC)
NOTHING, FIRST = Written(), Written("May I act?", "")


def save(tester_id: int, item_id: str, written: Written, shown: Written = NOTHING) -> dict[str, Written]:
    """From a page that showed `shown`."""
    return save_comments(tester_id, {item_id: Typed(written, shown.mark)}, NOW, finished=False)


def kept(pilot: Pilot) -> list[tuple[str, str, str]]:
    return [(tester.name, each.item_id, each.meaning) for tester, each in queries.list_comments(pilot.id)]


def test_comments_are_kept_by_tester_and_question_changed_and_emptied(app: Flask) -> None:
    pilot, (jo, sam) = make_pilot(testers=(JO, SAM))
    save(jo.tester.id, "PTA-01", FIRST)
    save(sam.tester.id, "PTA-01", Written("Is it allowed?", ""))
    save(sam.tester.id, "OPEN-01", NOTHING)
    assert kept(pilot) == [("Jo Tester", "PTA-01", "May I act?"), ("Sam Tester", "PTA-01", "Is it allowed?")]

    save(jo.tester.id, "PTA-01", Written("May I decide?", "hard"), FIRST)
    save(sam.tester.id, "PTA-01", NOTHING, Written("Is it allowed?", ""))

    assert kept(pilot) == [("Jo Tester", "PTA-01", "May I decide?")]


def test_a_page_that_was_opened_earlier_takes_nothing_away(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    save(link.tester.id, "PTA-01", FIRST)

    assert save(link.tester.id, "PTA-01", NOTHING) == {}
    assert save(link.tester.id, "PTA-01", FIRST) == {}

    assert kept(pilot) == [("Jo Tester", "PTA-01", "May I act?")]


def test_of_two_windows_that_write_otherwise_the_second_is_told_and_may_insist(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    save(link.tester.id, "PTA-01", FIRST)
    other = Written("Am I trusted?", "")
    typed = {"PTA-01": Typed(other, ""), "OPEN-01": Typed(Written("", "Which team?"), "")}

    assert save_comments(link.tester.id, typed, NOW, finished=True) == {"PTA-01": FIRST}
    assert kept(pilot) == [("Jo Tester", "PTA-01", "May I act?"), ("Jo Tester", "OPEN-01", "")]
    assert link.tester.finished_at is None

    assert save(link.tester.id, "PTA-01", other, FIRST) == {}
    assert kept(pilot)[0] == ("Jo Tester", "PTA-01", "Am I trusted?")


def test_the_words_of_one_box_are_not_mistaken_for_those_of_the_other() -> None:
    assert Written("ab", "c").mark != Written("a", "bc").mark
    assert Written("ab", "").mark != Written("", "ab").mark


def test_nothing_is_saved_once_a_pilot_has_closed(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    piloting.close_pilot(pilot.id, NOW)
    with pytest.raises(PilotClosed):
        save(link.tester.id, "PTA-01", FIRST)
    assert kept(pilot) == []
