"""Letting go: how much worry comes with stepping back from helping.

Doing things for people can feel safer and kinder than helping them do it themselves, and the worry about
stopping often comes from care. A higher score is more worry. It is information about what support people
need, not a bad mark, so it is never coloured good or bad. Where a survey asks about support to step back,
read that question beside it.

Formula: mean of the person's scored answers to the six questions, the two on trust in people reversed
Range: 0 to 100 points; higher is more worry
Least: three of the six questions, two where a wave asks only two; with fewer the person has no score
Cannot say: whether stepping back would be right in a given case. Worry may be well founded.
Source: the questions follow Weir's text on the anxiety that this way of working brings, as the question bank
    lists line by line. Written here: no kept library is needed.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.scales import people_by_items, person_scores

#: half of the six questions
LEAST_ITEMS = 3


@dataclass(frozen=True, eq=False)
class LettingGo:
    """Per person, (people,), 0 to 100: `worry`, NaN without enough answers, and the `support` item."""

    worry: FloatArray
    support: FloatArray


def letting_go(
    scores: npt.ArrayLike, support: npt.ArrayLike, *, shown: npt.ArrayLike | None = None
) -> LettingGo:
    """Worry from people by items (reversed items already scored so), and the companion item, (people,).

    `worry` is NaN for a person with fewer than three scored items or half of those `shown`, as in
    `person_scores`; `support` is NaN where unscored and never part of the worry. Raises ValueError as that
    does, for a table of fewer than three items, and unless each person has one support score (or NaN).
    """
    items, beside = people_by_items(scores), np.asarray(support, dtype=np.float64)
    if items.shape[1] < LEAST_ITEMS:
        raise ValueError(f"Letting go needs {LEAST_ITEMS} items or more, not {items.shape[1]}.")
    if beside.shape != items.shape[:1] or np.isinf(beside).any():
        raise ValueError("Each person needs one score on the support item, or NaN where there is none.")
    return LettingGo(person_scores(items, need=LEAST_ITEMS, shown=shown), beside)
