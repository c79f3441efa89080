"""From rows to people: one row is one post, rows with the same staff number are one person."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pulse.directory.roster_columns import Columns, attribute_code
from pulse.directory.roster_contacts import BadContact, read_phone, read_post
from pulse.directory.roster_reading import BadRow
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}
#: what belongs to a person, on whichever of their rows it stands
_OF_A_PERSON = ("email", "phone", "post_address")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_NO_EMAIL = N_(
    "the email of staff number “%(person)s” is not an e-mail address: correct it, or leave it blank."
)
_YES_OR_NO = N_("“%(column)s” of staff number “%(person)s” must be yes or no: change it to one of the two.")
_POST_TWICE = N_(
    "staff number “%(person)s” already has a post in unit “%(unit)s” on line %(line)s: delete one of the two "
    "rows."
)
_MAIN_TWICE = N_(
    "staff number “%(person)s” already has a main post on line %(line)s: keep “yes” on one of them."
)
_SHARED_EMAIL = N_(
    "the email of staff number “%(person)s” is also that of “%(other)s” on line %(line)s: give each their "
    "own, or leave one blank."
)
_SHARED_PHONE = N_(
    "the mobile number of staff number “%(person)s” is also that of “%(other)s” on line %(line)s: give each "
    "their own, or leave one blank."
)
_DIFFERS = {
    "full_name": N_(
        "staff number “%(person)s” has another name on line %(line)s: give the same name on both rows, or "
        "correct the staff number if these are two people."
    ),
    "email": N_(
        "staff number “%(person)s” has another email on line %(line)s: give the same email on both rows, or "
        "correct the staff number if these are two people."
    ),
    "phone": N_(
        "staff number “%(person)s” has another mobile number on line %(line)s: give the same mobile number "
        "on both rows, or correct the staff number if these are two people."
    ),
    "post_address": N_(
        "staff number “%(person)s” has another address on line %(line)s: give the same address on both rows, "
        "or correct the staff number if these are two people."
    ),
}


class PersonRecord(NamedTuple):
    """A person as the file gives them. `posts` are unit codes, the main post first; `lines` are theirs."""

    staff_no: str
    full_name: str
    email: str | None
    #: E.164, and the lines of an envelope below the name
    phone: str | None
    post_address: str | None
    leads: bool
    attributes: dict[str, str]
    posts: tuple[str, ...]
    lines: tuple[int, ...]


class _PostRow(NamedTuple):
    line: int
    staff_no: str
    full_name: str
    email: str
    phone: str
    post_address: str
    unit_code: str
    main: bool
    leads: bool
    attributes: dict[str, str]


def read_people(
    rows: Iterable[tuple[int, list[str]]], columns: Columns, bad: list[BadRow]
) -> dict[str, PersonRecord]:
    """People by staff number, in the order of the file; what is wrong is added to `bad`.

    The main post's row decides the attributes; a person leads when any of their rows says so.
    """
    by_person: dict[str, list[_PostRow]] = {}
    codes = {cell: attribute_code(label) for cell, label in columns.attributes.items()}
    for line, cells in rows:
        row = _post_row(line, cells, columns, codes)
        if isinstance(row, BadRow):
            bad.append(row)
        elif row is not None:
            by_person.setdefault(row.staff_no, []).append(row)
    people = {staff_no: _merge(posts, bad) for staff_no, posts in by_person.items()}
    _check_shared(people.values(), bad)
    return people


def _post_row(
    line: int, cells: list[str], columns: Columns, codes: dict[int, str]
) -> _PostRow | BadRow | None:
    """One post; None for a row that only describes a unit."""
    at = columns.at
    staff_no, name, email = cells[at["staff number"]], _name(cells, at), cells[at["email"]]
    if not staff_no:
        return _without_staff_number(line, name or email)
    if not name:
        return BadRow(line, _("staff number “%(person)s” has no name: fill in the name.", person=staff_no))
    unit_code = own_unit(cells, columns)
    if not unit_code:
        return BadRow(
            line,
            _("staff number “%(person)s” has no unit code: fill in the unit of this post.", person=staff_no),
        )
    if email and not _EMAIL.fullmatch(email):
        return BadRow(line, _(_NO_EMAIL, person=staff_no))
    contacts = _contacts(line, cells, at)
    if isinstance(contacts, BadRow):
        return contacts
    main, leads = _yes_or_no(cells, at, "main post"), _yes_or_no(cells, at, "leads people")
    if main is None or leads is None:
        return BadRow(
            line, _(_YES_OR_NO, column="main post" if main is None else "leads people", person=staff_no)
        )
    attributes = {code: cells[cell] for cell, code in codes.items() if cells[cell]}
    return _PostRow(line, staff_no, name, email, *contacts, unit_code, main, leads, attributes)


def _contacts(line: int, cells: list[str], at: dict[str, int]) -> tuple[str, str] | BadRow:
    """Mobile number and postal address, "" where there is none; never quoted in what is said of them."""
    try:
        phone = read_phone(cells[at["mobile number"]]) if "mobile number" in at else ""
        return phone, read_post(cells, at)
    except BadContact as reason:
        return BadRow(line, _(str(reason), person=cells[at["staff number"]]))


def _without_staff_number(line: int, details: str) -> BadRow | None:
    if not details:
        return None
    return BadRow(
        line,
        _("no staff number: fill it in, or clear the name and email if this row only describes a unit."),
    )


def own_unit(cells: list[str], columns: Columns) -> str:
    """The code of the row's unit: its unit code, or the deepest level that is filled in."""
    if "unit code" in columns.at:
        return cells[columns.at["unit code"]]
    return next((cells[cell] for cell in reversed(columns.levels) if cells[cell]), "")


def _name(cells: list[str], at: dict[str, int]) -> str:
    if "name" in at:
        return cells[at["name"]]
    return f"{cells[at['first name']]} {cells[at['last name']]}".strip()


def _yes_or_no(cells: list[str], at: dict[str, int], field: str) -> bool | None:
    """The value of a yes/no column; no when the column is absent, None when it is neither."""
    said = cells[at[field]].lower() if field in at else ""
    if said in _YES:
        return True
    return False if said in _NO else None


def _merge(rows: list[_PostRow], bad: list[BadRow]) -> PersonRecord:
    """One person from their rows; rows that contradict the first are bad."""
    if len(rows) > 1:
        bad.extend(_contradictions(rows))
        rows = sorted(rows, key=lambda row: not row.main)
    main = rows[0]
    return PersonRecord(
        staff_no=main.staff_no,
        full_name=main.full_name,
        email=next((row.email for row in rows if row.email), None),
        phone=next((row.phone for row in rows if row.phone), None),
        post_address=next((row.post_address for row in rows if row.post_address), None),
        leads=any(row.leads for row in rows),
        attributes=main.attributes,
        posts=tuple(row.unit_code for row in rows),
        lines=tuple(row.line for row in rows),
    )


def _contradictions(rows: list[_PostRow]) -> Iterable[BadRow]:
    first, units = rows[0], {rows[0].unit_code: rows[0].line}
    main = first if first.main else None
    known = dict.fromkeys(_OF_A_PERSON, first)
    for row in rows[1:]:
        if row.full_name != first.full_name:
            yield _differs(row, "full_name", first.line)
        elif other := next((field for field in _OF_A_PERSON if _contradicts(row, known[field], field)), None):
            yield _differs(row, other, known[other].line)
        elif row.unit_code in units:
            named = {"person": row.staff_no, "unit": row.unit_code, "line": units[row.unit_code]}
            yield BadRow(row.line, _(_POST_TWICE, **named))
        elif row.main and main:
            yield BadRow(row.line, _(_MAIN_TWICE, person=row.staff_no, line=main.line))
        units.setdefault(row.unit_code, row.line)
        known = {field: one if getattr(one, field) else row for field, one in known.items()}
        main = main or (row if row.main else None)


def _contradicts(row: _PostRow, known: _PostRow, field: str) -> bool:
    """Both say something of the field, and not the same."""
    said, before = getattr(row, field), getattr(known, field)
    return bool(said and before and said != before)


def _differs(row: _PostRow, field: str, line: int) -> BadRow:
    return BadRow(row.line, _(_DIFFERS[field], person=row.staff_no, line=line))


def _check_shared(people: Iterable[PersonRecord], bad: list[BadRow]) -> None:
    """Two people with one e-mail address or mobile number: one would get the other's invitation.

    People may live at one address: letters by post bear a name.
    """
    owners: dict[str, PersonRecord] = {}
    for person in people:
        for shared, value in ((_SHARED_EMAIL, person.email), (_SHARED_PHONE, person.phone)):
            owner = owners.setdefault(value.casefold(), person) if value else person
            if owner is not person:
                named = {"person": person.staff_no, "other": owner.staff_no, "line": min(owner.lines)}
                bad.append(BadRow(min(person.lines), _(shared, **named)))
