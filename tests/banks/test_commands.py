from pathlib import Path

from click.testing import CliRunner

from pulse.banks.commands import bank_commands
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
