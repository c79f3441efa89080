"""What a key opens: the same waves and groups as its account's pages, by the same rules, and nothing else."""

from typing import NamedTuple

from pulse.accounts.identity import SignedIn
from pulse.dashboards.reading import OutOfScope, Result, Unshown, list_all_released, read_result
from pulse.dashboards.scope import list_readable, require_readable
from pulse.results.released import read_groups, read_statuses, read_wave
from pulse.results.released_types import ReleasedGroup, ReleasedWave
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave


class ReadableWave(NamedTuple):
    """A released wave and those of its groups that may be read, in display order."""

    wave: Wave
    release: ReleasedWave
    groups: list[ReleasedGroup]


class HiddenUnits(NamedTuple):
    """Units directly inside a group that have no result of their own."""

    inside: ReleasedGroup
    units: list[Unshown]


def list_waves(account: SignedIn) -> list[ReadableWave]:
    """Released waves of which this account may open something, or nobody can; the newest first."""
    found = [_readable(account, wave) for wave in list_all_released()]
    return [one for one in found if one is not None]


def get_wave(account: SignedIn, wave_id: int) -> ReadableWave:
    """Raises OutOfScope: an unknown wave, one that is not released and somebody else's look the same."""
    wave = surveys.find_wave(wave_id)
    found = _readable(account, wave) if wave is not None and wave.state == "released" else None
    if found is None:
        raise OutOfScope("There is no such result.")
    return found


def get_result(account: SignedIn, wave_id: int, number: int) -> Result:
    """One group that this account may open; raises OutOfScope."""
    wave = get_wave(account, wave_id).wave
    require_readable(account, wave, number)
    return read_result(wave, number)


def list_hidden_units(found: ReadableWave) -> list[HiddenUnits]:
    """Why a team is not shown is told, as on the pages, to whoever may open every team beside it."""
    every, open_to = read_groups(found.wave), {group.number for group in found.groups}
    closed = {group.parent for group in every if group.number not in open_to}
    around = [one for one in found.groups if one.kind != "combined" and one.number not in closed]
    units = {unit.unit_id: unit for unit in surveys.list_wave_units(found.wave.id)}
    hidden: dict[int | None, list[Unshown]] = {}
    for status in read_statuses(found.wave):
        if status.status != "own" and status.unit_id in units:
            unit = units[status.unit_id]
            hidden.setdefault(unit.parent_id, []).append(Unshown(unit.name, status.status, status.reason))
    return [HiddenUnits(group, sorted(hidden.get(group.unit_id, []), key=_name)) for group in around]


def _readable(account: SignedIn, wave: Wave) -> ReadableWave | None:
    """None where the wave has results, and none of them is for this account."""
    groups = list_readable(account, wave)
    if not groups and read_groups(wave):
        return None
    return ReadableWave(wave, read_wave(wave), groups)


def _name(unit: Unshown) -> str:
    return unit.name
