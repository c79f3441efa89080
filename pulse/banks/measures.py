"""The measures of a bank: what a score is called, which headings it is made of, and how much it needs."""

from dataclasses import dataclass, replace
from typing import get_args

from pulse.banks.loading import get_supplied
from pulse.banks.revising import EditError, Editor, check_seen, get_bank, revise_bank
from pulse.banks.store import get_library
from pulse.domain.instrument import Bank, Index, Library
from pulse.domain.instrument.parts import Direction

#: of the other methods only the name is changed here: pairs and stages are shaped in a file
SHAPED_HERE = ("mean", "mean_of_facets")
DIRECTIONS: dict[str, str] = {
    "higher_is_better": "More is better",
    "higher_is_more_worry": "More is more worry",
    "not_good_or_bad": "Neither good nor bad",
}


@dataclass(frozen=True)
class Shape:
    """What an editor types of a measure."""

    label: str
    direction: str
    sections: tuple[str, ...]
    need: int
    #: each heading is a part with a score of its own
    by_parts: bool = False


def get_measure(bank: Bank, index_id: str) -> Index:
    """Raises EditError."""
    found = next((index for index in bank.indices if index.id == index_id), None)
    if found is None:
        raise EditError(f"There is no measure {index_id} in this bank any more.")
    return found


def add_measure(bank_id: str, index_id: str, shape: Shape, editor: Editor) -> None:
    """A measure of one's own; raises EditError."""
    library = get_library()
    if index_id in {index.id for bank in library.banks for index in bank.indices}:
        raise EditError(f"{index_id} is the id of another measure: choose a new one.", "id")
    get_bank(library, bank_id)
    made = _shaped(Index(index_id, "", "higher_is_better", "mean"), shape)

    def change(_library: Library, bank: Bank) -> Bank:
        return replace(bank, indices=(*bank.indices, made))

    revise_bank(bank_id, change, editor, act="edited", what=f"{index_id}: new measure")


def save_measure(bank_id: str, index_id: str, shape: Shape, seen: str, editor: Editor) -> None:
    """Another name, or another make: then its scores compare with no earlier ones, which needs a reason."""

    def change(_library: Library, bank: Bank) -> Bank:
        before = get_measure(bank, index_id)
        check_seen(before, seen)
        after = replace(before, label=shape.label)
        if before.method in SHAPED_HERE:
            after = _shaped(before, shape)
        if replace(after, label=before.label) != before and not editor.why.strip():
            raise EditError("Say why: from the next survey on this score is another one.", "why")
        return replace(bank, indices=tuple(after if each is before else each for each in bank.indices))

    revise_bank(bank_id, change, editor, act="edited", what=f"{index_id}: measure")


def delete_measure(bank_id: str, index_id: str, editor: Editor) -> None:
    """Take away a measure of one's own; surveys that have measured it keep it. Raises EditError."""
    if index_id in {index.id for bank in get_supplied().banks for index in bank.indices}:
        raise EditError("A supplied measure stays: results and their explanations speak of it.")

    def change(_library: Library, bank: Bank) -> Bank:
        gone = get_measure(bank, index_id)
        return replace(bank, indices=tuple(each for each in bank.indices if each is not gone))

    revise_bank(bank_id, change, editor, act="edited", what=f"{index_id}: measure deleted")


def _shaped(index: Index, shape: Shape) -> Index:
    direction: Direction | None = next((one for one in get_args(Direction) if one == shape.direction), None)
    if direction is None:
        raise EditError("Say what a high score means.", "direction")
    return replace(
        index,
        label=shape.label,
        direction=direction,
        method="mean_of_facets" if shape.by_parts else "mean",
        sections=shape.sections,
        need=shape.need,
        need_facets=max(index.need_facets, 1) if shape.by_parts else 0,
    )
