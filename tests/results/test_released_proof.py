"""Nothing but what left the gate gets drawn or written: the project's own type check proves it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAD = """
from dataclasses import replace
from io import StringIO
from pulse.dashboards import figures, figures_feelings, figures_people, figures_trend
from io import BytesIO
from pulse.results.exporting import write_csv
from pulse.results.exporting_files import About, write_sheet
from pulse.results.exporting_ods import write_ods
from pulse.results.exporting_sheets import (
    AnswerSheet, Beside, CellSheet, EverySheet, FigureSheet, FunnelSheet, Grid, MapSheet, PartSheet,
    ResponseSheet, TrendSheet,
)
from pulse.results.exporting_xlsx import write_xlsx
from pulse.results.models import Figure
from pulse.results.released_maps import ReleasedMap
from pulse.results.released_tables import ReleasedCells, ReleasedTable, ReleasedTallies, ReleasedTrend
from pulse.results.released_types import ReleasedFigure, ReleasedGroup

def plant(
    table: ReleasedTable,
    tallies: ReleasedTallies,
    trend: ReleasedTrend,
    cells: ReleasedCells,
    feelings: ReleasedMap,
    group: ReleasedGroup,
    row: Figure,
) -> None:
    about = About(group.release, '', '', '')
"""
#: name -> (line, what the type check says of it); the control passes
SNIPPETS = {
    "control": (
        "    figures.dots(table.sorted(lambda _, figure: figure.n).filtered(lambda label, _: label > 'A'))\n"
        "    figures_people.answers(tallies.ordered(lambda *_: '12345'))\n"
        "    figures_trend.trend(trend, figures_trend.trend_range(table.cells))\n"
        "    write_csv(table.picked(['A']).relabelled(lambda label, _: label.lower()), StringIO())\n"
        "    sheet = FigureSheet('', '', [table, table], beside=[Beside('', table, frozenset())])\n"
        "    write_sheet(TrendSheet('', '', [('PTA', trend)]), StringIO())\n"
        "    feels = MapSheet('', '', feelings, [], '')\n"
        "    write_xlsx(about, [sheet, EverySheet('', '', table), feels], BytesIO())\n"
        "    write_sheet(CellSheet('', '', group, cells, {}, {}), StringIO())\n"
        "    write_ods(about, [sheet, ResponseSheet('', '', group, table)], BytesIO())",
        "",
    ),
    "chart_of_a_list": (
        "    figures.dots([('Licence', 61.0)])",
        'Argument 1 to "dots" has incompatible type "list[tuple[str, float]]"; expected "ReleasedTable"',
    ),
    "chart_of_rows": (
        "    figures.bars([('Licence', row)], 1)",
        'Argument 1 to "bars" has incompatible type "list[tuple[str, Figure]]"; expected "ReleasedTable"',
    ),
    "chart_of_released_figures_in_a_list": (
        "    figures.dots(list(table))",
        'Argument 1 to "dots" has incompatible type "list[tuple[str, ReleasedFigure]]"',
    ),
    "map_of_numbers": (
        "    figures_feelings.feelings_map([[3, 5], [9, 12]])",
        'Argument 1 to "feelings_map" has incompatible type "list[list[int]]"; expected "ReleasedMap"',
    ),
    "answers_of_counts": (
        "    figures_people.answers([('Question', [1, 2, 3, 4, 5])])",
        'Argument 1 to "answers" has incompatible type "list[tuple[str, list[int]]]"',
    ),
    "trend_of_numbers": (
        "    figures_trend.trend([50.0, 55.0], (25, 75))",
        'Argument 1 to "trend" has incompatible type "list[float]"; expected "ReleasedTrend"',
    ),
    "axis_of_numbers": (
        "    figures_trend.trend_range([50.0])",
        'List item 0 has incompatible type "float"; expected "ReleasedFigure"',
    ),
    "table_by_hand": (
        "    ReleasedTable(rows=table.rows)",
        'Missing positional argument "seal" in call to "ReleasedTable"',
    ),
    "table_with_another_seal": (
        "    ReleasedTable(object(), table.rows)",
        'Argument 1 to "ReleasedTable" has incompatible type "object"; expected "_Seal"',
    ),
    "another_number": (
        "    replace(table[0][1], value=99.0)",
        'Missing named argument "seal" for "replace" of "ReleasedFigure"',
    ),
    "number_written_over": (
        "    table[0][1].value = 99.0",
        'Property "value" defined in "ReleasedFigure" is read-only',
    ),
    "kind_of_its_own": (
        "    class Mine(ReleasedTable): ...",
        'Cannot inherit from final class "ReleasedTable"',
    ),
    "file_of_dicts": (
        "    write_csv([{'measure': 'PTA', 'value': 61.0}], StringIO())",
        'Argument 1 to "write_csv" has incompatible type "list[dict[str, object]]"; expected "ReleasedTable"',
    ),
    "file_of_rows": (
        "    write_csv([row], StringIO())",
        'Argument 1 to "write_csv" has incompatible type "list[Figure]"; expected "ReleasedTable"',
    ),
}

#: name -> (a sheet made of something else, what the type check says of it)
SHEETS = {
    "figures_by_hand": ("FigureSheet('', '', [[('Licence', 61.0)]])", '"list[tuple[str, float]]"'),
    "figures_beside_by_hand": (
        "Beside('Staff', [('Licence', 61.0)], frozenset())",
        '"list[tuple[str, float]]"; expected "ReleasedTable"',
    ),
    "trend_by_hand": ("TrendSheet('', '', [('PTA', [50.0, 55.0])])", '"tuple[str, list[float]]"'),
    "part_of_a_row": ("PartSheet('', '', row, 'stages', [])", '"Figure"; expected "ReleasedFigure"'),
    "answers_by_hand": (
        "AnswerSheet('', '', {'Q1': [1, 2, 3]}, table, {}, {}, frozenset())",
        '"dict[str, list[int]]"; expected "ReleasedTallies"',
    ),
    "cells_by_hand": (
        "CellSheet('', '', group, [('New', 61.0)], {}, {})",
        '"list[tuple[str, float]]"; expected "ReleasedCells"',
    ),
    "map_by_hand": (
        "MapSheet('', '', [[1, 2], [3, 4]], [], '')",
        '"list[list[int]]"; expected "ReleasedMap"',
    ),
    "every_figure_by_hand": ("EverySheet('', '', [row])", '"list[Figure]"; expected "ReleasedTable"'),
    "funnel_of_rows": (
        "FunnelSheet('', '', [row], table[0][1], 0, str)",
        'List item 0 has incompatible type "Figure"; expected "ReleasedFigure"',
    ),
    "workbook_of_a_grid": (
        "write_xlsx(about, [Grid((), [('Licence', 61.0)])], BytesIO())",
        'List item 0 has incompatible type "Grid"',
    ),
    "csv_of_a_grid": (
        "write_sheet(Grid((), [('Licence', 61.0)]), StringIO())",
        'Argument 1 to "write_sheet" has incompatible type "Grid"',
    ),
}
SNIPPETS |= {name: (f"    {line}", said) for name, (line, said) in SHEETS.items()}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Snippet -> the errors that the project's own type check finds in it; one run for all."""
    folder = tmp_path_factory.mktemp("snippets")
    for name, (lines, _) in SNIPPETS.items():
        (folder / f"{name}.py").write_text(f"{HEAD}{lines}\n", encoding="utf-8")
    known = ROOT / ".mypy_cache"  # what `make lint` found out about the modules that are imported here
    if known.exists():
        shutil.copytree(known, folder / "cache")
    done = _check(folder, "cache")
    if done.returncode == 2:  # copied while another check was writing it
        done = _check(folder, "empty")
    assert done.returncode == 1, done.stdout + done.stderr
    found = re.findall(r"^\S*?(\w+)\.py:\d+: error: (.+)$", done.stdout, flags=re.MULTILINE)
    return {name: [said for where, said in found if where == name] for name in SNIPPETS}


def _check(folder: Path, cache: str) -> "subprocess.CompletedProcess[str]":
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(folder / cache)]
    return subprocess.run(
        [sys.executable, "-m", "mypy", *options, *(str(folder / f"{name}.py") for name in SNIPPETS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_type_check_refuses_what_did_not_leave_the_gate(
    name: str, verdicts: dict[str, list[str]]
) -> None:
    said = SNIPPETS[name][1]
    if said:
        assert len(verdicts[name]) == 1
        assert said in verdicts[name][0]
    else:
        assert verdicts[name] == []
