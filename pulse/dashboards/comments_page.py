"""What people wrote, question by question: the comments shown with one group, in random order.

Fewer than 5 are not shown, even if 5 were kept and some of them are withheld or not read yet. The page says
the same of a group whether nothing was written there, nothing may be kept or too little may be shown.
"""

from dataclasses import dataclass
from typing import Any

from pulse.dashboards.frame import Frame, frame_of
from pulse.dashboards.reading import Result
from pulse.domain.sheets import all_items, is_closed
from pulse.results.released import read_groups
from pulse.results.released_comments import count_comments, read_comments
from pulse.results.released_types import ReleasedGroup

#: comments on one page
PAGE = 50


@dataclass(frozen=True)
class Comments:
    """The comments to one question. `inside` are groups of this one with comments of their own to it."""

    frame: Frame
    questions: list[dict[str, Any]]
    question: dict[str, Any] | None
    texts: tuple[str, ...]
    page: int
    pages: int
    inside: list[ReleasedGroup]
    #: comments to the question with groups inside this one, whether the reader may open those or not
    elsewhere: int


def open_questions(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of a wave that have a text box."""
    return [item for item in all_items(plan) if not is_closed(item)]


def build(result: Result, groups: list[ReleasedGroup], *, item: str = "", page: int = 1) -> Comments:
    """The question asked for, or the first; a page that does not exist is the nearest that does."""
    questions = open_questions(result.plan)
    question = next((one for one in questions if one["id"] == item), questions[0] if questions else None)
    asked = question["id"] if question else ""
    counts = count_comments(result.wave)
    found = read_comments(result.wave, result.group, asked, page, PAGE)
    smaller = _inside(result)
    return Comments(
        frame=frame_of(result, groups),
        questions=questions,
        question=question,
        texts=found.texts,
        page=found.page,
        pages=found.pages,
        inside=[one for one in groups if one.id in smaller and (one.id, asked) in counts],
        elsewhere=sum(counts.get((group_id, asked), 0) for group_id in smaller),
    )


def _inside(result: Result) -> set[int]:
    """Ids of the groups inside this one, however deep."""
    numbers, ids = {result.group.number}, set()
    for one in read_groups(result.wave):  # parents come before their children
        if one.parent in numbers:
            numbers.add(one.number)
            ids.add(one.id)
    return ids - {result.group.id}
