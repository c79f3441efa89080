"""Tables of cells as CSV or XLSX files, and such files as tables: what is in the cells is not looked at here.

A CSV has the first table at its top and each further one behind a line such as [Measures].
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pulse.banks.limits import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    NOT_A_WORKBOOK,
    ImportRefused,
    check_cell,
    check_zip,
    decode,
)
from pulse.banks.writing import UnwritableError
from pulse.domain.spreadsheets import guarded, holdable, unguarded
from pulse.languages.saying import gettext as _

#: name of a table -> its heading line and rows
Sheets = Mapping[str, Sequence[Sequence[str]]]
FIRST = "Questions"
_MARK = re.compile(r"\[([A-Za-z ]{1,40})\]")
_MAX_SHEETS = 20
#: with empty ones, and those inside of cells
_MAX_LINES = 20 * MAX_ROWS
#: what stands for a character in a workbook, and is read as that or left out by one program or the other
_ESCAPE = re.compile("x005F_|_x000D_")
_WIDTH = 22
#: against a text that gets written in some other way than by `write_string` after all
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Table:
    """One table of a file. `shown` is what messages call it; each row is (line there, cells)."""

    shown: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class TableFile:
    """The tables of a file by their names in small letters."""

    tables: Mapping[str, Table]
    #: False when it had to be guessed how the letters beyond a to z are written
    sure: bool = True


def write_csv(sheets: Sheets) -> bytes:
    """Comma separated, in UTF-8 with the mark by which spreadsheets know it. Raises UnwritableError."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for place, (name, rows) in enumerate(sheets.items()):
        if place:
            writer.writerows([[], [f"[{name}]"]])
        writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return made.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Sheets) -> bytes:
    """A workbook with one sheet a table; every cell is a text. Raises UnwritableError."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - the web process starts without it

    made = io.BytesIO()
    book = Workbook(made, _OPTIONS)
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(rows[0]) - 1, _WIDTH)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, _safe(cell), text if line else head)
    book.close()
    return made.getvalue()


def _safe(cell: str) -> str:
    """The cell, so that nothing runs; refused when a spreadsheet would not give it back as it is."""
    if cell != holdable(cell).strip() or _ESCAPE.search(cell) or len(cell) > MAX_CELL:
        raise UnwritableError(
            _(
                "“%(cell)s” has characters, or so many, that a spreadsheet would not give back; export the "
                "bank as YAML.",
                cell=cell.strip()[:40],
            )
        )
    return guarded(cell)


def read_csv(content: bytes, name: str) -> TableFile:
    """The tables of a CSV. Comma, semicolon or tab separate, whichever the first line has most of."""
    text, sure = decode(content)
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    return TableFile(_tables(_csv_rows(reader), name), sure)


def _csv_rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise ImportRefused(
            _(
                "The file cannot be read from line %(line)s on: look there for a quotation mark that is not "
                "closed, and close or remove it.",
                line=line,
            )
        ) from None


def _tables(rows: Iterable[tuple[int, list[str]]], name: str) -> dict[str, Table]:
    """The blocks of a CSV, each named by the line before it."""
    blocks: dict[str, list[tuple[int, tuple[str, ...]]]] = {FIRST.lower(): []}
    current = FIRST.lower()
    for line, cells in _cleaned(rows, name):
        mark = _MARK.fullmatch(cells[0]) if not any(cells[1:]) else None
        if mark:
            current = mark[1].strip().lower()
            if blocks.get(current):
                raise ImportRefused(
                    _(
                        "%(file)s, line %(line)s: the table %(table)s is there twice; keep one.",
                        file=name,
                        line=line,
                        table=cells[0],
                    )
                )
            blocks[current] = []
        else:
            blocks[current].append((line, cells))
    return {block: Table(name, lines[0][1], tuple(lines[1:])) for block, lines in blocks.items() if lines}


def read_xlsx(content: bytes, name: str) -> TableFile:
    """The tables of a workbook, one a sheet: values only, no formula is looked at."""
    check_zip(content)
    try:
        found = dict(_sheets(content, name))
    except ImportRefused:
        raise
    except Exception as error:  # whatever its parts hold that openpyxl or its XML reader refuses
        raise ImportRefused(_(NOT_A_WORKBOOK)) from error
    first = FIRST.lower()
    if found and first not in found:  # somebody's own workbook: its first sheet has the questions
        found[first] = found.pop(next(iter(found)))
    return TableFile(found)


def _sheets(content: bytes, name: str) -> Iterator[tuple[str, Table]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - the web process starts without it

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    if len(book.worksheets) > _MAX_SHEETS:
        raise ImportRefused(
            _("The workbook has over %(most)s sheets: leave those with questions.", most=_MAX_SHEETS)
        )
    for sheet in book.worksheets:
        shown = _("%(file)s, sheet %(sheet)s", file=name, sheet=sheet.title)
        # one more than is allowed, so that too much is seen without being read
        cells = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        rows = list(
            _cleaned(((line, [_text(cell) for cell in row]) for line, row in enumerate(cells, 1)), shown)
        )
        if rows:
            yield sheet.title.strip().lower(), Table(shown, rows[0][1], tuple(rows[1:]))


def _text(value: Any) -> str:
    """A value as a person would have typed it in a text cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if not isinstance(value, str) else value.replace("_x000D_", "")


def _cleaned(rows: Iterable[tuple[int, Sequence[str]]], name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lines that hold something, their cells trimmed and without the apostrophe of a guard."""
    found = 0
    for line, row in rows:
        where = _("%(file)s, line %(line)s,", file=name, line=line)
        kept = list(row)
        while kept and not kept[-1].strip():
            kept.pop()
        if len(kept) > MAX_COLUMNS:
            raise ImportRefused(
                _(
                    "%(where)s has over %(most)s columns: delete those that are not needed.",
                    where=where,
                    most=MAX_COLUMNS,
                )
            )
        cells = tuple(unguarded(holdable(check_cell(cell, where)).strip()) for cell in kept)
        found += bool(cells)
        if found > MAX_ROWS + 1 or line > _MAX_LINES:
            raise ImportRefused(
                _(
                    "The file has over %(most)s rows: bring in the questions in several files.",
                    most=f"{MAX_ROWS:,}",
                )
            )
        if cells:
            yield line, cells
