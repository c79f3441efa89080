"""Columns and rows of each kind of sheet."""

import math
from collections.abc import Iterator
from itertools import chain
from typing import assert_never

from pulse.domain.measurement.funnel import limits
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds
from pulse.results.exporting import COLUMNS, list_rows
from pulse.results.exporting_answers import answer_grid, cell_grid, map_grid
from pulse.results.exporting_columns import CHANGE, SCORED, SHOWN, WHAT, WHO, YES, change, place_row, score
from pulse.results.exporting_sheets import (
    AnswerSheet,
    Beside,
    Cell,
    CellSheet,
    Column,
    EverySheet,
    FigureSheet,
    FunnelSheet,
    Grid,
    Kind,
    MapSheet,
    PartSheet,
    Place,
    ResponseSheet,
    Sheet,
    TrendSheet,
)
from pulse.results.released_tables import ReleasedTrend
from pulse.results.released_types import ReleasedFigure

_COUNTS = frozenset({"wave_number", "group_number", "headcount", "responses", "n"})
_WORDS = frozenset({"wave", "group", "kind", "measure", "about", "flagged", "detail"})


def grid_of(sheet: Sheet) -> Grid:
    """The sheet as it is written; a number that is not finite, which no page shows either, is left out."""
    grid = _grid(sheet)
    return Grid(grid.columns, [tuple(map(_finite, row)) for row in grid.rows])


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _grid(sheet: Sheet) -> Grid:
    match sheet:
        case FigureSheet():
            return _figures(sheet)
        case TrendSheet():
            return _trends(sheet)
        case PartSheet():
            return _parts(sheet)
        case AnswerSheet():
            return answer_grid(sheet)
        case CellSheet():
            return cell_grid(sheet)
        case MapSheet():
            return map_grid(sheet)
        case FunnelSheet():
            return _funnel(sheet)
        case ResponseSheet():
            return _response(sheet)
        case EverySheet():
            return _everything(sheet)
        case _:
            assert_never(sheet)


def _figures(sheet: FigureSheet) -> Grid:
    answered = (Column("Answered", "count"),) if sheet.answered else ()
    fields = tuple(field.column for field in sheet.fields)
    beside = tuple(Column(one.head, "score") for one in sheet.beside)
    told = tuple(Column(head, "text") for head, _ in sheet.told)
    between = (*answered, *SCORED, *fields, *beside, *told, *CHANGE)
    rows = [_figure_row(sheet, label, figure) for label, figure in chain.from_iterable(sheet.tables)]
    rows += [place_row(place, len(between)) for place in sheet.hidden]
    return Grid((*WHO, WHAT, *between, *SHOWN), rows)


def _figure_row(sheet: FigureSheet, label: str, figure: ReleasedFigure) -> tuple[Cell, ...]:
    answered = [figure.group.n] if sheet.answered else []
    fields = [field.of(figure.detail) for field in sheet.fields]
    beside = [_beside(one, label) for one in sheet.beside]
    told = [say(figure) or None for _, say in sheet.told]
    who = (figure.group.release.label, figure.group.name, label)
    return (*who, *answered, *score(figure), *fields, *beside, *told, *change(figure), *YES)


def _beside(one: Beside, label: str) -> Cell:
    figure = one.figures.find(label)
    if figure is None:
        return "hidden" if label in one.asked else None
    return figure.value


def _trends(sheet: TrendSheet) -> Grid:
    rows = [row for label, trend in sheet.trends for row in _trend_rows(sheet, label, trend)]
    between = len(SCORED) + len(CHANGE)
    rows += [place_row(place, between) for place in sheet.hidden]
    return Grid((*WHO, WHAT, *SCORED, *CHANGE, *SHOWN), rows)


def _trend_rows(sheet: TrendSheet, label: str, trend: ReleasedTrend) -> Iterator[tuple[Cell, ...]]:
    between = len(SCORED) + len(CHANGE)
    team = trend.group.name
    for point in reversed(trend.points):
        if point.figure is not None:
            yield (point.label, team, label, *score(point.figure), *change(point.figure), *YES)
        else:
            why = sheet.reasons.get((team, label, point.label), "")
            word = "hidden" if point.gap == "hidden" else "no figure"
            yield place_row(Place(label, why, team, point.label, word), between)


def _parts(sheet: PartSheet) -> Grid:
    """A part is released with its figure: the list is part of the figure's detail."""
    figure = sheet.figure
    who = (figure.group.release.label, figure.group.name)
    entries = figure.detail.get(sheet.path, ())
    rows = [(*who, figure.n, *(field.of(one) for field in sheet.fields)) for one in entries]
    return Grid((*WHO, Column("n", "count"), *(field.column for field in sheet.fields)), rows)


def _funnel(sheet: FunnelSheet) -> Grid:
    """By how many answered and never by score; limits as far as the scale goes."""
    centre, sd = (float(sheet.whole.detail[name]) for name in ("centre", "sd"))
    rows: list[tuple[Cell, ...]] = []
    for dot in sorted(sheet.dots, key=lambda dot: (-dot.n, dot.group.number)):
        team = dot.group.name if dot.group.number == sheet.own else "another team"
        ends = [end for pair in limits(centre, sd, dot.n) for end in pair]
        bounds = [min(100.0, max(0.0, end)) for end in ends]
        rows.append((dot.group.release.label, team, dot.n, dot.value, *bounds, sheet.placed(dot)))
    heads = [f"{share} % limits, {end}" for share in ("95", "99.8") for end in ("low", "high")]
    between = (Column("n", "count"), Column("Score", "score"), *(Column(head, "score") for head in heads))
    return Grid((*WHO, *between, Column("Place", "text")), rows)


def _response(sheet: ResponseSheet) -> Grid:
    """Below the size from which rates are shown, only how many answered: a courtesy, as in `list_rows`."""
    group = sheet.group
    told = group.headcount >= RATE_SHOWN_FROM
    asked: tuple[Cell, ...] = (group.headcount, group.n) if told else (None, group.n)
    rate = 100 * group.n / group.headcount if told else None
    who = (group.release.label, group.name, *asked, rate)
    rows = [(*who, label, *_bounds(figure, told)) for label, figure in sheet.figures]
    heads: tuple[tuple[str, Kind], ...] = (
        ("Asked", "count"),
        ("Answered", "count"),
        ("Answered, %", "score"),
        ("What", "text"),
        ("n", "count"),
        ("Score", "score"),
        ("Least it could be if all had answered", "score"),
        ("Most it could be if all had answered", "score"),
    )
    empty = (None,) * (len(heads) - 3)
    return Grid((*WHO, *(Column(*head) for head in heads)), rows or [(*who, *empty)])


def _bounds(figure: ReleasedFigure, told: bool) -> tuple[Cell, ...]:
    if not told or figure.value is None:
        return figure.n, figure.value, None, None
    return figure.n, figure.value, *mean_bounds(figure.value, figure.n, figure.stands_for)


def _everything(sheet: EverySheet) -> Grid:
    rows = [tuple(row[name] for name in COLUMNS) for row in list_rows(sheet.table)]
    return Grid(tuple(Column(name, _kind(name)) for name in COLUMNS), rows)


def _kind(name: str) -> Kind:
    if name in _WORDS:
        return "text"
    return "count" if name in _COUNTS else "fine"
