"""The demo's folder: its own, held by one command at a time, and taken away without touching another file."""

import json
from pathlib import Path

import pytest

from pulse.demo.folder import (
    DemoError,
    Notes,
    demo_folder,
    empty,
    find_notes,
    holding,
    move_to,
    remove,
    schema_version,
    write_notes,
)


def make_notes(**changes: object) -> Notes:
    values: dict[str, object] = {
        "schema": schema_version(),
        "base_url": "http://127.0.0.1:5000",
        "secret_key": "s" * 40,
        "password": "four-unrelated-words-here",
        "accounts": {"administrator": "admin@example.org"},
        "answering": {"staff": 1},
    }
    return Notes(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "demo"


def test_the_folder_lies_in_pulse_home_or_in_instance(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert demo_folder({"PULSE_HOME": str(tmp_path / "there")}) == tmp_path / "there" / "demo"
    assert demo_folder({}) == tmp_path / "instance" / "demo"


def test_notes_are_read_back_and_are_their_owners_only(folder: Path) -> None:
    with holding(folder):
        write_notes(folder, make_notes())
    assert find_notes(folder) == make_notes()
    assert (folder / "demo.json").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_half_a_demo_and_one_of_another_version_count_as_none(folder: Path) -> None:
    assert find_notes(folder) is None
    with holding(folder):
        assert find_notes(folder) is None
        write_notes(folder, make_notes(schema="older"))
        assert find_notes(folder) is None
        (folder / "demo.json").write_text('{"schema"')
        assert find_notes(folder) is None
        (folder / "demo.json").write_text(json.dumps({"schema": schema_version()}))
        assert find_notes(folder) is None


def test_a_second_command_is_refused_while_the_first_holds_the_folder(folder: Path) -> None:
    with holding(folder):
        (folder / "pulse.db").write_text("half")
        with pytest.raises(DemoError, match="stop it there with Ctrl-C first"), holding(folder):
            pass
        with pytest.raises(DemoError, match="stop it there"):
            remove(folder)
    assert (folder / "pulse.db").exists()


def test_emptying_takes_away_everything_but_the_mark(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    with holding(folder):
        (folder / "mail").mkdir()
        (folder / "mail" / "a.eml").touch()
        (folder / "elsewhere").symlink_to(outside)
        before = {"mail", "elsewhere"}
        assert before <= {path.name for path in folder.iterdir()}
        empty(folder)
        assert not before & {path.name for path in folder.iterdir()}
    assert (outside / "kept").exists()


def test_removing_takes_away_the_folder_and_nothing_beside_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pulse.db").write_text("a real database")
    with holding(folder):
        write_notes(folder, make_notes())
    assert remove(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["pulse.db"]
    assert not remove(folder)


def test_a_folder_with_somebody_elses_files_is_neither_built_in_nor_removed(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(DemoError, match="move it away"):
        remove(folder)
    with pytest.raises(DemoError, match="move it away"), holding(folder):
        pass
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_at_another_port_the_letters_lead_there(folder: Path) -> None:
    with holding(folder):
        (folder / "mail").mkdir()
        letter = folder / "mail" / "a.eml"
        letter.write_bytes(b"To: a@example.org\r\n\r\nhttp://127.0.0.1:5000/a/abc\r\n")
        moved = move_to(folder, make_notes(), "http://127.0.0.1:5001")
    assert letter.read_bytes() == b"To: a@example.org\r\n\r\nhttp://127.0.0.1:5001/a/abc\r\n"
    assert find_notes(folder) == moved == make_notes(base_url="http://127.0.0.1:5001")
