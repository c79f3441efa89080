"""Bridges: planned where people are enough, crossed by one wave, and refused with a sentence elsewhere."""

from collections import Counter

import pytest
from sqlalchemy import select

from pulse.db import db, writing
from pulse.domain.rotation import asked_by_block, block_of
from pulse.domain.sheets import Plan, asked_of
from pulse.surveys import queries
from pulse.surveys.bridges import BridgeError, list_changed, plan_bridge, room_of, take_back
from pulse.surveys.forecast import NOTHING_BEFORE, Before
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, WaveMember
from pulse.surveys.plans import build_plan, plan_of
from pulse.surveys.question_sets import rotation_of
from pulse.surveys.waves import list_people_asked
from tests.surveys.changed_questions import become_another
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import ITEMS, make_open_wave, make_programme

pytestmark = pytest.mark.usefixtures("app")


def asked_by_person(wave_id: int) -> dict[int, list[str]]:
    """What every person of an open wave is asked, in order, leaders' questions aside."""
    plan = plan_of(queries.get_wave(wave_id))
    rows = db.session.execute(
        select(WaveMember.person_id, WaveMember.block).where(WaveMember.wave_id == wave_id)
    )
    by_block = {
        block: [item["id"] for item in asked_of(plan, False, block)] for block in range(_blocks(plan))
    }
    return {row.person_id: by_block[row.block] for row in rows}


def _blocks(plan: Plan) -> int:
    return len(plan.get("blocks", [])) or 1


def test_of_700_people_half_are_asked_each_and_everybody_all_the_rest(keyring: Keyring) -> None:
    make_crowd({"North": 400, "South": 300})
    new, programme = become_another("PTA-06"), make_programme()
    assert plan_bridge(programme.id, new, NOTHING_BEFORE).old.id == "PTA-06"

    wave = make_open_wave(keyring, programme)

    asked = asked_by_person(wave.id)
    sides = Counter(frozenset({"PTA-06", new} & {*items}) for items in asked.values())
    assert set(sides) == {frozenset({"PTA-06"}), frozenset({new})}  # nobody neither, nobody both
    assert all(abs(people - 350) < 4 * 13.3 for people in sides.values())  # SD of a half of 700: 13.2
    assert all({*items} >= {*ITEMS} - {"PTA-06"} and len(items) == len(ITEMS) for items in asked.values())
    measures = {measure["id"]: measure["items"] for measure in plan_of(wave)["measures"]}
    assert measures["PTA"] == ["PTA-01"]
    assert {"PTA-06", new}.isdisjoint(plan_of(wave)["anchors"])


def test_the_wave_after_a_bridge_asks_the_new_question_of_everybody(keyring: Keyring) -> None:
    make_crowd({"North": 700})
    new, programme = become_another("PTA-06"), make_programme()
    plan_bridge(programme.id, new, NOTHING_BEFORE)
    make_open_wave(keyring, programme)

    programme = queries.get_programme(programme.id)

    assert programme.bridges == []
    assert programme.rotation == [[new if item == "PTA-06" else item for item in ITEMS]]
    assert "blocks" not in build_plan(programme, 2, 700)
    with pytest.raises(BridgeError, match="crosses the bridge from PTA-06"):
        plan_bridge(programme.id, new, NOTHING_BEFORE)


def test_where_questions_rotate_by_person_every_block_is_split_and_each_half_is_asked(
    keyring: Keyring,
) -> None:
    make_crowd({"North": 700})
    rotation = rotation_of("quarterly")
    old = next(item for item in rotation[0] if item not in rotation[1] and item.startswith("PEO"))
    programme = make_programme(rotation=rotation, rotate_by="person")
    new = become_another(old)
    plan_bridge(programme.id, new, NOTHING_BEFORE)
    alone = {person: {*items} - {old} for person, items in _without_bridge(programme).items()}

    wave = make_open_wave(keyring, programme)

    asked = asked_by_person(wave.id)
    assert _blocks(plan_of(wave)) == 2 * len(rotation)
    sides = Counter(frozenset({old, new} & {*items}) for items in asked.values())
    assert set(sides) == {frozenset({old}), frozenset({new})}
    assert all(abs(people - 350) < 4 * 13.3 for people in sides.values())
    assert all({*items} - {old, new} == alone[person] for person, items in asked.items())


def _without_bridge(programme: Programme) -> dict[int, set[str]]:
    """What each person would be asked if no bridge were planned."""
    blocks = asked_by_block(programme.rotation, 0)
    people = [person.id for person in list_people_asked(None)]
    return {person: {*blocks[block_of(programme.draw_key, person, len(blocks))]} for person in people}


def test_too_few_people_are_told_to_take_the_break_and_nothing_changes() -> None:
    make_crowd({"North": 214})
    new, programme = become_another("PTA-06"), make_programme()

    with pytest.raises(BridgeError) as refused:
        plan_bridge(programme.id, new, NOTHING_BEFORE)

    assert str(refused.value) == (
        "A bridge takes 332 answers on each side, 664 in all. This survey asks 214 people: "
        "take the break instead."
    )
    assert queries.get_programme(programme.id).bridges == []


def test_what_people_usually_answer_and_cohorts_count_in_the_sum() -> None:
    make_crowd({"North": 1400})
    programme = make_programme()
    assert room_of(programme, Before("Wave 1", 50, ())).enough
    assert not room_of(programme, Before("Wave 1", 47, ())).enough
    assert "of whom 47 in 100 answered" in room_of(programme, Before("Wave 1", 47, ())).sentence
    with writing():
        programme.cohorts = 3
    assert not room_of(programme, NOTHING_BEFORE).enough


def test_a_bridge_is_taken_back_until_its_wave_has_opened(keyring: Keyring) -> None:
    make_crowd({"North": 700})
    new, programme = become_another("PTA-06"), make_programme()
    plan_bridge(programme.id, new, NOTHING_BEFORE)
    with pytest.raises(BridgeError, match="planned already"):
        plan_bridge(programme.id, new, NOTHING_BEFORE)
    take_back(programme.id, new)
    assert "blocks" not in build_plan(programme, 1, 700)

    plan_bridge(programme.id, new, NOTHING_BEFORE)
    make_open_wave(keyring, programme)
    with pytest.raises(BridgeError, match="a wave has opened with it"):
        take_back(programme.id, new)


def test_a_crowd_that_shrank_crosses_no_bridge_and_the_bridge_stays_planned(keyring: Keyring) -> None:
    make_crowd({"North": 120})
    new, programme = become_another("PTA-06"), make_programme()
    with writing():
        programme.bridges = [["PTA-06", new]]

    wave = make_open_wave(keyring, programme)

    assert "blocks" not in plan_of(wave)
    assert queries.get_programme(programme.id).bridges == [["PTA-06", new]]


def test_a_question_that_changed_twice_is_bridged_from_the_one_that_was_asked() -> None:
    make_crowd({"North": 700})
    programme = make_programme()
    second = become_another(become_another("PTA-06"), "People close to the work decide how it is done here.")

    [changed] = list_changed(programme, room_of(programme, NOTHING_BEFORE))

    assert (changed.old.id, changed.new.id, changed.refusal) == ("PTA-06", second, "")


def test_what_a_survey_does_not_ask_or_no_longer_asks_is_refused() -> None:
    make_crowd({"North": 700})
    new, programme = become_another("PTA-06"), make_programme(rotation=[["PTA-01"]])
    with pytest.raises(BridgeError, match="stands in place of no question that this survey asks or asked"):
        plan_bridge(programme.id, new, NOTHING_BEFORE)
    with pytest.raises(BridgeError, match="No bridge to PTA-01 is planned"):
        take_back(programme.id, "PTA-01")
