"""Many people at once, for waves that ask hundreds: rows written in one go."""

from collections.abc import Mapping

from sqlalchemy import insert

from pulse.db import db
from pulse.directory.models import Person, Post
from tests.directory.factories import make_unit


def make_crowd(sizes: Mapping[str, int]) -> dict[str, list[int]]:
    """Unit name -> ids of its people, in a council whose units have so many people each."""
    top = make_unit(code="TOP", name="Council")
    ids: dict[str, list[int]] = {}
    for name, size in sizes.items():
        unit = make_unit(code=name, name=name, parent=top)
        people = [
            {
                "staff_no": f"{name} {number}",
                "full_name": f"Person {number}",
                "leads": number % 20 == 0,
                "attributes": {},
            }
            for number in range(size)
        ]
        added = insert(Person).returning(Person.id, sort_by_parameter_order=True)
        ids[name] = list(db.session.scalars(added, people))
        posts = [{"person_id": number, "unit_id": unit.id, "main": True} for number in ids[name]]
        db.session.execute(insert(Post), posts)
    db.session.commit()
    return ids
