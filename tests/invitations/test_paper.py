"""Slips for people whom no letter reaches: made once, good once, forgotten at the close."""

from datetime import UTC, datetime, timedelta

import pytest

from pulse.db import db, writing
from pulse.invitations import paper, queries
from pulse.invitations.brake import TRIES_PER_NETWORK, Brake
from pulse.invitations.codes import hash_token, read_code, token_of_code
from pulse.invitations.models import REFUSED
from pulse.invitations.paper import NotACode, NotOpen, TooManyTries, enter_codes, exchange, list_slips
from pulse.invitations.standing import Standing
from pulse.responses.submission import submit
from pulse.results.closing import close_wave
from pulse.surveys import queries as surveys
from tests.invitations.slips import Depot, make_depot
from tests.results.factories import Site, answer_all, make_sent_wave
from tests.support.rows import all_rows

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)
SHEET = "-" * 9


@pytest.fixture
def depot(site: Site) -> Depot:
    return make_depot(site)


def typed(code: str, brake: Brake | None = None) -> tuple[str, Standing]:
    db.session.rollback()
    return exchange(code, "192.0.2.0/24", brake or Brake(), NOW)


def test_only_those_whom_no_letter_reaches_get_a_code(depot: Depot) -> None:
    coded = {row["person_id"] for row in all_rows()["invitation"] if row["code_hash"]}
    assert coded == set(depot.people)


def test_whose_letter_was_refused_for_good_gets_one_too(depot: Depot) -> None:
    refused = min(depot.council.people)
    with writing():
        queries.set_delivery(depot.wave_id, [refused], REFUSED)
    assert enter_codes(depot.wave_id, depot.site.keyring.token_key()) == 1
    assert typed(depot.code_of(refused))[1] is Standing.OPEN


def test_entering_codes_again_changes_nothing(depot: Depot) -> None:
    before = all_rows()
    assert enter_codes(depot.wave_id, depot.site.keyring.token_key()) == 0
    assert all_rows() == before


def test_a_crash_between_two_batches_is_made_good_by_the_next_run(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "BATCH", 2)
    depot = make_depot(site, entered=False)
    original, calls = queries.set_codes, []

    def crash_at_the_second(wave_id: int, hashes: dict[int, bytes]) -> int:
        calls.append(wave_id)
        if len(calls) == 2:
            raise ZeroDivisionError
        return original(wave_id, hashes)

    monkeypatch.setattr(queries, "set_codes", crash_at_the_second)
    with pytest.raises(ZeroDivisionError):
        enter_codes(depot.wave_id, site.keyring.token_key())
    assert enter_codes(depot.wave_id, site.keyring.token_key()) == 1
    assert typed(depot.code)[1] is Standing.OPEN


def test_a_code_is_not_entered_into_a_wave_that_closed_meanwhile(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    depot = make_depot(site, entered=False)
    original = paper._code_token

    def close_first(*values: object) -> str:
        with writing():
            surveys.claim_state(depot.wave_id, "open", "closing")
        return original(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(paper, "_code_token", close_first)
    assert enter_codes(depot.wave_id, site.keyring.token_key()) == 0
    assert {row["code_hash"] for row in all_rows()["invitation"]} == {None}


def test_the_register_holds_neither_the_code_nor_what_it_stands_for(depot: Depot) -> None:
    plain = read_code(depot.code)
    assert plain is not None
    token, standing = typed(depot.code)
    salt = surveys.get_wave(depot.wave_id).public_key
    stored = next(row for row in all_rows()["invitation"] if row["person_id"] == depot.person)

    assert standing is Standing.OPEN
    assert token == token_of_code(plain, salt or b"")
    assert bytes(stored["code_hash"]) == hash_token(token)
    for secret in (plain, depot.code, token):
        assert secret not in repr(all_rows())


def test_typing_a_code_writes_nothing(depot: Depot) -> None:
    before = all_rows()
    typed(depot.code)
    typed("0000 0000 0000")
    assert all_rows() == before


def test_whoever_steals_a_hash_cannot_use_it_as_a_code_or_link(depot: Depot) -> None:
    for row in all_rows()["invitation"]:
        if row["code_hash"]:
            assert submit(bytes(row["code_hash"]).hex(), SHEET, {}) is Standing.UNKNOWN


def test_an_answer_by_code_uses_up_the_link_as_well_and_the_other_way_round(depot: Depot) -> None:
    first, second = depot.people[0], depot.people[1]
    by_code = [typed(depot.code_of(person))[0] for person in (first, second)]
    by_link = [depot.site.token(depot.wave_id, person) for person in (first, second)]

    assert submit(by_code[0], SHEET, {}) is Standing.OPEN
    assert submit(by_link[0], SHEET, {}) is submit(by_code[0], SHEET, {}) is Standing.SPENT
    assert submit(by_link[1], SHEET, {}) is Standing.OPEN
    assert submit(by_code[1], SHEET, {}) is Standing.SPENT
    assert typed(depot.code_of(first))[1] is typed(depot.code_of(second))[1] is Standing.SPENT
    assert len(all_rows()["envelope"]) == 2


def test_the_code_of_one_of_two_open_surveys_leads_to_its_own(depot: Depot) -> None:
    wave_id = make_sent_wave(depot.site)
    enter_codes(wave_id, depot.site.keyring.token_key())
    second = Depot(depot.site, depot.council, wave_id, depot.people)

    for one in (depot, second):
        token, standing = typed(one.code)
        entry = queries.find_entry(hash_token(token))
        assert standing is Standing.OPEN
        assert entry is not None
        assert (entry.wave_id, entry.person_id) == (one.wave_id, one.person)


def test_after_the_close_codes_are_forgotten_used_or_not(depot: Depot) -> None:
    used, unused = depot.people[0], depot.people[1]
    assert submit(typed(depot.code_of(used))[0], SHEET, {}) is Standing.OPEN
    answer_all(depot.site, depot.wave_id, depot.council, turnout=lambda voter: voter.unit.startswith("A"))
    closed_at = surveys.get_wave(depot.wave_id).closes_at + timedelta(minutes=1)

    with writing():
        surveys.get_wave(depot.wave_id).state = "closing"
    assert typed(depot.code_of(unused))[1] is Standing.CLOSED
    assert close_wave(depot.wave_id, closed_at, depot.site.keyring)

    assert {row["code_hash"] for row in all_rows()["invitation"]} == {None}
    assert [typed(depot.code_of(person))[1] for person in (used, unused)] == [Standing.UNKNOWN] * 2


def test_slips_are_for_the_open_wave_only(depot: Depot) -> None:
    key = depot.site.keyring.token_key()
    with writing():
        surveys.get_wave(depot.wave_id).state = "closing"
    for wave_id in (depot.wave_id, 999):
        with pytest.raises(
            NotOpen, match=f"Wave {wave_id} is not open: slips can be made only while a wave is."
        ):
            list_slips(wave_id, key, "https://pulse.example.org")


def test_slips_come_by_unit_and_name_and_their_codes_and_links_work(site: Site) -> None:
    depot = make_depot(site, without_address=9, entered=False)
    slips = list_slips(depot.wave_id, site.keyring.token_key(), "https://pulse.example.org")

    assert [(slip.unit, slip.name) for slip in slips] == sorted((slip.unit, slip.name) for slip in slips)
    assert {slip.name for slip in slips} == {
        f"Member {depot.council.people[person].unit}-{depot.council.people[person].number}"
        for person in depot.people
    }
    assert [typed(slip.code)[1] for slip in slips] == [Standing.OPEN] * 9
    assert {slip.link for slip in slips} == {
        f"https://pulse.example.org/a/{site.token(depot.wave_id, person)}" for person in depot.people
    }


def test_slips_do_not_tell_who_has_answered(depot: Depot) -> None:
    key = depot.site.keyring.token_key()
    before = list_slips(depot.wave_id, key, "")
    assert submit(depot.site.token(depot.wave_id, depot.person), SHEET, {}) is Standing.OPEN
    assert list_slips(depot.wave_id, key, "") == before


def test_after_forty_wrong_codes_even_a_right_one_has_to_wait(depot: Depot) -> None:
    brake = Brake()
    for number in range(TRIES_PER_NETWORK):
        assert typed(f"0000 0000 00{number:02d}", brake)[1] is Standing.UNKNOWN
    with pytest.raises(TooManyTries):
        typed(depot.code, brake)


def test_right_codes_and_what_is_no_code_at_all_cost_no_try(depot: Depot) -> None:
    brake = Brake()
    for _ in range(12):
        assert typed(depot.code, brake)[1] is Standing.OPEN
        with pytest.raises(NotACode):
            typed("not a code", brake)
    assert typed("0000 0000 0000", brake)[1] is Standing.UNKNOWN
