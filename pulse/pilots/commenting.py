"""What testers write about questions: kept as it is typed, changed until the pilot closes, never overwritten
unseen by a page that was opened earlier.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from pulse.db import writing
from pulse.pilots import queries
from pulse.pilots.models import COMMENT_LENGTH, PilotComment
from pulse.pilots.piloting import is_open


class PilotClosed(Exception):
    """The link was good, and comments are not taken any more."""


class Written(NamedTuple):
    """What somebody wrote about one question."""

    #: what they think it asks
    meaning: str = ""
    #: what was hard about it
    remark: str = ""

    @property
    def mark(self) -> str:
        """The same for the same words; "" for none."""
        words = f"{len(self.meaning)} {self.meaning}{self.remark}"
        return hashlib.sha256(words.encode()).hexdigest()[:16] if any(self) else ""


class Typed(NamedTuple):
    """What a page sends about one question; `seen` is the mark of what it showed."""

    written: Written
    seen: str = ""


def list_too_long(typed: Mapping[str, Typed]) -> Iterator[tuple[str, str]]:
    """Question and box ("meaning" or "remark") of each text that is longer than may be kept."""
    for item_id, each in typed.items():
        for box, text in each.written._asdict().items():
            if len(text) > COMMENT_LENGTH:
                yield item_id, box


def save_comments(
    tester_id: int, typed: Mapping[str, Typed], now: datetime, *, finished: bool
) -> dict[str, Written]:
    """Keep what a tester typed; an emptied question is forgotten. Raises PilotClosed.

    What stands of a question is returned, and left as it is, where it was written in another window since
    this page was shown and something else was typed here. Then nobody is marked as finished.
    """
    with writing():
        tester = queries.hold_tester(tester_id)
        if not is_open(queries.get_pilot(tester.pilot_id), now):
            raise PilotClosed
        kept = {comment.item_id: comment for comment in queries.list_comments_of(tester_id)}
        clashes: dict[str, Written] = {}
        for item_id, (written, seen) in typed.items():
            stands = written_in(kept.get(item_id))
            if written == stands or written.mark == seen:
                continue  # nothing was typed about it on this page
            if stands.mark != seen:
                clashes[item_id] = stands
                continue
            _keep(tester_id, item_id, written, kept.get(item_id), now)
        if finished and not clashes:
            tester.finished_at = tester.finished_at or now
        return clashes


def written_in(comment: PilotComment | None) -> Written:
    """Its words."""
    return Written(comment.meaning, comment.remark) if comment is not None else Written()


def _keep(tester_id: int, item_id: str, written: Written, kept: PilotComment | None, now: datetime) -> None:
    if kept is None:
        queries.add(PilotComment(tester_id=tester_id, item_id=item_id, **written._asdict(), changed_at=now))
    elif not any(written):
        queries.remove_comment(kept)
    else:
        kept.meaning, kept.remark, kept.changed_at = *written, now
