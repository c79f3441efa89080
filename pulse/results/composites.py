"""Scores made of several questions, for a group: from the questions' own figures, and from nothing finer.

The threat: a mean over everybody who answered some of the questions, beside the means of each question,
gives away the answers of the few who skipped one. So a score of a group is worked out from the figures of
its questions that may be shown there, and tells nothing that they do not. Where everybody answered
everything, it is the mean of people's scores. How far people's scores lie apart is still taken from people.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from statistics import fmean
from typing import Any

import numpy as np

from pulse.domain.measurement.moments import Moment
from pulse.results.counting import NO_CHARACTER, Sheets
from pulse.results.metrics import Metric

#: scores that need both answers of one person: their questions count only people who gave both
OF_PAIRS = ("griffin", "least", "mixed")


def complete_pairs(sheets: Sheets, plan: dict[str, Any]) -> Sheets:
    """The same sheets, where half a pair (hope without worry, say) counts as no answer.

    Otherwise the question's total less the pair's would be the answers of those who gave only one.
    """
    codes = sheets.codes.copy()
    for pair in _pairs_of(plan):
        columns = [sheets.items.index(item) for item in pair]
        half = np.isnan(np.column_stack([sheets.scores_of(item) for item in pair])).sum(axis=1) == 1
        for column, item in zip(columns, pair, strict=True):
            given = ~np.isnan(sheets.scores_of(item))
            codes[half & given, column] = NO_CHARACTER
    return replace(sheets, codes=codes)


def _pairs_of(plan: dict[str, Any]) -> list[tuple[str, ...]]:
    measures = [m for m in plan["measures"] if m["method"] in ("griffin", "gap")]
    return [tuple(pair["sides"].values()) for measure in measures for pair in measure["pairs"]]


def usable_items(metric: Metric, shown: Collection[str]) -> tuple[str, ...]:
    """The questions of a metric that may be shown in a group; none if they are too few to stand for it.

    All of a pair, both of two questions, at least half (and the metric's own minimum) of more; for a score
    of parts, a question of as many parts as it needs.
    """
    items = tuple(item for item in metric.items if item in shown)
    if metric.method in OF_PAIRS:
        return items if items == metric.items else ()
    if metric.method == "gap":
        pairs = zip(metric.items[0::2], metric.items[1::2], strict=True)
        return tuple(item for pair in pairs if set(pair) <= set(items) for item in pair)
    if metric.method == "facets":
        parts = sum(any(item in items for item in facet) for facet in metric.facets)
        return items if parts >= metric.need_facets else ()
    least = len(metric.items) if len(metric.items) <= 2 else max(metric.need, -(-len(metric.items) // 2))
    return items if len(items) >= least else ()


def composite(metric: Metric, items: Collection[str], means: Mapping[str, float]) -> float:
    """The group's score in points from the means of its usable `items`."""
    if metric.method == "gap":
        pairs = zip(metric.items[0::2], metric.items[1::2], strict=True)
        return fmean(means[one] - means[other] for one, other in pairs if one in items)
    if metric.method == "adjusted" and metric.baseline is not None:
        known = metric.baseline.items
        return fmean(means[item] - known.means[item] for item in items) + known.centre
    if metric.method == "facets":
        facets = [[means[item] for item in facet if item in items] for facet in metric.facets]
        return fmean(fmean(facet) for facet in facets if facet)
    return fmean(means[item] for item in items)


def composite_moment(
    metric: Metric, people: Moment, items: Collection[str], means: Mapping[str, float]
) -> Moment:
    """How many people have the score and how far they lie apart, around the value that their questions give.

    `people` is the moment of people's own scores, returned as it is where a score is no mean of questions.
    """
    if metric.method in OF_PAIRS or people.n < 2:
        return people
    return Moment.from_summary(people.n, composite(metric, items, means), people.sd)


def kept_moments(
    moments: Mapping[tuple[int, str], Moment], metrics: Iterable[Metric], k: int
) -> dict[tuple[int, str], Moment]:
    """What is stored of each block: moments over k answers or more, scores made of such questions alone."""
    by_id = {metric.id: metric for metric in metrics}
    kept = {key: moment for key, moment in moments.items() if moment.n >= k}
    for block, name in [key for key in kept if key[1] in by_id]:
        metric = by_id[name]
        items = usable_items(metric, [item for item in metric.items if (block, item) in kept])
        people = kept.pop((block, name))
        if items:
            means = {item: kept[block, item].mean for item in items}
            kept[block, name] = composite_moment(metric, people, items, means)
    return kept
