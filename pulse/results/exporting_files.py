"""Sheets as files: CSV here, and what both kinds of workbook share. No cell of any of them runs.

Numbers are written as numbers and every text as text. The same release gives the same bytes at any time: a
file knows the day of its release, and nothing of the machine or account that wrote it.
"""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO, TextIO

from pulse.domain.disclosure.wording import hidden_measure
from pulse.domain.spreadsheets import defused, holdable
from pulse.results.exporting_rows import grid_of
from pulse.results.exporting_sheets import Cell, Column, Grid, Sheet
from pulse.results.released_types import ReleasedWave
from pulse.web.formatting import format_date

#: of a sheet's name, and what it may not contain: the rules of Excel, which are the strictest
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\\n\t'", " "))
_RESERVED = frozenset({"history", ""})
#: of a text in a cell (Excel)
LONGEST_TEXT = 32_767
#: about so many characters wide, by the kind of a column; one of words is as wide as they are, within limits
_WIDTHS = {"count": 10, "score": 10, "fine": 12}
_NARROWEST, _WIDEST = 10, 60
_FROZEN_YEARS = range(1980, 2108)


@dataclass(frozen=True)
class About:
    """What stands on the first sheet of a workbook; `method` is where each number is explained."""

    release: ReleasedWave
    survey: str
    team: str
    method: str

    @property
    def created(self) -> datetime:
        """The only time that a file tells, in UTC and without saying so: formats of files know no zones."""
        return self.release.released_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook, ready to be written."""

    name: str
    grid: Grid

    @property
    def widths(self) -> list[int]:
        return [self._width(place, column) for place, column in enumerate(self.grid.columns)]

    def _width(self, place: int, column: Column) -> int:
        if column.kind != "text":
            return max(_WIDTHS[column.kind], min(len(column.head) + 2, 24))
        longest = max((len(str(row[place] or "")) for row in self.grid.rows), default=0)
        return max(_NARROWEST, min(max(longest, len(column.head)) + 2, _WIDEST))


def write_sheet(sheet: Sheet, file: TextIO) -> None:
    """One sheet as CSV (RFC 4180, so open the file with newline=""): a line of headings, then the rows."""
    grid = grid_of(sheet)
    writer = csv.writer(file)
    writer.writerow([defused(column.head) for column in grid.columns])
    writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in grid.rows)


def pages_of(about: About, sheets: Sequence[Sheet]) -> list[Page]:
    """What the workbook is about, then a page for each sheet; every text is one that a file can hold."""
    names = names_of(["About", *(sheet.name for sheet in sheets)])
    listed = list(zip(names[1:], (sheet.title for sheet in sheets), strict=True))
    grids = [_about(about, listed), *map(grid_of, sheets)]
    return [Page(name, _holdable(grid)) for name, grid in zip(names, grids, strict=True)]


def _about(about: About, sheets: Iterable[tuple[str, str]]) -> Grid:
    release = about.release
    facts = [
        ("Survey", f"{about.survey}, {release.label}"),
        ("Team", about.team),
        ("Released", format_date(release.released_at)),
        ("Smallest number of people", _promise(release.k)),
        ("What hidden means", hidden_measure(release.k)),
        ("Scores", "From 0 to 100, unrounded. The pages round them to whole points."),
        ("How each number is worked out", about.method),
    ]
    rows: list[tuple[Cell, ...]] = [*facts, (None, None), ("Sheet", "What is on it"), *sheets]
    return Grid((Column("About", "text"), Column("This file", "text")), rows)


def _promise(k: int) -> str:
    """What is kept of numbers of people; an option, or a place on the map, may be chosen by fewer."""
    return (
        f"No score here is of fewer than {k} people, and taking one group from another gives none of fewer. "
        "One option of a question may have been chosen by fewer."
    )


def names_of(titles: Iterable[str]) -> list[str]:
    """Names that any spreadsheet program takes, all different whatever their case."""
    found: list[str] = []
    for title in titles:
        plain = " ".join(holdable(title).translate(_FORBIDDEN).split())
        found.append(_unused(plain[:_LONGEST_NAME].strip(), {name.casefold() for name in found}))
    return found


def _unused(name: str, taken: set[str]) -> str:
    name = "Sheet" if name.casefold() in _RESERVED else name
    number, tried = 1, name
    while tried.casefold() in taken:
        number += 1
        ending = f" {number}"
        tried = f"{name[: _LONGEST_NAME - len(ending)]}{ending}"
    return tried


def _holdable(grid: Grid) -> Grid:
    return Grid(grid.columns, [tuple(map(_text_holdable, row)) for row in grid.rows])


def _text_holdable(cell: Cell) -> Cell:
    """A text too long for a cell is cut where everybody sees it."""
    if not isinstance(cell, str):
        return cell
    text = holdable(cell)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def rewrite_zip(made: BytesIO, at: datetime, file: BinaryIO) -> None:
    """The same members in the same order, dated with the release: not with when somebody asked for them."""
    year = min(max(at.year, _FROZEN_YEARS.start), _FROZEN_YEARS.stop - 1)
    date = (year, at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w") as target:
        for member in source.infolist():
            fresh = zipfile.ZipInfo(member.filename, date)
            fresh.compress_type = member.compress_type
            fresh.external_attr = 0o600 << 16
            target.writestr(fresh, source.read(member))
