"""The size and the effort of an answer sheet, from a wave's frozen plan."""

import json
import math
from typing import Any

Plan = dict[str, Any]

#: characters that stand for an answer which is not a score
NO_ANSWER, NOT_APPLICABLE, PREFER_NOT = "-", "n", "p"
_STEP = 256
#: brackets, unit id and separators around answers, comments and attributes
_OVERHEAD = 64
_WORDS_A_MINUTE = 200
_SECONDS_A_CLOSED_ITEM = 4
_SECONDS_AN_OPEN_ITEM = 45


def asked_of(plan: Plan, leads: bool) -> list[dict[str, Any]]:
    """The items one person is asked: everybody's, then the leaders' for people who lead."""
    return list(plan["items"]) + (list(plan["leader_items"]) if leads else [])


def is_closed(item: dict[str, Any]) -> bool:
    """Whether the item has options; the others take a text."""
    return bool(item["kind"] != "text")


def closed_items(plan: Plan) -> list[str]:
    """Ids of the closed items, in the order of a sheet's answer characters; leaders' items last."""
    return [item["id"] for item in asked_of(plan, leads=True) if is_closed(item)]


def comment_limit(item: dict[str, Any]) -> int:
    """Bytes kept for one comment: two for each character allowed, so that accented text fits."""
    return 2 * int(item["max_chars"])


def attribute_bytes(attributes: dict[str, str]) -> int:
    """Bytes that one person's attributes take in a sheet."""
    return len(json.dumps(attributes, separators=(",", ":"), ensure_ascii=False).encode())


def sheet_bytes(plan: Plan, longest_attributes: int) -> int:
    """Bytes of every sheet of the wave before sealing: the largest possible, rounded up to 256.

    One size a wave, because a length that differs would tell sheets apart. `longest_attributes` is the
    largest `attribute_bytes` in the population.
    """
    texts = [item for item in asked_of(plan, leads=True) if not is_closed(item)]
    comments = sum(comment_limit(item) + len(item["id"]) + 8 for item in texts)
    largest = _OVERHEAD + len(closed_items(plan)) + longest_attributes + comments
    return math.ceil(largest / _STEP) * _STEP


def minutes_to_answer(items: list[dict[str, Any]]) -> int:
    """Whole minutes, at least 1: words at 200 a minute, 4 s a closed item, 45 s an open one.

    A planning rule (measurement design, section 3), not evidence.
    """
    words = sum(len(item["text"].split()) for item in items)
    effort = sum(_SECONDS_A_CLOSED_ITEM if is_closed(item) else _SECONDS_AN_OPEN_ITEM for item in items)
    return max(1, round((words / _WORDS_A_MINUTE * 60 + effort) / 60))
