"""The per-person metrics of a wave: which scores there are, and the items each is made of.

A measure gives up to two metrics. The *trend* metric uses only items asked in every wave, so that waves can
be compared. The *level* metric uses all its items asked in this wave; as those rotate, levels are pooled
over a rotation and never compared from wave to wave. Its id ends in `:adjusted` where a baseline tells how
easy each question is to agree with, and in `:level` where none does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulse.domain.measurement.adjusted import ItemBaseline
from pulse.domain.sheets import asked_in_part

LEVEL, ADJUSTED = ":level", ":adjusted"
#: methods whose measure is a mean of item scores
_OF_ITEMS = ("mean", "mean_of_facets", "stage")


@dataclass(frozen=True)
class Baseline:
    """What a wave that asked a whole measure says of its questions, and the label of that wave."""

    items: ItemBaseline
    label: str


#: measure id, or "MEASURE.facet" -> its baseline
Baselines = Mapping[str, Baseline]


@dataclass(frozen=True)
class Metric:
    """One per-person score and the items it is made of; 0 to 100, or -100 to 100 for a difference."""

    id: str
    items: tuple[str, ...]
    method: str
    need: int = 1
    facets: tuple[tuple[str, ...], ...] = ()
    need_facets: int = 0
    baseline: Baseline | None = None
    #: whether some people were asked other items of it than others
    sampled: bool = False

    @property
    def pooled(self) -> bool:
        """Whether its items rotate, so that only a level over several waves has a meaning."""
        return self.id.endswith((LEVEL, ADJUSTED))


def base_of(level: str) -> str:
    """The measure or part that a level is of."""
    return level.removesuffix(ADJUSTED).removesuffix(LEVEL)


def metrics_of(plan: dict[str, Any], baselines: Baselines | None = None) -> list[Metric]:
    """Every metric that the wave's items allow."""
    anchors = set(plan["anchors"])
    found: list[Metric] = []
    in_part = asked_in_part(plan)
    for measure in plan["measures"]:
        if measure["method"] == "griffin":
            found += _mixed_feelings(measure, anchors)
        elif measure["method"] == "gap":
            found += _differences(measure)
        elif measure["method"] in _OF_ITEMS:
            found += _means(measure, anchors, baselines or {})
    return [_sampled(metric, plan) if in_part.intersection(metric.items) else metric for metric in found]


def _sampled(metric: Metric, plan: dict[str, Any]) -> Metric:
    """Of a scale that blocks share out, so many answers are enough as the block with the fewest asks."""
    asked = [len(set(block).intersection(metric.items)) for block in plan["blocks"]]
    return replace(metric, sampled=True, need=min([metric.need, 2, *(n for n in asked if n)]))


def whole_metrics(plan: dict[str, Any]) -> dict[str, Metric]:
    """Measure id -> a person's score on all its items, for the measures that this wave asks whole.

    Only from these is it known how the items of a scale, or two scales, go together: a rotation never
    asks some pairs of items of one person.
    """
    whole = [m for m in plan["measures"] if m.get("whole") and m["method"] in ("mean", "mean_of_facets")]
    return {m["id"]: _mean(m["id"], tuple(m["items"]), m, need=m["need"]) for m in whole}


def _mixed_feelings(measure: dict[str, Any], anchors: set[str]) -> list[Metric]:
    """Griffin's index with its `min` companion and the share with mixed feelings, on the first anchor pair.

    On one pair only: averaged over several, somebody torn on none of them could come out as torn.
    """
    sides = [(pair["sides"]["positive"], pair["sides"]["negative"]) for pair in measure["pairs"]]
    items = next((pair for pair in sides if set(pair) <= anchors), ())
    name = measure["id"]
    kinds = ((name, "griffin"), (f"{name}.least", "least"), (f"{name}.mixed", "mixed"))
    return [Metric(metric, items, method) for metric, method in kinds if items]


def _differences(measure: dict[str, Any]) -> list[Metric]:
    """What is expected less what is experienced: over all pairs that are asked, and pair by pair."""
    pairs = [
        (pair["id"], (pair["sides"]["expected"], pair["sides"]["experienced"])) for pair in measure["pairs"]
    ]
    name = measure["id"]
    overall = Metric(name, tuple(item for _, sides in pairs for item in sides), "gap")
    return [overall, *(Metric(f"{name}.{pair}", sides, "gap") for pair, sides in pairs)]


def _means(measure: dict[str, Any], anchors: set[str], baselines: Baselines) -> list[Metric]:
    """The index, then each facet, each as trend (anchor items) and level (all items of this wave)."""
    found: list[Metric] = []
    if measure["method"] != "stage":
        found += _trend_and_level(measure["id"], measure, anchors, baselines)
    if measure["facets"]:  # of the parts that a wave happens to ask, no level of the whole can be made
        found = [metric for metric in found if not metric.pooled]
    for facet in measure["facets"]:
        part = {**measure, "items": facet["items"], "facets": [], "need": facet["need"]}
        found += _trend_and_level(f"{measure['id']}.{facet['id']}", part, anchors, baselines)
    return found


def _trend_and_level(
    name: str, measure: dict[str, Any], anchors: set[str], baselines: Baselines
) -> list[Metric]:
    """A rotation asks too few of a scale for the scale's own rule of "enough answered": then one will do."""
    items = tuple(measure["items"])
    steady = tuple(item for item in items if item in anchors)
    enough = measure["need"] if len(steady) >= measure["need"] else 1
    found = [_mean(name, steady, measure, need=enough)] if steady else []
    if not items or steady == items:
        return found
    baseline = baselines.get(name)
    if baseline is not None and set(items) <= baseline.items.means.keys():
        return [*found, Metric(name + ADJUSTED, items, "adjusted", baseline=baseline)]
    return [*found, _mean(name + LEVEL, items, measure, need=min(measure["need"], 2, len(items)))]


def _mean(name: str, items: tuple[str, ...], measure: dict[str, Any], need: int) -> Metric:
    """Facets weigh alike where enough of them are asked; with fewer, the items themselves are averaged."""
    parts = [tuple(i for i in facet["items"] if i in items) for facet in measure["facets"]]
    facets = tuple(part for part in parts if part)
    if facets and len(facets) >= measure["need_facets"]:
        return Metric(name, items, "facets", facets=facets, need_facets=measure["need_facets"])
    return Metric(name, items, "mean", need=need)
