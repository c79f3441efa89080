"""Columns and rows of what people answered, of attribute tables, and of the map of feelings."""

from pulse.domain.disclosure import LEAST_SHOWN, MOST_SHOWN, most_counted
from pulse.domain.measurement.items import largest_remainder
from pulse.results.exporting_columns import CHANGE, SCORE, SCORED, SHOWN, WHO, YES, change, place_row, score
from pulse.results.exporting_sheets import AnswerSheet, Cell, CellSheet, Column, Grid, MapSheet
from pulse.results.released_types import ReleasedCell, ReleasedCounts, ReleasedFigure

#: what is counted and never scored -> its column
_APART = {"na": "Does not apply", "pns": "Prefer not to say", "none": "No answer"}
_OPTIONS = 5
_ENDS = {1: "1 (lowest score)", _OPTIONS: f"{_OPTIONS} (highest score)"}
_COUNTS = tuple(Column(_ENDS.get(place, str(place)), "count") for place in range(1, _OPTIONS + 1))
_SHARES = tuple(Column(f"{side}, %", "count") for side in ("Favourable", "Neutral", "Unfavourable"))
_SET_APART = tuple(Column(head, "count") for head in _APART.values())


def answer_grid(sheet: AnswerSheet) -> Grid:
    """A row a question: shares as the page has them, and every count that they are made of."""
    between = (*SCORED, *_SHARES, *_COUNTS, *_SET_APART, *CHANGE)
    columns = (*WHO, Column("Question", "text"), *between, Column("Code", "text"), *SHOWN)
    rows = []
    for code, counts in sheet.tallies:
        figure = sheet.figures.find(code)
        if figure is not None:
            rows.append(_answer_row(sheet, code, counts, figure))
    return Grid(columns, rows + [place_row(place, len(between) + 1) for place in sheet.hidden])


def _answer_row(
    sheet: AnswerSheet, code: str, counts: ReleasedCounts, figure: ReleasedFigure
) -> tuple[Cell, ...]:
    scale = counts.along(sheet.options[code]).counts
    given: tuple[Cell, ...] = scale if len(scale) == _OPTIONS else (None,) * _OPTIONS
    shares = _shares(scale) if code in sheet.judged else (None,) * len(_SHARES)
    apart = (counts.people(option) for option in _APART)
    who = (figure.group.release.label, figure.group.name, sheet.words.get(code, code))
    return (*who, *score(figure), *shares, *given, *apart, *change(figure), code, *YES)


def _shares(counts: tuple[int, ...]) -> tuple[int, int, int]:
    """Per cent of scored answers that are favourable, neutral and unfavourable: together 100."""
    one, two, middle, four, five = largest_remainder(counts)
    return four + five, middle, one + two


def cell_grid(sheet: CellSheet) -> Grid:
    """A row for each category and measure. Shares are of counts to the nearest few, and say so."""
    heads = (Column("By", "text"), Column("Category", "text"), Column("What", "text"))
    sides = (Column("Favourable, about %", "count"), Column("Unfavourable, about %", "count"))
    between = (*SCORE, Column("Score stands for", "text"), *sides, Column("Share stands for", "text"))
    who = (sheet.group.release.label, sheet.group.name)
    rows = [(*who, *_cell_row(sheet, category, cell)) for category, cell in sheet.cells]
    empty = (None,) * len(between)
    rows += [(*who, *place, *empty, "hidden", sheet.why) for place in sheet.hidden]
    return Grid((*WHO, *heads, *between, *SHOWN), rows)


def _cell_row(sheet: CellSheet, category: str, cell: ReleasedCell) -> tuple[Cell, ...]:
    where = (sheet.families.get(cell.family, cell.family), category, sheet.measures.get(cell.measure))
    sides = (cell.favourable, cell.unfavourable)
    shares = [None if people is None else round(100 * people / cell.n) for people in sides]
    numbers = (cell.n, cell.value, cell.low, cell.high, _bound(cell))
    return (*where, *numbers, *shares, _at_least(cell), *YES)


def _bound(cell: ReleasedCell) -> Cell:
    """Where nearly all think alike, just how many do is not told."""
    return {LEAST_SHOWN: "or less", MOST_SHOWN: "or more"}.get(cell.value or 0.0)


def _at_least(cell: ReleasedCell) -> Cell:
    """Which of the two shares stands for so many or more."""
    sides = (("favourable", cell.favourable), ("unfavourable", cell.unfavourable))
    found = [side for side, people in sides if people is not None and people >= most_counted(cell.n)]
    return f"{' and '.join(found)}: or more" if found else None


def map_grid(sheet: MapSheet) -> Grid:
    """A row for each place on the map."""
    found, who = sheet.map, (sheet.map.group.release.label, sheet.map.group.name)
    heads = (Column("Hopeful", "text"), Column("Worried", "text"), Column("People", "count"))
    rows: list[tuple[Cell, ...]] = []
    for worry, line in enumerate(found.cells):
        for hope, people in enumerate(line):
            told = YES if people is not None else ("hidden", sheet.why)
            rows.append((*who, sheet.labels[hope], sheet.labels[worry], people, found.n, *told))
    return Grid((*WHO, *heads, Column("n", "count"), *SHOWN), rows)
