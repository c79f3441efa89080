"""Sheets where people are asked different blocks of questions."""

import pytest

from pulse.domain import sheets
from tests.domain.test_sheets import make_item

PLAN = {
    "items": [make_item("A"), make_item("B"), make_item("C"), make_item("T", "text", max_chars=100)],
    "leader_items": [make_item("L")],
    "blocks": [["A", "B"], ["A", "C", "T"]],
}


def test_a_person_is_asked_the_block_and_leaders_their_own_too() -> None:
    assert [item["id"] for item in sheets.asked_of(PLAN, leads=True, block=1)] == ["A", "C", "T", "L"]
    assert sheets.closed_items(PLAN) == ["A", "B", "C", "L"]


def test_what_was_not_asked_is_told_apart_from_what_was_left_out() -> None:
    assert sheets.unasked_pattern(PLAN, 0) == "--x-"
    assert sheets.unasked_pattern({**PLAN, "blocks": []}, 0) == "----"


@pytest.mark.parametrize(
    ("answers", "written", "kept"),
    [
        ("13x-", [], True),
        ("134-", [], False),
        ("1x4-", [], False),
        ("13x-", ["T"], False),
        ("13x", [], False),
    ],
)
def test_only_answers_to_what_the_block_asks_keep_to_it(answers: str, written: list[str], kept: bool) -> None:
    assert sheets.keeps_to_block(PLAN, 0, answers, written) is kept


def test_the_longest_block_counts() -> None:
    assert sheets.sheet_bytes(PLAN, 2) == 512
    longest = sheets.minutes_to_answer(sheets.asked_of(PLAN, leads=False, block=1))
    assert sheets.longest_minutes(PLAN) == longest
