"""`pulse anonymity verify`: a table for everybody, and an exit code for a script."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse.cli.anonymity import looked_at, table
from pulse.db import writing
from pulse.domain.anonymity import CHECKS, failed, passed, unknown
from pulse.surveys import queries as surveys
from tests.conftest import make_settings
from tests.results.closes import close, make_due_wave
from tests.results.factories import make_site
from tests.results.tampering import run


@pytest.fixture
def released(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_other_keys: None) -> int:
    """A released wave, its keys where this installation keeps them.

    The key directory is this test's own: in the one that all share, another test's open wave may have left
    its key, and that is a fail.
    """
    monkeypatch.setitem(app.config, "PULSE", replace(app.config["PULSE"], key_dir=tmp_path / "keys"))
    site = make_site(tmp_path)
    wave_id = make_due_wave(site)
    assert close(wave_id, site)
    return wave_id


def test_a_kept_promise_exits_with_0_and_says_what_it_could_not_see(
    released: int, runner: FlaskCliRunner
) -> None:
    done = runner.invoke(args=["anonymity", "verify"])

    assert done.exit_code == 0, done.output
    assert "  pass         All answer sheets are gone\n" in done.output
    assert "0 sealed answer sheets in 1 closed survey." in done.output
    assert "  not checked  Old backups are deleted" in done.output
    assert ", 0 FAIL, " in done.output
    assert all(statement in done.output for _, statement in CHECKS.values())
    assert "Files are looked at, and not the raw disk" in done.output


def test_a_broken_promise_exits_with_1_and_says_where(released: int, runner: FlaskCliRunner) -> None:
    with writing():
        surveys.set_scrub_due(released, due=True)
    done = runner.invoke(args=["anonymity", "verify"])

    assert done.exit_code == 1
    assert "  FAIL         What was deleted is gone from the files of the database, too\n" in done.output
    assert ", 1 FAIL, " in done.output


def test_run_as_the_website_the_keys_must_be_out_of_reach(released: int, runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["anonymity", "verify", "--as-website"]).exit_code == 1


def test_what_was_looked_at_is_said_first_and_no_password(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, database_url="postgresql+psycopg://pulse:secret@db.example.org/staff")
    lines = list(looked_at(settings, datetime(2026, 11, 22, 9, 5, tzinfo=UTC)))

    assert lines[0].startswith("Looked at on 22 November 2026 at 09:05, as the system user ")
    assert lines[1:] == [
        "  database       staff on db.example.org (postgresql)",
        f"  key directory  {tmp_path / 'keys'}",
    ]


def test_nobodys_name_number_or_address_is_printed(released: int, runner: FlaskCliRunner) -> None:
    run("UPDATE invitation SET spent = :yes", yes=True)
    printed = runner.invoke(args=["anonymity", "verify"]).output
    for word in ("Member", "A-1", "@example.org"):
        assert word not in printed


def test_the_table_has_a_heading_a_verdict_and_wrapped_words() -> None:
    findings = [
        passed("envelopes", "None is left."),
        failed("links", "A long sentence that does not fit beside the others and goes on."),
        unknown("backups", "Out of sight."),
    ]
    lines = list(table(findings, 60))

    assert lines[:4] == [
        "",
        "Surveys that have closed",
        "  pass         All answer sheets are gone",
        "                 None is left.",
    ]
    assert lines[5:7] == [
        "                 A long sentence that does not fit beside",
        "                 the others and goes on.",
    ]
    assert "1 pass, 1 FAIL, 1 not checked." in lines
    assert max(map(len, lines)) <= 60
