"""Step 5 of disclosure control: nobody is shown to think ill of something because everybody in a group does.

Ten answers in a block protect nobody if all ten are unfavourable: then the total says what each of the ten
answered. So before anything is counted, unfavourable answers to a question are moved to the middle of its
scale, people chosen at random, until two scored answers of each set lie outside the unfavourable side, or
nobody is left on it. Sets are the blocks, and what the cells of each attribute family tell apart.

The guarantee, exactly as strong as it is: take one partition that was given (the blocks, say) and one
question. Each of its sets afterwards holds no unfavourable answer, or at least two that are not. Figures of
unions of its sets stay the same if two people of one set change places. So they prove of nobody that they
answered unfavourably, not even to somebody who knows one of the two others because it is their own. For
blocks this holds across all questions together, because people change places with all their answers.

It says nothing of two partitions combined: where a category of an attribute is all favourable, what is left
of a block without it may be of one mind. It is no promise about what is likely: eight unfavourable answers
of ten still make one probable. Sets that are all favourable are left as they are, as are questions whose
scale has no middle.

How many answers were moved must not be said: where a table shows two answers in the middle and eight
unfavourable ones, the count would tell whether the two were moved. `Softened.perhaps` marks the answers that
may have been, as far as what is left tells: a function of what is left, so that it gives nothing away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: scored answers of a set that lie outside the unfavourable side, if there is anybody on it
LEAST_OUTSIDE = 2
#: the middle of a scale of 0 to 100
MIDDLE = 50.0

Scores = npt.NDArray[np.float64]
Sets = npt.NDArray[np.int64]
People = npt.NDArray[np.bool_]
#: one pass over one partition: its sets, and where answers are unfavourable (1: below the middle, -1: above)
_Step = tuple[Sets, int]


@dataclass(frozen=True, eq=False)
class Softened:
    """moved: whose answer goes to the middle; perhaps: they, and others who cannot be told from them."""

    moved: People
    perhaps: People


def soften(
    scores: Scores, partitions: Sequence[Sets], rng: np.random.Generator, *, both_sides: bool = False
) -> Softened:
    """Whose answers to one question to move to the middle.

    scores: 0 to 100, NaN where somebody gave no scored answer. partitions: for each the set of every person,
    a number from 0, or -1 for people in none. Answers below MIDDLE are unfavourable; with `both_sides`, for a
    question that has no favourable side, neither side may be all that there is. The middle must be an option.
    """
    steps = [(sets, side) for sets in partitions for side in ((1, -1) if both_sides else (1,))]
    now = scores - MIDDLE
    for sets, side in steps:
        now[_choose(side * now, sets, rng)] = 0.0
    return Softened((now == 0.0) & (scores != MIDDLE), _perhaps(now, steps))


def _choose(leaning: Scores, sets: Sets, rng: np.random.Generator) -> People:
    """As many unfavourable answers as each set lacks outside, each of them as likely as another."""
    inside = (sets >= 0) & ~np.isnan(leaning)
    against = inside & (leaning < 0)
    size = int(sets.max(initial=0)) + 1
    missing = LEAST_OUTSIDE - np.bincount(sets[inside & ~against], minlength=size)
    people = np.flatnonzero(against & (missing[sets] > 0))
    chosen = np.zeros(leaning.size, dtype=bool)
    # in random order within each set, so that the first ones are a fair draw
    order = people[np.lexsort((rng.random(people.size), sets[people]))]
    starts = np.flatnonzero(np.r_[True, sets[order][1:] != sets[order][:-1]])
    place = np.arange(order.size) - np.repeat(starts, np.diff(np.r_[starts, order.size]))
    chosen[order[place < missing[sets[order]]]] = True
    return chosen


def _perhaps(now: Scores, steps: Iterable[_Step]) -> People:
    """Answers in the middle which some step may have put there.

    Backwards: a set was touched only if two or fewer were outside after its step, which are those outside now
    less those that a later step may have moved.
    """
    perhaps = np.zeros(now.size, dtype=bool)
    for sets, side in reversed(list(steps)):
        inside = sets >= 0
        certain = inside & (side * now >= 0) & ~perhaps
        outside = np.bincount(sets[certain], minlength=int(sets.max(initial=0)) + 1)
        perhaps |= inside & (now == 0.0) & (outside[sets] <= LEAST_OUTSIDE)
    return perhaps
