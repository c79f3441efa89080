"""Errors below /api/ are JSON with one sentence; everywhere else they are pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask, abort
from sqlalchemy.exc import OperationalError

from pulse.app import create_app
from pulse.db import db
from pulse.web.access import allow_everyone
from pulse.web.problems import SENTENCES
from tests.conftest import make_settings

PLANTED = "Planted Name"


@pytest.fixture
def served(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """As it runs in earnest, with views that fail."""
    served = create_app(make_settings(tmp_path, database_url=app.config["PULSE"].database_url))
    failing = Blueprint("failing", __name__)
    allow_everyone(failing)

    @failing.get("/api/failing/<int:status>")
    def refused(status: int) -> str:
        abort(status)

    @failing.get("/api/fault")
    def fault() -> str:
        raise ValueError(PLANTED)

    @failing.get("/api/away")
    def away() -> str:
        raise OperationalError("SELECT", {"name": PLANTED}, Exception("gone"))

    served.register_blueprint(failing)
    yield served
    with served.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("status", [400, 401, 404, 405, 429, 500, 503, 418, 413, 501])
def test_each_error_is_one_sentence_in_json(served: Flask, status: int) -> None:
    found = served.test_client().get(f"/api/failing/{status}")
    assert (found.status_code, found.content_type) == (status, "application/problem+json")
    body = found.get_json(force=True)
    assert set(body) == {"type", "title", "status", "detail"}
    assert (body["status"], body["detail"] in SENTENCES.values()) == (status, True)


@pytest.mark.parametrize(("path", "status"), [("/api/fault", 500), ("/api/away", 503), ("/api/v1/%00", 400)])
def test_a_fault_tells_nothing_of_what_failed(served: Flask, path: str, status: int) -> None:
    found = served.test_client().get(path)
    assert (found.status_code, found.content_type) == (status, "application/problem+json")
    assert PLANTED not in found.text
    assert found.get_json(force=True)["detail"] == SENTENCES[status]


def test_pages_keep_their_pages(served: Flask) -> None:
    for path in ("/apiary", "/api-v2", "/nothing"):
        assert served.test_client().get(path).mimetype == "text/html"
