"""What makes a row of the table: names, limits, and comparisons of one kind as bias or coverage. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import TypeVar

import numpy as np

from tools.validate.seen import Ranged, Seen
from tools.validate.table import Line, Slack, share_line

#: the limits; nothing but a short run's chance widens them
MOST_BIAS = 0.3
COVERAGE = (93.5, 96.5)
#: the organisation has one result a wave, so its coverage may lie this many binomial errors beside 95 %: with
#: the 450 waves of a full run, from 93 to 97 %
_COVERAGE, _ERRORS_OF_WHOLE = 95.0, 2.0
LEAST_RIGHT = 95.0
NAMES = {
    "PTA": "permission to act",
    "TAA": "treated as assets",
    "AMB": "mixed feelings",
    "POW": "a dimension (power)",
    "PTA-01": "a question (PTA-01)",
    "PTA.licence": "a facet (licence)",
    "SAYDO": "expected less experienced",
}
T = TypeVar("T")


def of_kind(seen: Iterable[Seen], kind: type[T]) -> list[T]:
    return [one for one in seen if isinstance(one, kind)]


def by(found: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def bias_line(what: str, errors: Sequence[float], slack: Slack, results: str = "unit results") -> Line:
    """The mean error in points; a short run may miss the limit by the standard error of that mean."""
    if not errors:
        return Line(what, None, "points", f"0 {results}", -MOST_BIAS, MOST_BIAS)
    more = slack.of_mean(float(np.std(errors)), len(errors))
    limit = MOST_BIAS + more
    return Line(what, float(np.mean(errors)), "points", f"{len(errors):,} {results}", -limit, limit)


def coverage_line(
    what: str, found: Sequence[Ranged], slack: Slack, low: float | None, high: float | None
) -> Line:
    """How often intervals hold the truth."""
    return share_line(what, sum(one.covers for one in found), len(found), "results", slack, low, high)


def whole_coverage_line(what: str, found: Sequence[Ranged], slack: Slack) -> Line:
    """How often intervals of the organisation do: figures of one wave stand and fall together, so only its
    waves are counted as independent.
    """
    waves = max(map(len, by(found, lambda one: one.measure).values()), default=0)
    error = 100.0 * sqrt(_COVERAGE / 100.0 * (1.0 - _COVERAGE / 100.0) / max(waves, 1))
    beside = (_ERRORS_OF_WHOLE + slack.errors) * error
    low, high = max(_COVERAGE - beside, 0.0), min(_COVERAGE + beside, 100.0)
    hits = sum(one.covers for one in found)
    measured = 100.0 * hits / len(found) if found else None
    return Line(what, measured, "%", f"{len(found):,} results of {waves:,} waves", low, high)
