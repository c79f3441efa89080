"""Which surveys ask a question. The banks do not know surveys: whoever does registers a finder here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple


class Use(NamedTuple):
    """A survey that asks a question, and in how many opened waves it already did."""

    survey: str
    #: still in its rotation, so asked again
    active: bool
    waves: int


#: item ids -> uses of those that have any
Finder = Callable[[Collection[str]], Mapping[str, Sequence[Use]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Once, when the program is put together."""
    if finder not in _finders:
        _finders.append(finder)


def uses_of(item_ids: Collection[str]) -> dict[str, list[Use]]:
    """Every use of every one of these questions; those without one have an empty list."""
    found: dict[str, list[Use]] = {item_id: [] for item_id in item_ids}
    for finder in _finders:
        for item_id, uses in finder(item_ids).items():
            found[item_id] += uses
    return found
