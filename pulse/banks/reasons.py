"""Which changes to a bank need a reason: one rule for a file that is brought in and for an earlier version.

As the studio's own forms ask for one: not for notes, spelling, or what is new and makes no score another.
"""

from collections.abc import Iterable, Mapping

from pulse.banks.history import compare_heads
from pulse.banks.measures import joined_asked, moved_between
from pulse.domain.instrument import Bank
from pulse.domain.instrument.changing import Change, later
from pulse.domain.instrument.comparing import ItemChange, compare_banks


def needs_reason(before: Bank, after: Bank, weighed: Mapping[str, Change]) -> bool:
    """Whether putting `after` in the place of `before` needs a word why.

    weighed: question -> what its change is at least, of those that change. It needs one for the bank's own
    words, headings and measures, for questions that are worded otherwise, retired or moved to another
    measure, and for new ones in a measure that surveys ask.
    """
    changes = compare_banks(before, after)
    new = [each.after for each in changes if each.before is None and each.after and not each.after.retired]
    rules: tuple[Iterable[object], ...] = (
        compare_heads(before, after),
        (each for each in changes if _is_retired(each) or _is_marked(each) or _is_moved(before, each)),
        (one for one in weighed.values() if one >= Change.TERM),
        joined_asked(before, new),
    )
    return any(any(True for _one in found) for found in rules)


def _is_retired(change: ItemChange) -> bool:
    before, after = change.before, change.after
    return before is not None and not before.retired and (after is None or after.retired)


def _is_marked(change: ItemChange) -> bool:
    """Whether charts get a mark, as its wording is counted on."""
    before, after = change.before, change.after
    return before is not None and after is not None and later(before, after).wording != before.wording


def _is_moved(bank: Bank, change: ItemChange) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and any(moved_between(bank, before, after))
