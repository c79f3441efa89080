"""Two versions of a bank, question by question."""

from dataclasses import replace

from pulse.domain.instrument import Bank, Item, Place
from pulse.domain.instrument.comparing import ItemChange, compare_banks


def make_item(item_id: str, **changes: object) -> Item:
    return replace(Item(item_id, f"I am {item_id}.", "agree5", "first", ("B-1",)), **changes)  # type: ignore[arg-type]


def make_bank(*items: Item, version: int = 1) -> Bank:
    return Bank("small", "Small", version, items)


def test_each_question_is_added_changed_the_same_or_missing() -> None:
    stays, goes, old = make_item("A-1"), make_item("A-2"), make_item("A-3")
    new, comes = make_item("A-3", text="We are.", reverse=True), make_item("A-4")

    changes = compare_banks(make_bank(stays, goes, old), make_bank(comes, new, stays))

    assert changes == [
        ItemChange("A-4", "added", None, comes),
        ItemChange("A-3", "changed", old, new, ("text", "reverse")),
        ItemChange("A-1", "same", stays, stays),
        ItemChange("A-2", "missing", goes),
    ]


def test_without_a_bank_before_every_question_is_added() -> None:
    assert [change.change for change in compare_banks(None, make_bank(make_item("A-1")))] == ["added"]


def test_where_a_question_was_written_and_in_which_order_is_no_change() -> None:
    first, second = make_item("A-1"), make_item("A-2")
    moved = replace(first, place=Place("x.csv", 7))

    changes = compare_banks(make_bank(first, second), make_bank(second, moved))

    assert {change.change for change in changes} == {"same"}
