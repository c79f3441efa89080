"""What a form proposes, so that an editor need not know it from memory."""

from pulse.domain.instrument import Bank, Library
from pulse.domain.instrument.changing import next_id


def next_question(library: Library, bank: Bank) -> tuple[str, str]:
    """(a free id, a heading) for a question more: after OWN-04 comes OWN-05, under the same heading.

    After the bank's last question that is no side of a pair, if it has one. A bank without questions begins
    at OWN-01, or at the first after it that is free.
    """
    measures = (index.id for one in library.banks for index in one.indices)
    taken = frozenset((*(item.id for item in library.all_items()), *measures))
    asked = [each for each in bank.items if each.pair is None] or list(bank.items)
    if not asked:
        return next_id("OWN-00", taken), bank.sections[0].id
    return next_id(asked[-1].id, taken), asked[-1].section
