"""A database and a folder of the simulation's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pulse.config import Settings
from tests.conftest import make_settings
from tests.support.postgres import PostgresServer, create_postgres_database
from tests.support.tables import load_models

#: given the port of the mail server
Site = Callable[[int], Settings]


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Site]:
    with _site(folder, f"sqlite:///{folder / 'pulse.db'}") as site:
        yield site


@contextmanager
def on_postgresql(folder: Path) -> Iterator[Site]:
    """A server of its own, so that nothing else is on it."""
    server = PostgresServer()
    try:
        with _site(folder, create_postgres_database(str(server.folder), "simulation")) as site:
            yield site
    finally:
        server.stop()


@contextmanager
def _site(folder: Path, url: str) -> Iterator[Site]:
    load_models()
    folder.mkdir(parents=True)
    yield lambda port: make_settings(folder, database_url=url, mail_url=f"smtp://127.0.0.1:{port}")
