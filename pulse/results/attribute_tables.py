"""Figures of attribute cells: a category of a declared attribute (or cross) in a group of the top levels.

Which cells may be shown is decided by steps 2 to 4 (pulse.domain.disclosure.cells), for people as a whole
and again for each measure among those who answered it. What is shown of a cell is little: a mean to one
decimal, and for questions the favourable and unfavourable counts to the nearest three. No distribution, and
no spread of its own: intervals use the spread that blocks have together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure import LEAST_SHOWN, MOST_SHOWN, NEAREST, most_counted
from pulse.domain.disclosure.cells import Cell
from pulse.domain.measurement.distributions import t_quantile, upper_end
from pulse.domain.measurement.items import round_shown
from pulse.domain.measurement.moments import Moment, PooledSd
from pulse.domain.sheets import asked_in_part
from pulse.results.attribute_families import Cells, Declared, Family
from pulse.results.composites import composite_moment, usable_items
from pulse.results.counting import Sheets
from pulse.results.drafting import HEADLINES, Drafting
from pulse.results.metrics import Metric
from pulse.results.scoring import Values, item_scores, scored_items, values_of
from pulse.results.softening import unjudged_items

#: how many people of a cell answered anything at all
RESPONSES = "RESPONSES"
_LEVEL = 0.95
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CellDraft:
    """One figure of a cell; the fields are those of `results.models.AttributeFigure`."""

    group: int
    family: str
    category: str
    measure: str
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    favourable: int | None = None
    unfavourable: int | None = None


def attribute_figures(drafting: Drafting, sheets: Sheets, declared: Declared) -> list[CellDraft]:
    """Every figure of every cell that may be shown; none, at no cost, where no attribute was declared.

    Raises DisclosureError if the gate finds no safe answer for a measure.
    """
    if not any(declared.people.values()):
        return []
    return list(_Tables(drafting, sheets, declared).figures())


class _Tables:
    """What is shown of the cells of one wave."""

    def __init__(self, drafting: Drafting, sheets: Sheets, declared: Declared) -> None:
        self.drafting, self.sheets, self.declared = drafting, sheets, declared
        self.plan = drafting.context.plan

    def figures(self) -> Iterator[CellDraft]:
        everybody = np.zeros(self.sheets.n)
        for family, cell, moment, _ in self._cells(self.declared.people, everybody):
            yield self._draft(family, cell, RESPONSES, moment.n)
        means: dict[tuple[str, Cell], dict[str, float]] = {}
        unjudged = unjudged_items(self.plan)
        in_part = asked_in_part(self.plan)
        for item in (one for one in scored_items(self.plan) if one["id"] not in in_part):
            judged = item["kind"] == "bipolar" and item["id"] not in unjudged
            yield from self._item_figures(item, judged, means)
        for metric in self.drafting.trends:
            if metric.id in HEADLINES and not metric.sampled:
                yield from self._metric_figures(metric, means)

    def _item_figures(
        self, item: dict[str, Any], judged: bool, means: dict[tuple[str, Cell], dict[str, float]]
    ) -> Iterator[CellDraft]:
        """Also notes each mean: an index of a cell is made of them."""
        name, scores = item["id"], item_scores(self.sheets, item)
        for family, cell, moment, sides in self._cells(self._shown(name, scores), scores):
            mean = within(moment.mean)
            means.setdefault((family.name, cell), {})[name] = mean
            counts = [nearest(side, moment.n) for side in sides] if judged else [None, None]
            yield self._draft(family, cell, name, moment.n, mean, *counts)

    def _metric_figures(
        self, metric: Metric, means: Mapping[tuple[str, Cell], Mapping[str, float]]
    ) -> Iterator[CellDraft]:
        scores = values_of(metric, self.sheets, self.plan)
        for family, cell, people, _ in self._cells(self._shown(metric.id, scores), scores):
            known = means.get((family.name, cell), {})
            items = usable_items(metric, known)
            if items:
                moment = composite_moment(metric, people, items, known)
                yield self._draft(family, cell, metric.id, moment.n, within(moment.mean))

    def _shown(self, measure: str, scores: Values) -> Cells:
        """The cells that show a measure, in groups that do, among those of people as a whole."""
        return self.declared.gate(~np.isnan(scores), self.drafting.shown[measure])

    def _cells(self, shown: Cells, scores: Values) -> Iterator[tuple[Family, Cell, Moment, tuple[int, int]]]:
        """Every shown cell in order, with its moment and how many are favourable and unfavourable."""
        where = self.declared.where
        counted = (where >= 0) & ~np.isnan(scores)
        homes, points = self.declared.levels.homes[where[counted]], scores[counted]
        for name in sorted(name for name, cells in shown.items() if cells):
            family = self.declared.families[name]
            sums = self._sums(family, homes, family.values[counted], points)
            for group, category in sorted(shown[name]):
                n, s1, s2, over, under = sums[:, group, category].tolist()
                yield family, (group, category), Moment(round(n), s1, s2), (round(over), round(under))

    def _sums(self, family: Family, homes: _Ints, categories: _Ints, points: Values) -> Values:
        """(n, sum, sum of squares, favourable, unfavourable) x group x category, whole groups."""
        size, width = len(self.drafting.blocks.groups), len(family.categories)
        kinds = [np.ones_like(points), points, points**2, points > 50.0, points < 50.0]
        keys = homes * width + categories
        flat = [np.bincount(keys, weights=kind, minlength=size * width) for kind in kinds]
        sums = np.array(flat, dtype=np.float64).reshape(len(kinds), size, width)
        parents = self.declared.levels.parents
        for group in sorted(parents, reverse=True):  # every parent comes before its children
            if parents[group] != -1:
                sums[:, parents[group]] += sums[:, group]
        return sums

    def _draft(
        self,
        family: Family,
        cell: Cell,
        measure: str,
        n: int,
        mean: float | None = None,
        favourable: int | None = None,
        unfavourable: int | None = None,
    ) -> CellDraft:
        group, category = cell
        named = (group, family.name, family.categories[category], measure, n)
        if mean is None:
            return CellDraft(*named)
        interval = interval_of(mean, n, self.drafting.spreads[measure])
        return CellDraft(*named, round_shown(mean, 1), *interval, favourable, unfavourable)


def interval_of(mean: float, n: int, spread: PooledSd | None) -> tuple[float | None, float | None]:
    """A 95 % interval for comparing cells, from the spread that all blocks have together, cut to 0 and 100.

    No population correction: a cell is set beside other cells, not told of on one day. None without a spread.
    """
    if spread is None:
        return None, None
    half = t_quantile(upper_end(_LEVEL), spread.df) * spread.sd / sqrt(n)
    return round_shown(max(0.0, mean - half), 1), round_shown(min(100.0, mean + half), 1)


def within(mean: float) -> float:
    """Nothing beyond what is ever shown, so that a cell of one mind does not give each of it away."""
    return min(max(mean, LEAST_SHOWN), MOST_SHOWN)


def nearest(people: int, n: int) -> int:
    """To the nearest three, and never more than 85 in 100: 20 of 20 is 15, as 16 of 20 are."""
    return min(NEAREST * round(people / NEAREST), most_counted(n))
