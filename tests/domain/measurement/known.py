"""The known answers beside this file, as plain data: of the reference file, and of the design's own text."""

from pathlib import Path
from typing import Any

import pytest
import yaml


def _read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8")))


KNOWN = _read("known_answers.yaml") | _read("known_more.yaml")


def as_shown(expected: float) -> Any:
    """Equal to the digits that `expected` shows; a whole number is meant exactly."""
    digits = len(repr(expected).partition(".")[2]) if isinstance(expected, float) else 9
    return pytest.approx(expected, abs=0.5000001 * 10**-digits, rel=0)


def all_as_shown(expected: list[float]) -> list[Any]:
    return [as_shown(value) for value in expected]
