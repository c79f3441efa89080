"""Fixtures that every test may ask for: a database with all tables, the application, a client, a runner.

Databases, PostgreSQL and the browser have their own files below tests/support/.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.app import create_app
from pulse.config import Settings
from pulse.db import db
from tests.support.tables import empty_database, load_models

__all__ = ["empty_database", "make_settings"]

pytest_plugins = ["tests.support.databases", "tests.support.browser", "tests.support.demo"]

# No test asserts a time on the clock, and CI tries the same examples every run.
hypothesis.settings.register_profile(
    "pulse",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("pulse")


def make_settings(home: Path, **changes: object) -> Settings:
    """Settings of a test process; everything it writes goes below `home`."""
    values: dict[str, object] = {
        "home": home,
        "database_url": f"sqlite:///{home / 'pulse.db'}",
        "secret_key": "a-secret-for-tests-that-is-long-enough-0123456789",
        "key_dir": home / "keys",
        "base_url": "http://localhost",
        "mail_url": f"mailbox:{home / 'mail'}",
        "mail_from": "Pulse <pulse@example.org>",
        "demo": False,
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def no_other_keys(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key directory that tests share, out of sight: beside the database it looks like a copy of keys."""
    shared, aside = home / "keys", tmp_path_factory.mktemp("aside") / "keys"
    if shared.exists():
        shared.rename(aside)
    yield
    if aside.exists():
        shutil.rmtree(shared, ignore_errors=True)
        aside.rename(shared)


@pytest.fixture(scope="session")
def _application(home: Path, database_url: str) -> Iterator[Flask]:
    load_models()
    application = create_app(make_settings(home, database_url=database_url))
    application.config["TESTING"] = True
    with application.app_context():
        db.create_all()
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_application: Flask) -> Iterator[Flask]:
    """The application inside a context, on an empty database."""
    with _application.app_context():
        yield _application
        db.session.rollback()
        empty_database()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()
