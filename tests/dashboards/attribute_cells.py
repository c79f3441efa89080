"""Cells of attribute tables for tests: stored, and read through the gate, with the page that they make."""

from collections.abc import Sequence
from typing import Any

from pulse.dashboards.attributes_page import Attributes, build
from pulse.dashboards.reading import read_result
from pulse.results.models import AttributeFigure
from pulse.results.released import read_attributes, read_groups
from pulse.results.released_tables import ReleasedCells
from tests.results.stored import PLAN, Fields, nowhere, store, store_figure, store_group, store_wave

SERVICE: Fields = {"code": "service", "label": "Length of service", "categories": ["Long", "Short", ""]}
GRADE: Fields = {"code": "grade", "label": "NHS band", "categories": ["Band 5", "Band 6"]}
QUESTIONS = [
    {"id": "P1", "kind": "bipolar", "text": "I may try things.", "reverse": False},
    {"id": "P2", "kind": "unipolar", "text": "I feel torn.", "reverse": False},
    {"id": "P3", "kind": "bipolar", "text": "I have time.", "reverse": False},
]
DECLARED: Fields = PLAN | {
    "items": QUESTIONS,
    "attributes": [SERVICE, GRADE],
    "crosses": [["service", "grade"]],
}


def cell(family: str, category: str, measure: str = "PTA", value: float | None = 60.0, **more: Any) -> Fields:
    """A cell of 40 people whose interval is 4 points to either side."""
    low, high = (None, None) if value is None else (value - 4, value + 4)
    fields = {"family": family, "category": category, "measure": measure, "n": 40}
    return fields | {"value": value, "low": low, "high": high} | more


def make_cells(*cells: Fields) -> ReleasedCells:
    """As `read_attributes` gives them."""
    with nowhere():
        wave = store_wave(plan=DECLARED)
        group = store_group(wave)
        for fields in cells:
            store(AttributeFigure(group_id=group.id, **fields))
        return read_attributes(wave, 0)


def make_page(
    *cells: Fields, plan: Fields = DECLARED, figures: Sequence[Fields] = (), **group: Any
) -> Attributes:
    """The page of one group with these cells."""
    with nowhere():
        wave = store_wave(plan=plan)
        stored = store_group(wave, **group)
        for fields in cells:
            store(AttributeFigure(group_id=stored.id, **fields))
        for fields in figures:
            store_figure(stored, **fields)
        return build(read_result(wave, stored.number), read_groups(wave))
