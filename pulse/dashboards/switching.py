"""From one survey to another: the same people where they have a result of their own, else who is around them.

Groups are numbered anew in each release, so a number says nothing without the wave it was chosen in.
"""

from dataclasses import dataclass

from pulse.accounts.identity import SignedIn
from pulse.dashboards.scope import list_readable, require_readable
from pulse.languages.saying import gettext as _
from pulse.results.released_types import ReleasedGroup
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave


@dataclass(frozen=True)
class Landing:
    """The group of the wanted wave that is shown; `note` says so where it is not the chosen one."""

    number: int
    note: str = ""


def find_landing(account: SignedIn, chosen_in: Wave, number: int, wanted: Wave) -> Landing:
    """Where somebody lands in `wanted` who chose group `number` in another released wave.

    The same set of people; else the same unit; else the nearest unit around it; else the whole. Only groups
    that this account may open. Raises OutOfScope for a choice that it may not open or that is not there, and
    NotReleased.
    """
    chosen = next(one for one in require_readable(account, chosen_in, number) if one.number == number)
    readable = list_readable(account, wanted)
    same = _same(chosen, readable)
    if same is not None:
        return Landing(same.number)
    around = _around(chosen, chosen_in, wanted, readable)
    if around is None:  # nothing that this account may open: the page there says so, or is not found
        return Landing(0)
    note = _(
        "%(team)s has no result of its own in this survey: this is %(around)s.",
        team=chosen.name,
        around=around.name,
    )
    return Landing(around.number, note)


def _same(chosen: ReleasedGroup, groups: list[ReleasedGroup]) -> ReleasedGroup | None:
    """These very people, or the unit under the same roof if people have joined or left it."""
    exactly = next((group for group in groups if group.key == chosen.key), None)
    if exactly is not None or chosen.kind == "combined":
        return exactly
    return _of_unit(chosen.unit_id, groups)


def _of_unit(unit_id: int | None, groups: list[ReleasedGroup]) -> ReleasedGroup | None:
    return next((one for one in groups if one.kind != "combined" and one.unit_id == unit_id), None)


def _around(
    chosen: ReleasedGroup, chosen_in: Wave, wanted: Wave, groups: list[ReleasedGroup]
) -> ReleasedGroup | None:
    """The smallest unit around the chosen people; else the whole, which is the first in display order."""
    parents = {unit.unit_id: unit.parent_id for unit in surveys.list_wave_units(chosen_in.id)}
    parents |= {unit.unit_id: unit.parent_id for unit in surveys.list_wave_units(wanted.id)}
    seen: set[int] = set()
    unit_id = chosen.unit_id
    while unit_id is not None and unit_id not in seen:
        seen.add(unit_id)
        found = _of_unit(unit_id, groups)
        if found is not None:
            return found
        unit_id = parents.get(unit_id)
    return groups[0] if groups else None
