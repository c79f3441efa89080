"""How each question of a scale works: does it go with the others, and is there room above and below?

From a stored covariance matrix alone, so that it can be worked out when nobody's answers exist any more.

Formula: corrected item-total correlation r = [cov(i, T) - var(i)] / sqrt(var(i) var(T - i)), T the sum of the
    items, var(T - i) = var(T) + var(i) - 2 cov(i, T); interval by Fisher's z. Alpha without an item: alpha of
    the others.
Range: r from -1 to 1; alpha 1 at most.
Least: three items, over 100 people who answered them all. Reversed items are scored turned round already, so
    a good one has a positive r too. A question did its work if the whole interval lies at .30 or above, and
    is weak if all of it lies below; where .30 lies within it, too few answered to say which.
Cannot say: why a question goes its own way. It may be badly worded, or ask something else that matters.
Source: Nunnally and Bernstein (1994), Psychometric theory, ch. 8, for r of .30; Fisher (1915) for the
    interval; the design (measurement, section 1) for "does not apply" above 20 %. Terwee et al. (2007) see a
    floor or ceiling where 15 % have the lowest or highest score of a whole scale. One question of five
    options has more there even if all options are chosen alike, so the mark for a question is our own: half
    of all answers at one end. Our own too: one in ten who prefers not to say, and alpha better by .02.
    Written here: r with the others and alpha without an item, because no kept library has them for a
    covariance matrix without people.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from pulse.domain.measurement.comoments import NO_SPREAD, CoMoments
from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.validity import correlation_interval

#: a question whose whole interval lies below this goes with the others too little
LEAST_TOTAL = 0.30
#: alpha has to rise by more than this without a question to be worth saying
LEAST_GAIN = 0.02
#: shares of the answers from which a remark is made
MOST_NA, MOST_SILENT, MOST_AT_ONE_END = 0.20, 0.10, 0.50
LEAST_ITEMS = 3


@dataclass(frozen=True)
class ItemTotal:
    """How one item goes with the sum of the others, with its interval; and alpha with and without it."""

    item: str
    n: int
    r: float
    low: float
    high: float
    alpha: float
    alpha_without: float

    @property
    def against(self) -> bool:
        """People who score high on it score low on the others: it may be scored the wrong way round."""
        return self.high < 0

    @property
    def weak(self) -> bool:
        """It surely goes with the others less than a question of the scale should."""
        return self.high < LEAST_TOTAL

    @property
    def good(self) -> bool:
        """It surely goes with the others as it should; neither this nor `weak` where too few answered."""
        return self.low >= LEAST_TOTAL

    @property
    def better_without(self) -> bool:
        """Its scale would hang together noticeably better without it."""
        return self.alpha_without - self.alpha > LEAST_GAIN


def item_totals(found: CoMoments) -> list[ItemTotal]:
    """Each item of a scale, in the order kept; none under three items, or where an item or a rest is flat."""
    if len(found.items) < LEAST_ITEMS:
        return []
    totals = [_item_total(found, at) for at in range(len(found.items))]
    return [one for one in totals if one is not None]


def _item_total(found: CoMoments, at: int) -> ItemTotal | None:
    table = found.covariance
    own, with_all, total = float(table[at, at]), float(table[at].sum()), float(table.sum())
    rest = total + own - 2 * with_all
    if own < NO_SPREAD**2 or rest < NO_SPREAD**2:
        return None
    r = min(1.0, max(-1.0, (with_all - own) / sqrt(own * rest)))
    low, high = correlation_interval(r, found.n)
    others = np.delete(np.delete(table, at, axis=0), at, axis=1)
    return ItemTotal(found.items[at], found.n, r, low, high, _alpha(table), _alpha(others))


def _alpha(table: FloatArray) -> float:
    """As `reliability.cronbach_alpha`, without its interval and what that has to load."""
    total = float(table.sum())
    if total <= 0:
        return 0.0
    return len(table) / (len(table) - 1) * (1 - float(np.trace(table)) / total)
