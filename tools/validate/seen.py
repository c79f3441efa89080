"""What a run brings back: exported numbers beside what is known. Plain values, to pass between processes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ranged:
    """A number with its interval beside the truth, in points. `whole`: of the organisation, not of a unit."""

    measure: str
    whole: bool
    value: float
    low: float
    high: float
    truth: float

    @property
    def covers(self) -> bool:
        """Floating point must not decide where everybody replied and the interval has no width."""
        return self.low - 1e-9 <= self.truth <= self.high + 1e-9

    @property
    def error(self) -> float:
        """How far the number lies above the truth, in points."""
        return self.value - self.truth


@dataclass(frozen=True)
class Interval(Ranged):
    """How things are now, beside what everybody would have answered."""


@dataclass(frozen=True)
class Moved(Ranged):
    """A change between two waves. `truth` is the one that is planted: what very many such people would show,
    which its interval is about. `everybody` is by how much the answers of everybody here came to differ.
    """

    everybody: float


@dataclass(frozen=True)
class Weighted(Ranged):
    """A figure of the organisation weighted by headcount, and the plain one (`raw`)."""

    raw: float


@dataclass(frozen=True)
class Check:
    """A figure that was tested for change (or trend), and whether there was one.

    `page` names the figures that were tested together; `planted` is set where every unit of the group moved,
    and `wrong` where the change was then flagged in the other direction.
    """

    family: str
    page: str
    real: bool
    planted: bool
    flagged: bool
    wrong: bool = False


@dataclass(frozen=True)
class Level:
    """A unit's level as measured and as drawn towards the others, beside its level in the long run."""

    measure: str
    raw: float
    shrunk: float
    truth: float


@dataclass(frozen=True)
class Label:
    """What a unit is labelled, beside what was planted in it; `answers` is how many the label rests on."""

    planted: str
    found: str
    answers: int


@dataclass(frozen=True)
class Advice:
    """Whether units may be compared on a measure, as Pulse says; `real` where they truly differ."""

    measure: str
    real: bool
    advice: str


@dataclass(frozen=True)
class Placed:
    """Where a unit lies in the funnel of units that do not differ."""

    measure: str
    funnel: str


@dataclass(frozen=True)
class Rotated:
    """A level over `waves` waves that asked different questions, adjusted and raw, beside the truth.

    All of one `run` share the sampling error of its baseline.
    """

    run: str
    measure: str
    waves: int
    adjusted: float
    low: float
    high: float
    raw: float
    truth: float

    @property
    def covers(self) -> bool:
        """Whether the interval of the adjusted level holds the truth."""
        return self.low <= self.truth <= self.high


Seen = Interval | Moved | Weighted | Check | Level | Label | Advice | Placed | Rotated
