"""Progress: plain lines where there is no terminal, one for each thing done."""

import pytest

from pulse.cli.progress import showing_progress

ERASE_LINE = "\x1b[2K"


def test_without_a_terminal_each_new_step_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with showing_progress("Building", 100) as tell:
        tell("inviting", 0)
        for _ in range(5):
            tell("people answer", 20)
        tell("counting", 0)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:3] == ["Building: inviting", "Building: people answer", "Building: counting"]
    assert lines[3].startswith("Building: done in ")
    assert len(lines) == 4


def test_in_a_terminal_the_bar_is_gone_when_all_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with showing_progress("Building", 100) as tell:
        tell("people answer", 100)
    assert f"{ERASE_LINE}Building: done in " in capsys.readouterr().err


def test_what_fails_is_not_called_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError), showing_progress("Building", 1):
        raise RuntimeError
    assert "done" not in capsys.readouterr().err
