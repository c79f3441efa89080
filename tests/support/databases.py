"""Which database the tests run on: SQLite, or PostgreSQL with PULSE_TEST_DATABASE=postgresql. Same tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.postgres import WITHOUT_AUTOVACUUM, PostgresServer, create_postgres_database

KINDS = ("sqlite", "postgresql")
#: tells the xdist workers, which inherit the environment, where the first process started the server
_SERVER_FOLDER = "PULSE_TEST_POSTGRES_FOLDER"
#: folders, and ends of names, of tests that on PostgreSQL run only where they are marked
_SHOWING = frozenset({"api", "banks", "cli", "dashboards", "tools", "web"})
_SHOWING_NAMES = ("views", "page", "pages", "commands")
_server = pytest.StashKey[PostgresServer]()


def chosen_kind() -> str:
    kind = os.environ.get("PULSE_TEST_DATABASE") or "sqlite"
    if kind not in KINDS:
        raise pytest.UsageError(f"PULSE_TEST_DATABASE is {kind!r}: set it to one of {', '.join(KINDS)}.")
    return kind


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    if chosen_kind() == "postgresql" and not is_worker and not config.option.collectonly:
        config.stash[_server] = PostgresServer(**WITHOUT_AUTOVACUUM)
        os.environ[_SERVER_FOLDER] = str(config.stash[_server].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_server, None)
    if server:
        server.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL runs again what asks, locks, claims, scrubs or migrates; not each page that shows it.

    Pages, commands and words reach the database through queries that the tests of use cases run on both, and
    `tests/web/test_every_page.py` opens every page on both. A page whose own steps need PostgreSQL, such as a
    claim that only the page makes, is marked `both_databases`.
    """
    if chosen_kind() == "sqlite":
        return
    again = [item for item in items if _runs_again(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def _runs_again(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    if not names & {"database_url", "new_database"} or item.get_closest_marker("browser"):
        return False
    return not _shows(item.path) or item.get_closest_marker("both_databases") is not None


def _shows(path: Path) -> bool:
    """Whether a file of tests is about pages, commands or words, by its folder or by its name."""
    return path.parent.name in _SHOWING or path.stem.endswith(_SHOWING_NAMES)


@pytest.fixture(scope="session")
def database_url(home: Path, worker_id: str) -> str:
    """The database that this process uses for all its tests; `app` empties it after each."""
    if chosen_kind() == "sqlite":
        return f"sqlite:///{home / 'pulse.db'}"
    return create_postgres_database(os.environ[_SERVER_FOLDER], f"pulse_{worker_id}")


@pytest.fixture
def new_database(tmp_path: Path, worker_id: str) -> Callable[[str], str]:
    """`new_database("name")` is the address of a database of this test's own, without a table."""

    def create(name: str) -> str:
        if chosen_kind() == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        return create_postgres_database(os.environ[_SERVER_FOLDER], f"{name}_{worker_id}")

    return create
