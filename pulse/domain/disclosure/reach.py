"""Before a wave opens: how many cells of a declared attribute could be shown at all, by expected counts.

An upper limit, and said to be one: a release also hides cells so that nothing small is left by subtraction,
and a unit without its own result shows none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pulse.domain.disclosure.families import CELL_LEAST, LEVELS
from pulse.domain.disclosure.tree import Tree, Unit


@dataclass(frozen=True)
class Reach:
    """Of one level of the tree: cells with anybody in them, and those where enough would answer."""

    cells: int
    enough: int


def reach_of(
    units: Iterable[Unit], people: Mapping[tuple[int, str], int], response: float, k: int
) -> tuple[Reach, ...]:
    """For each of the top levels of the tree: cells (unit x category), and how many would reach the least.

    people: (unit id, category) -> people directly there. response: share of them who answer, 0 to 1.
    """
    tree = Tree.of(units)
    position = {unit.id: at for at, unit in enumerate(tree.units)}
    depths = [0] * len(tree.units)
    for at in range(1, len(depths)):
        depths[at] = depths[tree.parents[at]] + 1
    cells: Counter[tuple[int, str]] = Counter()
    for (unit_id, category), n in people.items():
        at = position[unit_id]
        while at >= 0:
            if depths[at] < LEVELS:
                cells[at, category] += n
            at = tree.parents[at]
    return tuple(_level(cells, depths, level, response, k) for level in range(min(LEVELS, 1 + max(depths))))


def _level(
    cells: Mapping[tuple[int, str], int], depths: list[int], level: int, response: float, k: int
) -> Reach:
    here = [n * response for (at, _), n in cells.items() if depths[at] == level and n]
    return Reach(len(here), sum(expected >= max(CELL_LEAST, k) for expected in here))
