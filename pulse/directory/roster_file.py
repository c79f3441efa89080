"""A roster as its files give it, checked for all that can be checked without the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from pulse.directory.roster_columns import (
    MAX_ATTRIBUTES,
    MAX_LENGTH,
    ROSTER_HEADINGS,
    UNITS_HEADINGS,
    Columns,
    attribute_code,
    match_headings,
)
from pulse.directory.roster_people import PersonRecord, read_people
from pulse.directory.roster_reading import BadRow, RosterError, Table, read_table
from pulse.directory.roster_tree import UnitRecord, read_tree
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

ROSTER, UNITS = N_("The roster file"), N_("The units file")
_FORMULA = frozenset("=+-@")
_LIKE_A_FORMULA = N_("“%(heading)s” begins with “%(character)s”, as a formula does: remove that character.")
_INVISIBLE = N_("“%(heading)s” holds a line break or an invisible character: type the value again.")


@dataclass(frozen=True)
class RosterFile:
    """What the files say. `units` is None when they say nothing of the tree: only codes of known units."""

    people: dict[str, PersonRecord]
    units: dict[str, UnitRecord] | None
    attributes: tuple[tuple[str, str], ...] = ()  # (code, label), in the order of the columns
    ignored: tuple[str, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    #: every staff number in the file, those of bad rows too: nobody mentioned is a leaver
    mentioned: frozenset[str] = frozenset()


def read_roster(content: bytes, units_content: bytes | None = None) -> RosterFile:
    """Read and check a roster, and the file of units if there is one.

    Raises RosterError when a file as a whole cannot be read; single rows that are wrong are `bad_rows`.
    """
    table = read_table(content, ROSTER)
    columns = _roster_columns(table)
    bad: list[BadRow] = []
    rows = _sound_rows(table, columns, bad)
    units: dict[str, UnitRecord] | None = None
    if units_content is not None:
        units = _read_units(units_content, bad)
    elif "parent unit code" in columns.at or "unit code" not in columns.at:
        units = read_tree(rows, columns, bad)
    people = read_people(rows, columns, bad)
    at = columns.at["staff number"]
    return RosterFile(
        people=people,
        units=units,
        attributes=tuple((attribute_code(label), label) for label in columns.attributes.values()),
        ignored=columns.ignored,
        bad_rows=tuple(sorted(bad, key=lambda row: (row.in_units, row.line))),
        mentioned=frozenset(cells[at] for _, cells in table.rows if cells[at]),
    )


def _read_units(content: bytes, bad: list[BadRow]) -> dict[str, UnitRecord]:
    table = read_table(content, UNITS)
    columns = match_headings(table.headings, UNITS_HEADINGS)
    _check_headings(columns, UNITS)
    _require(columns, ("unit code", "unit name", "parent unit code"), UNITS)
    found: list[BadRow] = []
    rows = _sound_rows(table, columns, found)
    bad.extend(BadRow(row.line, row.message, in_units=True) for row in found)
    for line, cells in rows:
        if not cells[columns.at["unit code"]]:
            bad.append(BadRow(line, _("no unit code: fill it in, or delete the row."), in_units=True))
    return read_tree(rows, columns, bad, in_units=True)


def _roster_columns(table: Table) -> Columns:
    columns = match_headings(table.headings, ROSTER_HEADINGS)
    if not columns.at and not columns.levels:
        raise RosterError(
            _(
                "The roster file has no heading line: name the columns in line 1, such as staff number, "
                "name, email and unit code (`pulse roster template` prints an example)."
            )
        )
    _check_headings(columns, ROSTER)
    if columns.levels and "parent unit code" not in columns.at:
        columns.at.pop("unit code", None)  # an ESR export holds the levels and their deepest one again
    name = () if {"first name", "last name"} <= columns.at.keys() else ("name",)
    unit = () if columns.levels else ("unit code",)
    post = ("postcode",) if "post line 1" in columns.at else ()
    _require(columns, ("staff number", *name, "email", *unit, *post), ROSTER)
    _check_attributes(columns)
    return columns


def _require(columns: Columns, fields: tuple[str, ...], called: str) -> None:
    if missing := [f"“{field}”" for field in fields if field not in columns.at]:
        raise RosterError(
            _(
                "%(file)s has no %(column)s column: add it, or give the column that holds it that heading "
                "(`pulse roster template` prints an example).",
                file=_(called),
                column=missing[0],
            )
        )


def _check_headings(columns: Columns, called: str) -> None:
    if columns.repeated:
        raise RosterError(
            _(
                "%(file)s has two columns headed “%(column)s”: delete or rename one of them.",
                file=_(called),
                column=columns.repeated[0],
            )
        )


def _check_attributes(columns: Columns) -> None:
    labels = list(columns.attributes.values())
    if len(labels) > MAX_ATTRIBUTES:
        raise RosterError(
            _(
                "The roster file has %(columns)s attribute columns: remove %(surplus)s, at most %(most)s may "
                "be kept, because more would single people out.",
                columns=len(labels),
                surplus=len(labels) - MAX_ATTRIBUTES,
                most=MAX_ATTRIBUTES,
            )
        )
    codes = [attribute_code(label) for label in labels]
    for label, code in zip(labels, codes, strict=True):
        if not code or len(label) > MAX_LENGTH["attribute"] or codes.count(code) > 1:
            raise RosterError(
                _(
                    "The attribute heading “%(heading)s” cannot be used: give each attribute its own short "
                    "heading, such as “attribute: Length of service”.",
                    heading=label[:80],
                )
            )


def _sound_rows(table: Table, columns: Columns, bad: list[BadRow]) -> list[tuple[int, list[str]]]:
    """The rows whose used cells can be kept as they are; the others are added to `bad`."""
    limits, phone = _limits(columns, table.headings), columns.at.get("mobile number", -1)
    width, sound = len(table.headings), []
    for line, cells in table.rows:
        fault = next(_faults(cells, limits, width, phone), None)
        if fault is None:
            sound.append((line, cells))
        else:
            bad.append(BadRow(line, fault))
    return sound


def _limits(columns: Columns, headings: list[str]) -> list[tuple[int, str, int]]:
    """(cell, heading, longest value) of each column that is read."""
    fields = {cell: field for field, cell in columns.at.items()}
    fields |= dict.fromkeys(columns.levels, "unit code") | dict.fromkeys(columns.attributes, "attribute")
    return [(cell, headings[cell], MAX_LENGTH.get(field, 80)) for cell, field in sorted(fields.items())]


def _faults(cells: list[str], limits: list[tuple[int, str, int]], width: int, phone: int) -> Iterator[str]:
    if len(cells) > width and any(cells[width:]):
        yield _(
            "%(values)s values under %(headings)s headings: put quotation marks around a value that holds a "
            "comma.",
            values=len(cells),
            headings=width,
        )
    for cell, heading, longest in limits:
        value = cells[cell]
        if not value:
            continue
        if len(value) > longest:
            yield _(
                "“%(heading)s” is longer than %(most)s characters: shorten it.", heading=heading, most=longest
            )
        elif value[0] in _FORMULA and value != "-" and not (cell == phone and value[0] == "+"):
            # kept, it would run when an export is opened in a spreadsheet
            yield _(_LIKE_A_FORMULA, heading=heading, character=value[0])
        elif not value.isprintable():
            yield _(_INVISIBLE, heading=heading)
