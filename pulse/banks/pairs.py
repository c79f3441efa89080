"""Pairs of questions that are read together: made at once, named anew, and taken away while never asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from pulse.banks import usage
from pulse.banks.editing import check_wording, in_order
from pulse.banks.measures import check_joined, check_unmeasured
from pulse.banks.revising import EditError, Editor, check_seen, revise_bank
from pulse.banks.store import get_library
from pulse.domain.instrument import Bank, Item, Library, Pair
from pulse.domain.instrument.parts import SIDES, Side
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _


class Kind(NamedTuple):
    """What the two questions of a pair are to each other. The first side names the second (`SIDES`)."""

    label: str
    first: Side
    #: put behind the id of the pair: of the first question and of the second
    letters: tuple[str, str]


KINDS: dict[str, Kind] = {
    "feelings": Kind(
        N_("Mixed feelings: how much good and how much bad of the same"), "positive", ("P", "N")
    ),
    "gap": Kind(N_("A gap: what is expected of people, and what they experience"), "expected", ("E", "X")),
}


@dataclass(frozen=True)
class NewPair:
    """What an editor types of a pair."""

    id: str
    label: str
    #: a key of KINDS
    kind: str
    first: str
    second: str
    section: str
    scale: str
    na: bool
    note: str


def get_pair(bank: Bank, pair_id: str) -> Pair:
    """Raises EditError."""
    found = next((pair for pair in bank.pairs if pair.id == pair_id), None)
    if found is None:
        raise EditError(_("There is no pair %(id)s in this bank any more.", id=pair_id))
    return found


def questions_of(bank: Bank, pair_id: str) -> list[Item]:
    """Both, in the order of the bank."""
    return [item for item in bank.items if item.pair == pair_id]


def add_pair(bank_id: str, new: NewPair, editor: Editor) -> None:
    """The pair with its two questions, at the end of their heading; raises EditError."""
    library = get_library()
    if new.id in {pair.id for bank in library.banks for pair in bank.pairs}:
        raise EditError(_("%(id)s is the id of another pair: choose a new one.", id=new.id), "id")
    items = _questions(new)
    taken = next((item.id for item in items if item.id in library), "")
    if taken:
        raise EditError(_("%(id)s is the id of another question: choose a new one.", id=taken), "id")
    for item, name in zip(items, ("first", "second"), strict=True):
        check_wording(item, name)

    def change(library: Library, bank: Bank) -> Bank:
        check_unmeasured(library, items)
        check_joined(library, bank, items, editor)
        return replace(
            bank,
            version=bank.version + 1,
            pairs=(*bank.pairs, Pair(new.id, new.label)),
            items=tuple(in_order(bank, [*bank.items, *items])),
        )

    revise_bank(bank_id, change, editor, act="edited", what=f"{new.id}: new pair")


def save_pair(bank_id: str, pair_id: str, label: str, seen: str, editor: Editor) -> None:
    """Another name; what its questions are is changed one by one. Raises EditError."""

    def change(_library: Library, bank: Bank) -> Bank:
        before = get_pair(bank, pair_id)
        check_seen(before, seen)
        after = replace(before, label=label)
        return replace(bank, pairs=tuple(after if pair is before else pair for pair in bank.pairs))

    revise_bank(bank_id, change, editor, act="edited", what=f"{pair_id}: pair")


def delete_pair(bank_id: str, pair_id: str, editor: Editor) -> None:
    """Take away a pair that was never asked, with its questions; raises EditError for any other."""

    def change(_library: Library, bank: Bank) -> Bank:
        get_pair(bank, pair_id)
        _check_unasked(item.id for item in questions_of(bank, pair_id))
        return replace(
            bank,
            version=bank.version + 1,
            pairs=tuple(pair for pair in bank.pairs if pair.id != pair_id),
            items=tuple(item for item in bank.items if item.pair != pair_id),
        )

    revise_bank(bank_id, change, editor, act="edited", what=f"{pair_id}: pair deleted")


def _questions(new: NewPair) -> tuple[Item, Item]:
    kind = KINDS[new.kind]
    shared = {"scale": new.scale, "section": new.section, "na": new.na, "note": new.note, "pair": new.id}
    first, second = (f"{new.id}-{letter}" for letter in kind.letters)
    return (
        Item(first, new.first, side=kind.first, **shared),  # type: ignore[arg-type]
        Item(second, new.second, side=SIDES[kind.first], **shared),  # type: ignore[arg-type]
    )


def _check_unasked(item_ids: Iterable[str]) -> None:
    for item_id, uses in usage.uses_of(set(item_ids)).items():
        if uses:
            raise EditError(
                _(
                    "%(id)s is asked by “%(survey)s”, so the pair stays: retire its two questions instead.",
                    id=item_id,
                    survey=uses[0].survey,
                )
            )
