"""What may be tried on whom, and what is kept of it: comments by name, and nothing beside them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect

from pulse.db import db
from pulse.pilots import piloting, queries
from pulse.pilots.models import PilotComment, PilotTester
from pulse.pilots.piloting import PilotError, Written
from tests.accounts.factories import make_account
from tests.pilots.factories import JO, SAM, make_pilot, make_plan

NOW = datetime.now(UTC)


def refused(call: object) -> str:
    with pytest.raises(PilotError) as found:
        call()  # type: ignore[operator]
    return str(found.value)


def test_testers_are_read_a_line_each_and_names_may_hold_commas() -> None:
    read = piloting.read_testers("Jo Tester, JO@example.org\n\n  Sam, Dr, sam@example.org ")
    assert read == (JO, ("Sam, Dr", "sam@example.org"))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Write at least one tester: a name, a comma and an e-mail address."),
        ("Jo, jo@example.org\njo@example.org", "Line 2 needs a name, a comma and an e-mail address."),
        (
            "Jo, jo at example",
            "Line 1 does not end in one e-mail address: write it as person@example.gov.uk.",
        ),
        ("Jo, a@b.org\nMo, A@b.org", "The address in line 2 is there twice: keep it once."),
        ("x" * 121 + ", a@b.org", "The name in line 1 is longer than 120 characters."),
        (
            "\n".join(f"T, t{n}@example.org" for n in range(13)),
            "A pilot has 12 testers at most, and these are 13: leave some out.",
        ),
    ],
)
def test_a_wrong_line_is_named_in_one_sentence(lines: str, sentence: str) -> None:
    assert refused(lambda: piloting.read_testers(lines)) == sentence


def test_a_whole_bank_or_some_questions_of_any_banks(app: Flask) -> None:
    assert piloting.read_questions("PTA-01, OPEN-01\nPTA-01", "") == ("PTA-01", "OPEN-01")
    assert len(piloting.read_questions("", "permission_to_act")) == 11
    assert "no question" in refused(lambda: piloting.read_questions("PTA-1", ""))
    assert "Choose a bank" in refused(lambda: piloting.read_questions(" ", ""))


def test_a_day_that_is_past_or_far_off_is_refused() -> None:
    today = NOW.date()
    assert "past" in refused(lambda: piloting.check_day(today - timedelta(days=1), today))
    assert "60 days" in refused(lambda: piloting.check_day(today + timedelta(days=61), today))
    piloting.check_day(today, today)


def test_the_questions_are_frozen_and_the_token_is_stored_nowhere(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    assert [item["id"] for item in pilot.questions] == ["PTA-01", "OPEN-01"]
    assert queries.find_tester(piloting.hash_of(link.token)) is link.tester
    assert link.token.encode() not in link.tester.token_hash


def test_the_same_form_twice_makes_one_pilot_and_no_second_letter(app: Flask) -> None:
    plan, editor = make_plan(testers=(JO, SAM)), make_account()
    first, links = piloting.start_pilot(plan, editor.id, NOW)
    second, again = piloting.start_pilot(replace(plan, title="Pressed twice"), editor.id, NOW)
    assert (len(links), again, second.id) == (2, [], first.id)
    assert len(queries.list_pilots()) == 1


def test_comments_are_kept_by_tester_and_question_changed_and_emptied(app: Flask) -> None:
    pilot, (jo, sam) = make_pilot(testers=(JO, SAM))
    nothing = Written("", "")
    for tester, meaning in ((jo.tester, "May I act?"), (sam.tester, "Is it allowed?")):
        written = {"PTA-01": Written(meaning, ""), "OPEN-01": nothing}
        piloting.save_comments(tester.id, written, NOW, finished=False)
    piloting.save_comments(jo.tester.id, {"PTA-01": Written("May I decide?", "hard")}, NOW, finished=True)
    piloting.save_comments(sam.tester.id, {"PTA-01": nothing}, NOW, finished=False)
    kept = [(tester.name, each.item_id, each.meaning) for tester, each in queries.list_comments(pilot.id)]
    assert kept == [("Jo Tester", "PTA-01", "May I decide?")]
    assert jo.tester.finished_at is not None
    assert sam.tester.finished_at is None


def test_a_new_link_ends_the_old_one_and_is_made_once_however_often_it_is_pressed(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    seen = piloting.mark_of(link.tester)
    renewed = piloting.renew_link(pilot.id, link.tester.id, seen)
    assert queries.find_tester(piloting.hash_of(link.token)) is None
    assert queries.find_tester(piloting.hash_of(renewed.token)) is not None
    assert "sent again a moment ago" in refused(lambda: piloting.renew_link(pilot.id, link.tester.id, seen))


def test_a_pilot_is_open_to_the_end_of_its_day_in_london_and_until_it_is_closed(app: Flask) -> None:
    pilot, _links = make_pilot()
    last = datetime.combine(pilot.closes_on, datetime.min.time(), UTC)
    assert piloting.is_open(pilot, last + timedelta(hours=22))
    assert not piloting.is_open(pilot, last + timedelta(days=1, hours=1))
    piloting.close_pilot(pilot.id, NOW)
    assert not piloting.is_open(pilot, NOW)


def test_deleting_takes_names_addresses_and_words_and_leaves_other_pilots(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    piloting.save_comments(link.tester.id, {"PTA-01": Written("x", "y")}, NOW, finished=False)
    other, _links = make_pilot()
    piloting.delete_pilot(pilot.id)
    assert [row[0].id for row in queries.list_pilots()] == [other.id]
    assert db.session.query(PilotComment).count() == 0
    assert db.session.query(PilotTester).count() == 1


def test_no_table_of_pilots_refers_to_a_wave_a_person_or_an_answer(app: Flask) -> None:
    tables = {
        name: {key["referred_table"] for key in inspect(db.engine).get_foreign_keys(name)}
        for name in ("pilot", "pilot_tester", "pilot_comment")
    }
    assert tables == {"pilot": {"account"}, "pilot_tester": {"pilot"}, "pilot_comment": {"pilot_tester"}}
