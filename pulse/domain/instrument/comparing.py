"""What would change if one version of a bank took the place of another, question by question."""

from dataclasses import dataclass, fields
from typing import Literal

from pulse.domain.instrument.parts import Bank, Item

Change = Literal["added", "changed", "same", "missing"]
#: where a question was written says nothing of it
_COMPARED = tuple(field.name for field in fields(Item) if field.compare)


@dataclass(frozen=True)
class ItemChange:
    """One question by its id. `before` is None for one that is added, `after` for one that is missing."""

    id: str
    change: Change
    before: Item | None = None
    after: Item | None = None
    #: names of the fields of Item that differ, in their order there
    fields: tuple[str, ...] = ()


def compare_banks(before: Bank | None, after: Bank) -> list[ItemChange]:
    """Every question of either bank: those of `after` in its order, then those that it no longer has.

    The order of questions is not compared. Without `before` every question is added.
    """
    old = {item.id: item for item in before.items} if before else {}
    new = {item.id for item in after.items}
    changes = [_change(old.get(item.id), item) for item in after.items]
    return changes + [ItemChange(item.id, "missing", item) for item in old.values() if item.id not in new]


def _change(before: Item | None, after: Item) -> ItemChange:
    if before is None:
        return ItemChange(after.id, "added", None, after)
    differing = tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
    return ItemChange(after.id, "changed" if differing else "same", before, after, differing)
