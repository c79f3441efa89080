"""Fixtures that every test may ask for: a database with all tables, the application, a client, a runner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import text

from pulse.app import create_app
from pulse.config import Settings
from pulse.db import Base, db


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


@pytest.fixture(scope="session")
def _application(home: Path) -> Iterator[Flask]:
    application = create_app(make_settings(home))
    application.config["TESTING"] = True
    with application.app_context():
        db.create_all()
    yield application


@pytest.fixture
def app(_application: Flask) -> Iterator[Flask]:
    """The application inside a context, on an empty database."""
    with _application.app_context():
        yield _application
        db.session.rollback()
        empty_database()


def empty_database() -> None:
    """Remove every row; tables in reverse order of their references, rows that refer to themselves at once."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()
