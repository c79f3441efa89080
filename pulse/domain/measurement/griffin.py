"""Ambivalence within a person, from a paired positive and negative question asked in one submission.

G is an index of strength and similarity (Thompson, Zanna & Griffin 1995). Its trap: an indifferent person
(0, 0) scores 33 of 100, more than a keen one (4, 0) at 0. It is therefore never shown without the 5 x 5
map and `minimum100`, which is 0 for the indifferent (half of Kaplan's 1972 index).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import UNIPOLAR5, FloatArray, score100

#: Each side at "Somewhat" (2 of 0..4) or above counts as having mixed feelings.
BOTH_SIDES_FELT = 2

Reading = Literal["more torn", "less torn", "less engaged", "no clear shift"]


@dataclass(frozen=True, eq=False)
class Ambivalence:
    """Per person, (people,), NaN unless both sides were answered.

    griffin100: 0 to 100. minimum100: 25 min(P, N), 0 to 100. ambivalent: 1.0 if P >= 2 and N >= 2,
    else 0.0. net: P - N, -4 to 4, the attitude whose spread between people `agreement` describes.
    """

    griffin100: FloatArray
    minimum100: FloatArray
    ambivalent: FloatArray
    net: FloatArray


def ambivalence(positive: npt.ArrayLike, negative: npt.ArrayLike) -> Ambivalence:
    """Score paired answers coded 0 to 4; raises ValueError on another code or unequal lengths.

    G = (P + N)/2 - |P - N|, range -2 to 4; G100 = 100(G + 2)/6.
    """
    p, n = _paired(positive, negative)
    least = np.minimum(p, n)
    felt = np.where(np.isnan(least), np.nan, (least >= BOTH_SIDES_FELT).astype(np.float64))
    return Ambivalence(griffin100(p, n), 25.0 * least, felt, p - n)


def griffin_raw(positive: npt.ArrayLike, negative: npt.ArrayLike) -> FloatArray:
    """G = (P + N)/2 - |P - N| in the codes given; range [(a + b)/2 - (b - a), b] for codes a to b."""
    p = np.asarray(positive, dtype=np.float64)
    n = np.asarray(negative, dtype=np.float64)
    return np.asarray((p + n) / 2.0 - np.abs(p - n), dtype=np.float64)


def griffin100(
    positive: npt.ArrayLike, negative: npt.ArrayLike, *, low: float = 0, high: float = 4
) -> FloatArray:
    """G rescaled to 0 to 100 over its range for codes `low` to `high`: 1-5 and 0-4 coding agree."""
    least = (low + high) / 2.0 - (high - low)
    return np.asarray(100.0 * (griffin_raw(positive, negative) - least) / (high - least), dtype=np.float64)


def mixed_map(positive: npt.ArrayLike, negative: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """The 5 x 5 map: how many people gave each pair, rows negative 0 to 4, columns positive 0 to 4."""
    p, n = _paired(positive, negative)
    both = ~np.isnan(p) & ~np.isnan(n)
    cells = n[both].astype(np.int64) * 5 + p[both].astype(np.int64)
    return np.bincount(cells, minlength=25).reshape(5, 5)


def reading(griffin_change: float, minimum_change: float, *, least: float = 5.0) -> Reading:
    """Put a change of mean G100 in words, given the change of mean M100 beside it.

    If G rises while the minimum does not, people moved towards indifference: "less engaged", not "more
    torn". Changes smaller than `least` points are no clear shift.
    """
    if griffin_change >= least:
        return "more torn" if minimum_change > 0 else "less engaged"
    return "less torn" if griffin_change <= -least and minimum_change < 0 else "no clear shift"


def _paired(positive: npt.ArrayLike, negative: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Both sides as 0 to 4; scoring and back refuses codes off the scale and turns unscored into NaN."""
    p = score100(positive, UNIPOLAR5) / 25.0
    n = score100(negative, UNIPOLAR5) / 25.0
    if p.shape != n.shape:
        raise ValueError("Each positive answer needs its negative pair from the same submission.")
    return p, n
