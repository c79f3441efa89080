"""The shape of a release says nothing about answers: mix the answers up, and the same tables come out.

Each question's answers are dealt out again among those who gave one, so that who said what is all that
changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pulse.results.assembly import Assembled, assemble
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from tests.attacks.gate.organisations import Ints
from tests.results.counting import make_context, make_plan

ITEMS = ["PTA-01", "PTA-06", "AMB-P1", "AMB-N1"]
GRADES = ("G1", "G2", "G3", "")
STAY = ("Over 2 years", "Under 2 years")
#: what is not an answer: it stays where it is
_NONE = ord("-")


@dataclass(frozen=True)
class Shape:
    """Everything of a release but its values."""

    blocks: frozenset[tuple[frozenset[int], int]]
    groups: frozenset[tuple[str, str, int]]
    figures: frozenset[tuple[str, str, int]]
    cells: frozenset[tuple[str, str, str, str, int]]
    tallied: frozenset[tuple[int, str]]

    @classmethod
    def of(cls, found: Assembled) -> "Shape":
        keys = found.keys
        return cls(
            frozenset((frozenset(block.unit_ids), block.n) for block in found.blocks.blocks),
            frozenset((keys[group.id], group.name, group.n) for group in found.blocks.groups),
            frozenset(
                (keys[group], one.measure, one.n) for group, drafts in found.figures.items() for one in drafts
            ),
            frozenset(
                (keys[one.group], one.family, one.category, one.measure, one.n) for one in found.attributes
            ),
            frozenset((block, item) for block, item, _ in found.tallies),
        )


def shapes(rng: np.random.Generator, times: int) -> Iterator[Shape]:
    """Of one wave of some teams, and of the same wave with the answers dealt out again so many times."""
    context, sheets = _wave(rng)
    yield Shape.of(assemble(sheets, context))
    for _ in range(times):
        yield Shape.of(assemble(_dealt_again(rng, sheets), context))


def _wave(rng: np.random.Generator) -> tuple[Context, Sheets]:
    plan = make_plan(ITEMS, attributes={"grade": GRADES, "stay": STAY}, crosses=[("grade", "stay")])
    sizes = {f"Team {number}": int(rng.integers(4, 60)) for number in range(int(rng.integers(6, 16)))}
    context = make_context(plan, sizes)
    unit = np.repeat([one.unit_id for one in context.units], [one.headcount for one in context.units])
    unit = unit[rng.random(unit.size) < 0.6]
    options = [[ord(str(code)) for code, _ in item["options"]] for item in plan["items"]]
    mood = rng.normal(0, 1.5, int(unit.max()) + 1)[unit]
    columns = [
        np.array(codes)[
            np.clip(np.round(len(codes) / 2 + mood + rng.normal(0, 1, unit.size)), 0, len(codes) - 1).astype(
                int
            )
        ]
        for codes in options
    ]
    codes = np.where(rng.random((unit.size, len(options))) < 0.04, _NONE, np.column_stack(columns))
    attributes: dict[str, Ints] = {
        "grade": rng.choice(len(GRADES), unit.size, p=(0.5, 0.3, 0.15, 0.05)),
        "stay": rng.choice(len(STAY), unit.size, p=(0.7, 0.3)),
    }
    return context, Sheets(
        [item["id"] for item in plan["items"]], codes.astype(np.uint8), unit, attributes=attributes
    )


def _dealt_again(rng: np.random.Generator, sheets: Sheets) -> Sheets:
    codes = sheets.codes.copy()
    for column in codes.T:
        gave = np.flatnonzero(column != _NONE)
        column[gave] = column[rng.permutation(gave)]
    return Sheets(sheets.items, codes, sheets.unit_ids, attributes=sheets.attributes)
