"""Fixtures of the survey tests: a key directory of the test's own."""

from pathlib import Path

import pytest

from pulse.surveys.keyring import Keyring
from tests.surveys.factories import make_keyring


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return make_keyring(tmp_path)
