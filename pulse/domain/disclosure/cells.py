"""Steps 2 to 4 of disclosure control together: which attribute cells of a measure a wave may show.

Reads who counts where and in which categories, never what anybody answered, so the shape of the tables says
nothing about answers. What is found is checked once more from the beginning before it is returned.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.cuts import Cuts, Edge
from pulse.domain.disclosure.families import CELL_LEAST, LEVELS, Cell, FamilyCells, Levels, count
from pulse.domain.disclosure.groups import Blocks
from pulse.domain.disclosure.joint import RESTARTS, RESTARTS_AGAIN, Leak, People, find_leaks

__all__ = ["CELL_LEAST", "LEVELS", "Cell", "gate_cells"]

_Ints = npt.NDArray[np.int64]
#: somebody who answered weighs more than all who did not, so that these count only where nobody else does
_ANSWERED = 10**7
#: what a person is in, in a family that shows no cell around them
_GROUND = 0


def gate_cells(
    blocks: Blocks,
    where: _Ints,
    categories: Mapping[str, _Ints],
    shown: Collection[int] | None = None,
    *,
    silent: npt.NDArray[np.bool_] | None = None,
    allowed: Mapping[str, Collection[Cell]] | None = None,
    rng: np.random.Generator,
    least: int = CELL_LEAST,
    restarts: int | None = None,
) -> dict[str, frozenset[Cell]]:
    """Family -> the (group id, category) cells of which a measure may be shown.

    where[person]: block number, -1 for people who are in no result; categories[family][person] >= 0. Give
    people who answered the measure, in `shown` the ids of the groups that show it (None: all), and in
    `allowed` the cells to choose from (None: all). Only cells of `least` people (or k) are shown, and only in
    groups of the top three levels. People who were asked and did not answer may be among them, marked in
    `silent`: then a difference over nobody who answered counts as a leak as well, since it would tell who did
    not take part.

    Guarantees, in people who answered: within one family exact (families); for any two families, the groups
    of the organisation being one, exact (cuts); for all together statistical (joint). Raises DisclosureError
    if what was found does not pass the exact tests when they are made anew.
    """
    if not _anybody(blocks, where, shown):
        return {name: frozenset() for name in categories}
    weights = np.full(where.size, _ANSWERED) if silent is None else np.where(silent, 1, _ANSWERED)
    gate = _Gate(blocks, where, weights, categories, shown, allowed, least)
    gate.repair_pairs()
    if len(categories) > 1:
        usual = RESTARTS if allowed is None else RESTARTS_AGAIN
        gate.repair_jointly(rng, usual if restarts is None else restarts)
    gate.require_sound()
    return {family.name: frozenset(family.shown) for family in gate.families}


class _Gate:
    """The cells of all families over the same people.

    People of one kind share the smallest shown group around them (their place), and in each family the group
    of the top levels and the category. Nodes are numbered from 1, places before cells; 0 is the common ground
    of those whom no cell of a family counts.
    """

    def __init__(
        self,
        blocks: Blocks,
        where: _Ints,
        weights: _Ints,
        categories: Mapping[str, _Ints],
        shown: Collection[int] | None,
        allowed: Mapping[str, Collection[Cell]] | None,
        least: int,
    ) -> None:
        ids = {group.id for group in blocks.groups} if shown is None else set(shown)
        levels = Levels.of(blocks, ids)
        place = _smallest_groups(blocks, ids)
        inside = where >= 0
        inside[inside] = place[where[inside]] >= 0
        self.k = blocks.k * _ANSWERED
        columns = [one[where[inside]] for one in (place, levels.homes)]
        columns += [values[inside] for values in categories.values()]
        kinds, at = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
        self.places, self.homes = kinds[:, 0], kinds[:, 1]
        self.categories = [kinds[:, 2 + index] for index in range(len(categories))]
        self.n = np.bincount(at.ravel(), weights=weights[inside]).astype(np.int64)
        fewest = max(least, blocks.k) * _ANSWERED
        self.families = [
            FamilyCells(name, levels, self.k, count(levels, self.homes, values, self.n))
            for name, values in zip(categories, self.categories, strict=True)
        ]
        for family in self.families:
            family.start(fewest, None if allowed is None else allowed[family.name])
            family.settle()
        self._numbers: dict[tuple[int, Cell], int] = {}
        self._first_cell = 1 + len(blocks.groups)

    def repair_pairs(self) -> None:
        """Step 3: take cells away until no two families isolate fewer than k people.

        A cell that goes joins two nodes in the graph of any pair, so a pair that passed stays good.
        """
        for pair in self._pairs():
            cuts = Cuts(self._edges(pair), self.k)
            while (sides := cuts.find()) is not None:
                weights = {node: side for side, nodes in enumerate(sides, 1) for node in nodes}
                for gone, now in self._drop_one(weights):
                    cuts.join(gone, now)

    def repair_jointly(self, rng: np.random.Generator, restarts: int) -> None:
        """Step 4: take cells away until so many searches in a row find nothing."""
        clean, people = 0, self._people()
        while clean < restarts:
            leaks = find_leaks(people, self.k, rng)
            clean = 0 if leaks else clean + 1
            if leaks:
                self._spoil(leaks, people)
                people = self._people()

    def _spoil(self, leaks: Iterable[Leak], people: People) -> None:
        """Hide a cell of each leak, unless one that it weighs went with another leak."""
        nodes = {_GROUND, *(np.unique(people.cells) + self._first_cell).tolist()}
        gone: set[int] = set()
        for leak in leaks:
            weighed = {cell + self._first_cell: weight for cell, weight in leak.cells.items()}
            if not weighed.keys() & gone:
                dropped = self._drop_one(dict.fromkeys(nodes, 0) | weighed)
                gone.update(number for number, _ in dropped)

    def require_sound(self) -> None:
        """Raise DisclosureError unless what is left passes the exact tests."""
        if any(family.find_exposed() is not None for family in self.families):
            raise DisclosureError("An attribute table shows too few people: this wave cannot be released.")
        if any(Cuts(self._edges(pair), self.k).find() is not None for pair in self._pairs()):
            raise DisclosureError("Two tables together show too few people: this wave cannot be released.")

    def _pairs(self) -> Iterable[tuple[int, int]]:
        """Every two families; -1 is the organisation."""
        return combinations(range(-1, len(self.families)), 2)

    def _edges(self, pair: tuple[int, int]) -> list[Edge]:
        ends = np.column_stack([self._nodes(family) for family in pair])
        edges, at = np.unique(ends, axis=0, return_inverse=True)
        people = np.bincount(at.ravel(), weights=self.n).astype(np.int64)
        return [(a, b, n) for (a, b), n in zip(edges.tolist(), people.tolist(), strict=True)]

    def _people(self) -> People:
        cells = np.column_stack([self._nodes(index) for index in range(len(self.families))])
        return People.of(self.places, np.where(cells == _GROUND, -1, cells - self._first_cell), self.n)

    def _nodes(self, index: int) -> _Ints:
        """The node of every kind of people in one family."""
        if index < 0:
            return self.places + 1
        family = self.families[index]
        pairs, at = np.unique(
            np.column_stack([self.homes, self.categories[index]]), axis=0, return_inverse=True
        )
        numbers = [self._number(index, family.innermost(home, category)) for home, category in pairs.tolist()]
        return np.array(numbers, dtype=np.int64)[at.ravel()]

    def _number(self, index: int, cell: Cell | None) -> int:
        if cell is None:
            return _GROUND
        return self._numbers.setdefault((index, cell), self._first_cell + len(self._numbers))

    def _drop_one(self, weights: Mapping[int, int]) -> list[tuple[int, int]]:
        """Spoil a combination of nodes; (node, node that it joined) for each cell that is gone.

        Whoever hides a cell joins it to the shown one around it. That spoils the combination if it weighs the
        two differently; of such cells the deepest and smallest goes, else of all that it weighs.
        """
        cells = {number: key for key, number in self._numbers.items()}
        shown = [(number, *cells[number]) for number in weights if number in cells]
        shown = [one for one in shown if weights[one[0]] and one[2] in self.families[one[1]].shown]
        spoiling = [
            one for one in shown if weights.get(self._around(*one[1:]), weights[one[0]]) != weights[one[0]]
        ]
        if not shown:
            raise DisclosureError("The groups themselves show too few people: this wave cannot be released.")
        _, index, cell = max(spoiling or shown, key=lambda one: self._order(*one[1:]))
        family = self.families[index]
        before = set(family.shown)
        family.drop(cell)
        now = self._number(index, family.innermost(*cell))
        return [(self._number(index, gone), now) for gone in sorted(before - family.shown)]

    def _around(self, index: int, cell: Cell) -> int:
        """The node that people of a cell are in once it is hidden."""
        family = self.families[index]
        return self._number(index, family.innermost(family.levels.parents[cell[0]], cell[1]))

    def _order(self, index: int, cell: Cell) -> tuple[int, int, int, Cell]:
        family = self.families[index]
        return family.levels.depths[cell[0]], -family.n[cell], index, cell


def _anybody(blocks: Blocks, where: _Ints, shown: Collection[int] | None) -> bool:
    """Whether a group that shows the measure counts anybody."""
    ids = {group.id for group in blocks.groups} if shown is None else set(shown)
    inside = where[where >= 0]
    return bool(inside.size and (_smallest_groups(blocks, ids)[inside] >= 0).any())


def _smallest_groups(blocks: Blocks, shown: Collection[int]) -> _Ints:
    """For each block the smallest shown group around it, -1 if there is none."""
    smallest = np.full(len(blocks.blocks), -1, dtype=np.int64)
    for group in blocks.groups:
        if group.id in shown:
            smallest[group.block_ids.start : group.block_ids.stop] = group.id
    return smallest
