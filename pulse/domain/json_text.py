"""JSON that came back from a browser or in a file, and that anybody may have written."""

import json
from typing import Any


def read_json(text: str | bytes) -> Any:
    """What it says; None, which no caller takes either, for what cannot be read.

    Nor is it read when it is nested too deeply, or has half of a character, which could not be stored. Only
    that it is JSON is certain then: the caller looks whether it has the right shape.
    """
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found
