"""The guardians' key, typed at a command line."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from pulse.db import db, writing
from pulse.domain.key_text import fingerprint_of
from pulse.surveys import guardians, queries
from pulse.surveys.inbox import offer_inboxes
from pulse.surveys.keyring import Keyring
from tests.directory.factories import make_org
from tests.surveys.browsing import make_current_wave
from tests.surveys.guarding import make_guarded_open_wave, make_guarded_wave, make_tested_wave

_KEY_TEXT = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4} ){13}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture(autouse=True)
def _org(app: Flask) -> None:
    make_org()


def run(runner: FlaskCliRunner, *words: str, typed: str = "", code: int = 0) -> str:
    db.session.rollback()
    result = runner.invoke(args=["programme", *words], input=typed)
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("holders", [1, 2])
def test_a_key_is_made_shown_and_typed_back(holders: int, runner: FlaskCliRunner) -> None:
    wave_id = str(make_guarded_wave().id)

    said = run(runner, "make-key", wave_id, "--guardians", str(holders))
    texts = _KEY_TEXT.findall(said)
    assert len(texts) == holders
    assert "It is kept nowhere." in said
    assert guardians.IF_LOST in said.partition(texts[0])[0]
    mark = fingerprint_of(queries.get_wave(int(wave_id)).public_key or b"")
    assert said.count(mark) == holders  # each guardian writes it down with their own text

    told = run(runner, "test-key", wave_id, typed="\n".join([*texts, "", ""]))
    assert "The key opened its test" in told
    assert not any(text in told for text in texts)
    db.session.expire_all()
    assert queries.get_wave(int(wave_id)).key_tested


def test_the_key_may_come_from_a_pipe(app: Flask, runner: FlaskCliRunner, keyring: Keyring) -> None:
    wave_id, texts = make_guarded_open_wave(keyring)
    with writing():
        queries.claim_state(wave_id, "open", "closing")
    offer_inboxes(keyring, app.config["SECRET_KEY"], datetime.now(UTC))

    assert "waits for its key" in run(runner, "show", queries.get_wave(wave_id).programme.name)
    said = run(runner, "hand-key", str(wave_id), "--key-stdin", typed="\n".join(texts))

    assert "counted at the worker's next tick" in said
    db.session.expire_all()
    assert queries.get_wave(wave_id).handed_key is not None


@pytest.mark.parametrize("command", ["test-key", "hand-key"])
def test_a_wrong_key_is_one_sentence_that_does_not_repeat_it(command: str, runner: FlaskCliRunner) -> None:
    wave_id = make_guarded_wave().id
    said = run(runner, command, str(wave_id), "--key-stdin", typed="ABCD EFGH\n", code=1)
    assert said.startswith("Error: A key has 56 letters and digits, in 14 groups of four, and 8 were typed:")
    assert "ABCD" not in said


def test_a_mistake_in_the_second_share_says_so(runner: FlaskCliRunner) -> None:
    wave_id = str(make_guarded_wave().id)
    first, second = _KEY_TEXT.findall(run(runner, "make-key", wave_id))
    said = run(runner, "test-key", wave_id, typed=f"{first}\n{second[:-1]}\n", code=1)
    assert "This is about the second share." in said


def test_a_tested_key_is_discarded_by_the_name_of_its_wave(runner: FlaskCliRunner) -> None:
    wave_id, _ = make_tested_wave()
    label = queries.get_wave(wave_id).label

    refused = run(runner, "discard-key", str(wave_id), typed="no\n", code=1)
    assert "with all of them here and with whoever watches for staff" in refused
    assert queries.get_wave(wave_id).key_tested

    said = run(runner, "discard-key", str(wave_id), typed=f"{label}\n")
    assert "this wave is not tested any more" in said
    db.session.expire_all()
    assert (queries.get_wave(wave_id).key_tested, queries.get_wave(wave_id).public_key) == (False, None)


@pytest.mark.parametrize("number", [999, 0, 2**31, 2**63, 10**30])
@pytest.mark.parametrize("command", ["make-key", "test-key", "discard-key", "hand-key", "give-up"])
def test_a_number_of_no_wave_says_where_to_find_it(command: str, number: int, runner: FlaskCliRunner) -> None:
    """Also a number that is too large for any database."""
    said = run(runner, command, str(number), code=1)
    assert said == f"Error: There is no wave {number}: take the number in the address of the wave's page.\n"


def test_show_tells_the_number_that_the_commands_take(runner: FlaskCliRunner) -> None:
    wave = make_guarded_wave(name="Guarded")
    assert f"the commands for it take the number {wave.id}." in run(runner, "show", "Guarded")


def test_a_wave_is_given_up_by_its_name(runner: FlaskCliRunner, keyring: Keyring) -> None:
    wave = make_current_wave(keyring)
    with writing():
        wave.state = "held"
    wave_id, label = wave.id, wave.label

    refused = run(runner, "give-up", str(wave_id), typed="no\n", code=1)
    assert "are deleted and lost for good, with the list of who was asked." in refused
    assert queries.get_wave(wave_id).state == "held"

    assert "It is given up." in run(runner, "give-up", str(wave_id), typed=f"{label}\n")
    db.session.expire_all()
    assert queries.get_wave(wave_id).state == "cancelled"


def test_the_key_mode_is_chosen_when_a_survey_is_set_up(runner: FlaskCliRunner) -> None:
    said = run(runner, "add", "Pulse", "--organisation", "Example Council", "--key-mode", "guardian")
    [programme] = queries.list_programmes()
    [wave] = queries.list_waves(programme.id)
    assert (programme.key_mode, wave.key_mode) == ("guardian", "guardian")
    assert "waits for its key" in said
