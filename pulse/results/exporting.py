"""A release as one table, a row a figure: for a spreadsheet, a statistician, or `make validate`.

Rows are made of a released table and of nothing else, so a file can hold no number that a page could
not show.
"""

import csv
import json
from collections.abc import Iterator
from typing import TextIO

from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.domain.spreadsheets import defused
from pulse.results.released_tables import ReleasedTable
from pulse.results.released_types import ReleasedFigure, thawed

Cell = str | int | float | None
Row = dict[str, Cell]

COLUMNS = (
    *("wave_number", "wave", "group_number", "group", "kind", "headcount", "responses"),
    *("measure", "about", "n", "value", "low", "high"),
    *("change", "change_low", "change_high", "q", "flagged", "detectable", "detail"),
)


def list_rows(table: ReleasedTable) -> list[Row]:
    """Every figure of the table under COLUMNS, in its order.

    Numbers are unrounded, None where there is none; `about` is the row's label, which says in words what
    `measure` is a code for; `detail` is JSON text. The headcount of a group too small for a response rate
    is left out: a courtesy and no protection, as it comes from the staff list and can be had by subtraction.
    """
    return [_row(label, figure) for label, figure in table]


def _row(about: str, figure: ReleasedFigure) -> Row:
    group, wave = figure.group, figure.group.release
    return {
        "wave_number": wave.number,
        "wave": wave.label,
        "group_number": group.number,
        "group": group.name,
        "kind": group.kind,
        "headcount": group.headcount if group.headcount >= RATE_SHOWN_FROM else None,
        "responses": group.n,
        "measure": figure.measure,
        "about": about,
        "n": figure.n,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "change": figure.change,
        "change_low": figure.change_low,
        "change_high": figure.change_high,
        "q": figure.q,
        "flagged": "yes" if figure.flagged else "no",
        "detectable": figure.detectable,
        "detail": json.dumps(thawed(figure.detail), sort_keys=True, ensure_ascii=False),
    }


def write_csv(table: ReleasedTable, file: TextIO) -> None:
    """Write a row a figure under a line of COLUMNS (RFC 4180, so open the file with newline=""). A number is
    written unrounded, and a text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in list_rows(table))


def _cells(row: Row) -> Iterator[Cell]:
    for column in COLUMNS:
        cell = row[column]
        yield defused(cell) if isinstance(cell, str) else cell
