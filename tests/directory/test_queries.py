"""The directory's queries for other features."""

import pytest
from flask import Flask

from pulse.directory import queries
from tests.directory.factories import make_attribute, make_org, make_person, make_unit


def test_a_unit_is_found_by_id_or_refused(app: Flask) -> None:
    unit = make_unit(name="North")
    assert queries.get_unit(unit.id).name == "North"
    with pytest.raises(LookupError):
        queries.get_unit(unit.id + 1)


def test_units_come_by_name_and_closed_ones_only_when_asked(app: Flask) -> None:
    top = make_unit(code="C", name="Zeta council")
    make_unit(code="N", name="Alpha north", parent=top)
    make_unit(code="X", name="Old", active=False)
    assert [(unit.code, unit.parent_id) for unit in queries.list_units()] == [("N", top.id), ("C", None)]
    assert [unit.code for unit in queries.list_units(closed=True)] == ["N", "X", "C"]


def test_a_subtree_is_the_unit_and_all_below(app: Flask) -> None:
    units = make_org().units
    found = queries.list_subtree_ids(units["A"].id)
    assert set(found) == {units[code].id for code in ("A", "A1", "A2")}
    assert queries.list_subtree_ids(units["B2"].id) == [units["B2"].id]
    assert queries.list_subtree_ids(10**6) == []


def test_people_are_counted_where_their_main_post_is(app: Flask) -> None:
    north, south = make_unit(), make_unit()
    ann = make_person(unit=north, also=[south], leads=True, attributes={"grade": "G5"})
    bo = make_person(unit=south, email=None)
    make_person(unit=south, active=False)
    assert queries.list_people_for([south.id]) == [queries.PersonRow(bo.id, south.id, False, {}, False)]
    assert queries.list_people_for([north.id, south.id]) == queries.list_people_for()
    assert queries.list_people_for()[0] == (ann.id, north.id, True, {"grade": "G5"}, True)
    assert queries.list_people_for([]) == []
    assert queries.count_people() == 2
    assert queries.count_people_by_unit() == {north.id: 1, south.id: 1}


def test_more_units_than_one_statement_holds_are_asked_for(app: Flask) -> None:
    unit = make_unit()
    person = make_person(unit=unit)
    assert [found.id for found in queries.list_people_for(range(unit.id, unit.id + 5_000))] == [person.id]


def test_contacts_are_names_and_emails_of_just_these_people(app: Flask) -> None:
    ann = make_person(full_name="Ann Able", email="ann@example.org")
    bo = make_person(full_name="Bo Baker", email=None)
    make_person()
    assert queries.list_contacts([bo.id, ann.id, ann.id]) == {
        ann.id: ("Ann Able", "ann@example.org"),
        bo.id: ("Bo Baker", None),
    }


def test_attributes_come_in_their_order(app: Flask) -> None:
    make_attribute(code="grade", label="Grade", position=2)
    make_attribute()
    assert [attribute.code for attribute in queries.list_attributes()] == ["length_of_service", "grade"]


def test_what_is_said_of_many_people_is_told_once(app: Flask) -> None:
    north, south = make_unit(), make_unit()
    for _ in range(3):
        make_person(unit=north, also=[south], attributes={"grade": "G5"})
    make_person(unit=south, attributes={"grade": "Zürich"})
    make_person(unit=south, active=False, attributes={"grade": "left"})
    make_person(attributes={"grade": "no post"})
    assert queries.list_alike() == [({"grade": "G5"},), ({"grade": "Zürich"},)]
    assert queries.list_alike([north.id]) == [({"grade": "G5"},)]
    assert queries.list_alike(range(south.id, south.id + 5_000)) == [({"grade": "Zürich"},)]
    assert queries.list_alike([]) == []


def test_a_unit_is_led_by_people_who_work_there_now(app: Flask) -> None:
    led, not_led, left = make_unit(), make_unit(), make_unit()
    make_person(unit=led, also=[not_led], leads=True)
    make_person(unit=led, leads=True)
    make_person(unit=not_led)
    make_person(unit=left, leads=True, active=False)
    assert queries.list_led_units() == [led.id]
