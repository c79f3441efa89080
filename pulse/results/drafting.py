"""Drafting every group's figures from the sums of its blocks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulse.domain.disclosure.blocks import Blocks, Group
from pulse.domain.disclosure.suppress import shown_groups
from pulse.domain.measurement.aggregation import option_variances, rwg_j, rwg_star
from pulse.domain.measurement.moments import Moment, PooledSd, pooled_sd
from pulse.domain.measurement.response import RATE_SHOWN_FROM, mean_bounds
from pulse.results import figures
from pulse.results.composites import composite_moment, usable_items
from pulse.results.feelings import FEELINGS, MAP, feelings_detail
from pulse.results.figures import Draft, Earlier
from pulse.results.metrics import ADJUSTED, LEVEL, Baselines, Metric, base_of
from pulse.results.sampled import Parts
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
    #: unit and declared attributes of everybody who was asked
    asked: Sequence[tuple[int, Mapping[str, str]]] = ()
    #: whether the waves of a cycle ask different people, who take turns
    cohorts: bool = False


class Drafting:
    """Figures of every group of one wave, each from the sum of its blocks."""

    def __init__(
        self,
        blocks: Blocks,
        tallies: Counts,
        moments: BlockMoments,
        keys: dict[int, str],
        headcounts: dict[int, int],
        stands_for: dict[int, int],
        metrics: list[Metric],
        context: Context,
        parts: Parts,
    ) -> None:
        """By group id: people asked, and people whom its results stand for, who are more under cohorts."""
        self.blocks, self.moments, self.keys = blocks, moments, keys
        self.asked, self.headcounts, self.context = headcounts, stands_for, context
        self.parts = parts
        self.trends = [metric for metric in metrics if not metric.pooled]
        self.levels = {metric.id: metric for metric in metrics if metric.pooled}
        self.agreeing = {item["id"] for item in scored_items(context.plan) if item["kind"] == "bipolar"}
        self.items = [item["id"] for item in scored_items(context.plan)]
        names = [metric.id for metric in metrics] + self.items
        self.shown = {name: self._shown(name) for name in names} | dict(parts.shown)
        self.metrics = {metric.id: metric for metric in metrics}
        self._moments: dict[tuple[int, str], Moment] = {}
        self._used: dict[tuple[int, str], tuple[str, ...]] = {}
        for name, metric in self.metrics.items():
            self.shown[name] = frozenset(g for g in self.shown[name] if self.used(metric, g))
        self.spreads = {name: self._spread(name) for name in names}
        self.cells: dict[int, Counter[str]] = defaultdict(Counter)
        for (block, item, option), people in tallies.items():
            if item == MAP:
                self.cells[block][option] = people
        self.past_levels: dict[str, set[str]] = defaultdict(set)
        for key, measure in context.history:
            if measure.endswith((LEVEL, ADJUSTED)):
                self.past_levels[key].add(base_of(measure))

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
            used = self.used(metric, group.id)
            draft = self._now(group, metric.id, used, -100.0 if metric.method == "gap" else 0.0)
            if draft is not None:
                if not metric.sampled:
                    draft = figures.with_trend(draft, self.context.number, self._history(group, metric.id))
                yield figures.with_detail(draft, self._beside(group, metric, draft))

    def _levels(self, group: Group) -> Iterable[Draft]:
        """Every level asked now or within the rotation, so that one release shows the whole picture.

        One a measure, and of one kind: adjusted by one baseline, or not at all. If this wave asked it, its
        kind decides; else that of the latest wave that did.
        """
        asked = {base_of(level): metric for level, metric in self.levels.items()}
        for name in sorted(asked.keys() | self.past_levels[self.keys[group.id]]):
            draft = self._level(group, name, asked.get(name))
            if draft is not None:
                yield draft

    def _level(self, group: Group, name: str, now: Metric | None) -> Draft | None:
        if now is not None and group.id not in self.shown[now.id]:
            now = None
        since = self.context.number - self.context.plan["cycle"]
        earlier = [
            (kind, one)
            for kind in (ADJUSTED, LEVEL)
            for one in self._history(group, name + kind)
            if one.number > since
        ]
        earlier.sort(key=lambda pair: -pair[1].number)
        if now is None and not earlier:
            return None
        kind = now.id.removeprefix(name) if now else earlier[0][0]
        baseline = (now.baseline.label if now.baseline else None) if now else earlier[0][1].baseline
        alike = [one for its_kind, one in earlier if (its_kind, one.baseline) == (kind, baseline)]
        moment = self.moment(group, now.id) if now else None
        draft = figures.level_figure(
            name + kind, moment, self.used(now, group.id) if now else (), alike, self.context.cohorts
        )
        return figures.with_detail(draft, {"baseline": baseline}) if draft and baseline else draft

    def _items(self, group: Group) -> Iterable[Draft]:
        for item in self.items:
            draft = self._now(group, item, [item])
            if draft is not None and item in self.parts.shown:
                draft = figures.with_detail(
                    draft, {"counts": self.parts.counts_in(group, self.blocks.groups, item)}
                )
            if draft is not None:
                yield draft

    def _now(self, group: Group, name: str, items: Iterable[str], least: float = 0.0) -> Draft | None:
        if group.id not in self.shown[name]:
            return None
        metric = self.metrics.get(name)
        in_part = name in self.parts.shown or (metric is not None and metric.sampled)
        earlier = [] if in_part else self._history(group, name)
        people = self.headcounts[group.id]
        draft = figures.now_figure(
            name,
            self.moment(group, name),
            people if metric is None or not metric.sampled else None,
            self.spreads[name],
            list(items),
            earlier[0] if earlier else None,
            least,
        )
        more = {} if people == self.asked[group.id] else {"stands_for": people}
        return figures.with_detail(draft, more)

    def _beside(self, group: Group, metric: Metric, draft: Draft) -> dict[str, Any]:
        """What stands beside a trend figure: the map of feelings, agreement on its items, plain bounds."""
        more: dict[str, Any] = {}
        if metric.id == FEELINGS:
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

    def used(self, metric: Metric, group_id: int) -> tuple[str, ...]:
        """The items of a metric that may be shown in this group, if they are enough to stand for it."""
        key = (group_id, metric.id)
        if key not in self._used:
            shown = [item for item in metric.items if group_id in self.shown[item]]
            self._used[key] = usable_items(metric, shown)
        return self._used[key]

    def moment(self, group: Group, name: str) -> Moment:
        """What a figure of the group is made of: an item's own moment, or a score's made of its items'."""
        if (group.id, name) not in self._moments:
            self._moments[group.id, name] = self._moment(group, name)
        return self._moments[group.id, name]

    def _moment(self, group: Group, name: str) -> Moment:
        people = Moment.total(self.moments[block, name] for block in group.block_ids)
        metric = self.metrics.get(name)
        if metric is None:
            return people
        items = self.used(metric, group.id)
        means = {item: self.moment(group, item).mean for item in items}
        return composite_moment(metric, people, items, means)

    def _history(self, group: Group, name: str) -> list[Earlier]:
        return self.context.history.get((self.keys[group.id], name), [])

    def _block_moments(self, name: str) -> list[Moment]:
        return [self.moments[block.id, name] for block in self.blocks.blocks]

    def _spread(self, name: str) -> PooledSd | None:
        """Spread within the smallest groups that show the measure: of others it would tell too much."""
        inner = self.innermost(name)
        moments = [Moment.total(self.moments[block, name] for block in group.block_ids) for group in inner]
        return pooled_sd(moments) if moments else None

    def innermost(self, name: str) -> list[Group]:
        """The groups that show a metric and hold no other group that does: disjoint sets of people."""
        shown, around = self.shown[name], set[int]()
        for group in shown:
            parent = self.blocks.groups[group].parent_id
            while parent is not None and parent not in around:
                around.add(parent)
                parent = self.blocks.groups[parent].parent_id
        return [self.blocks.groups[group] for group in sorted(shown - around)]

    def _shown(self, name: str) -> frozenset[int]:
        """Groups of which this measure may be shown: answered by k or more, and so is every difference."""
        return shown_groups(self.blocks, [moment.n for moment in self._block_moments(name)])
