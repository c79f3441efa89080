"""How many people work in each unit and below it: what the roster page and `pulse roster show` tell."""

from collections import defaultdict
from typing import NamedTuple

from pulse.directory import queries
from pulse.directory.queries import UnitRow


class UnitCount(NamedTuple):
    """A unit, how deep it lies (0: the top), and its people: in itself, and with every unit below it."""

    unit: UnitRow
    depth: int
    own: int
    total: int


def list_unit_counts() -> list[UnitCount]:
    """Every open unit, each followed by the units below it, siblings by name."""
    units = queries.list_units()
    counts = queries.count_people_by_unit()
    children: dict[int | None, list[UnitRow]] = defaultdict(list)
    known = {unit.id for unit in units}
    for unit in units:
        children[unit.parent_id if unit.parent_id in known else None].append(unit)
    order = _depth_first(children)
    totals = dict.fromkeys(known, 0)
    for unit, _ in reversed(order):  # children before parents
        totals[unit.id] += counts.get(unit.id, 0)
        if unit.parent_id in totals:
            totals[unit.parent_id] += totals[unit.id]
    return [UnitCount(unit, depth, counts.get(unit.id, 0), totals[unit.id]) for unit, depth in order]


def _depth_first(children: dict[int | None, list[UnitRow]]) -> list[tuple[UnitRow, int]]:
    """Without recursion: a tree may be deeper than Python's stack."""
    order: list[tuple[UnitRow, int]] = []
    waiting = [(unit, 0) for unit in reversed(children[None])]
    while waiting:
        unit, depth = waiting.pop()
        order.append((unit, depth))
        waiting.extend((child, depth + 1) for child in reversed(children[unit.id]))
    return order


class Branch(NamedTuple):
    """A part of the tree that fits a page: the way down to a unit, what is in it, and one level further."""

    path: list[UnitCount]
    below: list[tuple[UnitCount, list[UnitCount]]]


def get_branch(unit_id: int | None) -> Branch:
    """The branch at an open unit, or at the top for None; raises LookupError when there is no such unit."""
    counts = list_unit_counts()
    by_id = {count.unit.id: count for count in counts}
    if unit_id is not None and unit_id not in by_id:
        raise LookupError(f"There is no open unit {unit_id}.")
    children: dict[int | None, list[UnitCount]] = defaultdict(list)
    for count in counts:
        children[count.unit.parent_id if count.depth else None].append(count)
    return Branch(_path(unit_id, by_id), [(count, children[count.unit.id]) for count in children[unit_id]])


def _path(unit_id: int | None, by_id: dict[int, UnitCount]) -> list[UnitCount]:
    """From the top down to the unit."""
    path: list[UnitCount] = []
    while unit_id is not None and unit_id in by_id:
        path.append(by_id[unit_id])
        unit_id = by_id[unit_id].unit.parent_id
    return path[::-1]
