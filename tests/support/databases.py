"""Which database the tests run on: SQLite, or PostgreSQL with PULSE_TEST_DATABASE=postgresql. Same tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import WITHOUT_AUTOVACUUM, PostgresServer, create_postgres_database

KINDS = ("sqlite", "postgresql")
#: folders, and ends of names, of tests that on PostgreSQL run only where they are marked
_SHOWING = frozenset({"api", "banks", "cli", "dashboards", "languages", "pilots", "tools", "web"})
_SHOWING_NAMES = ("views", "page", "pages", "commands")


def chosen_kind() -> str:
    kind = os.environ.get("PULSE_TEST_DATABASE") or "sqlite"
    if kind not in KINDS:
        raise pytest.UsageError(f"PULSE_TEST_DATABASE is {kind!r}: set it to one of {', '.join(KINDS)}.")
    return kind


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
def _server_folder() -> Iterator[str]:
    """Where this process's own PostgreSQL listens; "" with SQLite.

    Roles, replication slots, backups under way and snapshots belong to the whole server: on a shared one, a
    test in one process would change what `pulse anonymity verify` finds in another.
    """
    if chosen_kind() == "sqlite":
        yield ""
        return
    server = PostgresServer(**WITHOUT_AUTOVACUUM)
    yield str(server.folder)
    server.stop()


@pytest.fixture(scope="session")
def database_url(home: Path, _server_folder: str) -> str:
    """The database that this process uses for all its tests; `app` empties it after each."""
    if chosen_kind() == "sqlite":
        return f"sqlite:///{home / 'pulse.db'}"
    return create_postgres_database(_server_folder, "pulse_tests")


@pytest.fixture
def new_database(tmp_path: Path, _server_folder: str) -> Callable[[str], str]:
    """`new_database("name")` is the address of a database of this test's own, without a table."""

    def create(name: str) -> str:
        if chosen_kind() == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        return create_postgres_database(_server_folder, name)

    return create
