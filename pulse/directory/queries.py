"""The directory's SQL for everybody else: the tree, who is counted where, and how to reach people."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, func, select

from pulse.db import db
from pulse.directory.models import Attribute, Person, Post, Unit

#: bound values in one statement: SQLite's oldest limit is 999, PostgreSQL's is 65,535
_CHUNK = 900


class UnitRow(NamedTuple):
    """One unit of the tree; `parent_id` None is the top."""

    id: int
    code: str
    name: str
    parent_id: int | None
    active: bool


class PersonRow(NamedTuple):
    """A person without their name: what sampling and counting need to know. `unit_id` is the main post's."""

    id: int
    unit_id: int
    leads: bool
    attributes: dict[str, Any]
    has_email: bool


class Alike(NamedTuple):
    """What the staff list says of one person or of many: of whom, it does not tell."""

    attributes: dict[str, Any]


def get_unit(unit_id: int) -> Unit:
    """The unit; raises LookupError when there is none."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise LookupError(f"There is no unit {unit_id}.")
    return unit


def list_units(*, closed: bool = False) -> list[UnitRow]:
    """The whole tree in one query, by name; closed units only when asked for."""
    query = select(Unit.id, Unit.code, Unit.name, Unit.parent_id, Unit.active).order_by(Unit.name, Unit.id)
    if not closed:
        query = query.where(Unit.active)
    return [UnitRow(*row) for row in db.session.execute(query)]


def list_subtree_ids(unit_id: int) -> list[int]:
    """The unit and every unit below it, closed ones too; empty when there is no such unit."""
    below = select(Unit.id).where(Unit.id == unit_id).cte("below", recursive=True)
    below = below.union(select(Unit.id).where(Unit.parent_id == below.c.id))
    return list(db.session.scalars(select(below.c.id).order_by(below.c.id)))


def list_people_for(unit_ids: Collection[int] | None = None) -> list[PersonRow]:
    """Active people whose main post is in one of the units (None: anywhere), by id, each once."""
    query = (
        select(Person.id, Post.unit_id, Person.leads, Person.attributes, Person.email.is_not(None))
        .join(Post, (Post.person_id == Person.id) & Post.main)
        .where(Person.active)
    )
    if unit_ids is None:
        found = [PersonRow(*row) for row in db.session.execute(query)]
    else:
        found = [
            PersonRow(*row)
            for some in _chunks(unit_ids)
            for row in db.session.execute(query.where(Post.unit_id.in_(some)))
        ]
    return sorted(found, key=lambda person: person.id)


def list_alike(unit_ids: Collection[int] | None = None) -> list[Alike]:
    """What is said of the people of `list_people_for`, the same of many only once: few of a large list."""
    said = cast(Person.attributes, Text)  # PostgreSQL compares no JSON
    query = select(said).join(Post, (Post.person_id == Person.id) & Post.main).where(Person.active).distinct()
    if unit_ids is None:
        found = set(db.session.scalars(query))
    else:
        found = {
            one
            for some in _chunks(unit_ids)
            for one in db.session.scalars(query.where(Post.unit_id.in_(some)))
        }
    return [Alike(json.loads(one)) for one in sorted(found)]


def list_led_units() -> list[int]:
    """The units in which somebody who leads has their main post."""
    query = select(Post.unit_id).join(Person, Person.id == Post.person_id).distinct()
    return list(
        db.session.scalars(query.where(Post.main, Person.active, Person.leads).order_by(Post.unit_id))
    )


def list_contacts(person_ids: Collection[int]) -> dict[int, tuple[str, str | None]]:
    """Person id -> (full name, e-mail or None). For sending only: never beside a result."""
    query = select(Person.id, Person.full_name, Person.email)
    return {
        person_id: (full_name, email)
        for some in _chunks(person_ids)
        for person_id, full_name, email in db.session.execute(query.where(Person.id.in_(some)))
    }


class Reach(NamedTuple):
    """How letters reach a person, "" for a way that is not known. For sending only: never beside a result."""

    email: str = ""
    #: mobile number, E.164
    phone: str = ""
    #: lines of an envelope, the name first and the postcode last
    post: str = ""


def list_reach(person_ids: Collection[int]) -> dict[int, Reach]:
    """Person id -> how letters reach them; a letter by post bears the name, for who else opens the door."""
    query = select(Person.id, Person.full_name, Person.email, Person.phone, Person.post_address)
    return {
        person_id: Reach(email or "", phone or "", f"{full_name}\n{post}" if post else "")
        for some in _chunks(person_ids)
        for person_id, full_name, email, phone, post in db.session.execute(query.where(Person.id.in_(some)))
    }


def list_known_by() -> list[tuple[str, str]]:
    """(full name, staff number) of everybody on record, leavers too: to be taken out of comments."""
    return [(row[0], row[1]) for row in db.session.execute(select(Person.full_name, Person.staff_no))]


def count_people() -> int:
    """How many people are active."""
    return db.session.scalar(select(func.count()).select_from(Person).where(Person.active)) or 0


def count_people_by_unit() -> dict[int, int]:
    """Unit id -> active people whose main post is in that very unit (not below it); no entry for none."""
    query = (
        select(Post.unit_id, func.count())
        .join(Person, Person.id == Post.person_id)
        .where(Post.main, Person.active)
        .group_by(Post.unit_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def list_attributes() -> list[Attribute]:
    """The declared attributes, in their order."""
    return list(db.session.scalars(select(Attribute).order_by(Attribute.position)))


def _chunks(ids: Collection[int]) -> Iterator[Sequence[int]]:
    """Unique ids in ascending runs that fit one statement."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]
