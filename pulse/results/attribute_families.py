"""The families of a wave: its declared attributes and crosses, with the category of everybody in words."""

from collections import Counter
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


def families_of(plan: dict[str, Any], attributes: Mapping[str, _Ints]) -> list[Family]:
    """Every declared attribute ("grade"), then every cross ("grade*service", "G5 | Under 2 years").

    `attributes[code][person]` is the number of a category, as in Sheets.
    """
    words = {
        one["code"]: [category or NOT_RECORDED for category in one["categories"]]
        for one in plan.get("attributes", [])
    }
    crosses: Iterable[Sequence[str]] = plan.get("crosses", [])
    return [Family.of(code, words[code], attributes[code]) for code in words] + [
        Family.of(
            f"{one}*{other}",
            [f"{first} | {second}" for first, second in product(words[one], words[other])],
            attributes[one] * len(words[other]) + attributes[other],
        )
        for one, other in crosses
    ]


class Declared:
    """The declared families of one wave, and the cells that people as a whole may be shown in.

    Knows who is counted where and in which category, and no answer. `where[person]` is a block number, -1 for
    people who are counted nowhere.
    """

    def __init__(
        self,
        plan: dict[str, Any],
        sheets: Sheets,
        blocks: Blocks,
        where: _Ints,
        asked: Iterable[tuple[int, Mapping[str, str]]] = (),
    ) -> None:
        """`asked` has the unit and the attributes of everybody who was asked.

        Raises DisclosureError if the gate finds no safe answer; runs none where nothing is declared.
        """
        self.blocks, self.where, self.chance = blocks, where, sheets.chance
        self.families = {family.name: family for family in families_of(plan, sheets.attributes)}
        self.levels = Levels.of(blocks, [group.id for group in blocks.groups])
        self.people: Cells = {name: frozenset() for name in self.families}
        self._gated: dict[tuple[bytes, frozenset[int] | None], Cells] = {}
        if self.families and np.count_nonzero(where >= 0) >= CELL_LEAST:
            self.people = self._gate_people(plan, silent_of(plan, sheets, asked))

    def _gate_people(self, plan: dict[str, Any], silent: "Silent") -> Cells:
        """Cells of people as a whole: beside them nothing may tell who was asked and did not answer."""
        homes = self.blocks.block_of_unit()
        beside = np.array([homes.get(unit, -1) for unit in silent.unit_ids.tolist()], dtype=np.int64)
        theirs = {family.name: family.values for family in families_of(plan, silent.attributes)}
        categories = {
            name: np.concatenate([family.values, theirs[name]]) for name, family in self.families.items()
        }
        return gate_cells(
            self.blocks,
            np.concatenate([self.where, beside]),
            categories,
            silent=np.arange(self.where.size + beside.size) >= self.where.size,
            allowed=None,
            rng=np.random.default_rng(self.chance),
        )

    def gate(self, answered: npt.NDArray[np.bool_], shown: Collection[int] | None = None) -> Cells:
        """Steps 2 to 4 among those who answered, in the groups `shown`, within what people may be shown in.

        Seeded alike for each measure, so that what else is asked makes no difference.
        """
        where = np.where(answered, self.where, -1)
        if not any(self.people.values()) or np.count_nonzero(where >= 0) < CELL_LEAST:
            return {name: frozenset() for name in self.families}
        ids = None if shown is None else frozenset(shown)
        key = where.tobytes(), ids
        if key not in self._gated:  # the questions that everybody answered have one gate together
            rng = np.random.default_rng(self.chance)
            self._gated[key] = gate_cells(
                self.blocks, where, self._categories(), ids, allowed=self.people, rng=rng
            )
        return self._gated[key]

    def may_tell_apart(
        self, answered: npt.NDArray[np.bool_], shown: Collection[int], some: npt.NDArray[np.bool_]
    ) -> bool:
        """Whether the organisation's totals of some people, and of the others, may stand beside all else.

        They are one more family, of two cells: nothing that the measure shows may have to go for them.
        """
        if not self.blocks.groups:
            return False
        name, top = "", self.blocks.groups[0].id
        allowed = {**self.gate(answered, shown), name: frozenset({(top, 0), (top, 1)})}
        found = gate_cells(
            self.blocks,
            np.where(answered, self.where, -1),
            {**self._categories(), name: some.astype(np.int64)},
            shown,
            allowed=allowed,
            rng=np.random.default_rng(self.chance),
            least=self.blocks.k,
        )
        return found == allowed

    def _categories(self) -> dict[str, _Ints]:
        return {name: family.values for name, family in self.families.items()}

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


@dataclass(frozen=True, eq=False)
class Silent:
    """People who were asked and did not answer: where each counts, and their categories as in Sheets.

    Only how many there are of each kind is known, by subtraction: nobody is looked up in the register.
    """

    unit_ids: _Ints
    attributes: dict[str, _Ints]


def silent_of(plan: dict[str, Any], sheets: Sheets, asked: Iterable[tuple[int, Mapping[str, str]]]) -> Silent:
    """Everybody asked less everybody who answered, kind by kind."""
    numbers = {code: {word: n for n, word in enumerate(words)} for code, words in _words_of(plan)}
    kinds = Counter(
        (unit, *(number[given.get(code, "")] for code, number in numbers.items())) for unit, given in asked
    )
    answered = zip(
        sheets.unit_ids.tolist(), *(sheets.attributes[code].tolist() for code in numbers), strict=True
    )
    kinds.subtract(Counter(answered))
    left = [kind for kind, people in kinds.items() for _ in range(people)]
    table = np.array(left, dtype=np.int64).reshape(len(left), 1 + len(numbers))
    return Silent(table[:, 0], {code: table[:, 1 + at] for at, code in enumerate(numbers)})


def _words_of(plan: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(one["code"], one["categories"]) for one in plan.get("attributes", [])]
