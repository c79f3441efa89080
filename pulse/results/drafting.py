"""Drafting every group's figures from the sums of its blocks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulse.domain.disclosure.blocks import Blocks, Group
from pulse.domain.disclosure.suppress import shown_groups
from pulse.domain.measurement.aggregation import option_variances, rwg_j, rwg_star
from pulse.domain.measurement.moments import Moment, PooledSd, pooled_sd
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds
from pulse.results import figures
from pulse.results.feelings import FEELINGS, MAP, feelings_detail
from pulse.results.figures import Draft, Earlier
from pulse.results.metrics import ADJUSTED, LEVEL, Baselines, Metric
from pulse.results.scoring import scored_items
from pulse.results.tally import Counts
from pulse.surveys.models import WaveUnit

#: what a page says first of a group, with what those who did not answer could still change
HEADLINES = ("PTA", FEELINGS, "TAA")
BlockMoments = dict[tuple[int, str], Moment]
#: (group key, measure) -> the same figure in earlier releases, the latest first
History = Mapping[tuple[str, str], list[Earlier]]


@dataclass(frozen=True)
class Context:
    """What the count needs to know of the wave beside its envelopes."""

    plan: dict[str, Any]
    units: list[WaveUnit]
    number: int
    k: int
    seed: int
    organisation: str
    leaders: int
    previous_groups: list[frozenset[int]]
    history: History
    baselines: Baselines


class Drafting:
    """Figures of every group of one wave, each from the sum of its blocks."""

    def __init__(
        self,
        blocks: Blocks,
        tallies: Counts,
        moments: BlockMoments,
        keys: dict[int, str],
        headcounts: dict[int, int],
        metrics: list[Metric],
        context: Context,
    ) -> None:
        self.blocks, self.moments, self.keys = blocks, moments, keys
        self.headcounts, self.context = headcounts, context
        self.trends = [metric for metric in metrics if not metric.pooled]
        self.levels = {metric.id: metric for metric in metrics if metric.pooled}
        self.agreeing = {item["id"] for item in scored_items(context.plan) if item["kind"] == "bipolar"}
        self.items = [item["id"] for item in scored_items(context.plan)]
        names = [metric.id for metric in metrics] + self.items
        self.spreads = {name: self._spread(name) for name in names}
        self.shown = {name: self._shown(name) for name in names}
        self.cells: dict[int, Counter[str]] = defaultdict(Counter)
        for (block, item, option), people in tallies.items():
            if item == MAP:
                self.cells[block][option] = people
        # fewer people may be on the map (one pair) than in the index (any pair), so it has a gate of its own
        on_map = [
            sum(n for cell, n in self.cells[block.id].items() if cell.isdigit()) for block in blocks.blocks
        ]
        self.map_shown = shown_groups(blocks, on_map)
        self.past_levels: dict[str, set[str]] = defaultdict(set)
        for key, measure in context.history:
            if measure.endswith((LEVEL, ADJUSTED)):
                self.past_levels[key].add(measure)

    def all_groups(self) -> dict[int, list[Draft]]:
        """Drafts by group id. What readers see together is tested together: the trend figures of all
        groups are one family for Benjamini-Hochberg, and each group's items another.
        """
        groups = self.blocks.groups
        trends = [(group.id, draft) for group in groups for draft in self._trends(group)]
        tested = figures.with_trend_flags(figures.with_q_values(draft for _, draft in trends))
        by_group: dict[int, list[Draft]] = {group.id: [] for group in groups}
        for (group_id, _), draft in zip(trends, tested, strict=True):
            by_group[group_id].append(draft)
        for group in groups:
            by_group[group.id] += self._levels(group)
            by_group[group.id] += figures.with_q_values(self._items(group))
        return by_group

    def _trends(self, group: Group) -> Iterable[Draft]:
        for metric in self.trends:
            draft = self._now(group, metric.id, metric.items, -100.0 if metric.method == "gap" else 0.0)
            if draft is not None:
                draft = figures.with_trend(draft, self.context.number, self._history(group, metric.id))
                yield figures.with_detail(draft, self._beside(group, metric, draft))

    def _levels(self, group: Group) -> Iterable[Draft]:
        """Every level asked now or within the rotation, so that one release shows the whole picture."""
        for name in sorted(self.levels.keys() | self.past_levels[self.keys[group.id]]):
            metric = self.levels.get(name)
            asked = metric is not None and group.id in self.shown[name]
            moment = self.moment(group, name) if asked else None
            since = self.context.number - self.context.plan["cycle"]
            earlier = [one for one in self._history(group, name) if one.number > since]
            draft = figures.level_figure(name, moment, metric.items if metric else (), earlier)
            if draft is not None:
                known = metric.baseline if metric else None
                yield figures.with_detail(draft, {"baseline": known.label}) if known else draft

    def _items(self, group: Group) -> Iterable[Draft]:
        for item in self.items:
            draft = self._now(group, item, [item])
            if draft is not None:
                yield draft

    def _now(self, group: Group, name: str, items: Iterable[str], least: float = 0.0) -> Draft | None:
        if group.id not in self.shown[name]:
            return None
        earlier = self._history(group, name)
        return figures.now_figure(
            name,
            self.moment(group, name),
            self.headcounts[group.id],
            self.spreads[name],
            list(items),
            earlier[0] if earlier else None,
            least,
        )

    def _beside(self, group: Group, metric: Metric, draft: Draft) -> dict[str, Any]:
        """What stands beside a trend figure: the map of feelings, agreement on its items, plain bounds."""
        more: dict[str, Any] = {}
        if metric.id == FEELINGS and group.id in self.map_shown:
            cells: Counter[str] = Counter()
            for block in group.block_ids:
                cells.update(self.cells[block])
            more |= feelings_detail(cells, self.context.seed)
        headcount = self.headcounts[group.id]
        if metric.id in HEADLINES and draft.value is not None and headcount >= RATE_SHOWN_FROM:
            more["bounds"] = list(mean_bounds(draft.value, draft.n, headcount))
        return more | self._agreement_on(group, metric)

    def _agreement_on(self, group: Group, metric: Metric) -> dict[str, Any]:
        """r_wg(j) over the items of an index on the agreement scale, where all of them may be shown here."""
        on_scale = len(metric.items) > 1 and self.agreeing.issuperset(metric.items) and metric.method != "gap"
        if not on_scale or any(group.id not in self.shown[item] for item in metric.items):
            return {}
        variances = option_variances(self.moment(group, item) for item in metric.items)
        return {"rwg": {"rwg_j": rwg_j(variances), "rwg_star": rwg_star(variances), "items": len(variances)}}

    def moment(self, group: Group, name: str) -> Moment:
        return Moment.total(self.moments[block, name] for block in group.block_ids)

    def _history(self, group: Group, name: str) -> list[Earlier]:
        return self.context.history.get((self.keys[group.id], name), [])

    def _block_moments(self, name: str) -> list[Moment]:
        return [self.moments[block.id, name] for block in self.blocks.blocks]

    def _spread(self, name: str) -> PooledSd | None:
        usable = [moment for moment in self._block_moments(name) if moment.n >= 2]
        return pooled_sd(usable) if usable else None

    def _shown(self, name: str) -> frozenset[int]:
        """Groups of which this measure may be shown: answered by k or more, and so is every difference."""
        return shown_groups(self.blocks, [moment.n for moment in self._block_moments(name)])
