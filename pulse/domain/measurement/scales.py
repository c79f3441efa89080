"""Scale scores: one person's answers to several questions on the same subject, as one number.

A person's score is the plain mean of the questions they answered. Somebody who answered too few gets no
score; nothing is guessed for them. Asking for every answer would lose too many people where questions rotate
or may not apply, so the rule is a minimum number and at least half of what that person was shown.

A group's score is the mean of its questions' means. If everybody answered everything, that is the mean of
people's scores. It is made this way to protect people: a mean of people's scores, beside the means of the
questions, would give away the answers of the few who left a question out.

Formula: person: mean of the scored answers, each 0 to 100
    group: mean over the questions that may be shown there (at least half of them; both of two) of the
        question's mean; its spread is that of people's scores
Range: 0 to 100 points
Least: two scored answers and half of those shown to the person, unless the measure asks for more (three for
    letting go, four for treated as assets) or the survey asks fewer questions than that; below it the person
    has no score and is left out of the mean
Cannot say: how a person would have answered the questions they left out. If hard questions are left out more
    often than easy ones, the mean flatters.
Source: Civil Service People Survey, technical guide (2022), for the mean of item scores; Graham and others
    (2006), on questions left out by design. Written here: no kept library is needed.
"""

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray


def person_scores(scores: npt.ArrayLike, *, need: int = 2, shown: npt.ArrayLike | None = None) -> FloatArray:
    """Mean of each person's scored items, shape (people,), range 0 to 100, from scores of people by items.

    `need` is the least number of scored items. `shown` is a mask of the items put to the person, (items,)
    or (people, items); all items by default. NaN for a person with fewer than `need`, or fewer than half of
    those shown, scored ("does not apply" throughout, say): Moment leaves them out. Raises ValueError unless
    scores are a table of finite numbers and NaN, and `shown` fits it, and `need` is 1 or more.
    """
    items = people_by_items(scores)
    if need < 1:
        raise ValueError("A score needs at least one answer.")
    answered = np.count_nonzero(~np.isnan(items), axis=1)
    enough = (answered >= need) & (2 * answered >= _offered(items, shown))
    return np.where(enough, row_means(items), np.nan)


def _offered(items: FloatArray, shown: npt.ArrayLike | None) -> npt.NDArray[np.int64]:
    """How many items each person was shown."""
    asked = np.ones(items.shape, dtype=bool) if shown is None else np.asarray(shown, dtype=bool)
    if asked.shape not in (items.shape, items.shape[1:]):
        raise ValueError("Say which items were shown by item, or by person and item.")
    return np.asarray(np.count_nonzero(np.broadcast_to(asked, items.shape), axis=1), dtype=np.int64)


def people_by_items(scores: npt.ArrayLike) -> FloatArray:
    """`scores` as people by items, NaN where unscored; ValueError on another shape or infinity."""
    items = np.asarray(scores, dtype=np.float64)
    if items.ndim != 2:
        raise ValueError("Scores must be a table of people by items.")
    if np.isinf(items).any():
        raise ValueError("Scores must be finite numbers.")
    return items


def row_means(items: FloatArray) -> FloatArray:
    """Mean of each row without NaN; NaN (and no warning) for a row that has nothing else."""
    scored = np.count_nonzero(~np.isnan(items), axis=1)
    totals = np.nansum(items, axis=1)
    means = np.full(items.shape[0], np.nan)
    np.divide(totals, scored, out=means, where=scored > 0)
    return means
