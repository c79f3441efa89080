"""Reading comments before others do: redacted texts, shown or withheld one by one or a page at once.

Nobody sees a comment as it was written: that text was never stored.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

from pulse.db import writing
from pulse.results import comment_queries as queries
from pulse.results.comment_queries import SHOWN, STATUSES, WAITING, WITHHELD
from pulse.results.models import Comment
from pulse.results.naming import names_of
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of

__all__ = ["SHOWN", "STATUSES", "WAITING", "WITHHELD", "NothingThere", "decide", "list_questions", "read"]
#: comments on one page of those who read them first
PAGE = 50


class NothingThere(LookupError):
    """No comment to this question is on record."""


@dataclass(frozen=True)
class Question:
    """One question of a wave, and how many comments to it have which status."""

    wave: Wave
    item: str
    text: str
    counts: dict[str, int]

    @property
    def waiting(self) -> int:
        return self.counts[WAITING]


@dataclass(frozen=True)
class Reading:
    """A page of the comments with one status to one question, each beside the name of its group."""

    question: Question
    status: str
    comments: list[tuple[Comment, str]]
    page: int
    pages: int


def list_questions() -> list[Question]:
    """Every question with comments: those with some to read first, then the newest wave."""
    return sorted(map(_question, queries.list_standing()), key=lambda one: not one.waiting)


def read(wave_id: int, item: str, status: str, page: int = 1) -> Reading:
    """The comments to read; a page that does not exist is the nearest that does.

    Raises NothingThere for a question without any, or an unknown status.
    """
    found = next((one for one in queries.list_standing() if (one.wave_id, one.item) == (wave_id, item)), None)
    if found is None or status not in STATUSES:
        raise NothingThere("There are no comments here.")
    question = _question(found)
    pages = max(1, math.ceil(question.counts[status] / PAGE))
    page = min(max(1, page), pages)
    comments = queries.list_to_read(wave_id, item, status, PAGE, (page - 1) * PAGE)
    return Reading(question, status, comments, page, pages)


def decide(wave_id: int, item: str, status: str, comment_ids: Collection[bytes]) -> int:
    """Show or withhold comments; how many changed. A decision can be changed."""
    if status not in (SHOWN, WITHHELD):
        raise ValueError("a comment is shown or withheld")
    with writing():
        return queries.set_status(wave_id, item, status, comment_ids)


def _question(standing: queries.Standing) -> Question:
    wave = surveys.get_wave(standing.wave_id)
    text = names_of(plan_of(wave)).get(standing.item, standing.item)
    counts = dict(zip(STATUSES, (standing.waiting, standing.shown, standing.withheld), strict=True))
    return Question(wave, standing.item, text, counts)
