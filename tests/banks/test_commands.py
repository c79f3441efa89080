from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskCliRunner

from pulse.banks.commands import bank_commands
from pulse.banks.importing import read_upload
from pulse.banks.loading import get_supplied
from tests.banks.folders import make_folder


def test_bank_check_sums_up_a_sound_folder() -> None:
    result = CliRunner().invoke(bank_commands, ["check"])

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].split() == ["bank", "items", "reversed", "sources", "reading", "words"]
    assert lines[8].split()[:4] == ["weir_six", "35", "6", "35"]
    assert lines[-1] == "158 items in 9 banks: no problem found"


def test_bank_check_prints_one_line_a_problem_and_fails(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "sources: [B-1]}\n      - {id: A-2", "sources: [X]}\n      - {id: A-2")

    result = CliRunner().invoke(bank_commands, ["check", str(folder)])

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        'question_banks/small.yaml, line 11, A-1: source "X" is not in sources.yaml; use one of B-1, B-2.'
    ]
    assert result.stderr == "1 problem found; nothing was changed.\n"


@pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx", "lss"])
def test_bank_export_writes_the_bank_by_the_ending_of_the_file(
    tmp_path: Path, runner: FlaskCliRunner, ending: str
) -> None:
    out, library = tmp_path / f"letting_go.{ending}", get_supplied()

    result = runner.invoke(args=["bank", "export", "letting_go", "--to", str(out)])

    assert result.output == f"Wrote 7 questions to {out}.\n"
    assert read_upload(out.name, out.read_bytes(), library).banks == (library.bank("letting_go"),)


@pytest.mark.parametrize(
    ("bank", "name", "told"),
    [
        ("leting_go", "x.csv", "There is no bank leting_go: did you mean letting_go?"),
        ("letting_go", "x.doc", "x.doc must end in .yaml, .csv, .xlsx or .lss: name it so."),
        ("letting_go", "none/x.csv", "cannot be written: No such file or directory."),
    ],
)
def test_bank_export_says_what_to_do_and_writes_nothing(
    tmp_path: Path, runner: FlaskCliRunner, bank: str, name: str, told: str
) -> None:
    result = runner.invoke(args=["bank", "export", bank, "--to", str(tmp_path / name)])

    assert result.exit_code == 1
    assert told in result.output
    assert list(tmp_path.iterdir()) == []
