"""What a rotation asks over its cycle: of each question in which waves, of each measure when it is whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pulse.domain.rotation import cohort_of_wave
from pulse.domain.rotation_design import Question


class Measured(NamedTuple):
    """A measure and the questions that make it, whether the rotation asks them or not."""

    id: str
    label: str
    items: tuple[str, ...]


class Load(NamedTuple):
    """What one wave asks of a person; `minutes` by the planning rule, not rounded."""

    number: int
    closed: int
    open: int
    minutes: float
    reversed: int


class Asked(NamedTuple):
    """A question and the waves that ask it, from 1."""

    id: str
    waves: tuple[int, ...]


@dataclass(frozen=True)
class Covered:
    """A measure: how many of its questions the cycle asks, and the first wave by which it has asked all."""

    measure: Measured
    asked: int
    #: None where some of its questions are in no wave
    whole_by: int | None


@dataclass(frozen=True)
class Coverage:
    """A whole cycle: every wave, every question in the order of its first wave, every measure it serves."""

    waves: tuple[Load, ...]
    items: tuple[Asked, ...]
    measures: tuple[Covered, ...]

    @property
    def every_wave(self) -> tuple[str, ...]:
        """The questions that every wave asks."""
        return tuple(item.id for item in self.items if len(item.waves) == len(self.waves))


def cover(
    rotation: Sequence[Sequence[str]], questions: Mapping[str, Question], measures: Sequence[Measured]
) -> Coverage:
    """The coverage of one cycle; `questions` has all it asks. Measures it asks nothing of are left out."""
    waves_of: dict[str, tuple[int, ...]] = {}
    for number, wave in enumerate(rotation, start=1):
        for item in wave:
            waves_of[item] = (*waves_of.get(item, ()), number)
    loads = [
        _load(number, [questions[item] for item in wave]) for number, wave in enumerate(rotation, start=1)
    ]
    covered = [_covered(measure, waves_of) for measure in measures]
    return Coverage(
        waves=tuple(loads),
        items=tuple(Asked(item, waves) for item, waves in waves_of.items()),
        measures=tuple(each for each in covered if each.asked),
    )


def _load(number: int, wave: Sequence[Question]) -> Load:
    opened = sum(question.is_open for question in wave)
    return Load(
        number=number,
        closed=len(wave) - opened,
        open=opened,
        minutes=sum(question.seconds for question in wave) / 60,
        reversed=sum(question.reverse for question in wave),
    )


def _covered(measure: Measured, waves_of: Mapping[str, tuple[int, ...]]) -> Covered:
    first = [waves_of[item][0] for item in measure.items if item in waves_of]
    return Covered(measure, len(first), max(first) if first and len(first) == len(measure.items) else None)


def met_by_person(
    rotation: Sequence[Sequence[str]], cohorts: int, by_person: bool = False
) -> tuple[int, int]:
    """(fewest, most) different questions that a person meets in the long run, by cohort.

    A cohort that is always asked in the same waves of the cycle meets only what these ask. By person, every
    cohort goes through the whole rotation (`asked_by_block`).
    """
    if by_person:
        everything = len({item for wave in rotation for item in wave})
        return everything, everything
    met: dict[int | None, set[str]] = {}
    for number in range(1, len(rotation) * cohorts + 1):
        asked = rotation[(number - 1) % len(rotation)]
        met.setdefault(cohort_of_wave(number, cohorts), set()).update(asked)
    sizes = [len(items) for items in met.values()]
    return min(sizes), max(sizes)
