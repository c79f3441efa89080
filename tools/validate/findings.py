"""From what the runs brought back to the rows of the table. Pure: lists in, lines out."""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

import numpy as np

from tools.validate.findings_planted import broken, comparing, labels, rotation, weighting
from tools.validate.rows import (
    COVERAGE,
    NAMES,
    bias_line,
    by,
    coverage_line,
    of_kind,
    whole_coverage_line,
)
from tools.validate.seen import Check, Interval, Level, Moved, Seen
from tools.validate.table import Line, Slack, share_line

MOST_FALSE_ALARMS = 2.5
MOST_FALSE_DISCOVERIES = 5.0
#: of changes of 15 points, and of what is flagged of them
LEAST_FOUND = 25.0
MOST_WRONG = 1.0
#: drawing units together must take at least this part of their error away
LEAST_GAIN = 0.03
SHARE = "PTA-01 favourable"


def lines_of(seen: Mapping[str, Sequence[Seen]], slack: Slack) -> list[Line]:
    """Every row, from what each scenario brought back."""
    return [
        *_steady(seen["steady"], slack),
        *_alarms(seen["steady"], slack),
        *_changes(seen["steady"], seen["changing"], slack),
        *_discoveries(seen["changing"], slack),
        *_shrinkage([*seen["steady"], *seen["changing"]], slack),
        *labels(seen["shapes"], slack),
        *rotation(seen["rotating"], slack),
        *weighting(seen["unequal"], slack),
        *comparing([*seen["unequal"], *seen["alike"]], slack),
        *broken(seen["selective"]),
    ]


def _steady(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """Bias and coverage of unit results, and coverage alone of the whole organisation's."""
    found = of_kind(seen, Interval)
    units = by((one for one in found if not one.whole), lambda one: one.measure)
    for measure in (name for name in NAMES if name in units):
        yield bias_line(f"bias: {NAMES[measure]}", [one.error for one in units[measure]], slack)
    for measure in (name for name in NAMES if name in units):
        yield coverage_line(f"95 % interval covers: {NAMES[measure]}", units[measure], slack, *COVERAGE)
    exact = "exact 95 % interval covers: favourable share"
    yield coverage_line(exact, units.get(SHARE, []), slack, COVERAGE[0], None)
    whole = [one for one in found if one.whole]
    yield whole_coverage_line(
        "Wilson 95 % interval covers: favourable share, organisation",
        [one for one in whole if one.measure == SHARE],
        slack,
    )
    yield whole_coverage_line(
        "95 % interval covers: all of these, organisation",
        [one for one in whole if one.measure != SHARE],
        slack,
    )


def _alarms(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    tested = by(of_kind(seen, Check), lambda one: one.family)
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


def _changes(steady: Sequence[Seen], changing: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """The interval of a change is about people like these. Most answer both waves, but it takes them for
    different people, and so holds the truth more often than it says. Only too seldom is a fault.
    """
    planted = by((one for one in of_kind(changing, Moved) if not one.whole), lambda one: one.measure)
    for measure in (name for name in NAMES if name in planted):
        errors = [one.value - one.everybody for one in planted[measure]]
        yield bias_line(f"bias of the change: {NAMES[measure]}", errors, slack)
    found = by(of_kind([*steady, *changing], Moved), lambda one: one.measure)
    for measure in (name for name in NAMES if name in found):
        what = f"95 % interval of the change covers (cautious, same people): {NAMES[measure]}"
        yield coverage_line(what, found[measure], slack, COVERAGE[0], None)


def _discoveries(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    tested = by(of_kind(seen, Check), lambda one: one.family)
    for family in ("figures", "questions"):
        found = tested.get(family, [])
        shares = [false_share(page) for page in by(found, lambda one: one.page).values()]
        high = MOST_FALSE_DISCOVERIES + slack.of_mean(float(np.std(shares)) if shares else 0.0, len(shares))
        measured = float(np.mean(shares)) if shares else None
        yield Line(
            f"false discoveries among flags: {family}", measured, "%", f"{len(shares):,} pages", high=high
        )
    planted = [one for one in tested.get("figures", []) if one.planted]
    flagged = [one for family in tested.values() for one in family if one.planted and one.flagged]
    hits, wrong = sum(one.flagged for one in planted), sum(one.wrong for one in flagged)
    what = "changes of 15 points that are flagged: figures"
    yield share_line(what, hits, len(planted), "planted", slack, low=LEAST_FOUND)
    what = "flagged changes in the wrong direction: figures and questions"
    yield share_line(what, wrong, len(flagged), "flagged", slack, high=MOST_WRONG)


def false_share(page: Sequence[Check]) -> float:
    """False flags among the flags of figures that were tested together, in %; 0 without a flag."""
    flags = [one for one in page if one.flagged]
    return 100.0 * sum(not one.real for one in flags) / len(flags) if flags else 0.0


def _shrinkage(seen: Sequence[Seen], slack: Slack) -> Iterator[Line]:
    """The error of shrunken levels must be clearly below that of raw ones."""
    found = by(of_kind(seen, Level), lambda one: one.measure)
    for measure in ("PTA", "TAA", "AMB", "POW"):
        levels = found.get(measure, [])
        what = f"error of shrunken unit levels: {NAMES[measure]}"
        if not levels:
            yield Line(what, None, "points", "0 unit levels", high=0.0)
            continue
        raw = rmse([one.raw - one.truth for one in levels])
        shrunk = rmse([one.shrunk - one.truth for one in levels])
        # both are of the same units, so what chance can do is in the differences of their squares
        kept = (1.0 - LEAST_GAIN) ** 2
        beyond = [(one.shrunk - one.truth) ** 2 - kept * (one.raw - one.truth) ** 2 for one in levels]
        high = sqrt(kept * raw**2 + slack.of_mean(float(np.std(beyond)), len(levels)))
        yield Line(
            f"{what}, against {raw:.2f} raw", shrunk, "points", f"{len(levels):,} unit levels", high=high
        )


def rmse(errors: Sequence[float]) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))
