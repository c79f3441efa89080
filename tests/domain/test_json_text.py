"""JSON from outside: read, or not read at all; never a way to stop the program."""

import pytest

from pulse.domain.json_text import read_json


def test_json_is_read_as_what_it_says() -> None:
    assert read_json(b'{"a": ["\\u00e9", 1, null]}') == {"a": ["é", 1, None]}


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, '{"a":' * 100_000, "9" * 5000, '"\\ud800"', '{"\\udfff": 1}', b"\xff"]
)
def test_what_cannot_be_read_or_stored_is_nothing(text: str | bytes) -> None:
    assert read_json(text) is None
