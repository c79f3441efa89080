"""Which numbers a wave can have at all: what is missing beyond these was not asked, and is not hidden."""

from typing import Any

from pulse.results.metrics import base_of, metrics_of

#: kinds of item that have a score
SCORED = ("bipolar", "unipolar")


def scores_asked(plan: dict[str, Any]) -> frozenset[str]:
    """Measures and their parts that the wave's questions make a score or a level of."""
    return frozenset(base_of(metric.id) for metric in metrics_of(plan))


def trends_asked(plan: dict[str, Any]) -> frozenset[str]:
    """Those of them that can be compared from wave to wave."""
    return frozenset(metric.id for metric in metrics_of(plan) if not metric.pooled)


def items_asked(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody's scored questions, in the order in which they were asked."""
    return [item for item in plan["items"] if item["kind"] in SCORED]
