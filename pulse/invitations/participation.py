"""How many have answered so far: in steps of k people, once a day, so that nobody is seen answering."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pulse.db import writing
from pulse.domain.disclosure.running_rates import count_cautiously, may_show_rates
from pulse.domain.measurement.response import RATE_SHOWN_FROM, rate_so_far, rate_step
from pulse.invitations import queries, rate_queries
from pulse.languages.saying import gettext as _
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave, WaveUnit


@dataclass(frozen=True)
class RunningRate:
    """On `day` `least` percent or more, and less than a `step` above, had answered."""

    least: int
    step: int
    day: date

    @property
    def words(self) -> str:
        """Such as "45% to 50%"."""
        return _in_words(self.least, self.step)


@dataclass(frozen=True)
class UnitRate:
    """How many of a unit's people, those of all units below it included, had answered: `least` percent or
    more, and less than a `step` above; 0 and 100 where that is all that may be told.
    """

    unit_id: int
    name: str
    #: what it is a part of; empty for a top
    part_of: str
    #: how far below the top of what is listed
    depth: int
    asked: int
    least: int
    step: int

    @property
    def words(self) -> str:
        """Such as "45% to 60%"."""
        return _in_words(self.least, self.step)


def _in_words(least: int, step: int) -> str:
    """One and the same for a unit and for all; neither says that all have answered, or that not all have."""
    above = least + step
    if above >= 100:
        return _("%(least)s%% or more", least=least) if least else _("Between none and all")
    if not least:
        return _("Fewer than %(above)s%%", above=above)
    return _("%(least)s%% to %(above)s%%", least=least, above=above)


@dataclass(frozen=True)
class Participation:
    """The rates of an open wave, units before those inside them; nothing of who is in none of the listed."""

    wave: Wave
    whole: RunningRate | None
    units: list[UnitRate]
    #: units whose rate is not shown: too small, or they would give a small one away
    hidden: int
    #: a rate is shown for so many people asked, or more
    shown_from: int


def bring_rates_up_to_date(now: datetime) -> int:
    """Set the running rates of every open wave, once a day; of how many waves.

    A rate worked out when it is asked for would move at the moment of one person's answer, to whoever keeps
    reloading the page. The first set after midnight stands for the whole day.
    """
    return sum(_bring_up_to_date(wave, now) for wave in surveys.list_waves_in("open"))


def _bring_up_to_date(wave: Wave, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(wave.programme.zone)).date()
    asked = queries.count_asked(wave.id)
    if asked < RATE_SHOWN_FROM or (wave.rate_day is not None and wave.rate_day >= today):
        return False
    rate, of_units = _rates(surveys.list_wave_units(wave.id), rate_queries.count_by_unit(wave.id), wave.k)
    with writing():
        surveys.set_running_rate(wave.id, rate, today)
        rate_queries.replace_unit_rates(wave.id, of_units)
    return True


def _rates(
    units: list[WaveUnit], direct: Mapping[int, tuple[int, int]], k: int
) -> tuple[int, dict[int, int]]:
    """The rate of the whole, and unit -> rate of those that may be shown.

    Neither says, alone or together, that all or none of any part have answered: it would name them all.
    """
    counts = _with_all_below(units, direct)
    parents = {unit.unit_id: unit.parent_id for unit in units}
    asked = {unit: people for unit, (people, _) in counts.items()}
    answered = {unit: sheets for unit, (_, sheets) in counts.items()}
    shown = may_show_rates(parents, asked, shown_from(k))
    whole, told = count_cautiously(parents, asked, answered, shown)
    everybody = sum(people for people, _ in direct.values())
    rates = {unit: rate_so_far(count, asked[unit], k) for unit, count in told.items()}
    return rate_so_far(whole, everybody, k), rates


def _with_all_below(
    units: list[WaveUnit], direct: Mapping[int, tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Unit -> (asked, answered) with everybody in the units below it."""
    parents = {unit.unit_id: unit.parent_id for unit in units}
    asked, answered = dict.fromkeys(parents, 0), dict.fromkeys(parents, 0)
    for unit, (people, sheets) in direct.items():
        above: int | None = unit
        while above is not None:
            asked[above] += people
            answered[above] += sheets
            above = parents.get(above)
    return {unit: (asked[unit], answered[unit]) for unit in parents}


def shown_from(k: int) -> int:
    """So many people must be asked for a rate to be shown."""
    return max(RATE_SHOWN_FROM, k)


def running_rate(wave_id: int) -> RunningRate | None:
    """What may be told of an open wave now; None where fewer than 20 people, or than k, were asked.

    Of everybody asked, as the released rate is.
    """
    wave, asked = surveys.get_wave(wave_id), queries.count_asked(wave_id)
    if asked < shown_from(wave.k) or wave.rate_day is None:
        return None
    return RunningRate(wave.running_rate or 0, rate_step(asked, wave.k), wave.rate_day)


def find_participation(wave_id: int, top: int | None = None) -> Participation | None:
    """What may be told of a wave, or of the part of its tree below the unit `top`.

    None where there is no such wave, it is not open, or it does not ask that unit: all alike.
    """
    wave = surveys.find_wave(wave_id)
    if wave is None or wave.state != "open":
        return None
    units = surveys.list_wave_units(wave_id)
    ordered = _in_order(units, top)
    if not ordered:
        return None
    counts = _with_all_below(units, {unit.unit_id: (unit.headcount, 0) for unit in units})
    names, rates = {unit.unit_id: unit.name for unit in units}, rate_queries.list_unit_rates(wave_id)
    listed = [
        UnitRate(
            *(unit.unit_id, unit.name, names.get(unit.parent_id or 0, "") if depth else "", depth),
            *(asked, rates[unit.unit_id], rate_step(asked, wave.k)),
        )
        for unit, depth in ordered
        if (asked := counts[unit.unit_id][0]) and unit.unit_id in rates
    ]
    asking = sum(counts[unit.unit_id][0] > 0 for unit, _ in ordered)
    whole = running_rate(wave_id) if top is None else None
    hidden = asking - len(listed) if wave.rate_day else 0
    return Participation(wave, whole, listed, hidden, shown_from(wave.k))


def _in_order(units: list[WaveUnit], top: int | None) -> list[tuple[WaveUnit, int]]:
    """Each unit with its depth, before those inside it, by name; only `top` and below unless it is None."""
    below: dict[int | None, list[WaveUnit]] = {}
    for unit in sorted(units, key=lambda unit: unit.name, reverse=True):
        below.setdefault(unit.parent_id, []).append(unit)
    first = below.get(None, []) if top is None else [unit for unit in units if unit.unit_id == top]
    found, waiting = [], [(unit, 0) for unit in first]
    while waiting:
        unit, depth = waiting.pop()
        found.append((unit, depth))
        waiting += [(child, depth + 1) for child in below.get(unit.unit_id, [])]
    return found


def count_unreached(wave_id: int) -> int:
    """People who were asked but have no working e-mail address, so that no letter reached them."""
    return queries.count_unreached(wave_id)
