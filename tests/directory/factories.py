"""Org units, people and a small organisation, written straight into the test database."""

from itertools import count
from typing import NamedTuple

from pulse.db import db
from pulse.directory.models import Attribute, Person, Post, Unit

_numbers = count(1)


class Org(NamedTuple):
    """What `make_org` built: units and people by their own reference."""

    units: dict[str, Unit]
    people: dict[str, Person]


def make_unit(**defaults: object) -> Unit:
    """A saved unit; `parent` may be a Unit, in place of `parent_id`."""
    number = next(_numbers)
    parent = defaults.pop("parent", None)
    values: dict[str, object] = {"code": f"U{number}", "name": f"Unit {number}"}
    if isinstance(parent, Unit):
        values["parent_id"] = parent.id
    unit = Unit(**(values | defaults))  # type: ignore[arg-type]
    db.session.add(unit)
    db.session.commit()
    return unit


def make_person(**defaults: object) -> Person:
    """A saved person; `unit` is their main post's unit and `also` holds the units of further posts."""
    number = next(_numbers)
    unit, also = defaults.pop("unit", None), defaults.pop("also", ())
    values: dict[str, object] = {
        "staff_no": f"S{number}",
        "full_name": f"Person Number{number}",
        "email": f"person{number}@example.org",
    }
    person = Person(**(values | defaults))  # type: ignore[arg-type]
    db.session.add(person)
    db.session.flush()
    for place in ([unit] if unit else []) + list(also):  # type: ignore[call-overload]
        db.session.add(Post(person_id=person.id, unit_id=place.id, main=place is unit))
    db.session.commit()
    return person


def make_attribute(**defaults: object) -> Attribute:
    """A declared attribute, "Length of service" unless told."""
    values: dict[str, object] = {"code": "length_of_service", "label": "Length of service", "position": 1}
    attribute = Attribute(**(values | defaults))  # type: ignore[arg-type]
    db.session.add(attribute)
    db.session.commit()
    return attribute


def make_org(tree: dict[str, str | None] | None = None, *, people_each: int = 2) -> Org:
    """A tree (code -> parent's code, parents first) with `people_each` people in every unit without children.

    The default is a council with two directorates of two teams each. The first person of a unit leads it.
    """
    tree = tree or {
        "C": None,
        "A": "C",
        "B": "C",
        "A1": "A",
        "A2": "A",
        "B1": "B",
        "B2": "B",
    }
    units: dict[str, Unit] = {}
    for code, parent in tree.items():
        units[code] = Unit(code=code, name=f"Unit {code}", parent_id=units[parent].id if parent else None)
        db.session.add(units[code])
        db.session.flush()
    leaves = [code for code in tree if code not in tree.values()]
    people: dict[str, Person] = {}
    for code in leaves:
        for number in range(1, people_each + 1):
            people[f"{code}-{number}"] = _add_member(code, number, units[code])
    db.session.commit()
    return Org(units, people)


def _add_member(code: str, number: int, unit: Unit) -> Person:
    person = Person(
        staff_no=f"{code}-{number}",
        full_name=f"Member {code} {number}",
        email=f"{code}.{number}@example.org".lower(),
        leads=number == 1,
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(Post(person_id=person.id, unit_id=unit.id, main=True))
    return person
