"""Intervals around a level, in two types that cannot be taken for one another.

`NowInterval` says how things are among the known people of a group, so it shrinks with the share who
answered (finite population correction, Cochran 1977). `LevelInterval` treats them as a sample of what could
be, for trends and for comparing units, and never shrinks. Bounds are not clipped: a caller that draws
them clips to 0..100. `level` is the confidence level, .95 by default.
"""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from pulse.domain.measurement.distributions import hypergeometric_tails, normal_quantile, t_quantile
from pulse.domain.measurement.moments import Moment, PooledSd

#: Under this many answers a group's own spread is too unsteady, and the pooled one is used if given.
OWN_SPREAD_FROM = 10
#: Up to this headcount a proportion gets the exact interval, which can be said in people.
EXACT_UP_TO = 200


@dataclass(frozen=True)
class NowInterval:
    """How things are now among `headcount` people of whom `n` answered, in points 0 to 100.

    `everyone` is set when all answered: the width is then truly zero and the page says "everyone
    answered", never "plus or minus 0". `people` is the same interval in people, where it is exact.
    """

    value: float
    low: float
    high: float
    n: int
    headcount: int
    everyone: bool
    people: tuple[int, int] | None = None


@dataclass(frozen=True)
class LevelInterval:
    """A level for trends and comparison between units, in points, without any population correction."""

    value: float
    low: float
    high: float
    n: int
    se: float


def now_mean(
    moment: Moment, headcount: int, pooled_sd: PooledSd | None = None, *, level: float = 0.95
) -> NowInterval:
    """Mean with t interval and FPC: mean +/- t s/sqrt(n) sqrt(1 - n/N), in points.

    Under 10 answers s and the degrees of freedom of t come from `pooled_sd` when given. Raises ValueError
    when nobody answered, more answered than `headcount`, or one person answered and no pooled SD is given.
    """
    _check_group(moment.n, headcount)
    if moment.n == headcount:
        return NowInterval(moment.mean, moment.mean, moment.mean, moment.n, headcount, everyone=True)
    sd, df = _spread(moment, pooled_sd)
    se = sd / sqrt(moment.n) * sqrt(1 - moment.n / headcount)
    half = t_quantile((1 + level) / 2, df) * se
    return NowInterval(
        moment.mean, moment.mean - half, moment.mean + half, moment.n, headcount, everyone=False
    )


def _spread(moment: Moment, pooled: PooledSd | None) -> tuple[float, int]:
    if pooled is not None and moment.n < OWN_SPREAD_FROM:
        return pooled.sd, pooled.df
    if moment.n < 2:
        raise ValueError("One answer has no spread; give the pooled one.")
    return moment.sd, moment.n - 1


def now_proportion(successes: int, n: int, headcount: int, *, level: float = 0.95) -> NowInterval:
    """Percentage of scored answers that are successes, as an interval for the whole group of `headcount`.

    Up to 200 people: the exact interval from the hypergeometric distribution, all totals M not rejected
    at (1 - level)/2 in either tail. Above: Wilson (1927) with n_eff = n(N - 1)/(N - n). Points 0 to 100.
    """
    _check_group(n, headcount)
    if not 0 <= successes <= n:
        raise ValueError(f"There cannot be {successes} such answers among {n}.")
    value = 100.0 * successes / n
    if n == headcount:
        return NowInterval(value, value, value, n, headcount, everyone=True, people=(successes, successes))
    if headcount <= EXACT_UP_TO:
        fewest, most = exact_people(successes, n, headcount, level=level)
        low, high = 100.0 * fewest / headcount, 100.0 * most / headcount
        return NowInterval(value, low, high, n, headcount, everyone=False, people=(fewest, most))
    low, high = wilson(successes / n, effective_n(n, headcount), level=level)
    return NowInterval(value, 100.0 * low, 100.0 * high, n, headcount, everyone=False)


def exact_people(successes: int, n: int, headcount: int, *, level: float = 0.95) -> tuple[int, int]:
    """Fewest and most people of `headcount` who would say so: 5 of 9 in a team of 12 gives 5 to 8."""
    at_least, at_most = hypergeometric_tails(successes, n, headcount)
    tail = (1 - level) / 2
    kept = np.flatnonzero((at_least > tail) & (at_most > tail))
    return int(kept[0]), int(kept[-1])


def effective_n(n: int, headcount: int) -> float:
    """n(N - 1)/(N - n): the sample size without correction that is worth `n` of `headcount`."""
    return n * (headcount - 1) / (headcount - n) if n < headcount else inf


def wilson(share: float, n: float, *, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval (1927) for a `share` of 0 to 1 in `n` answers, which need not be whole."""
    z = normal_quantile((1 + level) / 2)
    if n == inf:
        return share, share
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def margin_of_error(share: float, n: int, headcount: int, *, level: float = 0.95) -> float:
    """z sqrt(p(1 - p)/n_eff) in points: the margin that published survey tables print; for checking them."""
    return 100.0 * normal_quantile((1 + level) / 2) * sqrt(share * (1 - share) / effective_n(n, headcount))


def now_gap(
    first: Moment, first_headcount: int, second: Moment, second_headcount: int, *, level: float = 0.95
) -> tuple[float, float, float]:
    """Difference first - second between two groups as they are now, with its interval, in points.

    Welch (1947) with FPC on each side: it describes these people (leaders and staff, say) and may never
    serve as a test of change or of difference in general. Needs two answers on each side.
    """
    sides = ((first, first_headcount), (second, second_headcount))
    for moment, headcount in sides:
        _check_group(moment.n, headcount)
        if moment.n < 2:
            raise ValueError("A gap needs at least two answers on each side.")
    parts = [(m.var / m.n * (1 - m.n / headcount), m.n - 1) for m, headcount in sides]
    variance = sum(v for v, _ in parts)
    value = first.mean - second.mean
    if variance == 0:
        return value, value, value
    df = variance**2 / sum(v * v / d for v, d in parts)
    half = t_quantile((1 + level) / 2, df) * sqrt(variance)
    return value, value - half, value + half


def level_mean(moment: Moment, *, level: float = 0.95) -> LevelInterval:
    """Mean with t interval and no FPC: mean +/- t s/sqrt(n), in points. Needs two answers."""
    if moment.n < 2:
        raise ValueError("A level for comparison needs at least two answers.")
    half = t_quantile((1 + level) / 2, moment.n - 1) * moment.se
    return LevelInterval(moment.mean, moment.mean - half, moment.mean + half, moment.n, moment.se)


def _check_group(n: int, headcount: int) -> None:
    if n < 1:
        raise ValueError("Nobody answered, so there is nothing to show.")
    if n > headcount:
        raise ValueError(f"There cannot be {n} answers from {headcount} people.")
