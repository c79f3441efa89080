"""Leader-staff gap: how much rosier, or bleaker, leaders see the same thing than staff do.

Leaders and everybody else answer the same question on the same scale; a leader is not counted with staff.
The gap is the leaders' mean less the staff's: above 0 leaders see it rosier, below 0 staff do. Both signs
matter: in published work teams did best where the team was the more positive side. Use a gap to start a talk.

The range around a gap is about these leaders and these staff as things are now, and narrows with the share
who answered. Whether leaders and staff differ in general is another question. Its range is wider, and is not
shown; so a gap here is no finding about leaders elsewhere, or at another time.

Formula: gap = mean of leaders - mean of staff
    SE = sqrt(s1^2/n1 (1 - n1/N1) + s2^2/n2 (1 - n2/N2)); in general without the two brackets (not shown)
    gap +/- t SE, degrees of freedom by Welch and Satterthwaite
Range: -100 to 100 points
Least: two answers on each side (ValueError otherwise). A lone leader's answers stay private to them, and a
    gap is shown only where enough leaders answered to protect each of them.
Cannot say: who is right, or what a gap leads to. A difference of two means predicts less than the two means.
Source: Welch (1947); Cochran (1977) for the correction; Gibson, Cooper and Conger (2009), Do you see what we
    see?; Edwards (2001), Ten difference score myths. Computed by scipy.special for t. Written here: the gap
    and its SE, because scipy's Welch test gives no interval from means and takes no correction. The test in
    general is checked against scipy.stats.ttest_ind_from_stats.
"""

from dataclasses import dataclass
from math import inf

from pulse.domain.measurement.change import change
from pulse.domain.measurement.distributions import t_quantile, upper_end, welch
from pulse.domain.measurement.intervals import check_group
from pulse.domain.measurement.moments import Moment


@dataclass(frozen=True)
class NowGap:
    """First minus second group as they are now, in points, with 95 % interval, SE and degrees of freedom.

    Corrected for the known headcounts: never a test of change or of a difference in general. When everyone
    on both sides answered (or all on a side said the same) the interval has no width and `df` is infinite.
    """

    value: float
    low: float
    high: float
    se: float
    df: float


@dataclass(frozen=True)
class GeneralGap:
    """First minus second group beyond these very people, in points: Welch's test, without any correction."""

    value: float
    low: float
    high: float
    se: float
    df: float
    p: float


def now_gap(
    first: Moment, first_headcount: int, second: Moment, second_headcount: int, *, level: float = 0.95
) -> NowGap:
    """The gap between two groups of known headcount as they are now, each side with its correction.

    Raises ValueError under two answers on a side, or more answers than people on one.
    """
    sides = ((first, first_headcount), (second, second_headcount))
    for moment, headcount in sides:
        check_group(moment.n, headcount)
    _check_answers(first, second)
    value = first.mean - second.mean
    se, df = welch([(m.var / m.n * (1 - m.n / headcount), m.n) for m, headcount in sides])
    if df == inf:
        return NowGap(value, value, value, se, df)
    half = t_quantile(upper_end(level), df) * se
    return NowGap(value, value - half, value + half, se, df)


def general_gap(first: Moment, second: Moment, *, level: float = 0.95) -> GeneralGap:
    """Whether two groups differ in general: Welch's test of their means, whatever the share who answered.

    When nobody differs from anybody on either side, p is 1 for no gap and 0 for any, and `df` is infinite.
    Raises ValueError under two answers on a side.
    """
    _check_answers(first, second)
    found = change(second, first, level=level)
    return GeneralGap(found.value, found.low, found.high, found.se, found.df, found.p)


def _check_answers(first: Moment, second: Moment) -> None:
    if min(first.n, second.n) < 2:
        raise ValueError("A gap needs at least two answers on each side.")
