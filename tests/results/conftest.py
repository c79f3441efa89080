"""Released waves that a whole module reads: making one takes longer than asking it many questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from pulse.config import Settings
from pulse.db import db
from tests.conftest import make_settings
from tests.results.closes import SMALL, close, make_due_wave
from tests.results.factories import Site, answer_all, make_council, make_sent_wave, make_site
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


@pytest.fixture
def settings(app: Flask, tmp_path: Path, no_other_keys: None) -> Settings:
    """The database that all tests share, beside a key directory of this test's own."""
    return make_settings(tmp_path, database_url=app.config["PULSE"].database_url)


@pytest.fixture
def released(wave_id: int, site: Site) -> int:
    """A wave that was answered and released by the real pipeline."""
    assert close(wave_id, site)
    return wave_id


@pytest.fixture
def still_open(site: Site) -> int:
    """An open wave in which some have answered, and its key directory."""
    council = make_council(SMALL)
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council, turnout=lambda voter: voter.number <= 4)
    return wave_id
