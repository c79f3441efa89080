"""A scale of which each person was asked a part: where a group stands, and how far people lie apart.

Where questions rotate by person, every wave asks a whole scale, but each person only some of its questions,
which chance chose. The score of a group is then the mean of its questions' means. That is fair: each question
was asked of a random part of the same people. The spread must not count it as a difference between people
that some were asked the easy questions and others the hard ones. So each answer is taken as it lies above or
below the mean of its own question.

Formula: person: mean(m) + sum over the questions j answered of n / (J n_j) (y_ij - m_j)
    m_j = mean of question j over the n_j people who answered it, n people with a score, J questions
    so that SD / sqrt(n) of these is the standard error of the mean of the m_j (linearised). Where everybody
    answered everything, it is the person's mean
Range: points; may lie a little outside 0 to 100
Least: as many answers as the measure asks for, but no more than two, nor than the fewest questions that
    anybody was asked; and half of those shown to the person
Cannot say: how one person stands beside another who was asked other questions.
Source: Graham and others (2006) and Zhang & Sackett (2023), on questions left out by design; Taylor
    linearisation of a mean of ratios (Wolter, 2007). Written here: no kept library has it.
"""

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.scales import people_by_items, person_scores


def sampled_scores(scores: npt.ArrayLike, shown: npt.ArrayLike, *, need: int = 1) -> FloatArray:
    """One value a person, shape (people,), from scores of (people, questions); NaN where too few answered.

    `shown` is a mask of the same shape of what was put to whom. Raises ValueError as `person_scores` does.
    """
    items = people_by_items(scores)
    enough = ~np.isnan(person_scores(items, need=need, shown=shown))
    answered = ~np.isnan(items) & enough[:, None]
    each, people = answered.sum(axis=0), int(enough.sum())
    used = each > 0
    if not used.any():
        return np.full(len(items), np.nan)
    kept = np.where(answered, items, 0.0)
    means = kept.sum(axis=0) / np.maximum(each, 1)
    above = np.where(answered, items - means, 0.0) * (people / (used.sum() * np.maximum(each, 1)))
    return np.where(enough, means[used].mean() + above.sum(axis=1), np.nan)
