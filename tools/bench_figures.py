"""The arithmetic and the table of the benchmarks. Pure: figures in, words out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tools.tables import aligned


@dataclass(frozen=True)
class Line:
    """One row of the table. `ours` and `baseline` are in `unit`; `limit` is on their ratio, or on ours alone.

    `higher_is_better` says on which side of the limit we must be. No limit: the row is only for reading.
    """

    work: str
    ours: float
    baseline: float | None
    unit: str
    limit: float | None = None
    higher_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours over the baseline; None where there is none to divide by."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None without a limit."""
        if self.limit is None:
            return None
        value = self.ours if self.ratio is None else self.ratio
        return value >= self.limit if self.higher_is_better else value <= self.limit


def p95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 of 100 are not above (nearest rank); raises ValueError on none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[-(-95 * len(ordered) // 100) - 1]


def middle_of(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The medians of ours and of the baseline over repetitions that ran side by side."""
    ours, baseline = zip(*pairs, strict=True)
    return median(ours), median(baseline)


def table(lines: Sequence[Line]) -> str:
    """The rows under their headings, columns aligned."""
    heading = ("work", "ours", "baseline", "ratio", "limit", "met")
    return aligned([heading, *(_cells(line) for line in lines)], right=(1, 2, 3, 4))


def verdict(lines: Sequence[Line]) -> str:
    """One sentence: how many limits are kept, and which are not."""
    limited = [line for line in lines if line.met is not None]
    missed = [line.work for line in limited if not line.met]
    if not missed:
        return "Every limit is met."
    return f"{len(missed)} of {len(limited)} limits are missed: {'; '.join(missed)}."


def _cells(line: Line) -> tuple[str, ...]:
    sign = "" if line.limit is None else ("at least " if line.higher_is_better else "at most ")
    met = {True: "yes", False: "MISSED", None: ""}[line.met]
    unit = f" {line.unit}" if line.unit and line.ratio is None else ""
    return (
        line.work,
        f"{_number(line.ours)} {line.unit}".rstrip(),
        "" if line.baseline is None else f"{_number(line.baseline)} {line.unit}".rstrip(),
        "" if line.ratio is None else f"{line.ratio:.2f}",
        "" if line.limit is None else f"{sign}{_number(line.limit)}{unit}",
        met,
    )


def _number(value: float) -> str:
    """Three figures or more: 0.7, 2.35, 41.2, 447, 34,000."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
