"""One link, one envelope, whatever happens at the same time; and nothing in it says whose it is."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from pulse.db import db
from pulse.responses import queries
from pulse.responses.submission import Standing, submit
from pulse.results import queries as results
from pulse.results.closing import close_wave
from pulse.surveys import queries as surveys
from tests.responses.answering import FILLED, SHEET, Open, count_stored, csrf_of, make_open, start, way_of
from tests.results.factories import Site
from tests.support.rows import all_rows


@pytest.fixture
def opened(site: Site) -> Open:
    return make_open(site)


def submit_elsewhere(app: Flask, gate: threading.Barrier, token: str) -> Standing:
    """One submission on a connection of its own, begun together with the others."""
    with app.app_context():
        gate.wait(timeout=60)
        return submit(token, SHEET, {})


def test_many_posts_of_one_link_at_once_store_one_envelope(opened: Open, app: Flask) -> None:
    db.session.rollback()
    token, gate = opened.token, threading.Barrier(8)
    with ThreadPoolExecutor(8) as threads:
        done = [threads.submit(submit_elsewhere, app, gate, token) for _ in range(8)]
        standings = [one.result() for one in done]

    assert standings.count(Standing.OPEN) == 1
    assert standings.count(Standing.SPENT) == 7
    assert count_stored() == (1, 1)


def test_many_browsers_with_one_link_at_once_are_all_thanked(
    opened: Open, app: Flask, client: FlaskClient
) -> None:
    page = start(client, opened.token)
    session = client.get_cookie("pulse")
    assert session is not None
    db.session.rollback()
    gate = threading.Barrier(6)

    def post() -> tuple[int, str]:
        browser = app.test_client()
        browser.set_cookie("pulse", session.value)
        browser.set_cookie("ballot", opened_token)
        gate.wait(timeout=60)
        answer = browser.post("/survey", data=FILLED | {"csrf_token": csrf_of(page)})
        return way_of(answer)

    opened_token = opened.token
    with ThreadPoolExecutor(6) as threads:
        answers = [one.result() for one in [threads.submit(post) for _ in range(6)]]

    assert set(answers) == {(303, "/survey/thanks")}
    assert count_stored() == (1, 1)


def test_whoever_is_thanked_while_a_wave_closes_is_counted(opened: Open, app: Flask) -> None:
    """The close drains those who are writing, and turns away those who come after."""
    wave_id, keyring = opened.wave_id, opened.site.keyring
    tokens = [opened.site.token(wave_id, person) for person in opened.council.people]
    closes_at = surveys.get_wave(wave_id).closes_at
    db.session.rollback()
    thanked = 0
    for token in tokens[:12]:  # enough that something is released
        thanked += submit(token, SHEET, {}) is Standing.OPEN
    db.session.rollback()

    def answer(some: list[str]) -> int:
        with app.app_context():
            return sum(submit(token, SHEET, {}) is Standing.OPEN for token in some)

    with ThreadPoolExecutor(3) as threads:
        answering = [threads.submit(answer, tokens[12 + n :: 3]) for n in range(3)]
        assert close_wave(wave_id, closes_at + timedelta(minutes=1), keyring)
        thanked += sum(one.result() for one in answering)

    db.session.rollback()
    assert results.get_release(wave_id).answered == thanked
    assert count_stored() == (0, 0)


def test_an_envelope_that_cannot_be_stored_leaves_the_link_unused(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_wave_id: int, _sealed: bytes) -> None:
        raise OperationalError("INSERT", {}, Exception("the disk is full"))

    monkeypatch.setattr(queries, "add_envelope", fail)
    with pytest.raises(OperationalError):
        submit(opened.token, SHEET, {})
    assert count_stored() == (0, 0)

    monkeypatch.undo()
    assert submit(opened.token, SHEET, {}) is Standing.OPEN
    assert count_stored() == (1, 1)


def test_a_row_of_the_box_holds_a_wave_a_random_id_and_a_sealed_sheet(opened: Open) -> None:
    tokens = [opened.site.token(opened.wave_id, person) for person in opened.council.people]
    for token in tokens:
        submit(token, SHEET, {})
    rows = all_rows()["envelope"]

    assert all(set(row) == {"wave_id", "id", "sealed"} for row in rows)
    assert {len(row["id"]) for row in rows} == {16}
    assert len({bytes(row["id"]) for row in rows}) == len(rows) == 35
    assert not any(token.encode() in bytes(row["sealed"]) for token in tokens for row in rows)


def test_all_envelopes_of_a_wave_have_one_length(opened: Open) -> None:
    people = list(opened.council.people)
    for position, person in enumerate(people):
        comments = {"OPEN-01": "x" * 28 * position} if position % 2 else {}
        submit(opened.site.token(opened.wave_id, person), SHEET if position % 3 else "-------", comments)

    assert len({len(row["sealed"]) for row in all_rows()["envelope"]}) == 1


def test_the_order_of_the_box_is_not_the_order_of_the_answers(opened: Open) -> None:
    """By chance alone 35 random ids are in order once in 35! times."""
    key = opened.site.keyring.load_wave_key(opened.wave_id)
    from pulse.responses.sealing import open_envelope

    for number, person in enumerate(opened.council.people):
        submit(opened.site.token(opened.wave_id, person), f"{number:07}", {})
    read = [open_envelope(sealed, key).answers for sealed in queries.list_sealed(opened.wave_id)]

    assert sorted(read) == [f"{number:07}" for number in range(35)]
    assert read != sorted(read)


def test_links_of_no_use_store_nothing(opened: Open) -> None:
    other_wave = opened.site.token(opened.wave_id + 1, opened.person_id)
    assert submit("nonsense", SHEET, {}) is Standing.UNKNOWN
    assert submit(other_wave, SHEET, {}) is Standing.UNKNOWN
    assert count_stored() == (0, 0)
