"""Questions that rotate by person: blocks of a plan, and who is asked which."""

from collections import Counter

import pytest
from sqlalchemy import select

from pulse.banks.loading import get_supplied
from pulse.db import db
from pulse.domain.rotation import MIN_BY_PERSON, block_of
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import WaveMember
from pulse.surveys.plans import anchors_of, build_plan, digest_of, plan_of
from pulse.surveys.question_sets import rotation_of
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import make_open_wave, make_programme
from tests.surveys.test_plans import make_unsaved

#: the library is what the database makes of the supplied files
pytestmark = pytest.mark.usefixtures("app")

BY_PERSON = {"rotate_by": "person"}


def ids_of(plan: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["id"] for item in plan["items"]]


def test_a_plan_by_person_asks_the_whole_rotation_anchors_first_and_open_questions_last() -> None:
    programme = make_unsaved(rotation_of("quarterly"), **BY_PERSON)

    asked = ids_of(build_plan(programme, 1))

    assert asked[:6] == anchors_of(programme)
    assert asked[-4:] == ["OPEN-01", "OPEN-02", "OPEN-03", "OPEN-04"]
    assert set(asked) == {item for wave in programme.rotation for item in wave}
    sections = [get_supplied().item(item).section for item in asked[6:-4] if item[:3] != "TAA"]
    runs = [one for one, before in zip(sections, [None, *sections], strict=False) if one != before]
    assert len(runs) == len(set(runs))  # nobody jumps to and fro between subjects


@pytest.mark.parametrize("set_id", ["quarterly", "monthly_cohort"])
def test_each_block_asks_one_wave_of_the_rotation_in_the_order_of_the_plan(set_id: str) -> None:
    programme = make_unsaved(rotation_of(set_id), **BY_PERSON)

    for number in (1, 2, 9):
        plan = build_plan(programme, number)
        order = ids_of(plan)
        for block, asked in enumerate(plan["blocks"]):
            due = programme.rotation[(number - 1 + block) % len(programme.rotation)]
            assert sorted(asked) == sorted(due)
            assert asked == sorted(asked, key=order.index)
            assert asked[:6] == anchors_of(programme)
            assert [item for item in asked if item.startswith("OPEN")] == [due[-1]] == asked[-1:]


def test_a_person_of_any_block_meets_everything_in_one_cycle_also_where_cohorts_take_turns() -> None:
    for cohorts in (1, 3):
        programme = make_unsaved(rotation_of("monthly_cohort"), cohorts=cohorts, **BY_PERSON)
        turns = [build_plan(programme, 1 + cohorts * turn)["blocks"] for turn in range(12)]
        everything = {item for wave in programme.rotation for item in wave}

        for block in range(12):
            assert {item for turn in turns for item in turn[block]} == everything


def test_under_300_people_a_wave_is_asked_by_wave() -> None:
    programme = make_unsaved(rotation_of("quarterly"), **BY_PERSON)
    by_wave = make_unsaved(rotation_of("quarterly"))

    assert "blocks" in build_plan(programme, 2, MIN_BY_PERSON)
    assert build_plan(programme, 2, MIN_BY_PERSON - 1) == build_plan(by_wave, 2)


def test_a_survey_that_always_asks_the_same_has_no_blocks() -> None:
    assert "blocks" not in build_plan(make_unsaved([["PTA-01"]], **BY_PERSON), 1)


def test_one_person_is_scored_only_on_what_every_block_asks_enough_of() -> None:
    programme = make_unsaved(rotation_of("quarterly"), **BY_PERSON)

    measures = {measure["id"]: measure for measure in build_plan(programme, 1)["measures"]}

    assert len(measures["PEO"]["items"]) == 5
    assert measures["PEO"]["person_score"]  # two of five in each block
    assert not measures["PEO"]["whole"]
    assert not measures["TORN"]["person_score"]  # no block has enough of it, or some have none
    assert measures["AMB"]["person_score"]


def test_leaders_meet_their_side_of_what_the_first_block_asks() -> None:
    programme = make_unsaved(rotation_of("quarterly"), ask_leaders=True, **BY_PERSON)

    for number in (1, 2, 3):
        plan = build_plan(programme, number)
        partners = [item["partner"] for item in plan["leader_items"]]
        assert 1 <= len(partners) <= 4
        assert set(partners) <= set(plan["blocks"][0])


@pytest.mark.parametrize(("cohorts", "cycle"), [(1, 4), (2, 2), (3, 3), (6, 6)])
def test_levels_pool_as_many_waves_as_there_are_cohorts(cohorts: int, cycle: int) -> None:
    assert build_plan(make_unsaved(rotation_of("quarterly"), cohorts=cohorts), 1)["cycle"] == cycle


@pytest.mark.usefixtures("app")
def test_opening_gives_each_person_a_block_for_good(keyring: Keyring) -> None:
    crowd = make_crowd({"North": 160, "South": 150})
    programme = make_programme(rotation=rotation_of("quarterly"), **BY_PERSON)

    wave = make_open_wave(keyring, programme)

    plan = plan_of(wave)
    assert digest_of(plan) == wave.plan_sha256
    assert len(plan["blocks"]) == 8
    rows = db.session.execute(
        select(WaveMember.person_id, WaveMember.block).where(WaveMember.wave_id == wave.id)
    )
    blocks = {row.person_id: row.block for row in rows}
    assert blocks == {
        person: block_of(programme.draw_key, person, 8) for people in crowd.values() for person in people
    }
    assert min(Counter(blocks.values()).values()) > 15


@pytest.mark.usefixtures("app")
def test_a_crowd_that_shrank_is_asked_by_wave_and_all_are_in_the_first_block(keyring: Keyring) -> None:
    make_crowd({"North": 160, "South": 139})
    wave = make_open_wave(keyring, make_programme(rotation=rotation_of("quarterly"), **BY_PERSON))

    assert "blocks" not in plan_of(wave)
    blocks = select(WaveMember.block).where(WaveMember.wave_id == wave.id)
    assert set(db.session.scalars(blocks)) == {0}
