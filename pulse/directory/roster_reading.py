"""From the bytes of a CSV file to a table of trimmed cells, or one sentence on how to save it again."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
SAVE_AGAIN = "save it in the spreadsheet as “CSV UTF-8 (comma delimited)” and import that file"


class RosterError(Exception):
    """A file that cannot be imported; the message is one sentence that says what to do."""


@dataclass(frozen=True, order=True)
class BadRow:
    """One thing wrong in one line (the heading line is 1). `message` says what, and how to mend it."""

    line: int
    message: str
    #: True when the line is one of the second file, that of the units
    in_units: bool = False

    def __str__(self) -> str:
        return f"{'Units file, line' if self.in_units else 'Line'} {self.line}: {self.message}"


@dataclass(frozen=True)
class Table:
    """Headings and rows. Each row is (line in the file, cells), as wide as the headings or wider."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes, called: str) -> Table:
    """The cells of a CSV file; `called` is what the messages call it ("The roster file").

    Comma, semicolon and tab separate, whichever the heading line uses most. Blank lines are left out.
    Raises RosterError for anything that is not a CSV in UTF-8 with a heading line and a row.
    """
    lines = _read_lines(_decode(content, called), called)
    heading_line = next(lines, None)
    if heading_line is None:
        raise RosterError(f"{called} is empty: give a file with a heading line and a row for each post.")
    headings = heading_line[1]
    width = len(headings)
    rows = [(line, cells + [""] * (width - len(cells))) for line, cells in lines]
    if not rows:
        raise RosterError(f"{called} has a heading line but no rows: add a row for each post.")
    return Table(headings, rows)


def _decode(content: bytes, called: str) -> str:
    if content.startswith(_WORKBOOKS):
        raise RosterError(f"{called} is a spreadsheet workbook, not a CSV file: {SAVE_AGAIN}.")
    if content.startswith(_UTF16):
        raise RosterError(f"{called} is saved as UTF-16 text: {SAVE_AGAIN}.")
    if (at := content.find(b"\0")) >= 0:
        raise RosterError(f"{called} has a NUL byte on line {_line_of(content, at)}: {SAVE_AGAIN}.")
    try:
        return content.decode("utf-8-sig").replace("\xa0", " ")  # spreadsheets leave no-break spaces behind
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
        raise RosterError(
            f"{called} is not in UTF-8 (line {line} is the first that is not): {SAVE_AGAIN}."
        ) from error


def _line_of(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _read_lines(text: str, called: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that holds something, with the number of the line it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line = 1
    try:
        for cells in reader:
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                yield line, trimmed
            line = reader.line_num + 1
    except csv.Error as error:
        raise RosterError(
            f"{called} cannot be read from line {line} on: look there for a quotation mark that is not "
            "closed, and close or remove it."
        ) from error


def _separator(text: str) -> str:
    """Commas, unless the heading line has more semicolons (some spreadsheets' habit) or tabs."""
    heading = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(",;\t", key=heading.count)
