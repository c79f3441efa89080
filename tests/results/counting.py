"""Counting in memory, from answers to drafted figures: for tests of what a wave's figures say.

    counted = count_in_memory(make_plan(["PTA-01", "PTA-06"]), {"A": 20, "B": 30}, answers)

Nothing is sealed or stored; everything after the opening of envelopes is the product's own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.banks.loading import freeze_items, freeze_measures, get_supplied
from pulse.domain.sheets import closed_items
from pulse.results.assembly import Assembled, assemble
from pulse.results.attribute_tables import RESPONSES, CellDraft
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from pulse.results.figures import Draft
from pulse.surveys.models import WaveUnit

TOP = 1
#: unit, number within the unit, frozen item -> the character of the answer
Answer = Callable[[str, int, dict[str, Any]], str]
Codes = npt.NDArray[np.uint8]
#: unit, number within the unit -> attribute code -> category
About = Callable[[str, int], Mapping[str, str]]


@dataclass(frozen=True)
class InMemory:
    """What was counted, with group and figure look-ups by name."""

    assembled: Assembled
    sheets: Sheets
    context: Context

    def figures(self, name: str = "Whole") -> dict[str, Draft]:
        group = next(group for group in self.assembled.blocks.groups if group.name == name)
        return {draft.measure: draft for draft in self.assembled.figures[group.id]}

    def cells(self, family: str, measure: str = RESPONSES) -> dict[tuple[str, str], CellDraft]:
        """(group, category) -> what is shown of a measure there."""
        names = {group.id: group.name for group in self.assembled.blocks.groups}
        return {
            (names[cell.group], cell.category): cell
            for cell in self.assembled.attributes
            if (cell.family, cell.measure) == (family, measure)
        }

    @property
    def names(self) -> set[str]:
        return {group.name for group in self.assembled.blocks.groups}


def make_plan(
    items: Sequence[str],
    anchors: Sequence[str] | None = None,
    cycle: int = 1,
    attributes: Mapping[str, Sequence[str]] | None = None,
    crosses: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """A frozen plan of these items, all of them asked every wave unless `anchors` says which.

    `attributes` has the categories of each declared one, "" last if there is anybody without a value.
    """
    library = get_supplied()
    declared = [
        {"code": code, "label": code.title(), "categories": list(categories)}
        for code, categories in (attributes or {}).items()
    ]
    return {
        "attributes": declared,
        "crosses": [list(cross) for cross in crosses],
        "items": freeze_items(library, items),
        "leader_items": [],
        "measures": freeze_measures(library, items),
        "anchors": list(items if anchors is None else anchors),
        "cycle": cycle,
    }


def make_context(plan: dict[str, Any], headcounts: Mapping[str, int], **defaults: Any) -> Context:
    """Units directly below one top unit, with these headcounts."""
    units = [WaveUnit(wave_id=1, unit_id=TOP, parent_id=None, name="Whole", headcount=0)]
    units += [
        WaveUnit(wave_id=1, unit_id=number, parent_id=TOP, name=name, headcount=people)
        for number, (name, people) in enumerate(headcounts.items(), start=TOP + 1)
    ]
    values: dict[str, Any] = {
        "plan": plan,
        "units": units,
        "number": 1,
        "k": 10,
        "seed": 5,
        "organisation": "Whole",
        "leaders": 0,
        "previous_groups": [],
        "history": {},
        "baselines": {},
    }
    return Context(**(values | defaults))


def make_sheets(
    context: Context, answer: Answer, answered: Mapping[str, int] | None = None, about: About | None = None
) -> Sheets:
    """One sheet for each of the `answered` people of a unit; for everybody if not said."""
    plan = context.plan
    items = {item["id"]: item for item in plan["items"]}
    rows, units = [], []
    attributes: dict[str, list[int]] = {one["code"]: [] for one in plan["attributes"]}
    for unit in context.units[1:]:
        for number in range(unit.headcount if answered is None else answered[unit.name]):
            rows.append([ord(answer(unit.name, number, items[name])) for name in closed_items(plan)])
            units.append(unit.unit_id)
            for one in plan["attributes"]:
                category = about(unit.name, number)[one["code"]] if about else one["categories"][0]
                attributes[one["code"]].append(one["categories"].index(category))
    codes = np.array(rows, dtype=np.uint8).reshape(len(units), len(items))
    return Sheets(
        closed_items(plan),
        codes,
        np.array(units, dtype=np.int64),
        attributes={code: np.array(places, dtype=np.int64) for code, places in attributes.items()},
    )


def count_in_memory(
    plan: dict[str, Any],
    headcounts: Mapping[str, int],
    answer: Answer,
    answered: Mapping[str, int] | None = None,
    about: About | None = None,
    **context: Any,
) -> InMemory:
    """The wave counted as the worker counts it, between the opened envelopes and the release."""
    known = make_context(plan, headcounts, **context)
    if about is not None:
        places = [(unit, number) for unit in known.units for number in range(unit.headcount)]
        asked = [(unit.unit_id, about(unit.name, number)) for unit, number in places]
        known = replace(known, asked=asked)
    sheets = make_sheets(known, answer, answered, about)
    return InMemory(assemble(sheets, known), sheets, known)


def leaning(seed: int = 3, spread: float = 1.0, unit: Mapping[str, float] | None = None) -> Answer:
    """People with a steady leaning of their own (and of their unit, in options), with some noise."""
    above = unit or {}

    def answer(name: str, number: int, item: dict[str, Any]) -> str:
        own = np.random.default_rng([seed, *name.encode(), number]).normal(0, spread)
        noise = np.random.default_rng([seed, *name.encode(), number, *item["id"].encode()]).normal(0, 0.7)
        codes = [int(code) for code, _ in item["options"]]
        middle = codes[len(codes) // 2] + above.get(name, 0.0)
        chosen = int(np.clip(round(middle + own + noise), codes[0], codes[-1]))
        return str(codes[0] + codes[-1] - chosen if item["reverse"] else chosen)

    return answer
