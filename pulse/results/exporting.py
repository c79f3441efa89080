"""A release as one table, a row a figure: for a spreadsheet, a statistician, or `make validate`.

Rows are read from what was released and from nothing else, so a file can hold no number that a page could
not show.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TextIO

from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.results import queries
from pulse.results.models import Figure, Group
from pulse.results.naming import name_of, names_of
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of

Cell = str | int | float | None
Row = dict[str, Cell]

COLUMNS = (
    *("wave_number", "wave", "group_number", "group", "kind", "headcount", "responses"),
    *("measure", "about", "n", "value", "low", "high"),
    *("change", "change_low", "change_high", "q", "flagged", "detectable", "detail"),
)
#: a spreadsheet runs a cell that begins with one of these as a formula, whoever wrote it (CWE-1236)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def list_rows(wave: Wave) -> list[Row]:
    """Every figure of the wave's release under COLUMNS, in display order of groups, then by measure.

    Numbers are unrounded, None where there is none; `about` says in words what `measure` is a code for;
    `detail` is JSON text. The headcount of a group too small for a response rate is left out. Raises
    queries.NotReleased.
    """
    release = queries.get_release(wave.id)
    names = names_of(plan_of(wave))
    figures: dict[int, list[Figure]] = defaultdict(list)
    for figure in queries.list_figures(release.id):
        figures[figure.group_id].append(figure)
    return [
        _row(wave, group, figure, name_of(figure.measure, names))
        for group in queries.list_groups(release.id)
        for figure in sorted(figures[group.id], key=lambda figure: figure.measure)
    ]


def _row(wave: Wave, group: Group, figure: Figure, about: str) -> Row:
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
        "detail": json.dumps(figure.detail, sort_keys=True, ensure_ascii=False),
    }


def write_csv(rows: Iterable[Row], file: TextIO) -> None:
    """Write rows under a line of COLUMNS (RFC 4180, so open the file with newline=""). A number is written
    unrounded, and a text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)


def _cells(row: Row) -> Iterator[Cell]:
    for column in COLUMNS:
        cell = row[column]
        yield f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
