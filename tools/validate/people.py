"""Invented people: a latent score for each person and question, cut into five steps.

A score in points is the question's own level, plus the unit's, plus what is stable in the person (a leaning,
and one for each part of the survey), plus the noise of the day. Steps of 25 points turn it into an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pulse.domain.sheets import NO_ANSWER, NOT_APPLICABLE, PREFER_NOT
from tools.validate.questions import HOPE, WORRY, Question, question

Points = npt.NDArray[np.float64]

#: standard deviations in points, which together give answers one of about 22 (measurement design, section 2)
UNIT, LEANING, PART, DAY, QUESTION = 5.0, 12.0, 8.0, 15.0, 6.0
_LEVEL, _HOPE, _WORRY = 56.0, 58.0, 36.0
#: chances that a question is left out, that somebody would rather not say, and that it does not apply
_SKIPPED, _NOT_SAID, _NOT_FOR_ME = 0.015, 0.01, 0.05


@dataclass(frozen=True)
class Planted:
    """What is put on top: points by (unit, part of the survey), and where hope and worry lie in a unit.

    `feelings` maps a unit to the (hope, worry) centres of its camps, which share its people evenly.
    """

    shifts: Mapping[tuple[int, str], float] = field(default_factory=dict)
    feelings: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)


NOTHING = Planted()


@dataclass(frozen=True, eq=False)
class Answers:
    """What everybody would answer in one wave: steps 0 to 4 by question id, NaN where it does not apply."""

    steps: dict[str, Points]

    def sheets(self, items: Sequence[str], rng: np.random.Generator) -> list[str]:
        """Everybody's answer characters for these questions, some left out at random."""
        return ["".join(row) for row in zip(*(self._column(item, rng) for item in items), strict=True)]

    def _column(self, item: str, rng: np.random.Generator) -> list[str]:
        asked, steps = question(item), self.steps[item]
        written = np.array([asked.character(step) for step in range(5)] + [NOT_APPLICABLE])
        characters = written[np.where(np.isnan(steps), 5, steps).astype(np.int64)]
        chance = rng.random(steps.size)
        characters = np.where(chance < _SKIPPED + _NOT_SAID, PREFER_NOT, characters)
        return [str(one) for one in np.where(chance < _SKIPPED, NO_ANSWER, characters)]


class Crowd:
    """Everybody of an organisation with what is stable in them, by unit. `sizes` are headcounts."""

    def __init__(self, sizes: Sequence[int], rng: np.random.Generator, levels: Points | None = None) -> None:
        self.sizes = tuple(sizes)
        self.unit = np.repeat(np.arange(len(sizes)), sizes)
        self.levels = rng.normal(0.0, UNIT, len(sizes)) if levels is None else levels
        self.leaning = rng.normal(0.0, LEANING, self.unit.size)
        self._parts: dict[str, Points] = {}
        self._seed = int(rng.integers(2**32))

    def part(self, name: str) -> Points:
        """What is stable in people towards one part of the survey, the same whenever it is asked for."""
        if name not in self._parts:
            rng = np.random.default_rng([self._seed, *name.encode()])
            self._parts[name] = rng.normal(0.0, PART, self.unit.size)
        return self._parts[name]

    def stable(self, name: str) -> Points:
        """The score in one part of the survey without the question's own level and the day's noise."""
        return np.asarray(self.levels[self.unit] + self.leaning + self.part(name))

    def answer(
        self,
        items: Sequence[str],
        levels: Mapping[str, float],
        rng: np.random.Generator,
        planted: Planted = NOTHING,
    ) -> Answers:
        """Fresh answers of everybody to these questions; `levels` are the questions' own."""
        steps = {}
        for asked in map(question, items):
            points = (
                self._feeling(asked, planted) if asked.feeling else self.stable(asked.part) + levels[asked.id]
            )
            points = points + self._planted(asked, planted) + rng.normal(0.0, DAY, self.unit.size)
            rounded = np.clip(np.rint(points / 25.0), 0, 4)
            not_for_me = rng.random(self.unit.size) < (_NOT_FOR_ME if asked.not_for_all else 0.0)
            steps[asked.id] = np.where(not_for_me, np.nan, rounded)
        return Answers(steps)

    def _planted(self, asked: Question, planted: Planted) -> Points:
        by_unit = [planted.shifts.get((unit, asked.part), 0.0) for unit in range(len(self.sizes))]
        return np.array(by_unit)[self.unit]

    def _feeling(self, asked: Question, planted: Planted) -> Points:
        """Hope goes with the leaning, worry against it; where camps are planted, each is in one."""
        side, sign, centre = (0, 0.5, _HOPE) if asked.id == HOPE else (1, -0.4, _WORRY)
        points = centre + sign * self.stable(asked.part)
        for unit, camps in planted.feelings.items():
            mine = self.unit == unit
            points[mine] = np.resize([camp[side] for camp in camps], int(mine.sum()))
        return points


def draw_levels(items: Sequence[str], rng: np.random.Generator) -> dict[str, float]:
    """How easy each question is to agree with, in points."""
    return {item: float(rng.normal(_LEVEL, QUESTION)) for item in items if item not in (HOPE, WORRY)}


def reply_at_random(crowd: Crowd, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Who replies when it has nothing to do with what they think: 55 to 65 %, the same chance for all."""
    return np.asarray(rng.random(crowd.unit.size) < rng.uniform(0.55, 0.65))


def reply_by_feeling(
    crowd: Crowd, part: str, slope: float, rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Who replies when content people do so more: log odds rise by `slope` a standard deviation."""
    feeling = crowd.stable(part)
    standard = (feeling - feeling.mean()) / feeling.std()
    return np.asarray(rng.random(crowd.unit.size) < 1 / (1 + np.exp(-(0.4 + slope * standard))))
