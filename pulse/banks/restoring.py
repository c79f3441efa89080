"""An earlier version again, as the newest. It obeys the rules of an edit: nothing that was asked is asked
otherwise under its id, and nothing that surveys ask is lost."""

from collections.abc import Sequence
from dataclasses import replace

from pulse.banks import usage
from pulse.banks.history import bank_in, library_of
from pulse.banks.reasons import needs_reason
from pulse.banks.revising import (
    SCALES,
    SOURCES,
    EditError,
    Editor,
    add_bank,
    revise_bank,
    revise_scales,
    revise_sources,
)
from pulse.banks.store import get_library
from pulse.banks.terms import check_words
from pulse.banks.weighing import edits_in, weigh_edits
from pulse.domain.instrument import Bank, Library, Scale
from pulse.domain.instrument.changing import Change, later, weigh_scale
from pulse.domain.instrument.comparing import ItemChange, compare_banks
from pulse.languages.saying import gettext as _


def restore(document: str, number: int, editor: Editor) -> Library:
    """An earlier version again, as a new one; 0 is the supplied file. Raises EditError."""
    earlier, what = library_of(document, number), f"version {number} again"
    if document == SCALES:
        return revise_scales(
            lambda now: _words_again(now, earlier, editor), editor, act="restored", what=what
        )
    if document == SOURCES:
        return revise_sources(
            lambda now: replace(now, documents=earlier.documents, sources=earlier.sources),
            editor,
            act="restored",
            what=what,
        )
    again = bank_in(earlier, document)
    if not again.sections:
        raise EditError(_("In that version there is no bank: choose one that has questions."))
    if document not in {bank.id for bank in get_library().banks}:
        back = replace(again, version=again.version + 1)
        return add_bank(document, lambda _library: back, editor, act="restored", what=what)
    return revise_bank(
        document, lambda _now, bank: _bank_again(bank, again, editor), editor, act="restored", what=what
    )


def _bank_again(now: Bank, again: Bank, editor: Editor) -> Bank:
    """As it was, but for what surveys ask and it lacks: that is retired, and its heading and pair stay."""
    changes = compare_banks(now, again)
    uses = usage.uses_of([each.id for each in changes if each.change != "same"])
    _check_meanings([each for each in changes if uses.get(each.id)])
    kept = [
        replace(one.before, retired=True) for one in changes if one.before and not one.after and uses[one.id]
    ]
    bare = {item.section for item in kept} - {section.id for section in again.sections}
    lone = {item.pair for item in kept} - {pair.id for pair in again.pairs}
    sections = (*again.sections, *(each for each in now.sections if each.id in bare))
    order = [section.id for section in sections]
    before = {item.id: item for item in now.items}
    read_first = now.lead_in != again.lead_in
    items = [
        later(before[item.id], item, read_first_differs=read_first) if item.id in before else item
        for item in again.items
    ]
    made = replace(
        again,
        version=now.version + ({item.id for item in (*items, *kept)} != before.keys()),
        sections=sections,
        pairs=(*again.pairs, *(each for each in now.pairs if each.id in lone)),
        items=tuple(sorted((*items, *kept), key=lambda item: order.index(item.section))),
    )
    _check_reason(now, made, editor)
    return made


def _check_meanings(asked: Sequence[ItemChange]) -> None:
    weighed = weigh_edits(get_library(), edits_in(asked))
    turned = [item_id for item_id, found in weighed.items() if found.least is Change.MEANING]
    if turned:
        raise EditError(
            _(
                "That version asks something else under %(id)s, which surveys ask: take over by hand what "
                "you want of it, with a new id for that question.",
                id=turned[0],
            )
        )


def _check_reason(now: Bank, made: Bank, editor: Editor) -> None:
    """An earlier version needs a reason for what a file with the same in it would."""
    weighed = weigh_edits(get_library(), edits_in(compare_banks(now, made)))
    least = {item_id: found.least for item_id, found in weighed.items()}
    if not editor.why.strip() and needs_reason(now, made, least):
        raise EditError(_("Say why: whoever looks for what is changed here will want to know."), "why")


def _words_again(now: Library, earlier: Library, editor: Editor) -> Library:
    """Terms, swaps and scales as they were, but for scales that questions use and that version lacks."""
    used = {item.scale for item in now.all_items()}
    standing = {scale.id: scale for scale in now.scales}
    for scale in earlier.scales:
        if scale.id in used and scale.id in standing:
            _check_scale(standing[scale.id], scale)
    there = {scale.id for scale in earlier.scales}
    missing = [scale for scale in now.scales if scale.id in used - there]
    changed = replace(now, scales=(*earlier.scales, *missing), terms=earlier.terms, swaps=earlier.swaps)
    check_words(now, changed, editor)
    return changed


def _check_scale(before: Scale, after: Scale) -> None:
    weighed = weigh_scale(before, after)
    if weighed.least is Change.MEANING:
        raise EditError(
            _(
                "That version has another scale under %(id)s, on which questions are answered: take over by "
                "hand what you want of it.",
                id=before.id,
            )
        )
