"""Who answered: the response rate, and what those who did not could still change.

Weighting cannot mend replies that depend on the answer, so the bounds that assume nothing (Manski) are
shown beside the interval. All results are percentages or points, 0 to 100.
"""

from pulse.domain.measurement.items import round_shown


def response_rate(submitted: int, delivered: int) -> float:
    """100 submitted / delivered invitations to eligible staff.

    Raises ValueError when none was delivered or more came in than went out.
    """
    if delivered < 1:
        raise ValueError("No invitation was delivered, so there is no response rate.")
    if not 0 <= submitted <= delivered:
        raise ValueError(f"There cannot be {submitted} responses to {delivered} invitations.")
    return 100.0 * submitted / delivered


def rate_in_steps(rate: float, step: int = 5) -> int:
    """The rate to the nearest `step` points, halves up: what may be seen while a wave is open.

    A running rate to the point would show one person's submission as it happens.
    """
    return step * int(round_shown(rate / step))


def proportion_bounds(successes: int, n: int, headcount: int) -> tuple[float, float]:
    """Least and greatest percentage of `headcount` if all who did not answer said no, or all yes.

    52 of 120 replies from 200 people gives 26 to 66.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"There cannot be {successes} such answers among {n}.")
    _check(n, headcount)
    return 100.0 * successes / headcount, 100.0 * (successes + headcount - n) / headcount


def mean_bounds(mean: float, n: int, headcount: int) -> tuple[float, float]:
    """Least and greatest mean score of `headcount` if all who did not answer scored 0, or all 100."""
    _check(n, headcount)
    if not 0 <= mean <= 100:
        raise ValueError(f"A mean score lies between 0 and 100, not at {mean}.")
    known = mean * n
    return known / headcount, (known + 100.0 * (headcount - n)) / headcount


def _check(n: int, headcount: int) -> None:
    if not 1 <= n <= headcount:
        raise ValueError(f"There cannot be {n} answers from {headcount} people.")
