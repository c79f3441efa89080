"""How many have answered so far, in steps that show nobody's own submission."""

from math import ceil

from pulse.domain.measurement.response import RATE_SHOWN_FROM, rate_in_steps, response_rate
from pulse.invitations import queries
from pulse.surveys import queries as surveys


def running_rate(wave_id: int) -> int | None:
    """Response rate of an open wave, in steps that k people make; None where fewer than 20 were asked.

    5 points are a step of k people only from 20 k people on: in a smaller wave a step of 5 would move with
    every single answer. Of everybody asked, as the released rate is.
    """
    asked = queries.count_asked(wave_id)
    if asked < RATE_SHOWN_FROM:
        return None
    step = 5 * ceil(100 * surveys.get_wave(wave_id).k / asked / 5)
    return min(100, rate_in_steps(response_rate(queries.count_spent(wave_id), asked), step))


def count_unreached(wave_id: int) -> int:
    """People who were asked but have no working e-mail address, so that no letter reached them."""
    return queries.count_unreached(wave_id)
