"""A small council and its people, who are known to tests by unit and number."""

from collections.abc import Mapping
from dataclasses import dataclass

from pulse.db import db, writing
from pulse.directory.models import Person, Post, Unit

#: unit -> (its parent, people): with k = 5, A3 is too small alone and B2 and B3 show only together
COUNCIL: dict[str, tuple[str | None, int]] = {
    "C": (None, 0),
    "A": ("C", 0),
    "B": ("C", 0),
    "A1": ("A", 8),
    "A2": ("A", 8),
    "A3": ("A", 3),
    "B1": ("B", 8),
    "B2": ("B", 4),
    "B3": ("B", 4),
}


@dataclass(frozen=True)
class Voter:
    """One person as the tests know them: where, which of the people there (from 1), in which wave."""

    unit: str
    number: int
    leads: bool
    wave: int = 1


@dataclass(frozen=True)
class Council:
    """Unit ids by code, and who each person is by person id."""

    units: dict[str, int]
    people: dict[int, Voter]


def make_council(
    tree: Mapping[str, tuple[str | None, int]] | None = None, *, leaders_each: int = 1
) -> Council:
    """Units (parents first) with people whose main post is in them; the first of each lead."""
    council = Council({}, {})
    with writing():
        for code, (parent, people) in (tree or COUNCIL).items():
            unit = Unit(code=code, name=f"Unit {code}", parent_id=council.units[parent] if parent else None)
            db.session.add(unit)
            db.session.flush()
            council.units[code] = unit.id
            for number in range(1, people + 1):
                voter = Voter(code, number, number <= leaders_each)
                council.people[_add_person(voter, unit.id)] = voter
    return council


def _add_person(voter: Voter, unit_id: int) -> int:
    name = f"{voter.unit}-{voter.number}"
    person = Person(
        staff_no=name, full_name=f"Member {name}", email=f"{name.lower()}@example.org", leads=voter.leads
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(Post(person_id=person.id, unit_id=unit_id, main=True))
    return person.id
