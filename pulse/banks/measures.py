"""The measures of a bank: what a score is called, which headings it is made of, and how much it needs."""

from dataclasses import dataclass, replace
from typing import get_args

from pulse.banks import queries, usage
from pulse.banks.loading import get_supplied
from pulse.banks.revising import EditError, Editor, check_seen, get_bank, revise_bank
from pulse.banks.store import get_library
from pulse.domain.instrument import Bank, Index, Item, Library
from pulse.domain.instrument.parts import Direction, Method
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: how a measure that is shaped here is made; of stages and of leaders' gaps only the name is changed
METHODS: dict[str, str] = {
    "mean": N_("One score of all questions under its headings"),
    "mean_of_facets": N_("A score of each heading, and their mean"),
    "griffin": N_("Mixed feelings: a positive and a negative question in each pair"),
    "gap": N_("A gap: what is expected of people, less what they experience, pair by pair"),
}
#: methods that read pairs; the others read headings
BY_PAIRS = ("griffin", "gap")
DIRECTIONS: dict[str, str] = {
    "higher_is_better": N_("More is better"),
    "higher_is_more_worry": N_("More is more worry"),
    "not_good_or_bad": N_("Neither good nor bad"),
    "nearer_zero_is_better": N_("Nearer to zero is better"),
}


@dataclass(frozen=True)
class Shape:
    """What an editor types of a measure."""

    label: str
    direction: str
    sections: tuple[str, ...]
    need: int
    #: a key of METHODS
    method: str = "mean"
    pairs: tuple[str, ...] = ()


def get_measure(bank: Bank, index_id: str) -> Index:
    """Raises EditError."""
    found = next((index for index in bank.indices if index.id == index_id), None)
    if found is None:
        raise EditError(_("There is no measure %(id)s in this bank any more.", id=index_id))
    return found


def add_measure(bank_id: str, index_id: str, shape: Shape, editor: Editor) -> None:
    """A measure of one's own; raises EditError."""
    library = get_library()
    if index_id in {index.id for bank in library.banks for index in bank.indices}:
        raise EditError(_("%(id)s is the id of another measure: choose a new one.", id=index_id), "id")
    get_bank(library, bank_id)
    if queries.was_written(f"- id: {index_id}\n"):
        raise EditError(
            _(
                "%(id)s was an id before, and its scores would be mixed with these: choose a new one.",
                id=index_id,
            ),
            "id",
        )
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
        if before.method in METHODS:
            after = _shaped(before, shape)
        if after.method != before.method:
            raise EditError(
                _("This would be a score of another kind: add a new measure for it, and delete this one."),
                "method",
            )
        if replace(after, label=before.label) != before and not editor.why.strip():
            raise EditError(_("Say why: from the next survey on this score is another one."), "why")
        return replace(bank, indices=tuple(after if each is before else each for each in bank.indices))

    revise_bank(bank_id, change, editor, act="edited", what=f"{index_id}: measure")


def delete_measure(bank_id: str, index_id: str, editor: Editor) -> None:
    """Take away a measure of one's own; surveys that have measured it keep it. Raises EditError."""
    if index_id in {index.id for bank in get_supplied().banks for index in bank.indices}:
        raise EditError(_("A supplied measure stays: results and their explanations speak of it."))

    def change(_library: Library, bank: Bank) -> Bank:
        gone = get_measure(bank, index_id)
        return replace(bank, indices=tuple(each for each in bank.indices if each is not gone))

    revise_bank(bank_id, change, editor, act="edited", what=f"{index_id}: measure deleted")


def moved_between(bank: Bank, before: Item, after: Item) -> tuple[list[Index], list[Index]]:
    """The measures that a question leaves, and those that it joins, by going under another heading."""
    old, new = (
        [index for index in bank.indices if item.section in index.sections] for item in (before, after)
    )
    return [one for one in old if one not in new], [one for one in new if one not in old]


def check_moved(bank: Bank, before: Item, after: Item, editor: Editor) -> None:
    """Raise EditError for a move between measures without a reason: both are other scores from then on."""
    if any(moved_between(bank, before, after)) and not editor.why.strip():
        raise EditError(
            _("Say why: it counts in other measures then, which are compared with no earlier scores."), "why"
        )


def check_joined(bank: Bank, item: Item, editor: Editor) -> None:
    """Raise EditError for one question more in a measure that surveys ask, without a reason."""
    joined = [index for index in bank.indices if item.section in index.sections]
    asked = usage.uses_of([each.id for index in joined for each in bank.index_items(index)])
    if any(asked.values()) and not editor.why.strip():
        raise EditError(
            _(
                "Say why: it counts in “%(measure)s”, which is another score then.",
                measure=get_library().fill(joined[0].label),
            ),
            "why",
        )


def _shaped(index: Index, shape: Shape) -> Index:
    direction: Direction | None = next((one for one in get_args(Direction) if one == shape.direction), None)
    if direction is None:
        raise EditError(_("Say what a high score means."), "direction")
    method: Method | None = next((one for one in get_args(Method) if one == shape.method), None)
    if method is None or method not in METHODS:
        raise EditError(_("Say how the score is made."), "method")
    by_pairs = method in BY_PAIRS
    if not (shape.pairs if by_pairs else shape.sections):
        wanted = _("Choose at least one pair.") if by_pairs else _("Choose at least one heading.")
        raise EditError(wanted, "pairs" if by_pairs else "sections")
    if (direction == "nearer_zero_is_better") != (method == "gap"):
        raise EditError(
            _("A gap is better nearer to zero, and nothing else is: choose that for a gap."), "direction"
        )
    return replace(
        index,
        label=shape.label,
        direction=direction,
        method=method,
        sections=() if by_pairs else shape.sections,
        pairs=shape.pairs if by_pairs else (),
        need=shape.need,
        need_facets=max(index.need_facets, 1) if method == "mean_of_facets" else 0,
    )
