"""Two wordings: do they give the same level?

When the meaning of a question changes, its line ends. It may go on over the break if the old and the new
question were put to two halves of the people at the same time, drawn by chance, and their means lie within 5
points of each other beyond reasonable doubt. That the two do not differ significantly would not do: with few
answers nothing does. So the burden of proof is turned round, by two one-sided tests.

Formula: difference = mean of the new - mean of the old; SE = sqrt(s1^2/n1 + s2^2/n2)
    difference +/- t SE at 90 %, with Welch's degrees of freedom
    the same if that whole interval lies between -5 and 5 points; p is the larger one of the two tests'
Range: -100 to 100 points; p 0 to 1
Least: two answers to each question (ValueError otherwise); about 332 to each to find two equal wordings the
    same four times in five, where answers differ by 22 points
Cannot say: that the two mean the same to each person, or that they would in a team: only that the two halves
    of the whole organisation answered alike.
Source: Schuirmann (1987) for the two one-sided tests; Welch (1947). Computed by scipy.special for t. Written
    here: the tests, because statsmodels wants people's single answers and a release keeps none. Checked
    against statsmodels.stats.weightstats.ttost_ind.
"""

from dataclasses import dataclass
from math import inf

from pulse.domain.measurement.distributions import t_quantile, t_two_sided_p, welch
from pulse.domain.measurement.moments import Moment

#: points within which two wordings count as the same
MARGIN = 5.0
#: of each of the two tests; both at once keep it, so the interval that goes with them is one of 90 %
ALPHA = 0.05


@dataclass(frozen=True)
class Equivalence:
    """New less old in points with its 90 % interval, and the larger p of the two one-sided tests."""

    value: float
    low: float
    high: float
    p: float
    margin: float

    @property
    def same(self) -> bool:
        """Whether the two agree within the margin, which is when the interval lies inside it."""
        return self.p < ALPHA


def equivalence(old: Moment, new: Moment, *, margin: float = MARGIN) -> Equivalence:
    """Two one-sided Welch tests of two independent halves, never with a population correction.

    Where nobody differs from anybody within either half the interval has no width, and p is 0 or 1. Raises
    ValueError under two answers in either half, or unless the margin is above 0.
    """
    if old.n < 2 or new.n < 2:
        raise ValueError("Two wordings need at least two answers each.")
    if not margin > 0:
        raise ValueError("A margin is a number of points above 0.")
    value = new.mean - old.mean
    se, df = welch([(half.var / half.n, half.n) for half in (old, new)])
    if df == inf:
        return Equivalence(value, value, value, 0.0 if abs(value) < margin else 1.0, margin)
    reach = t_quantile(1 - ALPHA, df) * se
    p = max(_upper_tail((value + margin) / se, df), _upper_tail((margin - value) / se, df))
    return Equivalence(value, value - reach, value + reach, p, margin)


def _upper_tail(statistic: float, df: float) -> float:
    """Probability of a Student's t above the statistic."""
    half = t_two_sided_p(statistic, df) / 2
    return half if statistic > 0 else 1 - half
