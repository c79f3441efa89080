"""The size and the effort of an answer sheet."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from pulse.domain import sheets
from pulse.responses.sealing import Sheet, seal

PUBLIC = bytes(PrivateKey(bytes(32)).public_key)


def make_item(item_id: str, kind: str = "bipolar", **values: Any) -> dict[str, Any]:
    return {"id": item_id, "kind": kind, "text": "Four words are here.", "max_chars": None} | values


def make_plan(closed: int = 2, texts: int = 1, leaders: int = 1, max_chars: int = 100) -> dict[str, Any]:
    items = [make_item(f"A-{n:02}") for n in range(closed)]
    items += [make_item(f"T-{n:02}", "text", max_chars=max_chars) for n in range(texts)]
    return {"items": items, "leader_items": [make_item(f"L-{n:02}") for n in range(leaders)]}


def test_people_who_lead_are_asked_their_items_after_everybodys() -> None:
    plan = make_plan()

    assert [item["id"] for item in sheets.asked_of(plan, leads=False)] == ["A-00", "A-01", "T-00"]
    assert [item["id"] for item in sheets.asked_of(plan, leads=True)] == ["A-00", "A-01", "T-00", "L-00"]


def test_a_sheet_holds_closed_items_only_leaders_last_whoever_fills_it_in() -> None:
    assert sheets.closed_items(make_plan()) == ["A-00", "A-01", "L-00"]


@given(
    closed=st.integers(0, 80),
    texts=st.integers(0, 6),
    leaders=st.integers(0, 4),
    max_chars=st.integers(1, 2000),
    value=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_the_largest_sheet_possible_fits_the_size_of_the_wave(
    closed: int, texts: int, leaders: int, max_chars: int, value: str
) -> None:
    plan = make_plan(closed, texts, leaders, max_chars)
    attributes = {"length_of_service": value, "site": value}
    size = sheets.sheet_bytes(plan, sheets.attribute_bytes(attributes))
    comments = {
        item["id"]: '"' * (sheets.comment_limit(item) // 2)  # each takes two bytes
        for item in plan["items"]
        if item["kind"] == "text"
    }
    fullest = Sheet(2**31, "4" * (closed + leaders), attributes, comments)

    assert size % 256 == 0
    assert len(seal(fullest, size, PUBLIC)) == size + 48


def test_the_size_does_not_depend_on_who_answers_but_on_the_largest() -> None:
    plan = make_plan()
    assert sheets.sheet_bytes(plan, 10) == sheets.sheet_bytes(plan, 11)
    assert sheets.sheet_bytes(plan, 10) < sheets.sheet_bytes(plan, 400)


def test_accented_attributes_are_measured_in_bytes() -> None:
    assert sheets.attribute_bytes({"a": "é"}) == len('{"a":"é"}') + 1


@pytest.mark.parametrize(
    ("closed", "texts", "minutes"), [(1, 0, 1), (10, 0, 1), (26, 0, 2), (26, 1, 3), (67, 0, 6)]
)
def test_minutes_follow_words_and_kinds(closed: int, texts: int, minutes: int) -> None:
    """Four words are 1.2 s, a closed item 4 s more, an open one 45 s more."""
    seconds = closed * 5.2 + texts * 46.2
    assert minutes == max(1, round(seconds / 60))
    assert sheets.minutes_to_answer(make_plan(closed, texts)["items"]) == minutes
