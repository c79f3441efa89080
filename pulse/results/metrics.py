"""The per-person metrics of a wave: what each is made of, and its value for every opened sheet.

A measure gives up to two metrics. The *trend* metric uses only items asked in every wave, so that waves can
be compared. The *level* metric (id ending in `:level`) uses all its items asked in this wave; as those
rotate, levels are pooled over a rotation and never compared from wave to wave.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.griffin import griffin100
from pulse.domain.measurement.items import Scale, score100
from pulse.domain.measurement.scales import faceted_scores, person_scores
from pulse.results.counting import Sheets

Values = npt.NDArray[np.float64]
LEVEL = ":level"
#: at this answer ("Somewhat") on both sides a person has mixed feelings
_FELT = 2


@dataclass(frozen=True)
class Metric:
    """One per-person score from 0 to 100 and the items it is made of."""

    id: str
    items: tuple[str, ...]
    method: str
    need: int = 1
    facets: tuple[tuple[str, ...], ...] = ()
    need_facets: int = 0

    @property
    def pooled(self) -> bool:
        """Whether its items rotate, so that only a level over several waves has a meaning."""
        return self.id.endswith(LEVEL)


def metrics_of(plan: dict[str, Any]) -> list[Metric]:
    """Every metric that the wave's items allow."""
    anchors = set(plan["anchors"])
    found: list[Metric] = []
    for measure in plan["measures"]:
        if measure["method"] == "griffin":
            found += _mixed_feelings(measure, anchors)
        elif measure["method"] in ("mean", "mean_of_facets", "stage"):
            found += _means(measure, anchors)
    return found


def _mixed_feelings(measure: dict[str, Any], anchors: set[str]) -> list[Metric]:
    """Griffin's index with its `min` companion and the share with mixed feelings, on anchor pairs."""
    sides = [(pair["sides"]["positive"], pair["sides"]["negative"]) for pair in measure["pairs"]]
    kept = [pair for pair in sides if set(pair) <= anchors]
    items = tuple(item for pair in kept for item in pair)
    name = measure["id"]
    kinds = ((name, "griffin"), (f"{name}.least", "least"), (f"{name}.mixed", "mixed"))
    return [Metric(metric, items, method) for metric, method in kinds if items]


def _means(measure: dict[str, Any], anchors: set[str]) -> list[Metric]:
    """The index, then each facet, each as trend (anchor items) and level (all items of this wave)."""
    found: list[Metric] = []
    if measure["method"] != "stage":
        found += _trend_and_level(measure["id"], measure, anchors)
    for facet in measure["facets"]:
        part = {**measure, "items": facet["items"], "facets": [], "need": 1}
        found += _trend_and_level(f"{measure['id']}.{facet['id']}", part, anchors)
    return found


def _trend_and_level(name: str, measure: dict[str, Any], anchors: set[str]) -> list[Metric]:
    items = tuple(measure["items"])
    steady = tuple(item for item in items if item in anchors)
    found = [_mean(name, steady, measure, need=1)] if steady else []
    if items and steady != items:
        found.append(_mean(name + LEVEL, items, measure, need=min(measure["need"], 2, len(items))))
    return found


def _mean(name: str, items: tuple[str, ...], measure: dict[str, Any], need: int) -> Metric:
    """Facets weigh alike where enough of them are asked; with fewer, the items themselves are averaged."""
    parts = [tuple(i for i in facet["items"] if i in items) for facet in measure["facets"]]
    facets = tuple(part for part in parts if part)
    if facets and len(facets) >= measure["need_facets"]:
        return Metric(name, items, "facets", facets=facets, need_facets=measure["need_facets"])
    return Metric(name, items, "mean", need=need)


def values_of(metric: Metric, sheets: Sheets, plan: dict[str, Any]) -> Values:
    """One value a sheet, 0 to 100, NaN where too little was answered."""
    if metric.method in ("griffin", "least", "mixed"):
        return _griffin(metric, sheets)
    scores = np.column_stack([item_scores(sheets, find_item(plan, item)) for item in metric.items])
    if metric.method == "facets":
        columns = {
            str(number): [metric.items.index(item) for item in facet]
            for number, facet in enumerate(metric.facets)
        }
        return faceted_scores(scores, columns, need_facets=metric.need_facets).index
    return person_scores(scores, need=metric.need)


def _griffin(metric: Metric, sheets: Sheets) -> Values:
    """P and N are each the mean of the pairs answered on both sides."""
    sides = np.stack([sheets.scores_of(item) for item in metric.items])
    positive, negative = sides[0::2], sides[1::2]
    complete = ~np.isnan(positive) & ~np.isnan(negative)
    pairs = complete.sum(axis=0)
    means = [np.where(complete, side, 0).sum(axis=0) / np.maximum(pairs, 1) for side in (positive, negative)]
    p, n = (np.where(pairs > 0, mean, np.nan) for mean in means)
    if metric.method == "griffin":
        return griffin100(p, n)
    least = np.minimum(p, n)
    if metric.method == "least":
        return np.asarray(25.0 * least)
    return np.where(np.isnan(least), np.nan, 100.0 * (least >= _FELT))


def item_scores(sheets: Sheets, item: dict[str, Any]) -> Values:
    """Scores of 0 to 100 of one item, reversed where it is."""
    return score100(sheets.scores_of(item["id"]), scale_of(item), reverse=item["reverse"])


def scale_of(item: dict[str, Any]) -> Scale:
    """The scale as the scoring code knows it, from the frozen options."""
    codes = [int(code) for code, _ in item["options"]]
    return Scale(item["kind"], min(codes), max(codes))


def find_item(plan: dict[str, Any], item_id: str) -> dict[str, Any]:
    """The frozen item; KeyError if the wave did not ask it."""
    for item in plan["items"] + plan["leader_items"]:
        if item["id"] == item_id:
            return dict(item)
    raise KeyError(item_id)


def scored_items(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody's items that have a score."""
    return [dict(item) for item in plan["items"] if item["kind"] in ("bipolar", "unipolar")]
