"""Who answers a survey is told in time that the database does not answer; others may wait for long work."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from sqlalchemy import text

from pulse.app import create_app
from pulse.db import db
from pulse.web.access import allow_everyone
from pulse.web.haste import HURRY_SECONDS, hurry
from tests.conftest import make_settings

#: each database is made to wait in its own way
pytestmark = pytest.mark.both_databases

#: far longer than anybody would wait, so that a test without the limit would hang
_FOREVER = "SELECT pg_sleep(600)"
#: whoever waited has hung up, and the server sleeps on: its snapshot would hold up every scrub of later tests
_WAKE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE wait_event = 'PgSleep' AND datname = current_database()"
)
_A_MOMENT = f"SELECT pg_sleep({HURRY_SECONDS + 0.5})"


def ask(statement: str) -> str:
    """What the database answers, in a page."""
    db.session.execute(text("SELECT 1"))
    return str(db.session.scalar(text(statement)))


@pytest.fixture
def served(app: Flask) -> Iterator[Flask]:
    """Two pages that ask the database the same, one of them in a hurry."""
    settings = app.config["PULSE"]
    served = create_app(make_settings(settings.home, database_url=settings.database_url))
    for name in ("hurried", "patient"):
        blueprint = Blueprint(name, __name__, url_prefix=f"/{name}")
        allow_everyone(blueprint)
        blueprint.get("/<path:statement>")(ask)
        if name == "hurried":
            hurry(blueprint)
        served.register_blueprint(blueprint)
    yield served
    with served.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(_WAKE))
        db.session.remove()
        db.engine.dispose()


def test_a_locked_file_is_waited_for_no_longer_than_an_answer_may_take(served: Flask) -> None:
    if not served.config["PULSE"].database_url.startswith("sqlite"):
        pytest.skip("how SQLite waits for a lock")
    client = served.test_client()
    waits = [client.get(f"/{page}/PRAGMA busy_timeout").text for page in ("hurried", "patient", "hurried")]
    assert waits == [str(HURRY_SECONDS * 1000), "5000", str(HURRY_SECONDS * 1000)]


def test_a_server_that_does_not_reply_is_given_up_and_asked_anew_by_the_next_page(served: Flask) -> None:
    if served.config["PULSE"].database_url.startswith("sqlite"):
        pytest.skip("how PostgreSQL is waited for")
    client = served.test_client()
    assert client.get(f"/hurried/{_FOREVER}").status_code == 503
    assert client.get("/hurried/SELECT 7").text == "7"
    assert client.get(f"/patient/{_A_MOMENT}").status_code == 200
