"""How far out a unit lies: is it further from the rest than its size alone would explain?

Small units swing more by chance than large ones, so the limits are wide where few answered and narrow
where many did. A unit inside the limits cannot be told from the rest; one outside is worth a conversation,
and says nothing yet about why.

Formula: centre +/- 1.96 s/sqrt(n) (95 % limits) and centre +/- 3.0902 s/sqrt(n) (99.8 % limits)
    n = answers in the unit; s = spread of people within units; no correction for the known headcount
    several units are further out than chance explains if, without any difference between them, so many
    or more would lie outside the 99.8 % limits in under 5 of 100 surveys (binomial)
Range: points; limits may run outside 0 to 100, where a chart stops
Least: one answer and a spread above 0 (ValueError otherwise); whether a unit may be shown at all is decided
    before this
Cannot say: who is best or worst. Of 40 units with no difference between them, two lie outside the 95 %
    limits by chance.
Source: Spiegelhalter (2005), Funnel plots for comparing institutional performance. Written here: no kept
    library draws funnel limits for means.
"""

from math import isfinite, sqrt
from typing import Literal

from pulse.domain.measurement.intervals import LevelInterval

Placement = Literal["inside", "outside 95", "outside 99.8"]
Limits = tuple[float, float]

#: Standard errors to the 95 % and 99.8 % limits: the first as it is always printed, the second with two
#: digits more than its usual 3.09, as a limit that far out moves visibly with them.
NEAR, FAR = 1.96, 3.0902
#: the part of units outside the 99.8 % limits by chance, and how rare a number of them must be to say more
_FAR_SHARE, _RARE = 0.002, 0.05


def limits(centre: float, sd: float, n: int) -> tuple[Limits, Limits]:
    """The 95 % and the 99.8 % limits, each (low, high) in points, for a unit with `n` answers.

    `centre` is the mean of all units and `sd` the spread of people within units. Raises ValueError without
    an answer, or for a spread that is 0 (everyone in every unit the same) or missing.
    """
    if n < 1:
        raise ValueError("Funnel limits need at least one answer in the unit.")
    if not (isfinite(centre) and isfinite(sd) and sd > 0):
        raise ValueError("Funnel limits need a centre and a spread above 0; show no funnel.")
    near, far = NEAR * sd / sqrt(n), FAR * sd / sqrt(n)
    return (centre - near, centre + near), (centre - far, centre + far)


def placement(level: LevelInterval, centre: float, sd: float) -> Placement:
    """Where a unit lies in the funnel; a value exactly on a limit is inside it.

    Uses the unit's value and number of answers, not its own interval. Raises ValueError as `limits` does,
    and for a unit without a value.
    """
    if not isfinite(level.value):
        raise ValueError("A unit without a value has no place in the funnel.")
    (low95, high95), (low998, high998) = limits(centre, sd, level.n)
    if low95 <= level.value <= high95:
        return "inside"
    return "outside 95" if low998 <= level.value <= high998 else "outside 99.8"


def more_than_chance(units: int, outside: int) -> bool:
    """Whether so many of the units outside the 99.8 % limits are more than chance alone would put there.

    Takes units as independent, though all share one centre. False for none. Raises ValueError unless
    `outside` is a number of these units.
    """
    if not 0 <= outside <= units:
        raise ValueError("The units outside the limits are some of all the units.")
    chance, fewer = (1 - _FAR_SHARE) ** units, 0.0
    for one in range(outside):
        fewer += chance
        chance *= (units - one) / (one + 1) * _FAR_SHARE / (1 - _FAR_SHARE)
    return 1 - fewer < _RARE
