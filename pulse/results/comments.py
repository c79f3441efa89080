"""What people wrote, made fit to be kept: told apart from everything else, redacted, and put with a group.

All of it happens in memory while the envelopes are open. Whatever cannot be hidden among enough others is
not kept, and how much that was is told to nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from pulse.directory import queries as directory
from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Blocks
from pulse.domain.disclosure.comments import LEAST_ANSWERS, LEAST_COMMENTS, homes_of_comments
from pulse.domain.redaction import Redactor
from pulse.domain.sheets import Plan, asked_in_part, is_closed
from pulse.results.counting import NO_CHARACTER, Sheets, Written
from pulse.results.sampled import count_asked


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
    sheets: Sheets, blocks: Blocks, plan: Plan, redactor: Callable[[], Redactor] = make_redactor
) -> list[Kept]:
    """The comments that may be kept, redacted; what is nothing but space by then counts as not written.

    Raises RedactionFailed, whose message quotes nothing of any comment.
    """
    if not sheets.written or not blocks.groups:
        return []
    kept: list[Kept] = []
    for item, comments in _redacted_by_item(sheets.written, redactor()).items():
        wrote = Counter(one.unit_id for one in comments)
        if any(one["id"] == item for one in plan["leader_items"]):
            homes = _with_the_whole(blocks, wrote, _count_who_lead(sheets, blocks, plan))
        else:
            homes = homes_of_comments(blocks, wrote, _asked(sheets, blocks, plan, item))
        kept += [Kept(homes[one.unit_id], item, one.text) for one in comments if one.unit_id in homes]
    return kept


def _asked(sheets: Sheets, blocks: Blocks, plan: Plan, item: str) -> list[int] | None:
    """People of each block among whom an author is hidden, where not everybody was asked the question."""
    if item not in asked_in_part(plan):
        return None
    homes = blocks.block_of_unit()
    where = np.array([homes.get(int(unit), -1) for unit in sheets.unit_ids], dtype=np.int64)
    return count_asked(sheets, where, blocks, plan, item)


def _redacted_by_item(written: Iterable[Written], redactor: Redactor) -> dict[str, list[Written]]:
    by_item: dict[str, list[Written]] = defaultdict(list)
    for one in written:
        text = _redacted(redactor, one.text)
        if text.strip():
            by_item[one.item].append(replace(one, text=text))
    return by_item


def _with_the_whole(blocks: Blocks, wrote: Counter[int], leading: int) -> dict[int, int]:
    """People who lead are few in any part: what they write stands with the whole organisation only."""
    counted = wrote.keys() & blocks.units_of(0)
    comments = sum(wrote[unit] for unit in counted)
    enough = max(leading, comments) >= LEAST_ANSWERS and comments >= LEAST_COMMENTS
    return dict.fromkeys(counted, 0) if enough else {}


def _count_who_lead(sheets: Sheets, blocks: Blocks, plan: Plan) -> int:
    """Those who answered a leaders' question by a choice: people who lead, among whom an author is hidden.

    How many were asked does not count: most of them may not have answered.
    """
    inside = np.isin(sheets.unit_ids, list(blocks.units_of(0)))
    choices = [sheets.column(item["id"]) for item in plan["leader_items"] if is_closed(item)]
    return int(np.any([inside & (column != NO_CHARACTER) for column in choices], axis=0).sum())


def _redacted(redactor: Redactor, text: str) -> str:
    try:
        return redactor.redact(text).text
    except Exception as fault:  # no cause is kept: it might quote the comment
        raise RedactionFailed(
            f"A comment could not be redacted ({type(fault).__name__}): nothing is released and nothing is "
            "lost; tell who runs the program."
        ) from None
