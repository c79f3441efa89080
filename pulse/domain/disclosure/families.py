"""Step 2 of disclosure control: which cells (a group of the top levels x a category) a family may show.

A family is a declared attribute, or a declared cross of two. It is a partition of the people of its own:
for one category the shown groups are nested or disjoint, and categories share nobody.

The guarantee, exact within one family: a shown cell holds CELL_LEAST people or more; the categories that a
group hides hold nobody or k or more together, and so does what is left of a shown cell outside the shown
cells inside it. What it gives away beside other figures is for the steps that follow.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.groups import Blocks

#: fewest people in a shown cell
CELL_LEAST = 20
#: groups of the organisation, and of two levels below it, may show cells
LEVELS = 3

#: (group id, category index)
Cell = tuple[int, int]
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Levels:
    """The groups that may show cells, each parent before its children.

    parents: the nearest of them around each one (-1: none); depths: levels below the top one; homes[block]:
    the innermost of them around each block (-1: none).
    """

    parents: dict[int, int]
    depths: dict[int, int]
    homes: _Ints

    @classmethod
    def of(cls, blocks: Blocks, shown: Collection[int]) -> "Levels":
        """The top levels of the groups that show a measure."""
        level: dict[int, int] = {}
        nearest: dict[int, int] = {-1: -1}
        parents: dict[int, int] = {}
        homes = np.full(len(blocks.blocks), -1, dtype=np.int64)
        for group in blocks.groups:
            around = -1 if group.parent_id is None else group.parent_id
            level[group.id] = 0 if group.parent_id is None else level[around] + 1
            nearest[group.id] = nearest[around]
            if group.id in shown and level[group.id] < LEVELS:
                parents[group.id] = nearest[around]
                nearest[group.id] = group.id
                homes[group.block_ids.start : group.block_ids.stop] = group.id
        return cls(parents, {group: level[group] for group in parents}, homes)

    def line(self, group: int) -> list[int]:
        """The group and those around it, innermost first."""
        found = []
        while group != -1:
            found.append(group)
            group = self.parents[group]
        return found


@dataclass
class FamilyCells:
    """The cells of one family while they are being decided; cells are only ever taken away."""

    name: str
    levels: Levels
    k: int
    #: people by group and category, hidden or not
    n: dict[Cell, int]
    shown: set[Cell] = field(default_factory=set)

    def start(self, least: int, allowed: Collection[Cell] | None) -> None:
        """Show every cell of `least` people or more that is allowed (None: all), with those around it."""
        self.shown = {
            cell for cell, n in self.n.items() if n >= least and (allowed is None or cell in allowed)
        }
        for cell in sorted(self.shown, key=lambda cell: self.levels.depths[cell[0]]):
            around = self.levels.parents[cell[0]]
            if around != -1 and (around, cell[1]) not in self.shown:
                self.shown.discard(cell)

    def settle(self) -> None:
        """Take cells away until none is exposed."""
        while (too_few := self.find_exposed()) is not None:
            self.drop(too_few)

    def find_exposed(self) -> Cell | None:
        """A cell to take away because hidden categories or a remainder are too few; None if all is well."""
        by_group: dict[int, list[Cell]] = {}
        inside: dict[Cell, list[Cell]] = {}
        for cell in self.shown:
            by_group.setdefault(cell[0], []).append(cell)
            around = (self.levels.parents[cell[0]], cell[1])
            if around[0] != -1:
                inside.setdefault(around, []).append(cell)
        totals = self.group_totals()
        for group in sorted(by_group):
            if 0 < totals[group] - sum(self.n[cell] for cell in by_group[group]) < self.k:
                return self._smallest(by_group[group])
        for around in sorted(inside):
            if 0 < self.n[around] - sum(self.n[cell] for cell in inside[around]) < self.k:
                return self._smallest(inside[around])
        return None

    def group_totals(self) -> dict[int, int]:
        totals: dict[int, int] = {}
        for (group, _), people in self.n.items():
            totals[group] = totals.get(group, 0) + people
        return totals

    def _smallest(self, cells: Collection[Cell]) -> Cell:
        return min(cells, key=lambda cell: (self.n[cell], cell))

    def drop(self, cell: Cell) -> None:
        """Hide a cell and those inside it."""
        group, category = cell
        self.shown -= {
            other for other in self.shown if other[1] == category and group in self.levels.line(other[0])
        }

    def innermost(self, home: int, category: int) -> Cell | None:
        """The smallest shown cell around somebody; None if no shown cell counts them."""
        return next(
            ((group, category) for group in self.levels.line(home) if (group, category) in self.shown), None
        )


def count(levels: Levels, homes: _Ints, categories: _Ints, people: _Ints) -> dict[Cell, int]:
    """People by group and category, those of groups inside included; a row of the columns is one kind."""
    ends = np.column_stack([homes, categories])
    kinds, at = np.unique(ends, axis=0, return_inverse=True)
    counts = np.bincount(at.ravel(), weights=people).astype(np.int64)
    n: dict[Cell, int] = {}
    for (home, category), some in zip(kinds.tolist(), counts.tolist(), strict=True):
        for group in levels.line(home):
            n[group, category] = n.get((group, category), 0) + some
    return n
