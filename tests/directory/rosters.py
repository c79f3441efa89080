"""Roster files as text, imports from text, and a picture of the whole database to compare."""

from typing import Any

from sqlalchemy import select

from pulse.db import Base, db
from pulse.directory.roster_columns import template_csv
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.directory.roster_plan import RosterPlan

HEADINGS = "staff number,name,email,unit code,unit name,parent unit code,main post,leads people"

#: two teams below a council, three people, one of them in both teams
SMALL = (
    ",,,C,Council,,,",
    "1,Ann Able,ann@example.org,N,North,C,yes,yes",
    "2,Bo Baker,bo@example.org,N,North,C,yes,no",
    "2,Bo Baker,bo@example.org,S,South,C,no,no",
    "3,Cy Cole,,S,South,C,,",
)


def make_csv(*rows: str, headings: str = HEADINGS) -> bytes:
    """A roster file; the first row is line 2."""
    return "\n".join([headings, *rows, ""]).encode()


def import_rows(
    *rows: str, headings: str = HEADINGS, units: bytes | None = None, **options: bool
) -> RosterPlan:
    """Read and import rows, as the command does."""
    return import_roster(read_roster(make_csv(*rows, headings=headings), units), **options)


def import_template() -> RosterPlan:
    return import_roster(read_roster(template_csv().encode()))


def all_tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }
