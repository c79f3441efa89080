"""Rows about what is planted in one wave or in who replies: shapes, rotation, weights, units, and bias that
nothing can mend. Pure.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tools.validate.rows import (
    COVERAGE,
    LEAST_RIGHT,
    NAMES,
    bias_line,
    by,
    coverage_line,
    of_kind,
    whole_coverage_line,
)
from tools.validate.seen import Advice, Interval, Label, Placed, Rotated, Seen, Weighted
from tools.validate.table import Line, Slack, share_line

MANY_ANSWERS = 50
#: what informative non-response must bring coverage below, or the table could not fail
BROKEN_COVERAGE = 60.0
#: points by which the plain figure must be off where replies differ by unit, or weighting had nothing to mend
LEAST_OFF = 0.6
MOST_COMPARED = 5.0
#: of units that do not differ, 5 in 100 lie outside limits of 95 %
OUTSIDE = (3.5, 6.5)
SAYDO = "SAYDO"


def labels(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Split is only said when an interval excludes chance, for which 20 or 30 answers are not enough."""
    found = by(of_kind(seen, Label), lambda one: one.planted)
    for planted in ("torn", "indifferent", "uneven", "hopeful", "in order"):
        yield _right(planted, found.get(planted, []), "20 or more answers", slack, LEAST_RIGHT)
    split = found.get("split", [])
    few, many = (
        [one for one in split if (one.answers >= MANY_ANSWERS) == enough] for enough in (False, True)
    )
    yield _right("split", many, f"{MANY_ANSWERS} or more answers", slack, LEAST_RIGHT)
    yield _right("split", few, f"20 to {MANY_ANSWERS - 1} answers", slack, None)


def _right(planted: str, labels: Sequence[Label], whose: str, slack: Slack, low: float | None) -> Line:
    right = sum(one.found == planted for one in labels)
    return share_line(f"labelled right: {planted}, {whose}", right, len(labels), "units", slack, low=low)


def rotation(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Runs, not units, are independent here: all units of one share the sampling error of its baseline."""
    found = of_kind(seen, Rotated)
    for measure in ("POW", "PTA.licence"):
        for waves, after in ((1, "after easy questions"), (2, "over the whole rotation")):
            runs = by(
                (one for one in found if (one.measure, one.waves) == (measure, waves)), lambda one: one.run
            )
            what = f"{NAMES[measure]}, {after}"
            adjusted = [float(np.mean([one.adjusted - one.truth for one in run])) for run in runs.values()]
            raw = [float(np.mean([one.raw - one.truth for one in run])) for run in runs.values()]
            yield bias_line(f"bias of the adjusted level: {what}", adjusted, slack, "runs")
            measured = float(np.mean(raw)) if raw else None
            yield Line(f"   of the raw mean, to compare: {what}", measured, "points", f"{len(raw):,} runs")
    # it takes the same people to have answered every wave, so it holds the truth more often than it says
    covering = f"95 % interval of the adjusted level covers: {NAMES['POW']}"
    levels = [one for one in found if one.measure == "POW"]
    hits = sum(one.covers for one in levels)
    yield share_line(covering, hits, len(levels), "results", slack, low=COVERAGE[0])


def weighting(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Better units reply more: weighting must mend the organisation's figure. Their own stay right."""
    weighted = by(of_kind(seen, Weighted), lambda one: one.measure)
    for measure in ("PTA", "TAA"):
        found = weighted.get(measure, [])
        what = f"{NAMES[measure]}, organisation, replies differ by unit"
        yield bias_line(f"bias of the weighted figure: {what}", [one.error for one in found], slack, "runs")
        raw = [one.raw - one.truth for one in found]
        yield Line(
            f"   of the plain figure, which must be off: {what}",
            float(np.mean(raw)) if raw else None,
            "points",
            f"{len(raw):,} runs",
            low=LEAST_OFF,
        )
    covering = "95 % interval of the weighted figure covers: organisation, replies differ by unit"
    yield whole_coverage_line(covering, [one for found in weighted.values() for one in found], slack)
    gaps = [one for one in of_kind(seen, Interval) if one.measure == SAYDO]
    yield bias_line(f"bias: {NAMES[SAYDO]}", [one.error for one in gaps], slack)
    yield coverage_line(f"95 % interval covers: {NAMES[SAYDO]}", gaps, slack, *COVERAGE)


def comparing(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Units are to be compared where they differ, and only there."""
    advice = of_kind(seen, Advice)
    for real, what, low, high in (
        (False, "units that do not differ, but are said to be fit to compare", None, MOST_COMPARED),
        (True, "units that differ by up to 30 points, and are said to be fit to compare", LEAST_RIGHT, None),
    ):
        found = [one.advice for one in advice if one.real == real]
        yield share_line(what, found.count("compare"), len(found), "figures", slack, low, high)
    places = of_kind(seen, Placed)
    outside = sum(one.funnel != "inside" for one in places)
    what = "units that do not differ, outside the 95 % limits of the funnel"
    yield share_line(what, outside, len(places), "unit results", slack, *OUTSIDE)


def broken(seen: Sequence[Seen]) -> Iterator[Line]:
    """Without slack: what breaks coverage breaks it in a short run too."""
    found = of_kind(seen, Interval)
    for whole, whose in ((False, "units of 100"), (True, "organisation")):
        some = [one for one in found if one.whole == whole]
        what = f"replies depend on the answer, so coverage must break: {whose}"
        yield coverage_line(what, some, Slack(), None, BROKEN_COVERAGE)
