"""The families of a wave: its declared attributes and crosses, with the category of everybody in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.blocks import Blocks
from pulse.domain.disclosure.cells import CELL_LEAST, LEVELS, Cell, gate_cells
from pulse.domain.disclosure.families import Levels
from pulse.results.counting import Sheets
from pulse.surveys.declared import NOT_RECORDED

#: as long as the words of a category, or of two together, are kept
LONGEST = 120
#: family -> (group, category) cells
Cells = Mapping[str, Collection[Cell]]
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Family:
    """`values[person]` is the place of their category in `categories`."""

    name: str
    categories: tuple[str, ...]
    values: _Ints

    @classmethod
    def of(cls, name: str, words: Sequence[str], values: _Ints) -> "Family":
        """Categories that read alike are one: nobody could tell two rows of a table apart."""
        words = [word[:LONGEST] for word in words]
        places = {word: place for place, word in enumerate(dict.fromkeys(words))}
        return cls(name, tuple(places), np.array([places[word] for word in words], dtype=np.int64)[values])


def families_of(plan: dict[str, Any], sheets: Sheets) -> list[Family]:
    """Every declared attribute ("grade"), then every cross ("grade*service", "G5 | Under 2 years")."""
    words = {
        one["code"]: [category or NOT_RECORDED for category in one["categories"]]
        for one in plan.get("attributes", [])
    }
    crosses: Iterable[Sequence[str]] = plan.get("crosses", [])
    return [Family.of(code, words[code], sheets.attributes[code]) for code in words] + [
        Family.of(
            f"{one}*{other}",
            [f"{first} | {second}" for first, second in product(words[one], words[other])],
            sheets.attributes[one] * len(words[other]) + sheets.attributes[other],
        )
        for one, other in crosses
    ]


class Declared:
    """The declared families of one wave, and the cells that people as a whole may be shown in.

    Knows who is counted where and in which category, and no answer. `where[person]` is a block number, -1 for
    people who are counted nowhere.
    """

    def __init__(self, plan: dict[str, Any], sheets: Sheets, blocks: Blocks, where: _Ints) -> None:
        """Raises DisclosureError if the gate finds no safe answer; runs none where nothing is declared."""
        self.blocks, self.where, self.chance = blocks, where, sheets.chance
        self.families = {family.name: family for family in families_of(plan, sheets)}
        self.levels = Levels.of(blocks, [group.id for group in blocks.groups])
        self.people: Cells = {name: frozenset() for name in self.families}
        self.people = self.gate(where >= 0)

    def gate(self, answered: npt.NDArray[np.bool_], shown: Collection[int] | None = None) -> Cells:
        """Steps 2 to 4 among those who answered, in the groups `shown`, within what people may be shown in.

        Seeded alike for each measure, so that what else is asked makes no difference.
        """
        where = np.where(answered, self.where, -1)
        if not self.families or np.count_nonzero(where >= 0) < CELL_LEAST:
            return {name: frozenset() for name in self.families}
        categories = {name: family.values for name, family in self.families.items()}
        allowed = self.people if any(self.people.values()) else None
        rng = np.random.default_rng(self.chance)
        return gate_cells(self.blocks, where, categories, shown, allowed=allowed, rng=rng)

    def sets(self) -> list[_Ints]:
        """What the tables of each family by themselves tell apart, as partitions: -1 for people in no set.

        Those in a cell and in no shown cell inside it; and at each level those of a group whose category it
        hides, who are what is left of the group. All other differences within a family are made of these.
        """
        found = []
        for name, cells in self.people.items():
            if cells:
                inside = self.where >= 0
                people = self.levels.homes[self.where], self.families[name].values
                found += [np.where(inside, table[people], -1) for table in self._tables(name)]
        return found

    def _tables(self, name: str) -> list[_Ints]:
        """[group of the top levels, category] -> a set, one table a partition."""
        cells, width = self.people[name], len(self.families[name].categories)
        tables = [np.full((len(self.blocks.groups), width), -1, dtype=np.int64) for _ in range(1 + LEVELS)]
        for home, category in product(self.levels.parents, range(width)):
            for group in reversed(self.levels.line(home)):
                if (group, category) in cells:
                    tables[0][home, category] = group * width + category
                else:
                    tables[1 + self.levels.depths[group]][home, category] = group
        return tables
