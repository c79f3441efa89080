"""What people wrote, made fit to be kept: told apart from everything else, redacted, and put with a group.

All of it happens in memory while the envelopes are open. Whatever cannot be hidden among enough others is
not kept, and how much that was is told to nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pulse.directory import queries as directory
from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks
from pulse.domain.disclosure.comments import LEAST_ANSWERS, LEAST_COMMENTS, homes_of_comments
from pulse.domain.redaction import Redactor
from pulse.domain.sheets import Plan
from pulse.results.counting import Written


class RedactionFailed(DisclosureError):
    """A comment could not be redacted, so nothing may be released."""


@dataclass(frozen=True)
class Kept:
    """One redacted comment and the number of the group that it is shown with."""

    group: int
    item: str
    text: str


def make_redactor() -> Redactor:
    """Knows everybody on record, whether they were asked or not: people write about each other."""
    known = directory.list_known_by()
    return Redactor((name for name, _ in known), (staff_no for _, staff_no in known))


def keep_comments(
    written: Iterable[Written],
    blocks: Blocks,
    plan: Plan,
    leaders: int,
    redactor: Callable[[], Redactor] = make_redactor,
) -> list[Kept]:
    """The comments that may be kept, redacted. `leaders` is how many people who lead were asked.

    Raises RedactionFailed, whose message quotes nothing of any comment.
    """
    by_item: dict[str, list[Written]] = defaultdict(list)
    for one in written:
        by_item[one.item].append(one)
    if not by_item:
        return []
    kept, knows = [], redactor()
    for item, comments in by_item.items():
        wrote = Counter(one.unit_id for one in comments)
        of_leaders = any(one["id"] == item for one in plan["leader_items"])
        homes = _with_the_whole(blocks, wrote, leaders) if of_leaders else homes_of_comments(blocks, wrote)
        kept += [
            Kept(homes[one.unit_id], item, _redacted(knows, one.text))
            for one in comments
            if one.unit_id in homes
        ]
    return [one for one in kept if one.text.strip()]


def _with_the_whole(blocks: Blocks, wrote: Counter[int], leaders: int) -> dict[int, int]:
    """People who lead are few in any part: what they write stands with the whole organisation only."""
    if not blocks.groups:
        return {}
    counted = wrote.keys() & blocks.units_of(0)
    enough = leaders >= LEAST_ANSWERS and sum(wrote[unit] for unit in counted) >= LEAST_COMMENTS
    return dict.fromkeys(counted, 0) if enough else {}


def _redacted(redactor: Redactor, text: str) -> str:
    try:
        return redactor.redact(text).text
    except Exception as fault:  # no cause is kept: it might quote the comment
        raise RedactionFailed(
            f"A comment could not be redacted ({type(fault).__name__}): nothing is released and nothing is "
            "lost; tell who runs the program."
        ) from None
