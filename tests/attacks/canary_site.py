"""The installation of the canary run: website behind a proxy, the worker's command, a moody mail server."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import psycopg
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import make_url

from pulse.db import db
from pulse.directory.roster_file import read_roster
from pulse.directory.roster_import import import_roster
from pulse.domain.sheets import asked_of, closed_items, is_closed
from pulse.invitations.codes import make_code, make_token
from pulse.surveys import queries as surveys
from pulse.surveys.keyring import Keyring
from pulse.surveys.plans import plan_of
from pulse.surveys.question_sets import rotation_of
from tests.attacks.canary_planted import Planted, has_slip, roster_of
from tests.attacks.canary_walk import COMMENT, HOST
from tests.attacks.faults_away import locked
from tests.attacks.faults_site import APPLICATION, Web, run_pulse
from tests.messages.servers import Post
from tests.surveys.factories import make_planned_wave, make_programme
from tools.bench_place import make_application
from tools.bench_servers import driver_address, environment_of, free_port, make_settings

_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER provoked BEFORE INSERT ON envelope BEGIN SELECT RAISE(ABORT, 'provoked'); END",
        "DROP TRIGGER provoked",
    ),
    "postgresql": (
        "CREATE FUNCTION provoke() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'provoked'; END $$;"
        "CREATE TRIGGER provoked BEFORE INSERT ON envelope FOR EACH ROW EXECUTE FUNCTION provoke()",
        "DROP TRIGGER provoked ON envelope; DROP FUNCTION provoke()",
    ),
}
_MISREAD = {
    "sqlite": (
        "UPDATE programme SET rotation = 'no list' || rotation",
        "UPDATE programme SET rotation = substr(rotation, 8)",
    ),
    "postgresql": (
        "ALTER TABLE programme RENAME purpose TO elsewhere",
        "ALTER TABLE programme RENAME elsewhere TO purpose",
    ),
}


@dataclass
class Site:
    """What is written by whom: `said` is what the worker's commands printed, `post` what was mailed."""

    folder: Path
    url: str
    app: Flask
    web: Web
    keyring: Keyring
    wave_id: int
    post: Post
    said: list[str]

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def tick(self, now: datetime) -> None:
        """`pulse tick` in a process of its own."""
        done = run_pulse(self.web.environment, "tick", "--now", now.isoformat())
        self.said.append(done.stdout + done.stderr)

    def closes_at(self) -> datetime:
        with self.app.app_context():
            when = surveys.get_wave(self.wave_id).closes_at
            db.session.remove()
        return when

    def state(self) -> tuple[str, str | None]:
        with self.app.app_context():
            wave = surveys.get_wave(self.wave_id)
            found = wave.state, wave.problem
            db.session.remove()
        return found

    def run(self, *statements: str) -> None:
        with self.app.app_context():
            for statement in statements:
                db.session.execute(text(statement))
            db.session.commit()
            db.session.remove()

    @contextmanager
    def provoking(self) -> Iterator[None]:
        """The database refuses every envelope, with an error of its own."""
        make, drop = _TRIGGERS["sqlite" if self.is_sqlite else "postgresql"]
        self.run(make)
        yield
        self.run(drop)

    @contextmanager
    def misread(self) -> Iterator[None]:
        """The survey's row cannot be read: an error that no page expects."""
        spoil, mend = _MISREAD["sqlite" if self.is_sqlite else "postgresql"]
        self.run(spoil)
        yield
        self.run(mend)

    @contextmanager
    def away(self) -> Iterator[None]:
        """The database can be written by nobody (SQLite), or reached by nobody."""
        if self.is_sqlite:
            with locked(Path(driver_address(self.url))):
                yield
            return
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        name = make_url(self.url).database
        bar = f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS'
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        other = make_url(driver_address(self.url)).set(database="postgres").render_as_string(False)
        with psycopg.connect(other, autocommit=True) as connection:
            connection.execute(f"{bar} false")
            connection.execute(end, (name,))
            yield
            connection.execute(f"{bar} true")

    def write_down(self, people: Sequence[Planted]) -> None:
        """Give everybody the link that the wave made for them, and answers like nobody else's."""
        rng = Random(len(people))
        with self.app.app_context():
            plan, key = plan_of(surveys.get_wave(self.wave_id)), self.keyring.token_key()
            rows = db.session.execute(text("SELECT staff_no, id FROM person"))
            ids = {row.staff_no: int(row.id) for row in rows}
            db.session.remove()
        items = [item for item in asked_of(plan, leads=False) if is_closed(item)]
        for one in people:
            person = ids[f"S{one.number}"]
            one.link = make_token(key, self.wave_id, person)
            one.slip = make_code(key, self.wave_id, person) if has_slip(one) else ""
            one.chosen = {item["id"]: str(rng.choice(item["options"])[0]) for item in items}
            one.answers = "".join(one.chosen.get(name, "-") for name in closed_items(plan))

    def comments(self) -> list[str]:
        """What is kept of comments."""
        with self.app.app_context():
            found = list(db.session.scalars(text("SELECT text FROM comment")))
            db.session.remove()
        return found

    def stored(self) -> Iterator[bytes]:
        """The database as a thief gets it: SQLite's files, or PostgreSQL's dump, its files and its log."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if self.is_sqlite:
            file = Path(driver_address(self.url))
            yield from (path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
            return
        yield from _dumped(driver_address(self.url))
        server = Path(str(make_url(self.url).query["host"]))
        for path in [*server.rglob("*"), server.parent / f"{server.name}.log"]:
            if path.is_file():
                yield path.read_bytes()


def _dumped(address: str) -> Iterator[bytes]:
    """Every table as `pg_dump` writes it, which not every machine has."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        found = cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in found:
            with cursor.copy(f'COPY "{name}" TO STDOUT') as rows:
                yield b"".join(bytes(row) for row in rows)


@contextmanager
def standing(
    folder: Path, url: str, people: Sequence[Planted], application: str = APPLICATION
) -> Iterator[Site]:
    """A survey that is planned and due, and the website; the mail server is not up yet."""
    port, post = free_port(), Post(port=free_port())
    settings = make_settings(folder / "home", url, port)
    app = make_application(settings)
    (folder / "tmp").mkdir()
    with app.app_context():
        import_roster(read_roster(roster_of(list(people))))
        wave_id = make_planned_wave(make_programme(rotation=[[*_items(), COMMENT]], k=10)).id
        db.session.remove()
    environment = environment_of(settings) | {
        "PULSE_BASE_URL": f"https://{HOST}",
        "PULSE_PROXIES": "1",
        "MAIL_URL": f"smtp://127.0.0.1:{post.port}",
        "MAIL_FROM": f"Pulse <pulse@{HOST}>",
        "TMPDIR": str(folder / "tmp"),
        "PYTHONPATH": os.getcwd(),
    }
    web = Web(port, environment, folder / "web.log", application)
    try:
        web.start()
        yield Site(folder, url, app, web, Keyring(settings.key_dir), wave_id, post, [])
    finally:
        web.stop()
        with app.app_context():
            db.engine.dispose()


def _items() -> list[str]:
    return [item for item in rotation_of("quarterly")[0] if item != COMMENT]
