"""One person's score on a scale of several items, from item scores of 0 to 100.

Arrays are people by items, NaN where the item was not asked or not scored. A person without enough
answers gets NaN, never a guess: planned missingness makes "all items" unworkable, so the rule is a
minimum number and at least half of what that person was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray


def person_scores(scores: npt.ArrayLike, *, need: int = 2, shown: npt.ArrayLike | None = None) -> FloatArray:
    """Mean of a person's scored items, shape (people,), range 0 to 100.

    `need` is the least number of scored items (2; 3 for letting go, 4 for treated as assets). `shown` is
    a mask of the items put to the person, (items,) or (people, items); all items by default. NaN where
    fewer than `need`, or fewer than half of those shown, are scored.
    """
    items = _people_by_items(scores)
    answered = np.count_nonzero(~np.isnan(items), axis=1)
    asked = np.ones(items.shape, dtype=bool) if shown is None else np.asarray(shown, dtype=bool)
    offered = np.count_nonzero(np.broadcast_to(asked, items.shape), axis=1)
    enough = (answered >= max(need, 1)) & (2 * answered >= offered)
    return np.where(enough, _row_means(items), np.nan)


@dataclass(frozen=True, eq=False)
class FacetedScores:
    """An index that is the mean of facets: `index` (people,), and each facet's scores (people,)."""

    index: FloatArray
    facets: Mapping[str, FloatArray]


def faceted_scores(
    scores: npt.ArrayLike, facets: Mapping[str, Sequence[int]], *, need_facets: int = 3
) -> FacetedScores:
    """Permission-to-act scoring: a facet is the mean of its scored items, the index the mean of facets.

    `facets` maps each facet to its item columns. Every facet weighs the same however many items it has;
    the index is NaN where fewer than `need_facets` facets have a score. Range 0 to 100.
    """
    items = _people_by_items(scores)
    by_facet = {name: _row_means(items[:, list(columns)]) for name, columns in facets.items()}
    return FacetedScores(facet_mean(list(by_facet.values()), need_facets=need_facets), by_facet)


def facet_mean(facets: Sequence[FloatArray], *, need_facets: int = 3) -> FloatArray:
    """Mean over the facets that have a score, shape (people,); NaN where fewer than `need_facets` have."""
    if len(facets) < need_facets:
        raise ValueError(f"This index needs {need_facets} facets and was given {len(facets)}.")
    stacked = np.column_stack(facets)
    scored = np.count_nonzero(~np.isnan(stacked), axis=1)
    return np.where(scored >= need_facets, _row_means(stacked), np.nan)


def say_do_gap(expected: npt.ArrayLike, experienced: npt.ArrayLike) -> FloatArray:
    """Expected minus experienced, averaged over the pairs a person answered on both sides, (people,).

    Both arrays are people by principle, in the same order and from the same submission. Range -100 to
    100, above 0 where more is expected of staff than they experience; NaN without a complete pair.
    """
    said, done = _people_by_items(expected), _people_by_items(experienced)
    if said.shape != done.shape:
        raise ValueError("Each expected item needs its experienced pair, in the same order.")
    return _row_means(said - done)


def _people_by_items(scores: npt.ArrayLike) -> FloatArray:
    items = np.asarray(scores, dtype=np.float64)
    if items.ndim != 2:
        raise ValueError("Scores must be a table of people by items.")
    return items


def _row_means(items: FloatArray) -> FloatArray:
    """Mean of each row without NaN; NaN (and no warning) for a row that has nothing else."""
    scored = np.count_nonzero(~np.isnan(items), axis=1)
    totals = np.nansum(items, axis=1)
    means = np.full(items.shape[0], np.nan)
    np.divide(totals, scored, out=means, where=scored > 0)
    return means
