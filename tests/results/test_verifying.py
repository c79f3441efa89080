"""Surveys that are over: `pulse anonymity verify` passes, and each check can fail."""

import pytest

from pulse.config import Settings
from pulse.db import db, scrub, writing
from pulse.domain.anonymity import CHECKS, CLOSED, OPEN, Verdict
from pulse.results.verifying import verify
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from tests.results.factories import Site
from tests.results.tampering import ON_SQLITE, assert_only_fails, changed, found, run, run_outside
from tests.support.databases import chosen_kind
from tests.support.rows import all_rows

#: what the folders and the server of a test's machine decide
BY_THE_MACHINE = {"key_place", "archive", "file_rights"}
#: what no program can tell of the machine it runs on
NEVER_KNOWN = {"website", "backups", "web_logs", "program"}
OF_CLOSED, OF_OPEN = (
    {check for check, (place, _) in CHECKS.items() if place == one} for one in (CLOSED, OPEN)
)


def test_after_a_release_every_check_passes_or_says_that_it_cannot_tell(
    settings: Settings, released: int
) -> None:
    before = all_rows()
    findings = verify(settings)

    assert [one.check for one in findings] == list(CHECKS)
    assert [one for one in findings if one.verdict is Verdict.FAIL] == []
    unknown = {one.check for one in findings if one.verdict is Verdict.UNKNOWN}
    assert unknown - BY_THE_MACHINE == NEVER_KNOWN | OF_OPEN
    assert {one.found for one in findings if one.check in OF_OPEN} == {"No survey is open now."}
    assert all_rows() == before


def test_where_there_is_no_survey_yet_nothing_is_said_to_be_in_order_that_was_not_looked_at(
    settings: Settings, site: Site
) -> None:
    site.keyring.make_token_key()
    findings = verify(settings)
    assert [one for one in findings if one.verdict is Verdict.FAIL] == []
    passing = {one.check for one in findings if one.verdict is Verdict.PASS}
    assert passing & (OF_CLOSED | OF_OPEN) == {"keys", "removed"}
    assert found(settings, "took_part").found == "No survey has closed yet."


def test_a_sealed_answer_that_was_kept_is_found(settings: Settings, released: int) -> None:
    run("INSERT INTO envelope (wave_id, id, sealed) VALUES (:wave, :id, :id)", wave=released, id=bytes(16))
    one = found(settings, "envelopes")
    assert (one.verdict, one.found) == (
        Verdict.FAIL,
        "Still stored for surveys that are not open: 1 sealed answer sheets.",
    )


def test_a_link_or_a_code_that_was_kept_is_found(settings: Settings, released: int) -> None:
    for column in ("token_hash", "code_hash", "sent_to"):
        run(f"UPDATE invitation SET {column} = :hash WHERE person_id = 1", hash=bytes(32))
        one = found(settings, "links")
        assert (one.verdict, "1 hashes of links, codes or addresses" in one.found) == (Verdict.FAIL, True)
        run(f"UPDATE invitation SET {column} = NULL")


def test_a_note_of_who_took_part_is_found(settings: Settings, released: int) -> None:
    run("UPDATE invitation SET spent = :yes WHERE person_id = 1", yes=True)
    run("UPDATE invitation SET reminders = 1 WHERE person_id = 2")
    one = found(settings, "took_part")
    assert (one.verdict, "2 notes of who took part" in one.found) == (Verdict.FAIL, True)


@pytest.mark.parametrize("state", ["planned", "cancelled", "released"])
def test_what_is_kept_under_a_survey_that_is_not_open_is_found_whatever_it_says_it_is(
    settings: Settings, released: int, state: str
) -> None:
    """Copies of answers under a date that has not come yet would otherwise outlive their own survey."""
    with writing():
        past = surveys.get_wave(released)
        wave = Wave(
            programme_id=past.programme_id,
            number=99,
            label="Never",
            opens_at=past.opens_at,
            closes_at=past.closes_at,
            k=5,
            state=state,
        )
        db.session.add(wave)
        db.session.flush()
        parked = wave.id
    run("INSERT INTO envelope (wave_id, id, sealed) VALUES (:wave, :id, :id)", wave=parked, id=bytes(16))
    columns = "wave_id, person_id, token_hash, spent, reminders, delivery"
    run(
        f"INSERT INTO invitation ({columns}) VALUES (:wave, 1, :id, :yes, 0, 2)",
        wave=parked,
        id=b"1",
        yes=True,
    )
    for check in ("envelopes", "links", "took_part"):
        one = found(settings, check)
        assert one.verdict is Verdict.FAIL
        assert "Still stored for surveys that are not open: 1 " in one.found


@ON_SQLITE
def test_what_is_kept_under_a_survey_that_does_not_exist_is_found(settings: Settings, released: int) -> None:
    insert = "INSERT INTO envelope (wave_id, id, sealed) VALUES (999, X'01', X'01')"
    with changed("PRAGMA foreign_keys = OFF", "DELETE FROM envelope"):
        run_outside("PRAGMA foreign_keys = OFF", insert)
        assert_only_fails(settings, "envelopes", "1 sealed answer sheets")


@pytest.mark.parametrize("secret", ["delivery = 12", "delivery = -1", "reminders = 7"])
def test_a_number_that_could_stand_for_something_is_found(
    settings: Settings, released: int, secret: str
) -> None:
    run(f"UPDATE invitation SET {secret} WHERE person_id = (SELECT max(person_id) FROM invitation)")
    assert_only_fails(settings, "took_part", "1 marks that Pulse does not make")


def test_a_register_in_the_order_of_the_answers_is_found(settings: Settings, released: int) -> None:
    """PostgreSQL moves a row to the end when it changes, so that who answered last would stand last."""
    if chosen_kind() == "sqlite":
        everything = "SELECT * FROM invitation ORDER BY person_id DESC"
        run(
            f"CREATE TABLE aside AS {everything}",
            "DELETE FROM invitation",
            "INSERT INTO invitation SELECT * FROM aside ORDER BY rowid",
            "DROP TABLE aside",
        )
    else:
        run("UPDATE invitation SET delivery = delivery WHERE person_id = 2")
    assert_only_fails(settings, "register_order", "lies in another order than the staff list")
    assert scrub() or chosen_kind() == "sqlite"
    if chosen_kind() == "postgresql":
        assert found(settings, "register_order").verdict is Verdict.PASS


def test_a_copy_of_who_stood_where_is_found(settings: Settings, released: int) -> None:
    values = "SELECT :wave, person_id, unit_id, main, '{}' FROM post WHERE person_id = 1"
    run(f"INSERT INTO wave_member (wave_id, person_id, unit_id, leads, attributes) {values}", wave=released)
    assert found(settings, "members").verdict is Verdict.FAIL


def test_deleted_rows_that_are_still_in_the_files_are_found(settings: Settings, released: int) -> None:
    with writing():
        surveys.set_scrub_due(released, due=True)
    assert_only_fails(settings, "removed", "not gone yet")
