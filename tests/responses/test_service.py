"""Answering when something else is not there: the database, the key directory; and what the logs say."""

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DatabaseError, InternalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pulse.app import create_app
from pulse.db import db
from pulse.responses import queries
from pulse.surveys import queries as surveys
from tests.conftest import make_settings
from tests.responses.answering import FILLED, OPEN, Open, count_stored, make_open, send, start, way_of
from tests.results.factories import Site
from tests.results.tampering import run


@pytest.fixture
def opened(site: Site) -> Open:
    return make_open(site)


@pytest.fixture
def without_database(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The same service, with the same secret, whose database is away."""
    away = tmp_path / "there" / "is" / "no" / "such" / "folder"
    sqlite = app.config["PULSE"].database_url.startswith("sqlite")
    url = f"sqlite:///{away}/pulse.db" if sqlite else f"postgresql+psycopg://pulse@/pulse?host={away}"
    served = create_app(make_settings(tmp_path / "home", database_url=url))
    yield served
    with served.app_context():
        db.engine.dispose()


def with_cookies_of(client: FlaskClient, served: Flask) -> FlaskClient:
    other = served.test_client()
    for name in ("pulse", "ballot"):
        cookie = client.get_cookie(name)
        assert cookie is not None
        other.set_cookie(name, cookie.value)
    return other


def test_while_the_database_is_away_the_page_keeps_the_answers_to_send_again(
    opened: Open, client: FlaskClient, without_database: Flask
) -> None:
    page = start(client, opened.token)
    words = 'Say "yes" & <mean> it'
    away = send(with_cookies_of(client, without_database), page, FILLED | {OPEN: words})

    assert away.status_code == 503
    assert away.headers["Retry-After"] == "10"
    assert "Your answers could not be sent yet" in away.text
    for name, value in FILLED.items():
        assert f'name="{name}" value="{value}"' in away.text
    assert "<mean>" not in away.text

    again = send(client, away.text, FILLED | {OPEN: words})
    assert way_of(again) == (303, "/survey/thanks")
    assert count_stored() == (1, 1)


def test_a_doubled_or_wrong_field_is_handed_back_as_it_came(
    opened: Open, client: FlaskClient, without_database: Flask
) -> None:
    page = start(client, opened.token)
    away = send(with_cookies_of(client, without_database), page, [("PTA-01", "4"), ("PTA-01", "5")])
    assert away.text.count('name="PTA-01"') == 2


def test_the_first_page_and_the_form_say_that_the_service_is_away(
    opened: Open, client: FlaskClient, without_database: Flask
) -> None:
    start(client, opened.token)
    other = with_cookies_of(client, without_database)
    for address in (f"/a/{opened.token}", "/survey"):
        page = other.get(address)
        assert page.status_code == 503
        assert "Wait a minute and try again." in page.text


def test_a_fault_in_the_middle_of_storing_keeps_the_answers_too(
    opened: Open, client: FlaskClient, without_database: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away between reading the link and storing the envelope."""
    page = start(client, opened.token)

    def lose_the_database(_wave_id: int) -> bool:
        with without_database.app_context():
            db.session.connection()
        return True

    monkeypatch.setattr(surveys, "lock_open_wave", lose_the_database)
    assert send(client, page, FILLED).status_code == 503
    assert count_stored() == (0, 0)


FAULTS: dict[str, BaseException] = {
    "broken pages in the file": DatabaseError("INSERT", {}, sqlite3.DatabaseError("planted words")),
    "a server that only reads": InternalError("INSERT", {}, psycopg.errors.ReadOnlySqlTransaction()),
    "no right to write": ProgrammingError("INSERT", {}, psycopg.errors.InsufficientPrivilege()),
    "no connection free": PoolTimeout("planted words"),
    "a register that was changed by hand": LookupError("planted words"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_while_storing_keeps_the_answers_and_is_logged_without_them(
    fault: str,
    opened: Open,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = start(client, opened.token)

    def fail(*_: object) -> None:
        raise FAULTS[fault]

    with monkeypatch.context() as patched:
        patched.setattr(queries, "add_envelope", fail)
        answer = send(client, page, FILLED | {OPEN: "planted words"})

    assert (answer.status_code, count_stored()) == (503, (0, 0))
    for name, value in FILLED.items():
        assert f'name="{name}" value="{value}"' in answer.text
    assert "An answer could not be stored in responses.send" in caplog.text
    assert "planted words" not in caplog.text
    assert send(client, answer.text, FILLED).status_code == 303
    assert count_stored() == (1, 1)


def test_a_real_refusal_by_the_database_keeps_the_answers_too(opened: Open, client: FlaskClient) -> None:
    """Neither database calls this one an operational error."""
    page = start(client, opened.token)
    set_up, take_down = REFUSING[db.engine.dialect.name]
    run(*set_up)
    try:
        answer = send(client, page, FILLED)
    finally:
        run(*take_down)
    assert (answer.status_code, count_stored()) == (503, (0, 0))
    assert 'name="PTA-01" value="4"' in answer.text
    assert send(client, answer.text, FILLED).status_code == 303


#: a trigger that refuses every envelope, and its end
REFUSING = {
    "sqlite": (
        ["CREATE TRIGGER refusing BEFORE INSERT ON envelope BEGIN SELECT RAISE(ABORT, 'refused'); END"],
        ["DROP TRIGGER refusing"],
    ),
    "postgresql": (
        [
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''refused''; END'",
            "CREATE TRIGGER refusing BEFORE INSERT ON envelope FOR EACH ROW EXECUTE FUNCTION refuse()",
        ],
        ["DROP TRIGGER refusing ON envelope", "DROP FUNCTION refuse"],
    ),
}


def test_the_web_process_starts_and_takes_answers_without_the_key_directory(
    opened: Open, app: Flask, tmp_path: Path
) -> None:
    token = opened.token
    shutil.rmtree(tmp_path / "keys")
    nowhere = tmp_path / "no-keys"
    settings = make_settings(tmp_path, database_url=app.config["PULSE"].database_url, key_dir=nowhere)
    served = create_app(settings)
    client = served.test_client()

    assert send(client, start(client, token), FILLED).status_code == 303
    assert count_stored() == (1, 1)
    assert not nowhere.exists()
    with served.app_context():
        db.engine.dispose()


def test_no_log_holds_a_link_an_address_a_name_or_an_answer(
    opened: Open, client: FlaskClient, without_database: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    planted = "planted words of a comment"
    page = start(client, opened.token)
    send(with_cookies_of(client, without_database), page, FILLED | {OPEN: planted})
    with_cookies_of(client, without_database).get(f"/a/{opened.token}")
    client.post("/survey", data=FILLED)
    client.get(f"/a/{opened.token}x")
    send(client, page, {OPEN: planted * 100})
    send(client, page, FILLED | {OPEN: planted})

    said = "\n".join(record.getMessage() for record in caplog.records) + caplog.text
    assert "Database not available in invitations.start" in said  # the logs were read
    person = opened.council.people[opened.person_id]
    name = f"{person.unit}-{person.number}"
    for secret in (opened.token, opened.token[:12], planted, f"{name.lower()}@", f"Member {name}"):
        assert secret not in said
    assert count_stored() == (1, 1)
