"""Which results a reader may open: everybody the whole organisation's, leaders also their own part's."""

from pulse.accounts.identity import SignedIn
from pulse.dashboards.reading import OutOfScope
from pulse.results.released import read_groups
from pulse.results.released_types import ReleasedGroup
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.web.access import Role

#: roles that read every group's result
EVERYTHING = frozenset({Role.HR_ANALYST, Role.OD_EDITOR})


def list_readable(account: SignedIn, wave: Wave) -> list[ReleasedGroup]:
    """The groups this account may open, in display order; the whole organisation is always among them.

    A leader's part of the tree, and whom the wave asked, are taken from what the wave froze when it opened:
    a later reorganisation, or a survey that asks more people now, opens old results to nobody else.
    """
    groups = read_groups(wave)
    if account.role in EVERYTHING:
        return groups
    if account.role is not Role.LEADER:
        return [group for group in groups if group.kind == "organisation"]
    own = _subtree(wave, account.unit_id) if account.unit_id else set()
    everybody = wave.audience_unit_id is None  # else its "whole" is one part, maybe somebody else's
    return [g for g in groups if g.unit_id in own or (everybody and g.kind == "organisation")]


def may_read_about(account: SignedIn, wave: Wave, unit_id: int | None) -> bool:
    """Whether words about one unit's results are for this account; None is everybody whom the wave asked.

    The rule of `list_readable`, also for a unit that has no group of its own.
    """
    if account.role in EVERYTHING:
        return True
    whole = unit_id is None or unit_id == _top(wave)
    if account.role is not Role.LEADER:
        return whole
    about = wave.audience_unit_id if whole else unit_id
    if about is None:
        return True
    return account.unit_id is not None and about in _subtree(wave, account.unit_id)


def in_tree_order(groups: list[ReleasedGroup]) -> list[ReleasedGroup]:
    """Each group before those inside it; side by side units come first and combined groups last.

    A group whose parent this reader may not open stands where a top one does.
    """
    known = {group.number for group in groups}
    below: dict[int | None, list[ReleasedGroup]] = {}
    for group in sorted(groups, key=lambda group: (group.kind == "combined", group.number), reverse=True):
        below.setdefault(group.parent if group.parent in known else None, []).append(group)
    ordered, waiting = [], below.get(None, [])
    while waiting:
        ordered.append(waiting.pop())
        waiting += below.get(ordered[-1].number, [])
    return ordered


def require_readable(account: SignedIn, wave: Wave, number: int) -> list[ReleasedGroup]:
    """The readable groups, if group `number` is one of them; raises OutOfScope otherwise."""
    groups = list_readable(account, wave)
    if all(group.number != number for group in groups):
        raise OutOfScope("There is no such result.")
    return groups


def _top(wave: Wave) -> int | None:
    """The one unit above all others that the wave asked, which stands for everybody; None if several."""
    units = surveys.list_wave_units(wave.id)
    known = {unit.unit_id for unit in units}
    tops = [unit.unit_id for unit in units if unit.parent_id not in known]
    return tops[0] if len(tops) == 1 else None


def _subtree(wave: Wave, root: int) -> set[int]:
    """The unit and all below it, as the wave froze them."""
    children: dict[int | None, list[int]] = {}
    for unit in surveys.list_wave_units(wave.id):
        children.setdefault(unit.parent_id, []).append(unit.unit_id)
    found, waiting = set(), [root]
    while waiting:
        unit_id = waiting.pop()
        found.add(unit_id)
        waiting += children.get(unit_id, [])
    return found
