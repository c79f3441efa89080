"""Treated as assets: are staff treated as they are expected to treat local people?

The score is the mean of what staff experience, principle by principle, and of two questions about the whole.
In a survey that asks only some of these, the headline is a short score from the questions asked every time:
in the ready-made quarterly set one of the eight. It runs from 0 to 100 too, but may lie above or below what
the whole scale would give, so it is compared only with itself.

In surveys that ask both sides, the say-do gap sets beside it what staff are expected to do: "I am expected to
share power with local people" against "my employer shares power with staff", both from the same person on the
same day. A gap above 0 means that more is asked of staff than is done for them.

Formula: score = mean of the person's scored answers to the six experienced and two overall questions
    short score = the same over those of them that are asked every time
    gap = mean over the pairs answered on both sides of (expected - experienced)
    expected 75, 100, 75, 50 against experienced 50, 50, 25, 50: gap 31.25
Range: score 0 to 100 points; gap -100 to 100 points, 0 where staff are treated as they are to treat others
Least: four answers for a score, one where fewer than four questions are asked every time; one complete pair
    for a gap. Otherwise the person has none.
Cannot say: whether a gap of 0 is good: both sides may be low. Read the two sides, not only the distance.
Source: the pairs follow Weir's text on treating staff as assets, as the question bank lists line by line.
    Edwards (2001), Ten difference score myths, on why both sides are shown.
    Written here: no kept library is needed.
"""

import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.scales import people_by_items, person_scores, row_means

#: half of the six experienced and two overall questions
LEAST_ITEMS = 4


def asset_scores(scores: npt.ArrayLike, *, shown: npt.ArrayLike | None = None) -> FloatArray:
    """Each person's score, (people,), 0 to 100, from people by experienced and overall items.

    NaN for a person with fewer than four scored items or half of those `shown`, as in `person_scores`.
    Raises ValueError as that does, and for a table of fewer than four items.
    """
    items = people_by_items(scores)
    if items.shape[1] < LEAST_ITEMS:
        raise ValueError(f"Treated as assets needs {LEAST_ITEMS} items or more, not {items.shape[1]}.")
    return person_scores(items, need=LEAST_ITEMS, shown=shown)


def say_do_gap(expected: npt.ArrayLike, experienced: npt.ArrayLike) -> FloatArray:
    """Expected minus experienced, averaged over the pairs a person answered on both sides, (people,).

    Both arrays are people by principle, in the same order and from the same submission. Range -100 to
    100, above 0 where more is expected of staff than they experience; NaN without a complete pair. Raises
    ValueError unless both are tables of the same shape, without infinity.
    """
    said, done = people_by_items(expected), people_by_items(experienced)
    if said.shape != done.shape:
        raise ValueError("Each expected item needs its experienced pair, in the same order.")
    return row_means(said - done)
