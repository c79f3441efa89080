"""Server time of every page, file and call that shows results: does it grow with the answers?

The same organisation three times, with 1,000, 100,000 and 1,000,000 answers in its newest wave. Requests
take turns between the three, in one process, so that whatever else the machine does falls on all alike.
"""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.program_keys import KeyWish, make_key
from pulse.app import create_app
from pulse.db import db
from pulse.web.access import Role
from tests.accounts.factories import PASSWORD, make_account, sign_in
from tools.bench_figures import Line
from tools.bench_pages import ANALYST, LEADER, NOBODY, PROGRAM, NotThere, Page, list_pages
from tools.bench_releases import Place
from tools.bench_servers import DurablePostgres, make_settings
from tools.bench_work import is_plain, recorded

SIZES = (1_000, 100_000, 1_000_000)
MOST_GROWTH, MOST_TIMES = 1.1, 3.0
#: a page is asked for so long on each side, but neither fewer nor more times than this
_SECONDS, _FEWEST, _MOST = 2.0, 5, 41


Timed = Callable[[], float]


@dataclass(frozen=True)
class Side:
    """One of the places, open in this process, with visitors to it."""

    place: Place
    app: Flask
    visitors: dict[str, FlaskClient]


def measure_dashboards(server: DurablePostgres, folder: str) -> list[Line]:
    """Growth of everything, on both databases; and what the pages cost beside their queries and charts."""
    on_sqlite = [f"sqlite:///{folder}/answers-{size}.db" for size in SIZES]
    lines = _measure("SQLite", Path(folder), on_sqlite)
    return lines + _measure("PostgreSQL", Path(folder), [server.create(f"answers_{size}") for size in SIZES])


def _measure(database: str, folder: Path, urls: Sequence[str]) -> list[Line]:
    with ExitStack() as stack:
        sides = [
            stack.enter_context(_opened(folder, url, size)) for url, size in zip(urls, SIZES, strict=True)
        ]
        return [line for page in list_pages() for line in _lines(page, sides, database)]


@contextmanager
def _opened(folder: Path, url: str, answers: int) -> Iterator[Side]:
    """Build a place in a process of its own, so that what counting loads weighs on nothing here."""
    home = Path(tempfile.mkdtemp(prefix=f"place-{answers}-", dir=folder))
    command = [sys.executable, "-m", "tools.bench_releases", str(home), url, str(answers)]
    place = Place(**json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout))
    app = create_app(replace(make_settings(home, url), base_url="http://localhost"))
    with app.app_context():
        visitors = {NOBODY: app.test_client(), PROGRAM: app.test_client()}
        analyst = make_account(Role.HR_ANALYST)
        visitors[ANALYST] = sign_in(app.test_client(), analyst)
        visitors[LEADER] = sign_in(app.test_client(), make_account(Role.LEADER, unit_id=place.department_id))
        wish = KeyWish("Measured", "api", 30, PASSWORD)
        _, secret = make_key(analyst.id, wish, key=app.config["SECRET_KEY"], now=datetime.now(UTC))
        visitors[PROGRAM].environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        db.session.remove()
    yield Side(place, app, visitors)
    with app.app_context():
        db.engine.dispose()


def _lines(page: Page, sides: Sequence[Side], database: str) -> Iterator[Line]:
    """One row for each larger side against the smallest; and one for the work that it cannot do without."""
    try:
        addresses = [_address(side, page) for side in sides]
    except NotThere as missing:
        yield Line(f"{page.name}: {missing}", 1, None, "", 0)
        return
    gets = [_getter(side, page, address) for side, address in zip(sides, addresses, strict=True)]
    least, *others = _medians(gets)
    for side, ours in zip(sides[1:], others, strict=True):
        growth = f"{side.place.answers:,} : {sides[0].place.answers:,} answers"
        yield Line(f"{page.name}, {growth}, {database}", ours, least, "ms", MOST_GROWTH)
    if page.drawn:
        yield from _beside_its_work(f"{page.name}, {database}", sides[-1], gets[-1])


def _address(side: Side, page: Page) -> str:
    with side.app.app_context():
        try:
            return page.address(side.app, side.place)
        finally:
            db.session.remove()


def _getter(side: Side, page: Page, address: str) -> Timed:
    client = side.visitors[page.visitor]

    def get() -> float:
        began = time.perf_counter()
        answer = client.get(address)
        length = len(answer.get_data())
        took = time.perf_counter() - began
        if answer.status_code != 200 or not length:
            raise RuntimeError(f"{page.name} answered {answer.status_code}")
        return took

    return get


def _beside_its_work(name: str, side: Side, get: Timed) -> Iterator[Line]:
    """The page against its own statements and charts, done again by themselves."""
    with side.app.app_context():
        engine = db.engine
        with recorded(engine) as work:
            get()
        ours, queries, drawing = _medians(
            [get, lambda: work.seconds_of_queries(engine), work.seconds_of_drawing]
        )
        strange = sum(not is_plain(chart) for chart in work.charts())
    most = MOST_TIMES if work.drawings else None  # the goal is for pages of charts
    yield Line(f"{name} : its queries and charts", ours, queries + drawing, "ms", most)
    yield Line(f"{name}, {len(work.statements)} queries", queries, None, "ms")
    if work.drawings:
        yield Line(f"{name}, {len(work.drawings)} drawings", drawing, None, "ms")
        yield Line(f"{name}, drawings that are no plain dicts", strange, None, "", 0)


def _medians(works: Sequence[Timed]) -> list[float]:
    """Milliseconds of each, in turns to and fro; garbage of one turn is collected before the next."""
    took = max(work() for work in works)
    times: list[list[float]] = [[] for _ in works]
    for number in range(max(_FEWEST, min(_MOST, round(_SECONDS / took)))):
        gc.collect()
        turn = list(zip(works, times, strict=True))
        for work, found in turn if number % 2 else reversed(turn):
            found.append(work())
    return [median(found) * 1000 for found in times]
