"""From the bytes of a CSV file to a table of trimmed cells, or one sentence on how to save it again."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK = N_(
    "%(file)s is a spreadsheet workbook, not a CSV file: save it in the spreadsheet as “CSV UTF-8 (comma "
    "delimited)” and import that file."
)
_IN_UTF16 = N_(
    "%(file)s is saved as UTF-16 text: save it in the spreadsheet as “CSV UTF-8 (comma delimited)” and "
    "import that file."
)
_NUL_BYTE = N_(
    "%(file)s has a NUL byte on line %(line)s: save it in the spreadsheet as “CSV UTF-8 (comma delimited)” "
    "and import that file."
)
_NOT_UTF8 = N_(
    "%(file)s is not in UTF-8 (line %(line)s is the first that is not): save it in the spreadsheet as “CSV "
    "UTF-8 (comma delimited)” and import that file."
)
_NOT_CLOSED = N_(
    "%(file)s cannot be read from line %(line)s on: look there for a quotation mark that is not closed, and "
    "close or remove it."
)


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
        if self.in_units:
            return _("Units file, line %(line)s: %(problem)s", line=self.line, problem=self.message)
        return _("Line %(line)s: %(problem)s", line=self.line, problem=self.message)


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
        raise RosterError(
            _("%(file)s is empty: give a file with a heading line and a row for each post.", file=_(called))
        )
    headings = heading_line[1]
    width = len(headings)
    rows = [(line, cells + [""] * (width - len(cells))) for line, cells in lines]
    if not rows:
        raise RosterError(
            _("%(file)s has a heading line but no rows: add a row for each post.", file=_(called))
        )
    return Table(headings, rows)


def _decode(content: bytes, called: str) -> str:
    if content.startswith(_WORKBOOKS):
        raise RosterError(_(_WORKBOOK, file=_(called)))
    if content.startswith(_UTF16):
        raise RosterError(_(_IN_UTF16, file=_(called)))
    if (at := content.find(b"\0")) >= 0:
        raise RosterError(_(_NUL_BYTE, file=_(called), line=_line_of(content, at)))
    try:
        return content.decode("utf-8-sig").replace("\xa0", " ")  # spreadsheets leave no-break spaces behind
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
        raise RosterError(_(_NOT_UTF8, file=_(called), line=line)) from error


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
        raise RosterError(_(_NOT_CLOSED, file=_(called), line=line)) from error


def _separator(text: str) -> str:
    """Commas, unless the heading line has more semicolons (some spreadsheets' habit) or tabs."""
    heading = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(",;\t", key=heading.count)
