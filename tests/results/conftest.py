"""Released waves that a whole module reads: making one takes longer than asking it many questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from pulse.db import db
from tests.results.closes import make_due_wave
from tests.results.factories import Site, make_site
from tests.support.tables import empty_database


@pytest.fixture(scope="module")
def shared_app(_application: Flask) -> Iterator[Flask]:
    """The application on a database that keeps its rows for a whole module; not to be mixed with `app`."""
    with _application.app_context():
        yield _application
        db.session.rollback()
        empty_database()


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def wave_id(site: Site) -> int:
    """An answered wave, due to close."""
    return make_due_wave(site)
