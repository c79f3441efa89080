"""What an attack found, beside the same attack on a storage that was weakened on purpose, as one table.

An attack whose control finds nothing proves nothing: both must come out as they should.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.tables import aligned

_HEADINGS = ["attack", "database", "ours", "limit", "weakened", "must reach", "verdict"]


@dataclass(frozen=True)
class Size:
    """How large a run is; `sigmas` is how far above chance an attack may come by luck."""

    teams: int
    team: int
    answering: int
    requests: int
    posts: int
    sigmas: float
    #: who looks at every page
    visitors: tuple[str, ...]
    #: workbooks and PDFs of every group, or of the whole alone: they are written from what pages show
    every_file: bool

    @property
    def answers(self) -> int:
        return self.teams * self.answering


_EVERYBODY = (
    "nobody",
    "a respondent",
    "administrator",
    "od_editor",
    "hr_analyst",
    "leader",
    "union_observer",
)
FULL = Size(
    teams=6, team=40, answering=30, requests=1000, posts=50, sigmas=2.0, visitors=_EVERYBODY, every_file=True
)
#: for `make test`; four sigmas, so that luck fails it once in tens of thousands of runs
SHORT = Size(
    teams=2,
    team=32,
    answering=26,
    requests=40,
    posts=2,
    sigmas=4.0,
    visitors=("a respondent", "leader", "od_editor"),
    every_file=False,
)


@dataclass(frozen=True)
class Attack:
    """One attack on one database; figures count what the attacker got, so that 0 is best.

    `figure` may reach `limit`; the attack on the weakened variant, `control`, must reach `least`.
    """

    name: str
    database: str
    figure: float
    limit: float
    control: float
    least: float
    #: what the figures count, such as "of 180 answers"
    of: str
    #: where the attacker got something, for whoever has to mend it
    where: tuple[str, ...] = ()

    @property
    def withstood(self) -> bool:
        return self.figure <= self.limit

    @property
    def can_fail(self) -> bool:
        return self.control >= self.least

    @property
    def passed(self) -> bool:
        return self.withstood and self.can_fail

    @property
    def verdict(self) -> str:
        if not self.can_fail:
            return "CANNOT FAIL"
        return "pass" if self.withstood else "BROKEN"


def table(attacks: Sequence[Attack]) -> str:
    """Every attack in a line, and a sentence that says how many were withstood."""
    rows = [_row(one) for one in attacks]
    passed = sum(one.passed for one in attacks)
    lines = [aligned([_HEADINGS, *rows], {2, 3, 4, 5}), ""]
    lines += [f"{one.name}, {one.database}: {', '.join(one.where[:9])}" for one in attacks if one.where]
    return "\n".join([*lines, f"{passed} of {len(attacks)} attacks pass."])


def _row(one: Attack) -> list[str]:
    numbers = (one.figure, one.limit, one.control, one.least)
    return [f"{one.name} ({one.of})", one.database, *map(_number, numbers), one.verdict]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def failures(attacks: Sequence[Attack]) -> list[str]:
    """What a test says of the attacks that did not come out as they should."""
    return [" | ".join([*_row(one), *one.where[:9]]) for one in attacks if not one.passed]
