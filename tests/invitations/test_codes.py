"""Links: made again from three values, never stored, and recognised without asking the database."""

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from pulse.db import db
from pulse.invitations.codes import hash_token, is_well_formed, make_token
from pulse.invitations.standing import find_entry
from tests.results.factories import Site, make_council, make_sent_wave
from tests.support.rows import all_rows

KEY = bytes(32)


def test_a_link_is_the_same_for_the_same_three_values_and_another_for_any_other() -> None:
    assert make_token(KEY, 1, 2) == make_token(KEY, 1, 2)
    others = [make_token(KEY, 2, 1), make_token(KEY, 1, 12), make_token(KEY, 11, 2), make_token(b"k", 1, 2)]
    assert len({make_token(KEY, 1, 2), *others}) == 5


@given(st.binary(min_size=32, max_size=32), st.integers(1, 10**9), st.integers(1, 10**9))
def test_every_link_is_well_formed_and_holds_160_bits(key: bytes, wave_id: int, person_id: int) -> None:
    token = make_token(key, wave_id, person_id)
    assert is_well_formed(token)
    assert len(token) * 5 == 160
    assert len(hash_token(token)) == 32


@given(st.text(max_size=40))
def test_a_code_of_any_other_form_is_not_ours(code: str) -> None:
    ours = len(code) == 32 and set(code) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert is_well_formed(code) is ours


def test_a_code_with_a_line_end_after_it_is_malformed() -> None:
    assert not is_well_formed(make_token(KEY, 1, 2) + "\n")


def test_a_malformed_code_is_turned_away_without_a_query(app: Flask) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert find_entry("not-one-of-ours") is None
        assert asked == []
        assert find_entry(make_token(KEY, 1, 2)) is None
        assert asked != []  # the listener listens
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_only_the_hash_of_a_link_is_stored(site: Site) -> None:
    council = make_council()
    wave_id = make_sent_wave(site)
    tokens = {site.token(wave_id, person) for person in council.people}
    stored = all_rows()

    assert {bytes(row["token_hash"]) for row in stored["invitation"]} == {hash_token(t) for t in tokens}
    everything = repr(stored)
    assert not any(token in everything for token in tokens)
