"""What the browser tests share: the demo's application, a database that lasts a module, and signing in."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from pulse.accounts.models import Account
from pulse.app import create_app
from pulse.db import db
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account
from tests.conftest import make_settings
from tests.support.browser import DESK, LiveServer, OpenPage, _SilentHandler
from tests.support.tables import empty_database

if TYPE_CHECKING:
    from playwright.sync_api import Page

SignIn = Callable[..., "Page"]


@pytest.fixture(scope="session")
def _served(home: Path, _application: Flask, database_url: str) -> Iterator[LiveServer]:
    """As in tests/support/browser.py, in demo mode: there the mailbox can be read as a page."""
    server = make_server("127.0.0.1", 0, Flask("not-yet"), True, 1, _SilentHandler)
    url = f"http://127.0.0.1:{server.port}"
    settings = make_settings(
        home, database_url=database_url, base_url=url, demo=True, mail_url=f"mailbox:{home / 'browser-mail'}"
    )
    server.app = application = create_app(settings)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield LiveServer(url, application)
    server.shutdown()
    thread.join()
    server.server_close()
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def _database(_application: Flask) -> Iterator[None]:
    """Pages take long to build up to, so that a module shares what its scene made."""
    yield
    with _application.app_context():
        db.session.rollback()
        empty_database()


@pytest.fixture
def app(_application: Flask, _database: None) -> Iterator[Flask]:
    """In place of the one that empties the database after every test."""
    with _application.app_context():
        yield _application
        db.session.rollback()


@pytest.fixture(scope="module")
def scene(_served: LiveServer, _database: None) -> Iterator[LiveServer]:
    """The served application for a module's own scene, inside its context."""
    with _served.app.app_context():
        yield _served
        db.session.rollback()


@pytest.fixture
def sign_in(open_page: OpenPage, live_server: LiveServer) -> SignIn:
    """`sign_in(Role.LEADER, unit_id=3)` is a desk whose visitor went through the sign-in page."""

    def as_(role: Role, *, size: tuple[int, int] = DESK, javascript: bool = True, **values: Any) -> "Page":
        account: Account = make_account(role, **values)
        page = open_page(size, javascript)
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(account.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    return as_
