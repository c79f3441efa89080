"""A corner of the demo's place, built once by the real pipeline for every test that reads it."""

from collections.abc import Iterator

import pytest

from tests.demo.corner import Corner, build_corner


@pytest.fixture(scope="session")
def corner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corner]:
    built = build_corner(tmp_path_factory.mktemp("demo") / "demo")
    yield built
    built.dispose()
