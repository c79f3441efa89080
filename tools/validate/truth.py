"""What the figures would be if everybody had answered everything: scored again, sharing no code with Pulse.

A question that does not apply to somebody has no score; one that was only left out does, because the truth
is about what people think. A score of a group is the mean of its parts' means: Pulse says the same of itself,
since a mean of people's own scores would give away who skipped what.
"""

from collections.abc import Callable, Collection
from functools import partial

import numpy as np

from tools.validate.people import Answers, Crowd, Points
from tools.validate.questions import EXPECTED, EXPERIENCED, HOPE, POW, PTA, TAA, WORRY

#: a row for each part that weighs alike in a group's score, a column for each person, in points
Parts = Points


def questions(items: Collection[str], answers: Answers) -> Parts:
    """Scores of these questions, which weigh alike."""
    return 25.0 * np.array([answers.steps[item] for item in items])


def favourable(name: str, answers: Answers) -> Parts:
    """100 for the two favourable options, 0 for the others."""
    steps = answers.steps[name]
    return np.where(np.isnan(steps), np.nan, 100.0 * (steps >= 3))[np.newaxis]


def permission(answers: Answers) -> Parts:
    """Four facets, each the mean of its questions; everyone has all four here."""
    return np.array([questions(facet, answers).mean(axis=0) for facet in PTA.values()])


def griffin(answers: Answers) -> Parts:
    """G = (P + N)/2 - |P - N| from -2 to 4, as 0 to 100."""
    hope, worry = answers.steps[HOPE], answers.steps[WORRY]
    return np.asarray(100.0 * ((hope + worry) / 2 - np.abs(hope - worry) + 2.0) / 6.0)[np.newaxis]


def say_do(answers: Answers) -> Parts:
    """What is expected of people less what they experience, pair by pair, where both apply to them."""
    return questions(EXPECTED, answers) - questions(EXPERIENCED, answers)


Score = Callable[[Answers], Parts]
SCORES: dict[str, Score] = {
    "PTA": permission,
    "TAA": partial(questions, TAA),
    "AMB": griffin,
    "POW": partial(questions, POW),
    "PTA-01": partial(questions, ("PTA-01",)),
    "SAYDO": say_do,
}


def truth_of(crowd: Crowd, scores: Parts, units: Collection[int]) -> float:
    """The mean of the parts, each the mean of everybody in these units who has it."""
    inside = np.isin(crowd.unit, list(units))
    return float(np.nanmean(scores[:, inside], axis=1).mean())
