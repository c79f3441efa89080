"""What an editor may do to the questions of a bank: add, word anew, order and retire them.

Every act keeps a whole new version of the bank. A question that has changed its meaning becomes another one
with an id of its own, and the old one is retired: nothing that was asked is ever asked differently by the
same id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pulse.banks import linting, usage
from pulse.banks.measures import check_joined, check_moved, check_unmeasured
from pulse.banks.revising import EditError, Editor, Revision, check_seen, revise_bank
from pulse.banks.store import get_library
from pulse.banks.weighing import Edited, weigh_edits
from pulse.domain.instrument import Bank, Item, Library
from pulse.domain.instrument.changing import Change, Weighed, next_id
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say

_DECLARED = {
    Change.SPELLING: N_("spelling"),
    Change.TERM: N_("another term"),
    Change.MEANING: N_("another question"),
}


class Move(Enum):
    """Where a question goes within its heading."""

    UP = -1
    DOWN = 1


@dataclass(frozen=True)
class Edit:
    """An edited question, before it is kept: what it was, would be, and is at least."""

    before: Item
    after: Item
    weighed: Weighed
    #: the id it gets if it is another question
    new_id: str


def weigh_edit(after: Item) -> Edit:
    """What keeping this version of a question would mean; raises EditError if there is no such question."""
    library = get_library()
    return _weighed(library, get_item(library, after.id), after)


def _weighed(library: Library, before: Item, after: Item) -> Edit:
    taken = frozenset(item.id for item in library.all_items())
    weighed = weigh_edits(library, [Edited(before, after)])[after.id]
    return Edit(before, after, weighed, next_id(after.id, taken))


def save_item(after: Item, seen: str, declared: Change, editor: Editor) -> str:
    """Keep a question as declared; its id, which is new if it became another one. Raises EditError.

    `declared` may be more than the edit seems, never less. Sources and notes are no part of what is asked,
    and change without a word.
    """
    kept = [after.id]

    def change(library: Library, bank: Bank) -> Bank:
        before = _item_of(bank, after.id)
        check_seen(before, seen)  # first: what somebody else changed is no part of this edit
        edit = _weighed(library, before, after)
        _check_declared(edit, declared, editor)
        check_moved(bank, before, after, editor)
        check_wording(after)
        if declared is Change.MEANING:
            kept.append(edit.new_id)
            return _replace_by_another(bank, edit)
        wording = before.wording + (declared is Change.TERM)
        items = [replace(after, wording=wording) if i.id == after.id else i for i in bank.items]
        return _with_items(bank, in_order(bank, items))

    what = f"{after.id}: {_DECLARED.get(declared, 'notes')}"
    _revise_home(after.id, change, editor, "edited", what)
    return kept[-1]


def add_item(bank_id: str, item: Item, editor: Editor) -> None:
    """A new question at the end of its heading; raises EditError."""
    if not item.id:
        raise EditError(_("Give the question an id, such as OWN-01."), "id")
    if item.id in get_library():
        raise EditError(_("%(id)s is the id of another question: choose a new one.", id=item.id), "id")
    check_wording(item)

    def change(library: Library, bank: Bank) -> Bank:
        check_unmeasured(library, [item])
        check_joined(library, bank, [item], editor)
        return _with_items(replace(bank, version=bank.version + 1), in_order(bank, [*bank.items, item]))

    revise_bank(bank_id, change, editor, act="edited", what=f"{item.id}: new")


def look_at_wording(item: Item) -> linting.Linted | None:
    """What the wording rules say; None of what the library cannot read yet, which its own checks tell."""
    library = get_library()
    try:
        return linting.lint_item(library, item) if item.text.strip() else None
    except KeyError:  # no such scale, or no such {term}
        return None


def waive(item: Item, reason: str) -> Item:
    """The question with a reason beside each remark on its wording; one that is blocked stays so."""
    linted = look_at_wording(item)
    mine = {one.rule: reason for one in linted.findings if not one.is_blocking} if linted else {}
    return replace(item, waived=tuple((dict(item.waived) | mine).items()))


def move_item(item_id: str, move: Move, editor: Editor) -> None:
    """One place up or down within its heading; at its end it stays."""

    def change(_library: Library, bank: Bank) -> Bank:
        item = _item_of(bank, item_id)
        beside = [each.id for each in bank.items if each.section == item.section]
        place = beside.index(item_id) + move.value
        if not 0 <= place < len(beside):
            return bank
        items = list(bank.items)
        here, there = (
            next(n for n, i in enumerate(items) if i.id == each) for each in (item_id, beside[place])
        )
        items[here], items[there] = items[there], items[here]
        return _with_items(bank, items)

    _revise_home(item_id, change, editor, "edited", f"{item_id}: {move.name.lower()}")


def retire_item(item_id: str, editor: Editor, *, retired: bool = True) -> None:
    """Offer it to new surveys no more, or again; surveys that ask it go on. Raises EditError without a
    reason, which only offering again in no measure that is asked does not need."""
    if retired and not editor.why.strip():
        raise EditError(_("Say why it is retired: whoever looks for it will want to know."), "why")

    def change(library: Library, bank: Bank) -> Bank:
        if not retired and _item_of(bank, item_id).retired:
            check_joined(library, bank, [_item_of(bank, item_id)], editor)
        return _with_items(bank, [replace(i, retired=retired) if i.id == item_id else i for i in bank.items])

    what = f"{item_id}: {'retired' if retired else 'offered again'}"
    _revise_home(item_id, change, editor, "retired" if retired else "edited", what)


def delete_item(item_id: str, editor: Editor) -> None:
    """Take away a question that was never asked; raises EditError for any other."""

    def change(_library: Library, bank: Bank) -> Bank:
        if uses := usage.uses_of([item_id])[item_id]:
            raise EditError(
                _(
                    "%(id)s is asked by “%(survey)s”, so it cannot be deleted: retire it instead.",
                    id=item_id,
                    survey=uses[0].survey,
                )
            )
        return _with_items(
            replace(bank, version=bank.version + 1), [i for i in bank.items if i.id != item_id]
        )

    _revise_home(item_id, change, editor, "edited", f"{item_id}: deleted")


def _revise_home(item_id: str, change: Revision, editor: Editor, act: str, what: str) -> None:
    get_item(get_library(), item_id)
    revise_bank(get_library().bank_of(item_id).id, change, editor, act=act, what=what)


def check_wording(item: Item, field: str = "text") -> None:
    """Only what could tell who answers is refused: raises EditError at the field."""
    linted = look_at_wording(item)
    blocked = next((one for one in linted.findings if one.is_blocking), None) if linted else None
    if blocked is not None:
        raise EditError(say(blocked.why), field)


def _check_declared(edit: Edit, declared: Change, editor: Editor) -> None:
    least = edit.weighed.least
    if declared < least:
        why = "; ".join(map(say, edit.weighed.reasons))
        kind = _(_DECLARED[declared]) if declared else _("a note")
        raise EditError(_("This is more than %(kind)s: %(reasons)s.", kind=kind, reasons=why), "declared")
    if declared is Change.MEANING and edit.before.pair:
        raise EditError(
            _(
                "%(id)s is one side of a pair, and a pair of old and new compares nothing: add a pair of two "
                "new questions, and retire these two.",
                id=edit.before.id,
            ),
            "declared",
        )
    if declared is Change.TERM and not editor.why.strip():
        raise EditError(
            _("Say why the new term means the same: charts show it where the words change."), "why"
        )


def _replace_by_another(bank: Bank, edit: Edit) -> Bank:
    """The new question takes the old one's place; the old one stays behind it, retired."""
    new = replace(edit.after, id=edit.new_id, wording=1, replaces=edit.before.id, retired=False)
    old = replace(edit.before, retired=True)
    items = [each for item in bank.items for each in ((new, old) if item.id == old.id else (item,))]
    return _with_items(replace(bank, version=bank.version + 1), in_order(bank, items))


def _with_items(bank: Bank, items: Sequence[Item]) -> Bank:
    return replace(bank, items=tuple(items))


def in_order(bank: Bank, items: Sequence[Item]) -> list[Item]:
    """Heading by heading: a file can hold them in no other order."""
    order = [section.id for section in bank.sections]
    return sorted(items, key=lambda item: order.index(item.section) if item.section in order else len(order))


def get_item(library: Library, item_id: str) -> Item:
    try:
        return library.item(item_id)
    except KeyError:
        raise EditError(_("There is no question %(id)s: it may have been deleted.", id=item_id)) from None


def _item_of(bank: Bank, item_id: str) -> Item:
    found = next((item for item in bank.items if item.id == item_id), None)
    if found is None:
        raise EditError(_("There is no question %(id)s in this bank any more.", id=item_id))
    return found
