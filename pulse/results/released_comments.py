"""What may be read of what people wrote: texts that somebody let through, five or more to a question."""

import math
from dataclasses import dataclass
from typing import final

from pulse.results import comment_queries, queries
from pulse.results.released import read_wave
from pulse.results.released_types import _SEAL, ReleasedGroup, _Released
from pulse.surveys.models import Wave


@final
@dataclass(frozen=True, slots=True)
class ReleasedComments(_Released):
    """One page of the comments to a question that stand with a group, in the order of their random ids."""

    group: ReleasedGroup
    item: str
    texts: tuple[str, ...]
    page: int
    pages: int


def count_comments(wave: Wave) -> dict[tuple[int, str], int]:
    """(id of a group, question) -> comments that may be read; no entry where fewer than 5 may."""
    read_wave(wave)  # raises where the release may not be shown
    return comment_queries.count_shown(queries.get_release(wave.id).id)


def read_comments(wave: Wave, group: ReleasedGroup, item: str, page: int, most: int) -> ReleasedComments:
    """A page of `most` comments; one that does not exist is the nearest that does."""
    read_wave(wave)  # raises where the release may not be shown
    count = comment_queries.count_shown_with(group.id, item)
    pages = max(1, math.ceil(count / most))
    page = min(max(1, page), pages)
    texts = comment_queries.list_shown(group.id, item, most, (page - 1) * most) if count else []
    return ReleasedComments(_SEAL, group, item, tuple(texts), page, pages)
