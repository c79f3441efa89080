"""Permission to act: do people know that they may act, and have the time, learning and trust to do it?

Permission has four parts, and all four are needed before anybody acts: licence (I know I may), room (time,
and trying before there is proof), learning (mistakes are for learning) and trust (checked less, stretched
more). The index is the mean of the four parts, so a part with three questions weighs no more than one with
two. Always read the lowest part beside it: told yes and given no time is still a no.

In a survey that asks only some of the questions, the headline is a short score from those asked every time:
in the ready-made quarterly set two of the ten. It runs from 0 to 100 too, but may lie above or below what the
whole scale would give, so it is compared only with itself. The four parts come from all the questions, over
the last surveys; their mean need not equal the short score.

Formula: part = mean of the person's scored answers in it; index = mean of the parts that have a score
    answers 4, 3 for licence, 2 for room, 4 for learning and none for trust: 62.5, 25, 75 and index 54.2
    short score = mean of the person's scored answers to the questions asked every time
Range: 0 to 100 points; higher is more permission
Least: three of the four parts, one scored answer in each; with fewer the person has no index. One scored
    answer for a short score.
Cannot say: whether permission is refused or only not noticed, nor by whom. A high index can hide one low
    part, which is why the parts are always shown.
Source: the four parts follow published accounts of asset-based working in Wigan, as the question bank lists
    line by line; scoring after the Civil Service People Survey (2022).
    Written here: no kept library is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.scales import people_by_items, row_means

#: of the four: with two, the index would be a different thing from person to person
LEAST_FACETS = 3


@dataclass(frozen=True, eq=False)
class FacetedScores:
    """An index that is the mean of facets: `index` (people,), and each facet's scores (people,)."""

    index: FloatArray
    facets: Mapping[str, FloatArray]


def faceted_scores(
    scores: npt.ArrayLike, facets: Mapping[str, Sequence[int]], *, need_facets: int = LEAST_FACETS
) -> FacetedScores:
    """A facet is the mean of its scored items, the index the mean of facets, each 0 to 100, shape (people,).

    `scores` are people by items, NaN where unscored; `facets` maps each facet to its item columns. A facet
    without a scored item is NaN for that person, and so is the index under `need_facets` facets. Raises
    ValueError on scores that are no table or infinite, a column that is not there, or too few facets.
    """
    items = people_by_items(scores)
    if any(not 0 <= column < items.shape[1] for columns in facets.values() for column in columns):
        raise ValueError("A facet names a column that the scores do not have.")
    by_facet = {name: row_means(items[:, list(columns)]) for name, columns in facets.items()}
    return FacetedScores(facet_mean(list(by_facet.values()), need_facets=need_facets), by_facet)


def facet_mean(facets: Sequence[FloatArray], *, need_facets: int = LEAST_FACETS) -> FloatArray:
    """Mean over the facets that have a score, shape (people,); NaN where fewer than `need_facets` have.

    Raises ValueError when fewer facets than that are given, or `need_facets` is below 1.
    """
    if need_facets < 1 or len(facets) < need_facets:
        raise ValueError(f"This index needs {need_facets} facets and was given {len(facets)}.")
    stacked = np.column_stack(facets)
    scored = np.count_nonzero(~np.isnan(stacked), axis=1)
    return np.where(scored >= need_facets, row_means(stacked), np.nan)


def weakest_facet(facets: Mapping[str, float]) -> str:
    """The facet with the lowest score, to be named beside the index; of equals, the first given.

    A facet without a score (NaN) is left out. Raises ValueError when none has one, or one is infinite.
    """
    scored = {name: value for name, value in facets.items() if not isnan(value)}
    if not scored or not all(isfinite(value) for value in scored.values()):
        raise ValueError("The weakest facet needs at least one facet with a score.")
    return min(scored, key=lambda name: scored[name])
