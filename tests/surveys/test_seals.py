"""The seal of an open wave: whatever is changed of what it froze is noticed, and nothing else is."""

from datetime import timedelta

import pytest
from nacl.public import PrivateKey
from sqlalchemy import text

from pulse.db import db, writing
from pulse.invitations.register import open_and_invite
from pulse.surveys import queries, seals
from pulse.surveys.keyring import Keyring
from pulse.surveys.plans import digest_of
from pulse.surveys.programmes import close_wave_now
from pulse.surveys.seals import fits_seal
from tests.directory.factories import Org, make_org
from tests.support.rules import without_rules
from tests.surveys.factories import NOW, make_open_wave, make_planned_wave

OWN_KEY = bytes(PrivateKey.generate().public_key)
#: what somebody who can write to the database might change of an open wave
TAMPERED = {
    "a public key of one's own": "UPDATE wave SET public_key = :key",
    "a lower k": "UPDATE wave SET k = 5",
    "another profile": "UPDATE wave SET k = 11, profile = 'nhs'",
    "another holder of the key": "UPDATE wave SET key_mode = 'guardian'",
    "larger sheets": "UPDATE wave SET sheet_bytes = sheet_bytes + 256",
    "the digest of the questions": "UPDATE wave SET plan_sha256 = 'abc'",
    "no questions": "DELETE FROM wave_plan",
    "a person moved": "UPDATE wave_member SET unit_id = :unit WHERE person_id = :person",
    "a person left out": "DELETE FROM wave_member WHERE person_id = :person",
    "a person made a leader": "UPDATE wave_member SET leads = NOT leads WHERE person_id = :person",
    "an attribute": 'UPDATE wave_member SET attributes = \'{"a": "1"}\' WHERE person_id = :person',
    "a unit renamed": "UPDATE wave_unit SET name = 'Other' WHERE unit_id = :unit",
    "a unit moved": "UPDATE wave_unit SET parent_id = :unit WHERE unit_id <> :unit",
    "a headcount": "UPDATE wave_unit SET headcount = headcount + 1 WHERE unit_id = :unit",
    "whom a unit stands for": "UPDATE wave_unit SET eligible = 900 WHERE unit_id = :unit",
    "other questions for a person": "UPDATE wave_member SET block = 1 WHERE person_id = :person",
    "a unit left out": "DELETE FROM wave_unit WHERE unit_id = :unit",
}


@pytest.fixture
def org(app: object) -> Org:
    return make_org()


@pytest.fixture
def wave_id(org: Org, keyring: Keyring) -> int:
    return make_open_wave(keyring).id


def run(statement: str, org: Org) -> None:
    values = {"key": OWN_KEY, "unit": org.units["B2"].id, "person": org.people["A1-2"].id}
    with without_rules(), writing():
        db.session.execute(text(statement), {k: v for k, v in values.items() if f":{k}" in statement})
    db.session.expire_all()


def test_a_wave_fits_its_seal_from_its_opening_on(wave_id: int, keyring: Keyring) -> None:
    db.session.expire_all()
    assert fits_seal(wave_id, keyring)


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_changed_by_hand_breaks_the_seal(
    what: str, wave_id: int, org: Org, keyring: Keyring
) -> None:
    run(TAMPERED[what], org)
    assert not fits_seal(wave_id, keyring)


def test_questions_changed_together_with_their_digest_break_the_seal(wave_id: int, keyring: Keyring) -> None:
    with without_rules(), writing():
        found = queries.get_plan(wave_id)
        plan = found.plan | {"cycle": 3}
        found.plan = plan
        queries.get_wave(wave_id).plan_sha256 = digest_of(plan)
    assert not fits_seal(wave_id, keyring)


def test_the_last_day_can_be_moved_forward_and_not_put_off(wave_id: int, keyring: Keyring) -> None:
    day = timedelta(days=1)
    closes_at = queries.get_wave(wave_id).closes_at
    for moved, fits in ((closes_at - day, True), (closes_at + day, False), (closes_at, True)):
        with writing():
            queries.get_wave(wave_id).closes_at = moved
        assert fits_seal(wave_id, keyring) is fits


def test_a_seal_from_before_last_days_were_sealed_still_fits(wave_id: int, keyring: Keyring) -> None:
    content, _ = seals._content(wave_id)
    keyring.write_seal(wave_id, content)
    assert fits_seal(wave_id, keyring)


def test_closing_now_does_not_break_the_seal(wave_id: int, keyring: Keyring) -> None:
    close_wave_now(wave_id, NOW + timedelta(days=2))
    assert fits_seal(wave_id, keyring)


def test_a_person_invented_breaks_the_seal(wave_id: int, org: Org, keyring: Keyring) -> None:
    with writing():
        queries.delete_members(wave_id)
    assert not fits_seal(wave_id, keyring)


@pytest.mark.parametrize(
    "ordinary",
    [
        "UPDATE wave SET problem = 'Letters wait.'",
        "UPDATE invitation SET spent = NOT spent",
        "UPDATE person SET full_name = 'Married Name' WHERE id = :person",
        "UPDATE unit SET name = 'Renamed' WHERE id = :unit",
        "UPDATE programme SET k = 20",
    ],
)
def test_what_goes_on_while_a_wave_is_open_does_not_break_it(
    ordinary: str, wave_id: int, org: Org, keyring: Keyring
) -> None:
    run(ordinary, org)
    assert fits_seal(wave_id, keyring)


def test_a_seal_from_before_there_were_cohorts_and_blocks_still_fits(wave_id: int) -> None:
    units = "SELECT wave_id, unit_id, parent_id, name, headcount FROM wave_unit ORDER BY unit_id"
    people = "SELECT wave_id, person_id, unit_id, leads FROM wave_member ORDER BY person_id"
    before = [list(row) for row in db.session.execute(text(units))]
    before += [[*row, {}] for row in db.session.execute(text(people))]

    assert [seals._as_sealed(row) for row in queries.iterate_population(wave_id)] == before


def test_another_waves_seal_does_not_fit(wave_id: int, keyring: Keyring) -> None:
    other = make_open_wave(keyring).id
    folder = keyring._folder
    (folder / f"seal-{wave_id}.key").write_bytes((folder / f"seal-{other}.key").read_bytes())
    assert not fits_seal(wave_id, keyring)


def test_without_its_seal_a_wave_does_not_fit(wave_id: int, keyring: Keyring) -> None:
    (keyring._folder / f"seal-{wave_id}.key").unlink()
    assert not fits_seal(wave_id, keyring)


def test_an_opening_that_failed_after_sealing_is_sealed_anew(
    org: Org, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = make_planned_wave().id
    with monkeypatch.context() as patched:
        patched.setattr("pulse.invitations.queries.add_invitations", lambda _rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_and_invite(wave_id, keyring)
    with writing():
        db.session.execute(
            text("UPDATE post SET unit_id = :unit WHERE person_id = :person"),
            {"unit": org.units["B2"].id, "person": org.people["A1-2"].id},
        )

    assert open_and_invite(wave_id, keyring) == 8
    assert fits_seal(wave_id, keyring)
