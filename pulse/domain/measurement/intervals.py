"""The range around a score: where it would lie if everybody in the group had answered.

Of 40 people, 30 may answer; the range says how far the other ten could plausibly move the figure. It grows
narrower the more of the group answers, and closes when everyone has: then the page says "everyone answered".
In groups of up to 200 people a share may be said in people, "between 5 and 8 of your 12"; the pages give
their ranges in points.

This narrowing is right for "how are things now?" and wrong for "has it changed?" and "is this unit
different?", which ask about more than these people on one day. For those questions a second kind of range is
used that never narrows with the share who answered, and the two kinds are kept apart throughout.

Formula: now, mean: mean +/- t s / sqrt(n) x sqrt(1 - n/N), n answers from N people
    now, share, up to 200 people: all totals that the exact hypergeometric does not reject at 2.5 % a side
    now, share, above 200: Wilson's interval with n_eff = n (N - 1) / (N - n)
    for comparison: mean +/- t s / sqrt(n)
Range: points or %; 95 % intervals. An end beyond 0 or 100 is drawn at 0 or 100.
Least: one answer for a share; two for a mean, or one where the spread of other units is known. Under ten
    answers the spread pooled over units is used, as a group's own is too unsteady (ValueError without an
    answer, or with more answers than people).
Cannot say: what the people who stayed silent think, if they stayed silent because of what they think. No
    interval knows that; the no-assumption bounds beside the response rate do.
Source: Cochran (1977), Sampling techniques; Wilson (1927). Computed by scipy.special for t,
    scipy.stats.hypergeom for exact totals and statsmodels.stats.proportion.proportion_confint for Wilson's
    interval. Written here: the choice between them and the correction of the mean, because no kept library
    has it.
"""

from dataclasses import dataclass
from math import comb, inf, sqrt

import numpy as np

from pulse.domain.measurement.distributions import (
    hypergeometric_tails,
    normal_quantile,
    t_quantile,
    upper_end,
)
from pulse.domain.measurement.moments import Moment, PooledSd

#: Under this many answers a group's own spread is too unsteady, and the pooled one is used if given.
OWN_SPREAD_FROM = 10
#: Up to this headcount a proportion gets the exact interval, which can be said in people.
EXACT_UP_TO = 200
#: of 95 %
_TAIL = 0.025


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

    Under 10 answers s and the degrees of freedom of t come from `pooled_sd` when given. Where s is 0 because
    everyone who answered said the same, the interval has no width but `everyone` is not set. Raises
    ValueError when nobody answered, more answered than `headcount`, one person of several answered and no
    pooled SD is given, or `level` is not between 0 and 1.
    """
    check_group(moment.n, headcount)
    if moment.n == headcount:
        return NowInterval(moment.mean, moment.mean, moment.mean, moment.n, headcount, everyone=True)
    sd, df = _spread(moment, pooled_sd)
    se = sd / sqrt(moment.n) * sqrt(1 - moment.n / headcount)
    half = t_quantile(upper_end(level), df) * se
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
    When everyone answered the interval is the share itself. Raises ValueError when nobody gave a scored
    answer, more answered than `headcount`, or more are successes than answered.
    """
    check_group(n, headcount)
    _check_successes(successes, n)
    value = 100.0 * successes / n
    if n == headcount:
        return NowInterval(value, value, value, n, headcount, everyone=True, people=(successes, successes))
    if headcount <= EXACT_UP_TO:
        fewest, most = exact_people(successes, n, headcount, level=level)
        low, high = 100.0 * fewest / headcount, 100.0 * most / headcount
        return NowInterval(value, low, high, n, headcount, everyone=False, people=(fewest, most))
    low, high = wilson(successes / n, effective_n(n, headcount), level=level)
    return NowInterval(value, 100.0 * low, 100.0 * high, n, headcount, everyone=False)


def page_proportion(successes: int, n: int, headcount: int) -> NowInterval:
    """The 95 % interval of `now_proportion` in plain arithmetic, for a page that loads no statistics library.

    Raises ValueError as `now_proportion` does. Written here: Wilson's formula, and the same exact totals
    found by halving, because the libraries that have them take longer to load than the page.
    """
    check_group(n, headcount)
    _check_successes(successes, n)
    share = successes / n
    if n == headcount:
        low = high = share
    elif headcount <= EXACT_UP_TO:
        low = _fewest(successes, n, headcount) / headcount
        high = 1 - _fewest(n - successes, n, headcount) / headcount
    else:
        worth, z = effective_n(n, headcount), normal_quantile(upper_end(0.95))
        middle = share + z * z / (2 * worth)
        half = z * sqrt(share * (1 - share) / worth + z * z / (4 * worth * worth))
        low, high = ((middle + side * half) / (1 + z * z / worth) for side in (-1, 1))
    return NowInterval(100 * share, 100 * low, 100 * high, n, headcount, everyone=n == headcount)


def _fewest(successes: int, n: int, headcount: int) -> int:
    """The least total of `headcount` of which so many successes or more in `n` are not too rare."""
    low, high = successes, headcount - (n - successes)
    while low < high:
        total = (low + high) // 2
        ways = sum(comb(total, hits) * comb(headcount - total, n - hits) for hits in range(successes, n + 1))
        low, high = (low, total) if ways / comb(headcount, n) > _TAIL else (total + 1, high)
    return low


def exact_people(successes: int, n: int, headcount: int, *, level: float = 0.95) -> tuple[int, int]:
    """Fewest and most people of `headcount` who would say so: 5 of 9 in a team of 12 gives 5 to 8.

    Raises ValueError as `now_proportion` does.
    """
    check_group(n, headcount)
    _check_successes(successes, n)
    tail = 1 - upper_end(level)
    at_least, at_most = hypergeometric_tails(successes, n, headcount)
    kept = np.flatnonzero((at_least > tail) & (at_most > tail))
    return int(kept[0]), int(kept[-1])


def effective_n(n: int, headcount: int) -> float:
    """n(N - 1)/(N - n): the sample size without correction that is worth `n` of `headcount`.

    Infinite when everyone answered. Raises ValueError when nobody did, or more than there are people.
    """
    check_group(n, headcount)
    return n * (headcount - 1) / (headcount - n) if n < headcount else inf


def wilson(share: float, n: float, *, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval (1927) for a `share` of 0 to 1 in `n` answers, which need not be whole.

    Both ends 0 to 1; for an infinite `n` the share itself. Computed by statsmodels. Raises ValueError
    unless the share is 0 to 1, `n` above 0 and `level` between 0 and 1.
    """
    from statsmodels.stats.proportion import (  # noqa: PLC0415 - loaded by the worker only
        proportion_confint,
    )

    _check_share(share)
    if not n > 0:
        raise ValueError("A share needs at least part of an answer.")
    if n == inf:
        return share, share
    low, high = proportion_confint(share * n, n, alpha=2 - 2 * upper_end(level), method="wilson")
    return float(low), float(high)


def margin_of_error(share: float, n: int, headcount: int, *, level: float = 0.95) -> float:
    """z sqrt(p(1 - p)/n_eff) in points: the margin that published survey tables print; for checking them.

    0 when everyone answered. Raises ValueError as `effective_n` does, and unless `share` is 0 to 1.
    """
    _check_share(share)
    return 100.0 * normal_quantile(upper_end(level)) * sqrt(share * (1 - share) / effective_n(n, headcount))


def level_mean(moment: Moment, *, level: float = 0.95) -> LevelInterval:
    """Mean with t interval and no FPC: mean +/- t s/sqrt(n), in points, however many were asked.

    No width and an SE of 0 when everyone said the same. Raises ValueError under two answers, or unless
    `level` is between 0 and 1.
    """
    if moment.n < 2:
        raise ValueError("A level for comparison needs at least two answers.")
    half = t_quantile(upper_end(level), moment.n - 1) * moment.se
    return LevelInterval(moment.mean, moment.mean - half, moment.mean + half, moment.n, moment.se)


def check_group(n: int, headcount: int) -> None:
    """Raises ValueError when nobody answered, or more answered than there are people."""
    if n < 1:
        raise ValueError("Nobody answered, so there is nothing to show.")
    if n > headcount:
        raise ValueError(f"There cannot be {n} answers from {headcount} people.")


def _check_successes(successes: int, n: int) -> None:
    if not 0 <= successes <= n:
        raise ValueError(f"There cannot be {successes} such answers among {n}.")


def _check_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies between 0 and 1, not at {share}.")
