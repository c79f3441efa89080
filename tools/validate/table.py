"""The table of `make validate`: what was measured, what is wanted, and whether that is met. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from tools.tables import aligned

HEADINGS = ("what", "measured", "wanted", "met", "from")


@dataclass(frozen=True)
class Line:
    """One row. `low` and `high` bound what is wanted, ends included; without either it is only for reading.

    `measured` None means that there was nothing to measure, which misses any limit; `unit` is % or points.
    """

    what: str
    measured: float | None
    unit: str
    count: str
    low: float | None = None
    high: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is as wanted; None without a limit."""
        if self.low is None and self.high is None:
            return None
        if self.measured is None:
            return False
        return (self.low is None or self.measured >= self.low) and (
            self.high is None or self.measured <= self.high
        )


@dataclass(frozen=True)
class Slack:
    """How far beyond a limit a short run may come out by chance: `errors` standard errors, 0 for a full run.

    A share that truly is at its limit p comes out of n independent results within `errors` times
    sqrt(p(1 - p)/n) of it; 4 errors are exceeded once in 30,000.
    """

    errors: float = 0.0

    def of_share(self, limit: float, count: int) -> float:
        """Percentage points by which a share in % may miss its `limit` in %."""
        share = limit / 100.0
        return 100.0 * self.errors * sqrt(share * (1.0 - share) / max(count, 1))

    def of_mean(self, sd: float, count: int) -> float:
        """Points by which the mean of `count` independent numbers of this spread may miss its limit."""
        return self.errors * sd / sqrt(max(count, 1))


def share_line(
    what: str,
    hits: int,
    count: int,
    of: str,
    slack: Slack,
    low: float | None = None,
    high: float | None = None,
) -> Line:
    """`hits` of `count` in %, beside limits in % that a short run may miss by its binomial error."""
    return Line(
        what,
        100.0 * hits / count if count else None,
        "%",
        f"{count:,} {of}",
        None if low is None else max(low - slack.of_share(low, count), 0.0),
        None if high is None else min(high + slack.of_share(high, count), 100.0),
    )


def table(lines: Sequence[Line]) -> str:
    """The rows under their headings, columns aligned."""
    return aligned([HEADINGS, *(_cells(line) for line in lines)], right=(1,))


def verdict(lines: Sequence[Line]) -> str:
    """One sentence: how many limits are kept, and which are not."""
    limited = [line for line in lines if line.met is not None]
    missed = [line.what for line in limited if not line.met]
    if not missed:
        return f"All {len(limited)} limits are met."
    return f"{len(missed)} of {len(limited)} limits are missed: {'; '.join(missed)}."


def _cells(line: Line) -> tuple[str, ...]:
    met = {True: "yes", False: "MISSED", None: ""}[line.met]
    measured = "not released yet" if line.measured is None else _number(line.measured, line.unit)
    return (line.what, measured, _wanted(line), met, line.count)


def _wanted(line: Line) -> str:
    if line.low is not None and line.high is not None:
        return f"{_number(line.low, line.unit)} to {_number(line.high, line.unit)}"
    if line.low is not None:
        return f"at least {_number(line.low, line.unit)}"
    return "" if line.high is None else f"at most {_number(line.high, line.unit)}"


def _number(value: float, unit: str) -> str:
    return f"{value:.2f} %" if unit == "%" else f"{value:.2f} {unit}"
