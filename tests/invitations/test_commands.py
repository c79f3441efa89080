"""`pulse programme slips`: a file for the printer, and a warning of what it is."""

import csv
import errno
import shutil
import stat
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.surveys import queries as surveys
from tests.invitations.slips import Depot


@pytest.fixture
def depot(installed: Depot) -> Depot:
    return installed


def test_a_line_for_each_person_without_an_address(
    depot: Depot, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    out = tmp_path / "slips.csv"
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert done.exit_code == 0, done.output
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert list(rows[0]) == ["unit", "name", "code", "link", "results"]
    assert {row["code"] for row in rows} == {depot.code_of(person) for person in depot.people}
    assert all(row["link"].startswith("http://localhost/a/") for row in rows)
    assert "Wrote 3 slips" in done.output
    assert "Whoever holds this file can answer in its people's place." in done.output
    assert "whoever holds a slip or a link can see whether it was used." in done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_is_there_already_is_kept(depot: Depot, runner: FlaskCliRunner, tmp_path: Path) -> None:
    out = tmp_path / "slips.csv"
    out.write_text("mine")
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert done.exit_code == 1
    assert "is there already: name a file that is not." in done.output
    assert out.read_text() == "mine"


def test_a_wave_that_is_not_open_has_no_slips(depot: Depot, runner: FlaskCliRunner, tmp_path: Path) -> None:
    with writing():
        surveys.get_wave(depot.wave_id).state = "closing"
    out = tmp_path / "slips.csv"
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert done.exit_code == 1
    assert f"Error: Wave {depot.wave_id} is not open: slips can be made only while a wave is." in done.output
    assert not out.exists()


def test_without_the_key_directory_one_sentence_says_so(
    app: Flask, depot: Depot, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    shutil.rmtree(app.config["PULSE"].key_dir)
    done = runner.invoke(
        args=["programme", "slips", str(depot.wave_id), "--out", str(tmp_path / "slips.csv")]
    )
    assert done.exit_code == 1
    assert done.output.startswith("Error: The file token.key is not in the key directory")
    assert len(done.output.splitlines()) == 1


def test_a_name_is_not_run_as_a_formula(depot: Depot, runner: FlaskCliRunner, tmp_path: Path) -> None:
    with writing():
        db.session.get_one(Person, depot.person).full_name = "=1+1"
    out = tmp_path / "slips.csv"
    runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert "'=1+1" in out.read_text()


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_that_no_wave_can_have_is_refused_in_one_sentence(
    app: Flask, runner: FlaskCliRunner, tmp_path: Path, number: int
) -> None:
    out = tmp_path / "slips.csv"
    refused = runner.invoke(args=["programme", "slips", str(number), "--out", str(out)])
    assert (refused.exit_code, refused.output) == (
        1,
        f"Error: There is no wave {number}: take the number in the address of the wave's page.\n",
    )
    assert not out.exists()


@pytest.mark.parametrize("ending", ["csv", "pdf"])
def test_a_full_disk_leaves_no_part_of_a_file_and_is_told_in_one_sentence(
    ending: str, depot: Depot, runner: FlaskCliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / f"slips.{ending}"
    monkeypatch.setattr("pulse.invitations.commands.set_slips", lambda *_: iter([b"%PDF-1"]))
    with monkeypatch.context() as patched:
        patched.setattr("pulse.invitations.commands.os.fsync", fail)
        done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert (done.exit_code, done.output) == (
        1,
        f"Error: {out} cannot be written: No space left on device; nothing is left of it.\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_has_its_name_only_once_it_is_whole(
    depot: Depot, runner: FlaskCliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, sizes = tmp_path / "slips.csv", []
    monkeypatch.setattr("pulse.invitations.commands.os.fsync", lambda _: sizes.append(out.stat().st_size))
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert (done.exit_code, sizes) == (0, [0])
    assert [file.name for file in tmp_path.iterdir()] == ["slips.csv"]
    assert out.stat().st_size > 0


def test_a_folder_that_is_not_there_is_told_in_one_sentence(
    depot: Depot, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    out = tmp_path / "none" / "slips.csv"
    done = runner.invoke(args=["programme", "slips", str(depot.wave_id), "--out", str(out)])
    assert done.output == (
        f"Error: {out} cannot be written: No such file or directory; nothing is left of it.\n"
    )
