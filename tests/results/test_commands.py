"""`pulse results export`: the table on the screen or in a file, or one sentence and nothing."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse.results.commands import results_commands
from pulse.results.exporting import list_rows
from pulse.results.released import read_everything, read_figures, read_groups
from pulse.surveys import queries as surveys
from tests.results.closes import close, make_due_wave
from tests.results.factories import Site
from tests.results.reopened import Rows, opened_ods, opened_xlsx
from tests.surveys.factories import make_planned_wave


def run(runner: FlaskCliRunner, *arguments: object) -> Result:
    return runner.invoke(results_commands, ["export", *map(str, arguments)])


def named(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["group"], row["measure"]) for row in rows]


def released_names(wave_id: int) -> Sequence[tuple[object, object]]:
    found = [(row["group"], row["measure"]) for row in list_rows(read_everything(surveys.get_wave(wave_id)))]
    assert found
    return found


def test_the_command_prints_the_table(app: Flask, site: Site, runner: FlaskCliRunner) -> None:
    wave_id = make_due_wave(site)
    assert close(wave_id, site)

    result = run(runner, wave_id)

    assert result.exit_code == 0
    assert named(list(csv.DictReader(io.StringIO(result.output)))) == released_names(wave_id)


def test_the_command_writes_a_file(app: Flask, site: Site, runner: FlaskCliRunner, tmp_path: Path) -> None:
    wave_id = make_due_wave(site)
    assert close(wave_id, site)
    file = tmp_path / "figures.csv"

    result = run(runner, wave_id, "--out", file)

    with file.open(encoding="utf-8", newline="") as written:
        rows = list(csv.DictReader(written))
    assert named(rows) == released_names(wave_id)
    assert result.output == f"Wrote {len(rows)} figures to {file}.\n"


@pytest.mark.parametrize("opened", [True, False])
def test_a_wave_without_results_is_refused_in_one_sentence_and_writes_nothing(
    app: Flask, site: Site, runner: FlaskCliRunner, tmp_path: Path, opened: bool
) -> None:
    wave_id = make_due_wave(site) if opened else make_planned_wave().id
    file = tmp_path / "figures.csv"
    result = run(runner, wave_id, "--out", file)

    assert result.exit_code == 1
    assert (
        result.output
        == f"Error: Wave {wave_id} has no results yet: export it once it has closed and been counted.\n"
    )
    assert not file.exists()


@pytest.mark.parametrize("number", [0, 99, 2**31 - 1, 2**31, 2**63, 10**30 - 1])
def test_an_unknown_wave_is_refused_in_one_sentence(app: Flask, runner: FlaskCliRunner, number: int) -> None:
    """Also a number that is too large for any database."""
    result = run(runner, number)
    assert result.exit_code == 1
    assert result.output == (
        f"Error: There is no wave {number}: take the first number in the address of its results page.\n"
    )


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(
    app: Flask, site: Site, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    wave_id, file = make_due_wave(site), tmp_path / "nowhere" / "figures.csv"
    assert close(wave_id, site)
    result = run(runner, wave_id, "--out", file)

    assert result.exit_code == 1
    assert result.output == f"Error: {file} cannot be written: No such file or directory.\n"


@pytest.mark.parametrize(("kind", "opened"), [("xlsx", opened_xlsx), ("ods", opened_ods)])
def test_a_workbook_has_the_table_of_one_team(
    kind: str,
    opened: Callable[[bytes], dict[str, Rows]],
    released: int,
    runner: FlaskCliRunner,
    tmp_path: Path,
) -> None:
    file = tmp_path / f"figures.{kind}"
    result = run(runner, released, "--out", file, "--format", kind, "--group", 0)

    assert result.exit_code == 0, result.output
    head, *rows = opened(file.read_bytes())["Every figure"]
    whole = read_figures(read_groups(surveys.get_wave(released))[0])
    assert [(row[head.index("measure")], row[head.index("value")]) for row in rows] == [
        (measure, pytest.approx(figure.value)) for measure, figure in whole
    ]
    assert result.output == f"Wrote {len(rows)} figures to {file}.\n"


def test_what_cannot_be_written_is_told_in_one_sentence(
    released: int, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    screen = run(runner, released, "--format", "xlsx")
    assert (screen.exit_code, screen.output) == (
        1,
        "Error: A workbook is no text for the screen: name a file with --out x.xlsx.\n",
    )
    nobody = run(runner, released, "--group", 2**63, "--out", tmp_path / "x.csv")
    assert nobody.exit_code == 1
    assert nobody.output.startswith(f"Error: The wave has no result of group {2**63}: take the second number")
    assert not (tmp_path / "x.csv").exists()
