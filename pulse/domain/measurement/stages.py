"""Stages of the Theory of Change: which stages are in place, which are emerging, and which are not yet.

Each stage has its own score, so the four are always shown side by side. A stage counts as in place when
its score lies clearly above the line, as not yet when it lies clearly below, and as emerging in between.
When a later stage is in place although an earlier one is not, the profile is called uneven, which is a
finding and not an error.

Formula: z = (score - 62.5) / SE, where 62.5 is half-way from neutral (50) to agree (75)
    in place: z >= 0.84 (at least an 80 % chance of lying above the line); not yet: z <= -0.84
    stage reached = the last of an unbroken run of stages in place from the first
    reproducibility = 1 - errors / (units x stages)
    errors = stages that differ from the unbroken run with as many stages in place, over all units
Range: stage scores 0 to 100 points; z a plain number; reproducibility 0 to 1
Least: two answers a stage, as its SE needs them; reproducibility needs two units, three on
    the pages (ValueError below two). Below .90 reproducibility across units the label is dropped and the
    profile shown without it
Cannot say: that a group has moved up a ladder. The line of 62.5 and the 80 % are judgement: nothing
    validates them yet. Reproducibility is high whenever nearly all units look alike, so it can only warn.
Source: Guttman (1944), A basis for scaling qualitative data; Goodenough (1944) and Edwards (1948), for the
    counting of errors. The thresholds are this product's own. Written here: no kept library has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import copysign, inf, isfinite
from typing import Literal

from pulse.domain.measurement.distributions import normal_quantile
from pulse.domain.measurement.intervals import LevelInterval

Standing = Literal["in place", "emerging", "not yet"]

#: half-way from neutral to agree, and the chances of lying above it: judgement, not yet validated
IN_PLACE_FROM = 62.5
IN_PLACE_CHANCE = 0.8
NOT_YET_CHANCE = 0.2
#: under this the stages do not build on one another across units, and no single label describes them
LEAST_REPRODUCIBILITY = 0.90


@dataclass(frozen=True)
class Stage:
    """One stage: its score in points, z from the line (None where SE is 0), and its standing."""

    id: str
    value: float
    z: float | None
    standing: Standing


@dataclass(frozen=True)
class StageProfile:
    """All stages in order; `reached` and `now` are stage ids.

    `reached` is None if the first stage is not in place, `now` (the stage worked on) None if all are.
    """

    stages: tuple[Stage, ...]
    reached: str | None
    now: str | None
    uneven: bool

    @property
    def pattern(self) -> tuple[bool, ...]:
        """Which stages are in place, in order: one row for `reproducibility`."""
        return tuple(stage.standing == "in place" for stage in self.stages)


def stage_profile(
    levels: Sequence[tuple[str, LevelInterval]],
    *,
    in_place_from: float = IN_PLACE_FROM,
    in_place_chance: float = IN_PLACE_CHANCE,
    not_yet_chance: float = NOT_YET_CHANCE,
) -> StageProfile:
    """Profile of one group from (stage id, level) in the order of the theory, first stage first.

    Where everyone answered the same SE is 0 and z undefined (None): above the line is in place, below it not
    yet, on it emerging. Raises ValueError for no stages, or a stage without a score or standard error.
    """
    if not levels:
        raise ValueError("A stage profile needs the scores of its stages.")
    bounds = (normal_quantile(not_yet_chance), normal_quantile(in_place_chance))
    stages = tuple(_stage(name, level, in_place_from, bounds) for name, level in levels)
    run = [stage.id for stage in takewhile(_in_place, stages)]
    rest = stages[len(run) :]
    return StageProfile(
        stages,
        reached=run[-1] if run else None,
        now=rest[0].id if rest else None,
        uneven=any(_in_place(stage) for stage in rest),
    )


def _stage(name: str, level: LevelInterval, line: float, bounds: tuple[float, float]) -> Stage:
    if not (isfinite(level.value) and isfinite(level.se) and level.se >= 0):
        raise ValueError(f"Stage {name} needs a score and its standard error.")
    above = level.value - line
    if level.se == 0:
        beyond = copysign(inf, above) if above else 0.0
        return Stage(name, level.value, None, _standing(beyond, bounds))
    z = above / level.se
    return Stage(name, level.value, z, _standing(z, bounds))


def _standing(z: float, bounds: tuple[float, float]) -> Standing:
    not_yet, in_place = bounds
    if z >= in_place:
        return "in place"
    return "not yet" if z <= not_yet else "emerging"


def _in_place(stage: Stage) -> bool:
    return stage.standing == "in place"


def reproducibility(patterns: Sequence[Sequence[bool]]) -> float:
    """Guttman's coefficient, 0 to 1, over units: each pattern says which stages are in place, first first.

    Errors are Goodenough-Edwards deviations: stages that differ from the perfect pattern (an unbroken run)
    with the same number in place, so one stage out of turn counts as two. Raises ValueError under two units,
    or where units have different numbers of stages, or none.
    """
    if len(patterns) < 2:
        raise ValueError("Reproducibility is about several units; it needs at least two.")
    stages = len(patterns[0])
    if stages == 0 or any(len(pattern) != stages for pattern in patterns):
        raise ValueError("Each unit needs the same stages before they can be compared.")
    return 1 - sum(_errors(pattern) for pattern in patterns) / (len(patterns) * stages)


def _errors(pattern: Sequence[bool]) -> int:
    in_place = sum(pattern)
    return sum(held != (place < in_place) for place, held in enumerate(pattern))
