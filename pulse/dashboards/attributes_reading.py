"""The attribute tables of one group as the wave declared them: every category has its place, shown or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from pulse.dashboards.reading import Result
from pulse.domain.disclosure.families import CELL_LEAST, LEVELS
from pulse.domain.disclosure.wording import HIDDEN_CELL
from pulse.languages.saying import gettext as _
from pulse.results.attribute_families import LONGEST
from pulse.results.released import read_attributes, read_groups
from pulse.results.released_tables import ReleasedCells
from pulse.results.released_types import ReleasedCell, ReleasedGroup
from pulse.surveys.declared import NOT_RECORDED

#: a category of one attribute, or one of each of two
Category = tuple[str, ...]
#: None where the cell is hidden
Row = tuple[Category, ReleasedCell | None]


@dataclass(frozen=True)
class Family:
    """A declared attribute, or two together; `sides` are the categories of each, in words."""

    name: str
    labels: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...]

    @property
    def categories(self) -> list[Category]:
        return list(product(*self.sides))


@dataclass(frozen=True)
class Tables:
    """What a release shows of the declared attributes in one group."""

    families: list[Family]
    cells: dict[tuple[str, str, str], ReleasedCell]
    why_hidden: str

    def rows(self, family: Family, measure: str) -> list[Row]:
        """Every category of the family in its order."""
        return [
            (category, self.cells.get((family.name, measure, _stored(category))))
            for category in family.categories
        ]


def declared(plan: dict[str, Any]) -> list[Family]:
    """Every attribute of the plan, then every two together; none for a wave that declared nothing."""
    alone = {one["code"]: _family(one) for one in plan.get("attributes", [])}
    return [*alone.values(), *(_cross(alone, pair) for pair in plan.get("crosses", []))]


def read_tables(result: Result) -> Tables:
    """Raises as `results.released` does."""
    k, cells = result.release.k, read_attributes(result.wave, result.group.number)
    return Tables(declared(result.plan), _by_place(cells), _(HIDDEN_CELL, k=k, least=max(CELL_LEAST, k)))


def too_deep(group: ReleasedGroup) -> bool:
    """Whether the group lies below the levels that have such tables."""
    return group.depth >= LEVELS


def find_around(result: Result, readable: Sequence[ReleasedGroup]) -> ReleasedGroup | None:
    """The nearest group around this one that has something in such tables and that the reader may open."""
    every = {group.number: group for group in read_groups(result.wave)}
    allowed, number = {group.number for group in readable}, result.group.parent
    while number is not None:
        around = every[number]
        if number in allowed and not too_deep(around) and len(read_attributes(result.wave, number)):
            return around
        number = around.parent
    return None


def _family(one: dict[str, Any]) -> Family:
    words = (category or NOT_RECORDED for category in one["categories"])
    return Family(one["code"], (one["label"],), (tuple(dict.fromkeys(words)),))


def _cross(alone: dict[str, Family], pair: Sequence[str]) -> Family:
    one, other = (alone[code] for code in pair)
    return Family("*".join(pair), one.labels + other.labels, one.sides + other.sides)


def _stored(category: Category) -> str:
    """As a release calls it."""
    return " | ".join(category)[:LONGEST]


def _by_place(cells: ReleasedCells) -> dict[tuple[str, str, str], ReleasedCell]:
    return {(cell.family, cell.measure, category): cell for category, cell in cells}
