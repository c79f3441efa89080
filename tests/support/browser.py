"""The real application in a real browser: `live_server`, and pages that fail their test on any console error.

`page` is a desk, `phone` a phone, `phone_without_javascript` says it; `open_page` makes more. Every page of a
test also fails it when it breaks the Content-Security-Policy or asks another site for anything.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from pulse.app import create_app
from pulse.db import db
from tools.programs import find_chromium

# pytest loads this file for every run; playwright itself is imported when a browser is asked for.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

PHONE = (390, 844)
DESK = (1280, 900)
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
#: the last six keep Chromium from calling its makers, whom no test needs and a closed network refuses
CHROMIUM_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
_TIMEOUT_MS = 15_000

OpenPage = Callable[..., "Page"]


@dataclass(frozen=True)
class LiveServer:
    """Where the application is served, and the application: `app.config["PULSE"].base_url` is `url`."""

    url: str
    app: Flask


class _SilentHandler(WSGIRequestHandler):
    """Addresses hold tokens, and a test's output is read by people: nothing is logged."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def _served(home: Path, _application: Flask, database_url: str) -> Iterator[LiveServer]:
    """The application on a free loopback port, in threads of its own, on the tests' own database."""
    from tests.conftest import make_settings

    server: BaseWSGIServer = make_server("127.0.0.1", 0, Flask("not-yet"), True, 1, _SilentHandler)
    url = f"http://127.0.0.1:{server.port}"
    application = create_app(make_settings(home, database_url=database_url, base_url=url))
    server.app = application
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield LiveServer(url, application)
    server.shutdown()
    thread.join()
    server.server_close()
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def live_server(app: Flask, _served: LiveServer) -> Iterator[LiveServer]:
    """The served application. Its context is the test's own, so that mail sent by the test links to it."""
    with _served.app.app_context():
        yield _served
        db.session.rollback()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, started once a process."""
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None:
        pytest.fail("Chromium is not installed: run `make test` as root, or `apt-get install chromium`.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()


class Watch:
    """What went wrong in one browser context, in the words of the browser."""

    def __init__(self, context: "BrowserContext", site: str) -> None:
        self._site = site
        self._console: list[tuple[str, str]] = []
        self._refused_pages: set[str] = set()
        self._other: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._other.append(f"script error: {error.error}"))
        context.on("request", self._on_request)
        context.on("response", self._on_response)

    def _on_console(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self._console.append((message.location["url"], message.text))

    def _on_request(self, request: "Request") -> None:
        if not request.url.startswith((f"{self._site}/", "data:", "blob:", "about:")):
            self._other.append(f"request to another site: {request.url}")

    def _on_response(self, response: "Response") -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            self._refused_pages.add(response.url)

    def problems(self) -> list[str]:
        """Console errors, script errors and requests to other sites.

        A page that itself answers 4xx (a form with errors, a used link) makes Chromium report a failed load:
        that is what its test is about, and no problem. A failed script, style or picture is one.
        """
        console = [
            f"console: {text} ({url})"
            for url, text in self._console
            if not (text.startswith("Failed to load resource") and url in self._refused_pages)
        ]
        return console + self._other


@pytest.fixture
def open_page(browser: "Browser", live_server: LiveServer) -> Iterator[OpenPage]:
    """`open_page(size=PHONE, javascript=True)` is a page of a new visitor; `page.goto("/path")` works."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def make(size: tuple[int, int] = DESK, javascript: bool = True) -> "Page":
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(_TIMEOUT_MS)
        contexts.append(context)
        watches.append(Watch(context, live_server.url))
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    problems = [problem for watch in watches for problem in watch.problems()]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(open_page: OpenPage) -> "Page":
    """A page 1280 by 900."""
    return open_page(DESK)


@pytest.fixture
def phone(open_page: OpenPage) -> "Page":
    """A page 390 by 844, touched."""
    return open_page(PHONE)


@pytest.fixture
def phone_without_javascript(open_page: OpenPage) -> "Page":
    return open_page(PHONE, javascript=False)


def axe(page: "Page") -> list[str]:
    """WCAG 2.2 A and AA violations on the page as it stands, one line each; empty is good. Needs JavaScript.

    The script goes in by the browser's debugging protocol, so the page keeps its own policy. A click ends
    where the next page begins: without its stylesheet links would be too small to touch.
    """
    page.wait_for_load_state()
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)",
        WCAG_22_AA,
    )
    return [
        f"{violation['id']}: {violation['help']}: {' '.join(node['html'].split())[:200]}"
        for violation in found
        for node in violation["nodes"]
    ]
