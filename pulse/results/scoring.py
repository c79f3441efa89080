"""What each opened sheet scores on a metric or an item, in points; NaN where too little was answered."""

from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.adjusted import adjusted_scores
from pulse.domain.measurement.assets import say_do_gap
from pulse.domain.measurement.griffin import BOTH_SIDES_FELT, griffin100
from pulse.domain.measurement.items import Scale, score100
from pulse.domain.measurement.permission import faceted_scores
from pulse.domain.measurement.sampled import sampled_scores
from pulse.domain.measurement.scales import person_scores
from pulse.domain.sheets import NOT_ASKED
from pulse.results.counting import Sheets
from pulse.results.metrics import Metric

Values = npt.NDArray[np.float64]


def values_of(metric: Metric, sheets: Sheets, plan: dict[str, Any]) -> Values:
    """One value a sheet in points, NaN where too little was answered."""
    if metric.method in ("griffin", "least", "mixed"):
        return _griffin(metric, sheets)
    scores = np.column_stack([item_scores(sheets, find_item(plan, item)) for item in metric.items])
    if metric.sampled:
        return _sampled(metric, scores, sheets)
    if metric.method == "gap":
        return say_do_gap(scores[:, 0::2], scores[:, 1::2])
    if metric.method == "adjusted" and metric.baseline is not None:
        known = metric.baseline.items
        return adjusted_scores(scores, [known.means[item] for item in metric.items], known.centre)
    if metric.method == "facets":
        return _facets(metric, scores)
    return person_scores(scores, need=metric.need)


def _sampled(metric: Metric, scores: Values, sheets: Sheets) -> Values:
    """Of people who were asked different items: see pulse.domain.measurement.sampled."""
    shown = np.column_stack([sheets.column(item) != ord(NOT_ASKED) for item in metric.items])
    if metric.method == "gap":  # every pair is one difference; a pair with half its answers is none
        scores, shown = scores[:, 0::2] - scores[:, 1::2], shown[:, 0::2] & shown[:, 1::2]
    return sampled_scores(scores, shown, need=1 if metric.method == "gap" else metric.need)


def _facets(metric: Metric, scores: Values) -> Values:
    columns = {
        str(number): [metric.items.index(item) for item in facet]
        for number, facet in enumerate(metric.facets)
    }
    return faceted_scores(scores, columns, need_facets=metric.need_facets).index


def _griffin(metric: Metric, sheets: Sheets) -> Values:
    """Of one pair, for people who answered both sides."""
    positive, negative = (sheets.scores_of(item) for item in metric.items)
    if metric.method == "griffin":
        return griffin100(positive, negative)
    weaker = np.minimum(positive, negative)
    if metric.method == "least":
        return np.asarray(25.0 * weaker)
    return np.where(np.isnan(weaker), np.nan, 100.0 * (weaker >= BOTH_SIDES_FELT))


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
