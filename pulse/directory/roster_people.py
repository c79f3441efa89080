"""From rows to people: one row is one post, rows with the same staff number are one person."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pulse.directory.roster_columns import Columns, attribute_code
from pulse.directory.roster_contacts import BadContact, read_phone, read_post
from pulse.directory.roster_reading import BadRow

_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}
#: what belongs to a person, on whichever of their rows it stands: the column, as it is called
_OF_A_PERSON = {"email": "email", "phone": "mobile number", "post_address": "address"}
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


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
        return BadRow(line, f"staff number “{staff_no}” has no name: fill in the name.")
    unit_code = own_unit(cells, columns)
    if not unit_code:
        return BadRow(line, f"staff number “{staff_no}” has no unit code: fill in the unit of this post.")
    if email and not _EMAIL.fullmatch(email):
        told = f"the email of staff number “{staff_no}” is not an e-mail address"
        return BadRow(line, f"{told}: correct it, or leave it blank.")
    contacts = _contacts(line, cells, at)
    if isinstance(contacts, BadRow):
        return contacts
    main, leads = _yes_or_no(cells, at, "main post"), _yes_or_no(cells, at, "leads people")
    if main is None or leads is None:
        wrong = "main post" if main is None else "leads people"
        return BadRow(
            line, f"“{wrong}” of staff number “{staff_no}” must be yes or no: change it to one of the two."
        )
    attributes = {code: cells[cell] for cell, code in codes.items() if cells[cell]}
    return _PostRow(line, staff_no, name, email, *contacts, unit_code, main, leads, attributes)


def _contacts(line: int, cells: list[str], at: dict[str, int]) -> tuple[str, str] | BadRow:
    """Mobile number and postal address, "" where there is none; never quoted in what is said of them."""
    what = "mobile number"
    try:
        phone = read_phone(cells[at[what]]) if what in at else ""
        what = "address"
        return phone, read_post(cells, at)
    except BadContact as reason:
        return BadRow(line, f"the {what} of staff number “{cells[at['staff number']]}” {reason}")


def _without_staff_number(line: int, details: str) -> BadRow | None:
    if not details:
        return None
    return BadRow(
        line,
        "no staff number: fill it in, or clear the name and email if this row only describes a unit.",
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
        who = f"staff number “{row.staff_no}”"
        if row.full_name != first.full_name:
            yield _differs(row, "name", first.line)
        elif other := next((field for field in _OF_A_PERSON if _contradicts(row, known[field], field)), None):
            yield _differs(row, _OF_A_PERSON[other], known[other].line)
        elif row.unit_code in units:
            told = f"{who} already has a post in unit “{row.unit_code}” on line {units[row.unit_code]}"
            yield BadRow(row.line, f"{told}: delete one of the two rows.")
        elif row.main and main:
            yield BadRow(
                row.line, f"{who} already has a main post on line {main.line}: keep “yes” on one of them."
            )
        units.setdefault(row.unit_code, row.line)
        known = {field: one if getattr(one, field) else row for field, one in known.items()}
        main = main or (row if row.main else None)


def _contradicts(row: _PostRow, known: _PostRow, field: str) -> bool:
    """Both say something of the field, and not the same."""
    said, before = getattr(row, field), getattr(known, field)
    return bool(said and before and said != before)


def _differs(row: _PostRow, field: str, line: int) -> BadRow:
    told = f"staff number “{row.staff_no}” has another {field} on line {line}"
    return BadRow(
        row.line,
        f"{told}: give the same {field} on both rows, or correct the staff number if these are two people.",
    )


def _check_shared(people: Iterable[PersonRecord], bad: list[BadRow]) -> None:
    """Two people with one e-mail address or mobile number: one would get the other's invitation.

    People may live at one address: letters by post bear a name.
    """
    owners: dict[str, PersonRecord] = {}
    for person in people:
        for field, value in (("email", person.email), ("mobile number", person.phone)):
            owner = owners.setdefault(value.casefold(), person) if value else person
            if owner is not person:
                told = f"the {field} of staff number “{person.staff_no}” is also that of “{owner.staff_no}”"
                fix = f"on line {min(owner.lines)}: give each their own, or leave one blank."
                bad.append(BadRow(min(person.lines), f"{told} {fix}"))
