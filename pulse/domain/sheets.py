"""The size and the effort of an answer sheet, from a wave's frozen plan."""

import json
import math
from collections.abc import Iterable
from typing import Any

Plan = dict[str, Any]

#: characters that stand for an answer which is not a score
NO_ANSWER, NOT_APPLICABLE, PREFER_NOT = "-", "n", "p"
#: stands where a question was not asked of this person, who therefore has not left it out
NOT_ASKED = "x"
_STEP = 256
#: brackets, unit id and separators around answers, comments and attributes
_OVERHEAD = 64
_WORDS_A_MINUTE = 200
_SECONDS_A_CLOSED_ITEM = 4
_SECONDS_AN_OPEN_ITEM = 45


def asked_of(plan: Plan, leads: bool, block: int = 0) -> list[dict[str, Any]]:
    """The items one person is asked: their block's, then the leaders' for people who lead.

    Where a plan has no blocks, everybody is asked all of `items`.
    """
    items = list(plan["items"])
    if plan.get("blocks"):
        block_items = set(plan["blocks"][block])
        items = [item for item in items if item["id"] in block_items]
    return items + (list(plan["leader_items"]) if leads else [])


def all_items(plan: Plan) -> list[dict[str, Any]]:
    """Every item that anybody is asked, leaders' items last."""
    return list(plan["items"]) + list(plan["leader_items"])


def asked_in_part(plan: Plan) -> frozenset[str]:
    """Ids of the items that some blocks ask and others do not; none where a plan has no blocks."""
    blocks = [set(block) for block in plan.get("blocks", ())]
    return frozenset(set().union(*blocks) - set.intersection(*blocks)) if blocks else frozenset()


def unasked_pattern(plan: Plan, block: int) -> str:
    """A sheet in which a person of the block answered nothing.

    Leaders' items are left out here, not unasked: a sheet does not tell who leads unless they answer.
    """
    unasked = asked_in_part(plan) - set(plan["blocks"][block]) if plan.get("blocks") else frozenset()
    return "".join(NOT_ASKED if item in unasked else NO_ANSWER for item in closed_items(plan))


def keeps_to_block(plan: Plan, block: int, answers: str, written: Iterable[str]) -> bool:
    """Whether answers and the questions `written` to are only of what the block asks, and marked as such."""
    pattern = unasked_pattern(plan, block)
    if len(answers) != len(pattern):
        return False
    unasked = asked_in_part(plan).difference(*plan.get("blocks", [])[block : block + 1])
    fits = all(
        (given == NOT_ASKED) == (mark == NOT_ASKED) for given, mark in zip(answers, pattern, strict=True)
    )
    return fits and unasked.isdisjoint(written)


def is_closed(item: dict[str, Any]) -> bool:
    """Whether the item has options; the others take a text."""
    return bool(item["kind"] != "text")


def closed_items(plan: Plan) -> list[str]:
    """Ids of the closed items, in the order of a sheet's answer characters; leaders' items last."""
    return [item["id"] for item in all_items(plan) if is_closed(item)]


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
    comments = max(_comment_bytes(asked_of(plan, True, block)) for block in range(_count_blocks(plan)))
    largest = _OVERHEAD + len(closed_items(plan)) + longest_attributes + comments
    return math.ceil(largest / _STEP) * _STEP


def _count_blocks(plan: Plan) -> int:
    return len(plan.get("blocks", ())) or 1


def _comment_bytes(items: list[dict[str, Any]]) -> int:
    """Bytes that one person's comments take at the most."""
    return sum(comment_limit(item) + len(item["id"]) + 8 for item in items if not is_closed(item))


def longest_minutes(plan: Plan, leads: bool = False) -> int:
    """Whole minutes of the block that takes longest."""
    return max(minutes_to_answer(asked_of(plan, leads, block)) for block in range(_count_blocks(plan)))


def minutes_to_answer(items: list[dict[str, Any]]) -> int:
    """Whole minutes, at least 1, by the rule of `seconds_to_answer`."""
    return max(1, round(seconds_to_answer(items) / 60))


def seconds_to_answer(items: list[dict[str, Any]]) -> float:
    """Words at 200 a minute, 4 s a closed item, 45 s an open one.

    A planning rule (measurement design, section 3), not evidence.
    """
    words = sum(len(item["text"].split()) for item in items)
    effort = sum(_SECONDS_A_CLOSED_ITEM if is_closed(item) else _SECONDS_AN_OPEN_ITEM for item in items)
    return words / _WORDS_A_MINUTE * 60 + effort
