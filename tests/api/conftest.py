"""Two released waves that every test of a module reads: making them takes longer than all the reading."""

from collections.abc import Iterator

import pytest
from flask import Flask

from pulse.db import db
from tests.api.scene import Scene, make_scene
from tests.support.tables import empty_database


@pytest.fixture(scope="module")
def scene(_application: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """On a database that keeps its rows for a whole module; not to be mixed with `app`."""
    with _application.app_context():
        yield make_scene(_application, tmp_path_factory.mktemp("api"))
        db.session.rollback()
        empty_database()
