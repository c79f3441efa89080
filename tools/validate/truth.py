"""What the figures would be if everybody had answered everything: scored again, sharing no code with Pulse.

A question that does not apply to somebody has no score; one that was only left out does, because the truth
is about what people think.
"""

from collections.abc import Callable, Collection
from functools import partial

import numpy as np

from tools.validate.people import Answers, Crowd, Points
from tools.validate.questions import HOPE, POW, PTA, STAGES, TAA, WORRY


def mean_of(items: Collection[str], need: int, answers: Answers) -> Points:
    """Mean of a person's scores, NaN with fewer than `need` or fewer than half of them."""
    scores = 25.0 * np.array([answers.steps[item] for item in items])
    given = (~np.isnan(scores)).sum(axis=0)
    enough = (given >= need) & (2 * given >= len(items))
    return np.where(enough, np.nansum(scores, axis=0) / np.maximum(given, 1), np.nan)


def item(name: str, answers: Answers) -> Points:
    return 25.0 * answers.steps[name]


def favourable(name: str, answers: Answers) -> Points:
    """100 for the two favourable options, 0 for the others."""
    steps = answers.steps[name]
    return np.where(np.isnan(steps), np.nan, 100.0 * (steps >= 3))


def permission(answers: Answers) -> Points:
    """The mean of four facets, each the mean of its questions; everyone has all four here."""
    return np.asarray(np.mean([mean_of(facet, 1, answers) for facet in PTA.values()], axis=0))


def griffin(answers: Answers) -> Points:
    """G = (P + N)/2 - |P - N| from -2 to 4, as 0 to 100."""
    hope, worry = answers.steps[HOPE], answers.steps[WORRY]
    return np.asarray(100.0 * ((hope + worry) / 2 - np.abs(hope - worry) + 2.0) / 6.0)


Score = Callable[[Answers], Points]
SCORES: dict[str, Score] = {
    "PTA": permission,
    "TAA": partial(mean_of, TAA, 4),
    "AMB": griffin,
    "POW": partial(mean_of, POW, 2),
    "PTA-01": partial(item, "PTA-01"),
}
STAGE_SCORES: dict[str, Score] = {
    f"TOC.{stage}": partial(mean_of, items, 2) for stage, items in STAGES.items()
}


def truth_of(crowd: Crowd, scores: Points, units: Collection[int]) -> float:
    """The mean of everybody in these units who has a score."""
    return float(np.nanmean(scores[np.isin(crowd.unit, list(units))]))
