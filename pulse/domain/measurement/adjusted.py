"""Level and adjusted score: where things stand when the questions take turns.

When questions rotate, each wave asks only some of a measure. So the main charts show a level: the mean over
the last waves of the rotation, four at most. Its range is as wide as that of one wave on average, because
nobody knows whether the same people answered each time; if they did, more waves say nothing more about the
others.

One wave may also ask the easy questions and the next the hard ones, and a plain mean moves though nobody
feels differently. Where an earlier baseline asked the whole measure, each person's answers are therefore
compared with how the whole organisation answered the same questions then: what is left is the difference
between people. The words under a chart name that baseline; where they name none, the level is not adjusted.

Formula: level = mean over the waves of the wave's mean
    range: level +/- the mean over the waves of their own 95 % half-widths, t s / sqrt(n), without
        correction for the known headcount
    adjusted: the wave's mean is mean over its items j of (mean of y_j - b_j), plus mean(b)
    for one person, who gives the spread: mean over the items i answered of (y_ij - b_j), plus mean(b)
    b_j = organisation-wide mean of item j at the last baseline; mean(b) = over all items of the measure
Range: points 0 to 100; one person's adjusted score may lie a little outside
Least: two answers in one of the waves. To be adjusted, 100 answers to every item at the baseline; with fewer
    the level stays as it is
Cannot say: whether anything has changed. Changes are found only on questions asked in both waves; and items
    can behave differently from unit to unit, which the adjustment does not know.
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
