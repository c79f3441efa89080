"""Waves that ask one cohort after the other: who is asked, what is frozen, and who the figures stand for."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.domain.rotation import Placed, cohort_of
from pulse.invitations.queries import clear_register
from pulse.invitations.register import open_and_invite
from pulse.surveys import queries, waves
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave, WaveUnit
from tests.directory.factories import make_person
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import NOW, make_open_wave, make_planned_wave, make_programme

pytestmark = pytest.mark.usefixtures("app")

SIZES = {"Small": 12, "Also small": 29, "Large": 60}


def make_cohorts(cohorts: int = 3, draw_key: str = "a key of the tests", **defaults: object) -> Programme:
    """A programme whose cohorts are the same in every run."""
    programme = make_programme(cohorts=cohorts, **defaults)
    with writing():
        programme.draw_key = draw_key
    return programme


def asked_in(programme: Programme, number: int) -> set[int]:
    return {person.id for person in waves.list_asked_of(programme, number)}


def units_of(wave: Wave) -> dict[str, tuple[int, int]]:
    rows = db.session.scalars(select(WaveUnit).where(WaveUnit.wave_id == wave.id))
    return {row.name: (row.headcount, row.eligible) for row in rows}


def test_each_person_is_asked_once_in_as_many_waves_as_there_are_cohorts() -> None:
    crowd = make_crowd(SIZES)
    programme = make_cohorts()

    asked = [asked_in(programme, number) for number in (1, 2, 3, 4)]

    everybody = [person for unit in crowd.values() for person in unit]
    assert sorted(person for some in asked[:3] for person in some) == everybody
    assert asked[3] == asked[0]
    assert all(0 < len(some & set(crowd["Large"])) < 60 for some in asked)
    assert all(len(some & set(crowd["Small"])) in (0, 12) for some in asked)


def test_a_wave_freezes_only_its_cohort_and_the_whole_tree(keyring: Keyring) -> None:
    make_crowd(SIZES)
    programme = make_cohorts()
    small = {person.id for person in waves.list_people_asked(None)[:12]}
    number = next(number for number in (1, 2, 3) if not small & asked_in(programme, number))
    planned = make_planned_wave(programme)
    with writing():
        planned.number = number

    assert open_and_invite(planned.id, keyring) == len(asked_in(programme, number))

    wave = queries.get_wave(planned.id)
    assert wave.cohort == number - 1
    assert set(queries.list_member_ids(wave.id)) == asked_in(programme, number)
    units = units_of(wave)
    assert {name: eligible for name, (_, eligible) in units.items()} == {"Council": 0, **SIZES}
    assert sum(headcount for headcount, _ in units.values()) == len(asked_in(programme, number))
    assert units["Small"][0] == 0  # its turn comes later, and it stands in the tree


def test_without_cohorts_everybody_is_asked_and_stood_for(keyring: Keyring) -> None:
    make_crowd(SIZES)

    wave = make_open_wave(keyring)

    assert wave.cohort is None
    assert units_of(wave) == {"Council": (0, 0)} | {name: (size, size) for name, size in SIZES.items()}


def test_a_joiner_changes_nobody_elses_turn() -> None:
    crowd = make_crowd(SIZES)
    programme = make_cohorts()
    before = [asked_in(programme, number) for number in (1, 2, 3)]

    large = next(unit for unit in waves.list_audience(None) if unit.name == "Large")
    joined = make_person(unit=db.session.get(Unit, large.id))

    after = [asked_in(programme, number) for number in (1, 2, 3)]
    assert [some - {joined.id} for some in after] == before
    assert len(crowd["Large"]) == 60


def open_next(programme: Programme, keyring: Keyring, now: datetime) -> Wave:
    """The next wave of the programme, opened, after the one before was released."""
    last = queries.find_last_wave(programme.id)
    if last is not None:
        with writing():
            last.state = "released"
            clear_register(last.id)
            queries.delete_members(last.id)
    return make_open_wave(keyring, programme, now=now)


def make_small_first(cohorts: int = 2) -> tuple[Programme, Unit]:
    """Cohorts of which the first has the unit "Small", of 29 people, as a whole."""
    unit = db.session.scalars(select(Unit).where(Unit.name == "Small")).one()
    keys = (f"key {number}" for number in range(99))
    return make_cohorts(cohorts, next(key for key in keys if cohort_of(key, 0, unit.id, 29, 2) == 0)), unit


def test_nobody_is_asked_twice_running_because_a_unit_grew_past_the_size_that_is_asked_whole(
    keyring: Keyring,
) -> None:
    crowd = make_crowd({"Small": 29, "Large": 60})
    programme, unit = make_small_first()
    first = open_next(programme, keyring, NOW)
    asked = set(queries.list_member_ids(first.id))
    assert set(crowd["Small"]) <= asked
    make_person(unit=unit)
    redrawn = asked_in(programme, 2)
    assert redrawn & set(crowd["Small"])

    second = open_next(programme, keyring, NOW + timedelta(days=100))

    assert set(queries.list_member_ids(second.id)) == redrawn - asked
    assert sum(headcount for headcount, _ in units_of(second).values()) == len(redrawn - asked)


def test_where_fewer_than_k_would_be_left_the_whole_cohort_is_asked(keyring: Keyring) -> None:
    make_crowd({"Small": 29})
    programme, unit = make_small_first()
    open_next(programme, keyring, NOW)
    make_person(unit=unit)

    second = open_next(programme, keyring, NOW + timedelta(days=100))

    assert len(asked_in(programme, 2)) > 1
    assert set(queries.list_member_ids(second.id)) == asked_in(programme, 2)


def test_the_first_cohort_after_a_wave_that_asked_everybody_is_asked_as_a_whole(keyring: Keyring) -> None:
    make_crowd({"Small": 29, "Large": 60})
    programme = make_cohorts(1, k=5)
    open_next(programme, keyring, NOW)
    with writing():
        programme.cohorts = 2
    large = db.session.scalars(select(Unit).where(Unit.name == "Large")).one()
    joined = {make_person(unit=large).id for _ in range(25)}
    assert len(joined & asked_in(programme, 2)) >= 5

    second = open_next(programme, keyring, NOW + timedelta(days=100))

    assert set(queries.list_member_ids(second.id)) == asked_in(programme, 2)


def test_two_surveys_draw_different_cohorts_and_keep_them() -> None:
    make_crowd(SIZES)
    one, other = make_programme(cohorts=3), make_programme(cohorts=3)

    assert one.draw_key
    assert one.draw_key != other.draw_key
    assert [asked_in(one, number) for number in (1, 2, 3)] != [
        asked_in(other, number) for number in (1, 2, 3)
    ]
    db.session.expire_all()
    assert asked_in(one, 1) == asked_in(one, 4)


def test_an_empty_cohort_is_refused_in_one_sentence_and_nothing_is_lost(keyring: Keyring) -> None:
    crowd = make_crowd({"Only": 12})
    programme = make_cohorts()
    place = Placed(crowd["Only"][0], waves.list_people_asked(None)[0].unit_id)
    turn = cohort_of(programme.draw_key, *place, 12, 3)
    wave = make_planned_wave(programme)
    with writing():
        wave.number = turn + 2

    with pytest.raises(waves.CannotOpen) as caught:
        open_and_invite(wave.id, keyring)

    assert str(caught.value) == (
        "Nobody is in the cohort whose turn it is: ask in fewer cohorts than 3, or ask everybody."
    )
    db.session.expire_all()
    assert queries.get_wave(wave.id).state == "planned"
    assert queries.count_members(wave.id) == 0


def test_an_audience_of_nobody_is_told_before_its_cohort(keyring: Keyring) -> None:
    wave = make_planned_wave(make_cohorts())

    with pytest.raises(waves.CannotOpen, match="Nobody is in the audience"):
        open_and_invite(wave.id, keyring)
