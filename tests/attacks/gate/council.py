"""One real release of a small council, some questions skipped: its numbers, as the attacker is told them.

The product counts the sheets in memory. What it would release of a question is then compared with what the
attacker is told, number by number, so that the attack is on the release and not on a picture of it.

Not among them: spreads of scores and the map of feelings. They say nothing of one question that its counts
in the same group do not, and are the same if two people of a team change sheets.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pulse.results.attribute_tables import RESPONSES
from pulse.results.composites import complete_pairs
from tests.attacks.gate.bounds import NEUTRAL
from tests.attacks.gate.organisations import OPTIONS, Ints
from tests.attacks.gate.publications import UNITS, Publication, people_by, sets_of
from tests.results.counting import InMemory, count_in_memory, leaning, make_plan

ITEMS = ["PTA-01", "PTA-04", "PTA-05", "PTA-06", "PTA-09", "PTA-10", "TAA-G1", "AMB-P1", "AMB-N1"]
SIZES = {"A": 14, "B": 18, "C": 22, "D": 30, "E": 36, "F": 44}
GRADES, STAY = ("G1", "G2", "G3"), ("Long", "Short")
_POINTS = 100 / (OPTIONS - 1)


@dataclass(frozen=True, eq=False)
class Question:
    """What is released of one question: totals over those who gave a score, and their options (0 worst)."""

    item: str
    publication: Publication
    #: the control: both attributes together in every team, however few answered
    ungated: Publication
    answers: Ints
    #: cells that the attacker is told as the product shows them
    cells: int


def make_council(seed: int, skip: float = 0.025) -> InMemory:
    """A hundred people and more, each answer skipped with this chance."""
    rng, base = np.random.default_rng(seed), leaning(seed)

    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        return "-" if rng.random() < skip else base(unit, number, item)

    def about(unit: str, number: int) -> Mapping[str, str]:
        own = np.random.default_rng([seed, *unit.encode(), number])
        return {
            "grade": str(own.choice(GRADES, p=(0.5, 0.35, 0.15))),
            "stay": str(own.choice(STAY, p=(0.6, 0.4))),
        }

    plan = make_plan(ITEMS, attributes={"grade": GRADES, "stay": STAY}, crosses=[("grade", "stay")])
    return count_in_memory(plan, SIZES, answer, {unit: n - 2 for unit, n in SIZES.items()}, about)


def questions(counted: InMemory) -> Iterator[Question]:
    """Every question with a score; AssertionError if a released number is not what the attacker is told."""
    sheets = complete_pairs(counted.sheets, counted.context.plan)
    home = counted.assembled.blocks.block_of_unit()
    where = np.array([home.get(int(unit), -1) for unit in sheets.unit_ids])
    for item in counted.context.plan["items"]:
        codes = [ord(str(code)) for code, _ in item["options"]]
        ordered = codes[::-1] if item["reverse"] else codes
        assert len(ordered) == OPTIONS
        column = sheets.column(item["id"])
        gave = np.flatnonzero(np.isin(column, codes) & (where >= 0))
        answers = np.array([ordered.index(code) for code in column[gave]])
        _require_tallies(counted, item["id"], where[gave], column[gave].astype(np.int64))
        teams = sets_of(people_by(where[gave]).values(), gave.size)
        grade, stay = (sheets.attributes[code][gave] for code in ("grade", "stay"))
        crossed = people_by((where[gave] * len(GRADES) + grade) * len(STAY) + stay)
        sets, ungated = {UNITS: teams}, {UNITS: teams, "grade*stay": sets_of(crossed.values(), gave.size)}
        cells = _cells(counted, item["id"], where[gave], gave, answers)
        for family in sorted({family for family, _ in cells}):
            members = [people for (of, _), people in cells.items() if of == family]
            sets[family] = sets_of(members, gave.size)
        yield Question(item["id"], _published(sets), _published(ungated), answers, len(cells))


def _published(sets: dict[str, sparse.csr_array]) -> Publication:
    return Publication("released", sets, 0, 0, np.ones(sets[UNITS].shape[1], dtype=bool))


def _require_tallies(counted: InMemory, item: str, where: Ints, column: Ints) -> None:
    """Every option's count in every block is kept as it is: nothing was softened here."""
    for block in counted.assembled.blocks.blocks:
        options, people = np.unique(column[where == block.id], return_counts=True)
        for option, n in zip(options.tolist(), people.tolist(), strict=True):
            assert counted.assembled.tallies[block.id, item, chr(option)] == n


def _cells(
    counted: InMemory, item: str, where: Ints, gave: Ints, answers: Ints
) -> dict[tuple[str, tuple[int, str]], Ints]:
    """(family, cell) -> people, for the cells that show the question, each checked against its figure."""
    found = {}
    for cell in (one for one in counted.assembled.attributes if one.measure == item):
        inside = np.isin(where, list(counted.assembled.blocks.groups[cell.group].block_ids))
        people = np.flatnonzero(inside & _of_category(counted, cell.family, cell.category)[gave])
        chosen = answers[people]
        assert (cell.n, cell.value) == (people.size, _shown(float(chosen.mean()) * _POINTS))
        for side, true in ((cell.unfavourable, chosen < NEUTRAL), (cell.favourable, chosen > NEUTRAL)):
            assert side is None or abs(side - int(true.sum())) <= 3
        found[cell.family, (cell.group, cell.category)] = people
    assert all(cell.measure != RESPONSES or cell.value is None for cell in counted.assembled.attributes)
    return found


def _shown(mean: float) -> float:
    return float(np.floor(10 * mean + 0.5 + 1e-9)) / 10


def _of_category(counted: InMemory, family: str, category: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    words = {one["code"]: one["categories"] for one in counted.context.plan["attributes"]}
    inside = np.ones(counted.sheets.n, dtype=bool)
    for code, word in zip(family.split("*"), category.split(" | "), strict=True):
        inside &= counted.sheets.attributes[code] == words[code].index(word)
    return inside
