"""What may be tried on whom, and what is kept of it: comments by name, and nothing beside them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect

from pulse.db import db
from pulse.pilots import piloting, queries
from pulse.pilots.asking import MOST_TESTERS, Named, PilotError
from pulse.pilots.commenting import Typed, Written, save_comments
from pulse.pilots.models import PilotComment, PilotTester
from tests.accounts.factories import make_account
from tests.pilots.factories import JO, SAM, make_pilot, make_plan

NOW = datetime.now(UTC)


def refused(call: object) -> str:
    with pytest.raises(PilotError) as found:
        call()  # type: ignore[operator]
    return str(found.value)


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


def test_a_new_link_ends_the_old_one_and_is_made_once_however_often_it_is_pressed(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    seen = piloting.mark_of(link.tester)
    renewed = piloting.renew_link(pilot.id, link.tester.id, seen, NOW)
    assert queries.find_tester(piloting.hash_of(link.token)) is None
    assert queries.find_tester(piloting.hash_of(renewed.token)) is not None
    assert "sent again a moment ago" in refused(
        lambda: piloting.renew_link(pilot.id, link.tester.id, seen, NOW)
    )
    piloting.close_pilot(pilot.id, NOW)
    seen = piloting.mark_of(renewed.tester)
    assert "has closed" in refused(lambda: piloting.renew_link(pilot.id, link.tester.id, seen, NOW))


def test_a_pilot_is_open_to_the_end_of_its_day_in_london_and_until_it_is_closed(app: Flask) -> None:
    pilot, _links = make_pilot()
    last = datetime.combine(pilot.closes_on, datetime.min.time(), UTC)
    assert piloting.is_open(pilot, last + timedelta(hours=22))
    assert not piloting.is_open(pilot, last + timedelta(days=1, hours=1))
    piloting.close_pilot(pilot.id, NOW)
    assert not piloting.is_open(pilot, NOW)


def test_more_testers_join_a_pilot_that_has_begun_each_once_and_twelve_at_most(app: Flask) -> None:
    pilot, _links = make_pilot()

    (joined,) = piloting.invite_more(pilot.id, [SAM], NOW)

    assert [tester.name for tester in queries.list_testers(pilot.id)] == [JO.name, SAM.name]
    assert queries.find_tester(piloting.hash_of(joined.token)) is joined.tester
    assert "in this pilot already" in refused(lambda: piloting.invite_more(pilot.id, [SAM], NOW))
    crowd = [Named(f"T {number}", f"t{number}@example.org") for number in range(MOST_TESTERS - 1)]
    assert "with these it would have 13" in refused(lambda: piloting.invite_more(pilot.id, crowd, NOW))
    piloting.close_pilot(pilot.id, NOW)
    assert "has closed" in refused(lambda: piloting.invite_more(pilot.id, crowd[:1], NOW))
    assert len(queries.list_testers(pilot.id)) == 2


def test_who_has_written_stays_and_others_are_taken_out_with_their_link(app: Flask) -> None:
    pilot, (jo, sam) = make_pilot(testers=(JO, SAM))
    save_comments(jo.tester.id, {"PTA-01": Typed(Written("x", "y"))}, NOW, finished=False)

    assert "has written already" in refused(lambda: piloting.remove_tester(pilot.id, jo.tester.id, NOW))
    piloting.remove_tester(pilot.id, sam.tester.id, NOW)

    assert [tester.name for tester in queries.list_testers(pilot.id)] == [JO.name]
    assert queries.find_tester(piloting.hash_of(sam.token)) is None
    other = make_pilot()[0].id
    gone = "not in the pilot any more"
    assert gone in refused(lambda: piloting.remove_tester(pilot.id, sam.tester.id, NOW))
    assert gone in refused(lambda: piloting.remove_tester(other, jo.tester.id, NOW))
    assert [tester.name for tester in queries.list_testers(pilot.id)] == [JO.name]


def test_nobody_is_taken_out_of_a_pilot_that_has_closed(app: Flask) -> None:
    pilot, (jo,) = make_pilot()
    piloting.close_pilot(pilot.id, NOW)

    assert "has closed" in refused(lambda: piloting.remove_tester(pilot.id, jo.tester.id, NOW))

    assert [tester.name for tester in queries.list_testers(pilot.id)] == [JO.name]


def test_deleting_takes_names_addresses_and_words_and_leaves_other_pilots(app: Flask) -> None:
    pilot, (link,) = make_pilot()
    save_comments(link.tester.id, {"PTA-01": Typed(Written("x", "y"))}, NOW, finished=False)
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
