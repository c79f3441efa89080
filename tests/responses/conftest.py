"""A key directory and a postbag for each test."""

from pathlib import Path

import pytest
from flask import Flask

from tests.results.factories import Site, make_site


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    return make_site(tmp_path)
