"""The measures of a bank: what a score is called, which headings it is made of, and how much it needs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from pulse.banks import queries, usage
from pulse.banks.loading import get_supplied
from pulse.banks.revising import EditError, Editor, check_seen, revise_bank
from pulse.banks.writing import MEASURES, measure_ids
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
_WAS_MEASURED = N_(
    "%(id)s was the id of a measure before, and its scores would be mixed with these results: choose a new "
    "one."
)


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

    def change(library: Library, bank: Bank) -> Bank:
        _check_free(library, index_id)
        made = _shaped(Index(index_id, "", "higher_is_better", "mean"), shape)
        return replace(bank, indices=(*bank.indices, made))

    revise_bank(bank_id, change, editor, act="edited", what=f"{index_id}: new measure")


def list_measured(words: str = MEASURES) -> set[str]:
    """The ids that measures had in any version of any bank that was changed here, of one that is gone too.

    `words` leaves out versions that lack them: with an id, all but the few that could tell of it.
    """
    return {index_id for text in queries.list_contents(words) for index_id in measure_ids(text)}


def check_unmeasured(library: Library, new: Iterable[Item]) -> None:
    """Raise EditError for a new question with the id of a measure that was deleted."""
    standing = {index.id for bank in library.banks for index in bank.indices}
    for item_id in {item.id for item in new} - standing:
        _check_never_measured(item_id)


def _check_free(library: Library, index_id: str) -> None:
    """Results are kept by the id of what they are of, a measure or a question."""
    if index_id in {index.id for bank in library.banks for index in bank.indices}:
        raise EditError(_("%(id)s is the id of another measure: choose a new one.", id=index_id), "id")
    if index_id in library:
        raise EditError(_("%(id)s is the id of a question: choose a new one.", id=index_id), "id")
    _check_never_measured(index_id)


def _check_never_measured(new_id: str) -> None:
    if new_id in list_measured(new_id):
        raise EditError(_(_WAS_MEASURED, id=new_id), "id")


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


def joined_asked(bank: Bank, new: Iterable[Item]) -> list[Index]:
    """The measures of the bank that surveys ask and that new questions would count in."""
    under = {item.section for item in new}
    joined = [index for index in bank.indices if under & {*index.sections}]
    made_of = {index.id: [item.id for item in bank.index_items(index)] for index in joined}
    uses = usage.uses_of({item_id for item_ids in made_of.values() for item_id in item_ids})
    return [index for index in joined if any(uses[item_id] for item_id in made_of[index.id])]


def check_joined(library: Library, bank: Bank, new: Iterable[Item], editor: Editor) -> None:
    """Raise EditError for questions more in a measure that surveys ask, without a reason."""
    joined = joined_asked(bank, new)
    if joined and not editor.why.strip():
        raise EditError(
            _(
                "Say why: it counts in “%(measure)s”, which is another score then.",
                measure=library.fill(joined[0].label),
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
