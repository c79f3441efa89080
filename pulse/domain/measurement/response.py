"""Response rate: how many of those asked answered, and what the others could still change.

The rate is the share of delivered invitations that came back. Beside it stand two bounds that assume nothing:
where the figure would be if everybody who stayed silent had given the lowest answer, and where if all had
given the highest. 52 of 120 replies from 200 people give 26 % to 66 %. The bounds are wide on purpose: they
are what is known for certain.

Formula: rate = 100 submitted / delivered invitations to eligible staff
    bounds of a share: 100 yes / N to 100 (yes + N - n) / N; n answers from N people
    bounds of a mean: n mean / N to (n mean + 100 (N - n)) / N
Range: 0 to 100 %; 0 to 100 points
Least: one delivered invitation; one answer for bounds. Neither is shown of fewer than 20 people (ValueError
    for more answers than people). While a wave is open its rate is rounded down to steps of 5 points or
    more, each made by k people or more, so that no single reply can be watched coming in.
Cannot say: whether the silent think like those who answered. If people reply because of what they think, no
    weighting mends it, and only the bounds stay true.
Source: Civil Service People Survey (2023), for the rate; Manski (1989), Anatomy of the selection problem, for
    the bounds. Written here: no kept library is needed.
"""

#: below this many invited a rate would describe a handful of people
RATE_SHOWN_FROM = 20

#: a mean of many scores of exactly 100 may come out this far above it
_ROUNDING = 1e-9


def response_rate(submitted: int, delivered: int) -> float:
    """100 submitted / delivered invitations to eligible staff; 0 when nobody answered.

    Raises ValueError when none was delivered or more came in than went out.
    """
    if delivered < 1:
        raise ValueError("No invitation was delivered, so there is no response rate.")
    if not 0 <= submitted <= delivered:
        raise ValueError(f"There cannot be {submitted} responses to {delivered} invitations.")
    return 100.0 * submitted / delivered


def rate_step(asked: int, k: int) -> int:
    """Points that a running rate moves by: 5, or the next multiple of 5 that k of the people asked make.

    Raises ValueError unless both are above 0.
    """
    if asked < 1 or k < 1:
        raise ValueError(f"There is no step that {k} of {asked} people make.")
    return 5 * -(-20 * k // asked)


def rate_so_far(submitted: int, asked: int, k: int) -> int:
    """The running rate rounded down to its step: k people must answer before it moves, and k more each time.

    Rounded to the nearest step it would move for the first time when half as many have answered. Raises
    ValueError for more answers than people.
    """
    if not 0 <= submitted <= asked:
        raise ValueError(f"There cannot be {submitted} responses to {asked} invitations.")
    step = rate_step(asked, k)
    return step * (100 * submitted // (asked * step))


def proportion_bounds(successes: int, n: int, headcount: int) -> tuple[float, float]:
    """Least and greatest percentage of `headcount` if all who did not answer said no, or all yes.

    52 of 120 replies from 200 people gives 26 to 66; no width when everyone answered. Raises ValueError
    when nobody answered, more did than there are people, or more said yes than answered.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"There cannot be {successes} such answers among {n}.")
    _check(n, headcount)
    return 100.0 * successes / headcount, 100.0 * (successes + headcount - n) / headcount


def mean_bounds(mean: float, n: int, headcount: int) -> tuple[float, float]:
    """Least and greatest mean score of `headcount` if all who did not answer scored 0, or all 100.

    The mean itself, twice, when everyone answered. Raises ValueError when nobody answered, more did than
    there are people, or the mean is not a number from 0 to 100.
    """
    _check(n, headcount)
    if not -_ROUNDING <= mean <= 100 + _ROUNDING:
        raise ValueError(f"A mean score lies between 0 and 100, not at {mean}.")
    known = min(max(mean, 0.0), 100.0) * n
    return known / headcount, (known + 100.0 * (headcount - n)) / headcount


def _check(n: int, headcount: int) -> None:
    if not 1 <= n <= headcount:
        raise ValueError(f"There cannot be {n} answers from {headcount} people.")
