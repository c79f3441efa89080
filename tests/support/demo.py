"""A corner of the demo's place, built once by the real pipeline for every test that reads it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.demo.corner import Corner


@pytest.fixture(scope="session")
def corner(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Corner]":
    from tests.demo.corner import build_corner  # loads the whole program, which few tests need

    built = build_corner(tmp_path_factory.mktemp("demo") / "demo")
    yield built
    built.dispose()
