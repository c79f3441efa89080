"""A check on mixed feelings: do people whose two answers pull apart also say that they feel torn?

The index of mixed feelings is worked out from a hopeful and a worried answer; nobody is asked for it. Where a
survey also asks outright how torn people feel, the two should rise together. They are compared over the same
people of the whole organisation. Near 0 the index is not measuring what people mean by torn, and should be
read with doubt; in published studies the two correlate at about .4 to .5.

Formula: r between the index and the mean of the "torn" questions; interval by Fisher's z: tanh(atanh r +/-
        1.96 / sqrt(n - 3)).
Range: -1 to 1.
Least: 100 people who answered both; otherwise nothing is shown.
Cannot say: which of the two is right, or why anybody is torn. Both come from the same people on the same day,
    which alone makes answers go together a little.
Source: Thompson, Zanna and Griffin (1995), Let's not be indifferent about (attitudinal) ambivalence; Fisher
    (1915) for the interval. Written here: no kept library gives the interval from r and n alone.
"""

from math import atanh, sqrt, tanh

from pulse.domain.measurement.distributions import normal_quantile


def correlation_interval(r: float, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Fisher's interval for a correlation `r` over `n` people, both ends in -1 to 1.

    A correlation of exactly -1 or 1 has no width. Raises ValueError under four people, or when `r` is not
    a number from -1 to 1.
    """
    if n < 4:
        raise ValueError("An interval for a correlation needs at least four people.")
    if not -1.0 <= r <= 1.0:
        raise ValueError(f"A correlation lies between -1 and 1, not at {r}.")
    if abs(r) == 1.0:
        return r, r
    half = normal_quantile((1 + level) / 2) / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)
