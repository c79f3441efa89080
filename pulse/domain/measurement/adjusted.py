"""Adjusted score: a level that does not move just because other questions were asked.

When questions rotate, one wave may ask the easy ones and the next the hard ones, and the plain mean moves
though nobody feels differently. Here each person's answers are compared with how the whole organisation
answered the same questions at its last baseline, so what is left is the difference between people.

Formula: r_i = mean over the items that person i answered of (y_ij - b_j), plus mean(b)
    b_j = organisation-wide mean of item j in the last baseline wave; mean(b) = over all items of the measure
    a group's adjusted level = mean of r_i
Range: points, as the items themselves; a person's score may lie a little outside 0 to 100
Least: one answered item a person and 100 answers an item in the baseline; with fewer in the baseline there
    is no adjusted score, and only the questions asked in every wave are compared
Cannot say: whether a change is real. Items can behave differently from unit to unit, which the adjustment
    does not know, so no change is ever flagged on it: flags come from questions asked in both waves.
Source: Zhang & Sackett (2023) and Graham and others (2006), on planned missing items; the adjustment is item
    and person effects with the item effects fixed at the baseline. Written here: no kept library has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.moments import Moment

#: With fewer answers an item's own mean is too unsteady to be taken as fixed.
LEAST_BASELINE = 100


@dataclass(frozen=True)
class ItemBaseline:
    """Each item's organisation-wide mean at the baseline, by item id, and the mean of these, in points."""

    means: Mapping[str, float]
    centre: float


def item_baseline(moments: Mapping[str, Moment], least: int = LEAST_BASELINE) -> ItemBaseline:
    """Baseline of a measure from the moments of all its items, each item counting once in the centre.

    Raises ValueError for no items, and naming the first item with fewer than `least` (or no) answers.
    """
    if not moments:
        raise ValueError("A baseline needs the items of the measure.")
    for item, moment in moments.items():
        if moment.n < max(least, 1):
            raise ValueError(
                f"Item {item} has {moment.n} answers in the baseline wave, and {max(least, 1)} are needed; "
                "compare only the items asked in every wave."
            )
    means = {item: moment.mean for item, moment in moments.items()}
    return ItemBaseline(means, float(np.mean(list(means.values()))))


def adjusted_scores(
    scores: npt.ArrayLike, item_means: npt.ArrayLike, centre: float, *, need: int = 1
) -> FloatArray:
    """Each person's adjusted score in points, shape (people,), from item scores of (people, items).

    `item_means` are the baseline means of those columns in the same order; `centre` is the mean over all
    items of the measure. `scores` is NaN where an item was not asked or not scored. The result is NaN for a
    person with fewer than `need` scored items ("does not apply" throughout, say), which Moment leaves out.
    Raises ValueError where the columns and the means do not match, or a mean or the centre is missing.
    """
    items = np.asarray(scores, dtype=np.float64)
    means = np.asarray(item_means, dtype=np.float64)
    if items.ndim != 2 or means.shape != items.shape[1:]:
        raise ValueError("Give the scores as people by items, and one baseline mean for each item.")
    if not (np.isfinite(means).all() and np.isfinite(centre)):
        raise ValueError("Each item needs its baseline mean before scores can be adjusted.")
    answered = ~np.isnan(items)
    count = answered.sum(axis=1)
    above = np.where(answered, items - means, 0.0).sum(axis=1)
    return np.where(count >= max(need, 1), above / np.maximum(count, 1) + centre, np.nan)
