"""An application with the roster's pages, whatever else it has."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.app import create_app
from pulse.db import db
from pulse.directory import views
from tests.accounts.factories import make_account, sign_in
from tests.conftest import make_settings

Send = Callable[..., TestResponse]


@pytest.fixture
def site(app: Flask, home: Path, database_url: str) -> Iterator[Flask]:
    """On the same database as `app`, which makes and empties the tables."""
    site = create_app(make_settings(home, database_url=database_url))
    site.config["TESTING"] = True
    if "directory" not in site.blueprints:
        site.register_blueprint(views.blueprint)
    yield site
    with site.app_context():
        db.engine.dispose()


@pytest.fixture
def administrator(site: Flask) -> FlaskClient:
    return sign_in(site.test_client(), make_account())


@pytest.fixture
def send(administrator: FlaskClient) -> Send:
    """Send a form with the token of a page that was opened before."""

    def post(url: str, **data: object) -> TestResponse:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', administrator.get("/roster/").text)
        assert found
        return administrator.post(url, data={"csrf_token": found[1], **data})

    return post
