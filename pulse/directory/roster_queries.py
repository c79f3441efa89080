"""The roster's SQL: everyone in a few queries, and changes in bulk, so that 100,000 rows take seconds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Executable, Table, bindparam, delete, insert, select, update

from pulse.db import db
from pulse.directory.models import Attribute, Person, Post, RosterUpload, Unit
from pulse.languages.saying import gettext as _

_unit, _person, _post, _attribute = (
    cast(Table, model.__table__) for model in (Unit, Person, Post, Attribute)
)


class StaffRow(NamedTuple):
    """A person as the database has them. `posts` are unit codes, the main post first."""

    id: int
    staff_no: str
    full_name: str
    email: str | None
    phone: str | None
    post_address: str | None
    leads: bool
    active: bool
    attributes: dict[str, Any]
    posts: tuple[str, ...]


def list_staff() -> list[StaffRow]:
    """Everybody who was ever in the roster and is not purged, leavers too."""
    posts: dict[int, list[str]] = {}
    query = select(Post.person_id, Unit.code).join(Unit, Unit.id == Post.unit_id)
    for person_id, code in db.session.execute(query.order_by(Post.main.desc(), Unit.code)):
        posts.setdefault(person_id, []).append(code)
    reach = (Person.email, Person.phone, Person.post_address)
    fields = (Person.id, Person.staff_no, Person.full_name, *reach, Person.leads, Person.active)
    people = db.session.execute(select(*fields, Person.attributes))
    return [StaffRow._make((*row, tuple(posts.get(row[0], ())))) for row in people]


def list_unit_ids() -> dict[str, int]:
    """Unit code -> id, closed units too."""
    return {row.code: row.id for row in db.session.execute(select(Unit.code, Unit.id))}


def list_person_ids() -> dict[str, int]:
    """Staff number -> id, leavers too."""
    return {row.staff_no: row.id for row in db.session.execute(select(Person.staff_no, Person.id))}


def add_units(rows: Sequence[dict[str, Any]]) -> None:
    """Each row: code, name, active; parents are set afterwards, when every unit has an id."""
    _run(insert(_unit), rows)


def update_units(rows: Sequence[dict[str, Any]]) -> None:
    """Each row: key (the unit's id), name, parent_id, active."""
    _run(update(_unit).where(_unit.c.id == bindparam("key")), rows)


def add_people(rows: Sequence[dict[str, Any]]) -> None:
    """Each row: every column of `person` but the id."""
    _run(insert(_person), rows)


def update_people(rows: Sequence[dict[str, Any]]) -> None:
    """Each row: key (the person's id) and the columns to set, the same ones in every row."""
    _run(update(_person).where(_person.c.id == bindparam("key")), rows)


def delete_posts(person_ids: Iterable[int]) -> None:
    """Every post of these people."""
    statement = delete(_post).where(_post.c.person_id == bindparam("key"))
    _run(statement, [{"key": person_id} for person_id in person_ids])


def add_posts(rows: Sequence[dict[str, Any]]) -> None:
    """Each row: person_id, unit_id, main."""
    _run(insert(_post), rows)


def replace_attributes(rows: Sequence[dict[str, Any]]) -> None:
    """Each row: code, label, position."""
    db.session.connection().execute(delete(_attribute))
    _run(insert(_attribute), rows)


def add_upload(upload: RosterUpload) -> None:
    """Keep it with the transaction that is under way."""
    db.session.add(upload)


def get_upload(upload_id: str, since: datetime) -> RosterUpload:
    """The upload; raises LookupError when it is gone, or older than `since`."""
    upload = db.session.get(RosterUpload, upload_id)
    if upload is None or upload.uploaded_at < since:
        raise LookupError(_("That upload is no longer kept: upload the file again."))
    return upload


def delete_uploads(*, before: datetime | None = None, upload_id: str | None = None) -> int:
    """Forget one upload, or those before a moment, or all of them; how many went."""
    statement = delete(RosterUpload)
    if before is not None:
        statement = statement.where(RosterUpload.uploaded_at < before)
    if upload_id is not None:
        statement = statement.where(RosterUpload.id == upload_id)
    return int(cast(Any, db.session.execute(statement)).rowcount)


def _run(statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
    """One statement for many rows; nothing for none (SQLAlchemy would insert one row of defaults)."""
    if rows:
        db.session.connection().execute(statement, list(rows))
