"""`pulse roster`: import, template, show."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse.directory.commands import roster_commands
from pulse.directory.queries import count_people
from pulse.directory.roster_columns import template_csv
from tests.directory.factories import make_org
from tests.directory.rosters import SMALL, all_tables, make_csv


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(make_csv(*SMALL))
    return path


def _import(runner: FlaskCliRunner, file: Path, *options: str) -> Result:
    return runner.invoke(roster_commands, ["import", str(file), *options])


def test_an_import_tells_what_it_did(app: Flask, runner: FlaskCliRunner, file: Path) -> None:
    result = _import(runner, file)
    assert (result.exit_code, result.output) == (0, "Roster imported: 3 joiners, 3 units added.\n")
    again = _import(runner, file)
    assert again.output == "Nothing to change: the roster is already as the file says.\n"


def test_a_dry_run_lists_the_changes_and_writes_nothing(
    app: Flask, runner: FlaskCliRunner, file: Path
) -> None:
    make_org()
    before = all_tables()
    result = _import(runner, file, "--dry-run", "--allow-many-leavers")
    assert result.exit_code == 0
    assert "Joiners: 3\n  1 in N\n  2 in N and S\n  3 in S\n" in result.output
    assert "Leavers: 8\n" in result.output
    assert result.output.endswith("Dry run: nothing was written.\n")
    assert "Able" not in result.output
    assert all_tables() == before


def test_a_dry_run_of_a_bad_file_lists_changes_and_bad_rows_and_fails(
    app: Flask, runner: FlaskCliRunner, file: Path
) -> None:
    file.write_bytes(make_csv(*SMALL, "4,,,S,South,C,,"))
    before = all_tables()
    result = _import(runner, file, "--dry-run")
    assert result.exit_code == 1
    assert "Joiners: 3" in result.output
    assert "Line 7: staff number “4” has no name: fill in the name.\n" in result.output
    assert "Error: Nothing was imported: 1 row needs to be put right first." in result.output
    assert all_tables() == before


def test_only_the_first_fifty_bad_rows_are_listed(app: Flask, runner: FlaskCliRunner, file: Path) -> None:
    file.write_bytes(make_csv(*SMALL, *(f"{number},,,S,South,C,," for number in range(100, 173))))
    result = _import(runner, file)
    assert result.exit_code == 1
    assert result.output.count("\nLine ") + result.output.startswith("Line ") == 50
    assert "\nand 23 more\n" in result.output
    assert "Nothing was imported: 73 rows need to be put right first." in result.output
    assert count_people() == 0


def test_many_leavers_need_the_option(app: Flask, runner: FlaskCliRunner, file: Path) -> None:
    make_org()
    refused = _import(runner, file)
    assert refused.exit_code == 1
    assert "8 of 8 people would leave" in refused.output
    assert "add --allow-many-leavers if it does" in refused.output
    assert _import(runner, file, "--allow-many-leavers").exit_code == 0
    assert count_people() == 3


def test_a_units_file_is_read_beside_the_roster(
    app: Flask, runner: FlaskCliRunner, file: Path, tmp_path: Path
) -> None:
    units = tmp_path / "units.csv"
    units.write_text("code,name,parent code\nC,Council,\nN,North,C\nS,South,C\n")
    result = _import(runner, file, "--units", str(units))
    assert result.output == "Roster imported: 3 joiners, 3 units added.\n"


def test_a_workbook_is_refused_in_one_sentence(app: Flask, runner: FlaskCliRunner, file: Path) -> None:
    file.write_bytes(b"PK\x03\x04")
    result = _import(runner, file)
    assert result.exit_code == 1
    assert result.output.startswith(
        "Error: The roster file is a spreadsheet workbook, not a CSV file: save it"
    )


def test_the_template_is_printed_and_imports(app: Flask, runner: FlaskCliRunner, file: Path) -> None:
    result = runner.invoke(roster_commands, ["template"])
    assert result.output == template_csv()
    file.write_text(result.output, encoding="utf-8")
    assert _import(runner, file).exit_code == 0


def test_show_counts_by_top_level_unit_and_names_nobody(app: Flask, runner: FlaskCliRunner) -> None:
    make_org()
    result = runner.invoke(roster_commands, ["show"])
    assert result.output.split("\n") == ["        8  C  Unit C", "        8  people in all", ""]
