"""The organisation as a tree, laid out once so that later steps need no recursion at any depth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pulse.domain.disclosure import DisclosureError


@dataclass(frozen=True)
class Unit:
    """One organisational unit; the top one has no parent. `sort` orders the children of one parent."""

    id: int
    parent_id: int | None
    name: str
    sort: int = 0


@dataclass(frozen=True)
class Tree:
    """Units in display order (each before its children); every list is indexed by that position.

    The subtree of position u is the run of positions u .. stops[u] - 1. parents[0] is -1: the top unit.
    """

    units: tuple[Unit, ...]
    parents: list[int]
    children: list[list[int]]
    stops: list[int]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "Tree":
        """Lay out units given in any order; siblings by sort, name and id.

        Raises DisclosureError, naming the unit, for a duplicate id, an unknown parent, no top unit or
        several, or a cycle.
        """
        by_id, children_of = _index(units)
        top = _only_top(children_of.pop(None, []))
        ordered, parents, children = _walk(top, children_of)
        if len(ordered) < len(by_id):
            lost = min(by_id.keys() - {unit.id for unit in ordered})
            raise DisclosureError(
                f'Unit {lost} "{by_id[lost].name}" is its own ancestor; give it another parent.'
            )
        stops = list(range(1, len(ordered) + 1))
        for u in range(len(ordered) - 1, 0, -1):
            stops[parents[u]] = max(stops[parents[u]], stops[u])
        return cls(tuple(ordered), parents, children, stops)

    def direct_counts(self, answered: Mapping[int, int]) -> list[int]:
        """Answered counts by position, 0 where none is given; refuses unknown units and negative counts."""
        known = {unit.id for unit in self.units}
        for unit_id, n in answered.items():
            if unit_id not in known:
                raise DisclosureError(
                    f"There are answers for unit {unit_id}, which is not in the organisation."
                )
            if n < 0:
                raise DisclosureError(f"Unit {unit_id} cannot have {n} answers.")
        return [answered.get(unit.id, 0) for unit in self.units]


def _index(units: Iterable[Unit]) -> tuple[dict[int, Unit], dict[int | None, list[Unit]]]:
    by_id: dict[int, Unit] = {}
    children_of: dict[int | None, list[Unit]] = {}
    for unit in units:
        if unit.id in by_id:
            raise DisclosureError(f"Two units have the id {unit.id}; each needs its own.")
        by_id[unit.id] = unit
        children_of.setdefault(unit.parent_id, []).append(unit)
    for parent_id, siblings in children_of.items():
        if parent_id is not None and parent_id not in by_id:
            raise DisclosureError(
                f'Unit {siblings[0].id} "{siblings[0].name}" sits under unknown unit {parent_id}.'
            )
        siblings.sort(key=lambda unit: (unit.sort, unit.name, unit.id))
    return by_id, children_of


def _only_top(tops: list[Unit]) -> Unit:
    if len(tops) != 1:
        found = "no top unit" if not tops else f"{len(tops)} top units"
        raise DisclosureError(f"The organisation has {found}; put everything under exactly one.")
    return tops[0]


def _walk(
    top: Unit, children_of: Mapping[int | None, list[Unit]]
) -> tuple[list[Unit], list[int], list[list[int]]]:
    """Preorder with an explicit stack: units, parent positions, child positions."""
    ordered: list[Unit] = []
    parents: list[int] = []
    children: list[list[int]] = []
    waiting = [(top, -1)]
    while waiting:
        unit, parent = waiting.pop()
        position = len(ordered)
        ordered.append(unit)
        parents.append(parent)
        children.append([])
        if parent >= 0:
            children[parent].append(position)
        waiting.extend((child, position) for child in reversed(children_of.get(unit.id, [])))
    return ordered, parents, children
