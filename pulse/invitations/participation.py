"""How many have answered so far, in steps that show nobody's own submission."""

from pulse.domain.measurement.response import rate_in_steps, response_rate
from pulse.invitations import queries

#: below this many invited a rate would describe a handful of people
SHOWN_FROM = 20


def running_rate(wave_id: int) -> int | None:
    """Response rate of an open wave to the nearest 5 points; None where fewer than 20 were invited."""
    delivered = queries.count_delivered(wave_id)
    if delivered < SHOWN_FROM:
        return None
    spent = min(queries.count_spent(wave_id), delivered)
    return rate_in_steps(response_rate(spent, delivered))
