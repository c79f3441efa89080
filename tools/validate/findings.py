"""From what the runs brought back to the rows of the table. Pure: lists in, lines out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import TypeVar

import numpy as np

from tools.validate.seen import Check, Interval, Label, Level, Rotated, Seen
from tools.validate.table import Line, Slack, share_line

#: the limits; nothing but a short run's chance widens them
MOST_BIAS = 0.3
COVERAGE = (93.5, 96.5)
MOST_FALSE_ALARMS = 2.5
MOST_FALSE_DISCOVERIES = 5.0
LEAST_RIGHT = 95.0
MANY_ANSWERS = 50
#: what informative non-response must bring coverage below, or the table could not fail
BROKEN_COVERAGE = 60.0
NAMES = {
    "PTA": "permission to act",
    "TAA": "treated as assets",
    "AMB": "mixed feelings",
    "POW": "a dimension (power)",
    "PTA-01": "a question (PTA-01)",
    "PTA.licence": "a facet (licence)",
}
SHARE = "PTA-01 favourable"
T = TypeVar("T")


def lines_of(seen: Mapping[str, Sequence[Seen]], slack: Slack) -> list[Line]:
    """Every row, from what each scenario brought back."""
    return [
        *_steady(seen["steady"], slack),
        *_alarms(seen["steady"], slack),
        *_discoveries(seen["changing"], slack),
        *_shrinkage([*seen["steady"], *seen["changing"]], slack),
        *_labels(seen["shapes"], slack),
        *_rotation(seen["rotating"], slack),
        *_broken(seen["selective"]),
    ]


def of_kind(seen: Iterable[Seen], kind: type[T]) -> list[T]:
    return [one for one in seen if isinstance(one, kind)]


def _by(found: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _steady(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Bias and coverage of unit results, and coverage alone of the whole organisation's."""
    found = of_kind(seen, Interval)
    units = _by((one for one in found if not one.whole), lambda one: one.measure)
    for measure in (name for name in NAMES if name in units):
        yield bias_line(f"bias: {NAMES[measure]}", [one.value - one.truth for one in units[measure]], slack)
    for measure in (name for name in NAMES if name in units):
        yield _coverage(f"95 % interval covers: {NAMES[measure]}", units[measure], slack, *COVERAGE)
    yield _coverage("exact 95 % interval covers: favourable share", units[SHARE], slack, COVERAGE[0], None)
    whole = [one for one in found if one.whole]
    yield _coverage(
        "Wilson 95 % interval covers: favourable share, organisation",
        [one for one in whole if one.measure == SHARE],
        slack,
        None,
        None,
    )
    yield _coverage(
        "95 % interval covers: all of these, organisation",
        [one for one in whole if one.measure != SHARE],
        slack,
        None,
        None,
    )


def bias_line(what: str, errors: Sequence[float], slack: Slack, results: str = "unit results") -> Line:
    """The mean error in points; a short run may miss the limit by the standard error of that mean."""
    if not errors:
        return Line(what, None, "points", f"0 {results}", -MOST_BIAS, MOST_BIAS)
    more = slack.of_mean(float(np.std(errors)), len(errors))
    limit = MOST_BIAS + more
    return Line(what, float(np.mean(errors)), "points", f"{len(errors):,} {results}", -limit, limit)


def _coverage(
    what: str, found: Sequence[Interval], slack: Slack, low: float | None, high: float | None
) -> Line:
    return share_line(what, sum(one.covers for one in found), len(found), "results", slack, low, high)


def _alarms(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    tested = _by(of_kind(seen, Check), lambda one: one.family)
    for family, what in (
        ("figures", "changes of figures"),
        ("questions", "changes of questions"),
        ("trends", "trends"),
    ):
        found = tested.get(family, [])
        flagged = sum(one.flagged for one in found)
        yield share_line(
            f"false alarms, nothing changed: {what}",
            flagged,
            len(found),
            "tested",
            slack,
            high=MOST_FALSE_ALARMS,
        )


def _discoveries(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    tested = _by(of_kind(seen, Check), lambda one: one.family)
    for family in ("figures", "questions"):
        found = tested.get(family, [])
        shares = [false_share(page) for page in _by(found, lambda one: one.page).values()]
        high = MOST_FALSE_DISCOVERIES + slack.of_mean(float(np.std(shares)) if shares else 0.0, len(shares))
        measured = float(np.mean(shares)) if shares else None
        yield Line(
            f"false discoveries among flags: {family}", measured, "%", f"{len(shares):,} pages", high=high
        )
    planted = [one for one in tested.get("figures", []) if one.planted]
    hits = sum(one.flagged for one in planted)
    yield share_line("changes of 15 points that are flagged: figures", hits, len(planted), "planted", slack)


def false_share(page: Sequence[Check]) -> float:
    """False flags among the flags of figures that were tested together, in %; 0 without a flag."""
    flags = [one for one in page if one.flagged]
    return 100.0 * sum(not one.real for one in flags) / len(flags) if flags else 0.0


def _shrinkage(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """The error of shrunken levels must be below that of raw ones."""
    found = _by(of_kind(seen, Level), lambda one: one.measure)
    for measure in ("PTA", "TAA", "AMB", "POW"):
        levels = found.get(measure, [])
        what = f"error of shrunken unit levels: {NAMES[measure]}"
        if not levels:
            yield Line(what, None, "points", "0 unit levels", high=0.0)
            continue
        raw = rmse([one.raw - one.truth for one in levels])
        shrunk = rmse([one.shrunk - one.truth for one in levels])
        # the standard error of a root mean square of n errors is about 1/sqrt(2n) of it
        high = raw * (1.0 + slack.errors / sqrt(2.0 * len(levels)))
        yield Line(
            f"{what}, against {raw:.2f} raw", shrunk, "points", f"{len(levels):,} unit levels", high=high
        )


def rmse(errors: Sequence[float]) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))


def _labels(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Split is only said when an interval excludes chance, for which 20 or 30 answers are not enough."""
    found = _by(of_kind(seen, Label), lambda one: one.planted)
    for planted in ("torn", "indifferent", "uneven", "hopeful", "in order"):
        limit = LEAST_RIGHT if planted not in ("hopeful", "in order") else None
        yield _right(planted, found.get(planted, []), "20 or more answers", slack, limit)
    split = found.get("split", [])
    few, many = (
        [one for one in split if (one.answers >= MANY_ANSWERS) == enough] for enough in (False, True)
    )
    yield _right("split", many, f"{MANY_ANSWERS} or more answers", slack, LEAST_RIGHT)
    yield _right("split", few, f"20 to {MANY_ANSWERS - 1} answers", slack, None)


def _right(planted: str, labels: Sequence[Label], whose: str, slack: Slack, low: float | None) -> Line:
    right = sum(one.found == planted for one in labels)
    return share_line(f"labelled right: {planted}, {whose}", right, len(labels), "units", slack, low=low)


def _rotation(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Runs, not units, are independent here: all units of one share the sampling error of its baseline."""
    found = of_kind(seen, Rotated)
    for measure in ("POW", "PTA.licence"):
        for waves, after in ((1, "after easy questions"), (2, "over the whole rotation")):
            runs = _by(
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


def _broken(seen: Sequence[Seen]) -> Iterator[Line]:
    """Without slack: what breaks coverage breaks it in a short run too."""
    found = of_kind(seen, Interval)
    for whole, whose in ((False, "units of 100"), (True, "organisation")):
        some = [one for one in found if one.whole == whole]
        what = f"replies depend on the answer, so coverage must break: {whose}"
        yield _coverage(what, some, Slack(), None, BROKEN_COVERAGE)
