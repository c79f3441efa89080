"""The released figures tell what was planted: real answers in real envelopes, counted and released."""

import numpy as np
import pytest

from pulse.demo import facts
from pulse.demo.attitudes import Crowd
from pulse.demo.facts import FACTS, RISING, SPLIT, TOLD, TORN, Shift
from pulse.demo.people import invent_people
from pulse.demo.place import Size, list_places
from pulse.surveys.plans import plan_of
from tests.demo.corner import Corner

DIMENSIONS = ("PEO", "DEV", "PAS", "REL", "POW", "AST")


def test_every_fact_is_about_a_unit_of_the_place() -> None:
    names = {place.name for place in list_places(Size())}
    assert {fact.unit for fact in FACTS} - {""} <= names
    assert {shift.place for shift in facts.SHIFTS} - {""} <= names


def test_a_shift_rises_once_a_wave_after_its_wave() -> None:
    shift = Shift("", frozenset(), points=1.0, rise=2.0, after=5)
    assert [shift.at(wave) for wave in (1, 5, 6, 8)] == [1.0, 1.0, 3.0, 7.0]


def test_one_service_is_told_that_it_may_and_is_given_no_time(corner: Corner) -> None:
    with corner.app.app_context():
        everyone, told = corner.figures_of(), corner.figures_of(TOLD)
    licence, room = "PTA.licence:level", "PTA.room:level"
    assert told[licence].low > everyone[licence].high  # type: ignore[operator]
    assert told[room].high < everyone[room].low  # type: ignore[operator]


def test_one_directorate_is_torn(corner: Corner) -> None:
    with corner.app.app_context():
        everyone, torn = corner.figures_of(), corner.figures_of(TORN)
    assert torn["AMB.mixed"].low > 60 > everyone["AMB.mixed"].high  # type: ignore[operator]
    assert torn["AMB"].low > everyone["AMB"].high  # type: ignore[operator]
    assert torn["AMB"].detail["verdict"] != "split"


def test_another_directorate_is_split_and_not_torn(corner: Corner) -> None:
    with corner.app.app_context():
        split = corner.figures_of(SPLIT)
        others = corner.figures_of(RISING)
    assert split["AMB"].detail["verdict"] == "split"
    assert split["AMB.mixed"].high < 30  # type: ignore[operator]
    assert others["AMB"].detail["verdict"] != "split"


def test_leaders_are_rosier_on_every_paired_question(corner: Corner) -> None:
    with corner.app.app_context():
        gaps = [figure for name, figure in corner.figures_of().items() if name.startswith("GAP:")]
    assert len(gaps) == 4
    assert all(gap.low is not None and gap.low > 5 for gap in gaps)
    assert 12 < np.mean([gap.value for gap in gaps if gap.value is not None]) < 24


def test_relationships_are_strongest_and_power_is_weakest(corner: Corner) -> None:
    with corner.app.app_context():
        figures = corner.figures_of()
    levels = {name: figures[f"{name}:level"].value for name in DIMENSIONS}
    assert max(levels, key=lambda name: levels[name] or 0) == "REL"
    assert min(levels, key=lambda name: levels[name] or 0) == "POW"


@pytest.mark.parametrize(("place", "least", "most"), [(RISING, 9.0, 16.0), (SPLIT, -3.0, 3.0)])
def test_permission_rises_where_the_action_was_and_nowhere_else(
    corner: Corner, place: str, least: float, most: float
) -> None:
    people = invent_people(Size(people=1800), np.random.default_rng(1))
    crowd = Crowd(people, 1)
    inside = [index for index, one in enumerate(people) if place in one.at.path]
    with corner.app.app_context():
        plan = plan_of(corner.releases()[0][0])

    def mean_at(wave: int) -> float:
        sheets = crowd.answer(plan, wave, np.random.default_rng(wave))
        codes = [sheets[index][0] for index in inside]
        return float(np.mean([25 * (int(code) - 1) for code in codes if code.isdigit()]))

    assert plan["items"][0]["id"] == "PTA-01"
    assert least < mean_at(10) - mean_at(5) < most
