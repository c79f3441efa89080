"""Fixtures of the survey tests: the pages are there, and a key directory of the test's own."""

from pathlib import Path

import pytest
from flask import Flask

from pulse.surveys.keyring import Keyring
from tests.surveys.factories import make_keyring
from tests.surveys.features import add_missing


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with the survey pages; no response rate is known unless a test says one."""
    add_missing(app)
    monkeypatch.setitem(app.extensions, "pulse.response_rate", lambda wave_id: None)
    return app


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return make_keyring(tmp_path)
