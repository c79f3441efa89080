"""How many have answered so far: in steps of k people, once a day, so that nobody is seen answering."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pulse.db import writing
from pulse.domain.measurement.response import RATE_SHOWN_FROM, rate_so_far, rate_step
from pulse.invitations import queries
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave


@dataclass(frozen=True)
class RunningRate:
    """On `day` `least` percent or more, and less than a `step` above, had answered."""

    least: int
    step: int
    day: date


def bring_rates_up_to_date(now: datetime) -> int:
    """Set the running rate of every open wave, once a day; of how many waves.

    A rate worked out when it is asked for would move at the moment of one person's answer, to whoever keeps
    reloading the page. The first set after midnight stands for the whole day.
    """
    return sum(_bring_up_to_date(wave, now) for wave in surveys.list_waves_in("open"))


def _bring_up_to_date(wave: Wave, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(wave.programme.zone)).date()
    asked = queries.count_asked(wave.id)
    if asked < RATE_SHOWN_FROM or (wave.rate_day is not None and wave.rate_day >= today):
        return False
    rate = rate_so_far(queries.count_spent(wave.id), asked, wave.k)
    with writing():
        surveys.set_running_rate(wave.id, rate, today)
    return True


def running_rate(wave_id: int) -> RunningRate | None:
    """What may be told of an open wave now; None where fewer than 20 people, or than k, were asked.

    Of everybody asked, as the released rate is.
    """
    wave, asked = surveys.get_wave(wave_id), queries.count_asked(wave_id)
    if asked < max(RATE_SHOWN_FROM, wave.k) or wave.rate_day is None:
        return None
    return RunningRate(wave.running_rate or 0, rate_step(asked, wave.k), wave.rate_day)


def count_unreached(wave_id: int) -> int:
    """People who were asked but have no working e-mail address, so that no letter reached them."""
    return queries.count_unreached(wave_id)
