"""A key directory and a postbag for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from pulse.config import Settings
from tests.invitations.slips import Depot, make_depot
from tests.results.factories import Site, make_site


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def installed(app: Flask) -> Iterator[Depot]:
    """People without an address, their keys where this installation keeps them: for commands."""
    settings: Settings = app.config["PULSE"]
    shutil.rmtree(settings.key_dir, ignore_errors=True)
    yield make_depot(make_site(settings.home), entered=False)
    shutil.rmtree(settings.key_dir, ignore_errors=True)
