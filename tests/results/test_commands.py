"""`pulse results export`: the table on the screen or in a file, or one sentence and nothing."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse.results.commands import results_commands
from pulse.results.exporting import list_rows
from pulse.results.released import read_everything
from pulse.surveys import queries as surveys
from tests.results.closes import close, make_due_wave
from tests.results.factories import Site


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


def test_a_wave_without_results_is_refused_in_one_sentence_and_writes_nothing(
    app: Flask, site: Site, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    wave_id, file = make_due_wave(site), tmp_path / "figures.csv"
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
