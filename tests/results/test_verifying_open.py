"""Open surveys: the box of sealed answers tells nothing by its looks, and a changed wave is noticed."""

import secrets
from pathlib import Path

import pytest

from pulse.config import Settings
from pulse.db import db, writing
from pulse.domain.anonymity import Verdict
from pulse.responses.models import Envelope
from pulse.results import verifying
from tests.results.tampering import assert_only_fails, found, run


def add_envelope(wave_id: int, id: bytes, like: int = 0) -> None:
    """One more in the box, as long as the others and `like` bytes more, and one more link used."""
    with writing():
        size = len(db.session.query(Envelope).filter_by(wave_id=wave_id).first().sealed)  # type: ignore[union-attr]
        db.session.add(Envelope(wave_id=wave_id, id=id, sealed=secrets.token_bytes(size + like)))
    who = "SELECT min(person_id) FROM invitation WHERE NOT spent"
    run(f"UPDATE invitation SET spent = :yes WHERE person_id = ({who})", yes=True)


def test_an_open_survey_passes_and_nothing_tells_how_many_have_answered(
    settings: Settings, still_open: int
) -> None:
    before = verifying.verify(settings)
    add_envelope(still_open, secrets.token_bytes(16))
    db.session.expire_all()

    assert [one for one in before if one.verdict is Verdict.FAIL] == []
    assert verifying.verify(settings) == before


def test_a_survey_that_was_lowered_while_a_wave_is_open_is_found(settings: Settings, still_open: int) -> None:
    run("UPDATE programme SET k = 20")
    assert found(settings, "threshold").verdict is Verdict.UNKNOWN  # raised is as it should be
    run("UPDATE wave SET state = 'planned', k = 20")
    run("UPDATE wave SET state = 'open'")
    run("UPDATE programme SET k = 19")
    said = found(settings, "threshold")
    assert said.verdict is Verdict.FAIL
    assert "now has k = 19 and the profile standard, though a wave of it opened with 20 and" in said.found


def test_a_wave_that_never_opened_promised_nothing(settings: Settings, still_open: int) -> None:
    run("UPDATE wave SET k = 20, state = 'cancelled', plan_sha256 = NULL")
    assert "now has" not in found(settings, "threshold").found


def test_an_envelope_of_another_length_is_found(settings: Settings, still_open: int) -> None:
    add_envelope(still_open, secrets.token_bytes(16), like=1)
    assert_only_fails(settings, "sizes", "some sealed answers are longer or shorter than the others")


def test_ids_that_count_up_are_found(settings: Settings, still_open: int) -> None:
    with writing():
        for number, envelope in enumerate(db.session.query(Envelope).all(), start=1):
            values = {"wave_id": still_open, "id": number.to_bytes(16, "big"), "sealed": envelope.sealed}
            db.session.delete(envelope)
            db.session.flush()
            db.session.add(Envelope(**values))  # type: ignore[arg-type]
    assert_only_fails(settings, "order", "the ids begin alike")


def test_a_stuffed_box_is_found(settings: Settings, still_open: int) -> None:
    run(
        "UPDATE invitation SET spent = :no WHERE person_id = (SELECT min(person_id) FROM invitation)",
        no=False,
    )
    assert_only_fails(settings, "stuffing", "does not hold one sealed answer for each link")


def test_a_key_swapped_in_the_database_is_found(settings: Settings, still_open: int) -> None:
    run("UPDATE wave SET public_key = :key", key=bytes(32))
    assert_only_fails(settings, "sealed_to", "it is not what it was when it opened")


def test_a_key_file_that_is_missing_is_found(settings: Settings, still_open: int) -> None:
    (settings.key_dir / f"wave-{still_open}.key").unlink()
    assert_only_fails(settings, "sealed_to", "its key file is missing, damaged or another's")


def test_whoever_cannot_see_the_keys_is_told_that_this_was_not_checked(
    settings: Settings, still_open: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> object:
        raise PermissionError

    monkeypatch.setattr("pulse.results.verifying_key_files.os.scandir", refuse)
    for check in ("keys", "sealed_to", "key_rights"):
        one = found(settings, check)
        assert one.verdict is Verdict.UNKNOWN
        assert one.found == "The user who ran this cannot look into the key directory."
