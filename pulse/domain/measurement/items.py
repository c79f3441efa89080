"""Question scores: each answer becomes 0 to 100, and the answers to one question their mean and shares.

The least favourable answer scores 0, the most favourable 100, and the others lie evenly between: on a
five-point scale 0, 25, 50, 75 and 100. A question worded the other way round ("I often feel powerless") is
turned round first, so that more is always better, or always more of what the measure is called. The
favourable share is the percentage who chose one of the two answers on the favourable side.

"Does not apply to me" and "prefer not to say" are left out of every score and every percentage, and counted
beside them. Numbers are rounded last: 75.4 and 74.6 both show as 75, and their difference still shows as 1.

Formula: score = 100 (x - low) / (high - low); reversed 100 (high - x) / (high - low), for codes low to high
    on the five-point scale 25 (x - 1), and 25 (5 - x) reversed
    favourable share = 100 x answers with a score above 50 / scored answers
Range: 0 to 100 points; shares 0 to 100 %
Least: one scored answer (ValueError without one, or for an answer that is not on the scale). Nothing is shown
    of a group too small to protect the people in it.
Cannot say: that "agree" is as far from "strongly agree" as from the middle; the even steps are a convention.
    One question alone says little: read it with the others on its subject.
Source: Civil Service People Survey, technical guide (2022), for scores and favourable shares; Hamilton's
    method of largest remainders for whole percentages that add up to 100.
    Written here: no kept library is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """A closed response scale: consecutive whole codes from `low` (0 or more) to `high`; else ValueError.

    A bipolar scale (disagree to agree) has a neutral middle and so a favourable side; a unipolar one
    ("not at all" to "a great deal") has none.
    """

    kind: Literal["bipolar", "unipolar"]
    low: int
    high: int

    def __post_init__(self) -> None:
        if self.high <= self.low or self.low < 0:
            raise ValueError(
                f"A scale runs from a code of 0 or more up to a higher one, not {self.low} to {self.high}."
            )

    @property
    def codes(self) -> range:
        return range(self.low, self.high + 1)


AGREE5 = Scale("bipolar", 1, 5)
UNIPOLAR5 = Scale("unipolar", 0, 4)


def score100(codes: npt.ArrayLike, scale: Scale = AGREE5, *, reverse: bool = False) -> FloatArray:
    """Score answers 0 to 100: 100(x - low)/(high - low), or 100(high - x)/(high - low) when reversed.

    `codes` are stored codes in any shape; the result has the same. NaN or a negative code is an unscored
    answer and stays NaN, so all "does not apply" (or nobody) gives nothing but NaN: Moment leaves those
    out. Raises ValueError on a code that the scale does not have.
    """
    answers = _scored(codes, scale)
    distance = scale.high - answers if reverse else answers - scale.low
    return np.asarray(100.0 * distance / (scale.high - scale.low), dtype=np.float64)


def favourable(codes: npt.ArrayLike, scale: Scale = AGREE5, *, reverse: bool = False) -> FloatArray:
    """1.0 where the answer is on the favourable side of the middle after reversing, else 0.0; NaN unscored.

    The mean without NaN is the favourable share of scored answers. Raises ValueError for a unipolar scale,
    which has no such side, and on a code that the scale does not have.
    """
    if scale.kind != "bipolar":
        raise ValueError("Only a disagree-to-agree scale has a favourable side; show the mean score instead.")
    scores = score100(codes, scale, reverse=reverse)
    return np.where(np.isnan(scores), np.nan, (scores > 50.0).astype(np.float64))


def favourable_count(counts: Sequence[int], scale: Scale = AGREE5, *, reverse: bool = False) -> int:
    """How many of `counts` (answers per code, lowest code first) are favourable after reversing.

    Raises ValueError for a unipolar scale, unless there is one count an option, and on a negative count.
    """
    if len(counts) != len(scale.codes):
        raise ValueError(f"A scale of {len(scale.codes)} options needs as many counts, not {len(counts)}.")
    _check_counts(counts)
    sides = favourable(np.array(scale.codes), scale, reverse=reverse)
    return int(sum(n for n, side in zip(counts, sides, strict=True) if side == 1.0))


def favourable_percent(counts: Sequence[int], scale: Scale = AGREE5, *, reverse: bool = False) -> float:
    """Percentage (0 to 100) of scored answers that are favourable; otherwise as `favourable_count`.

    Raises ValueError when nobody gave a scored answer ("does not apply" throughout, say).
    """
    favoured = favourable_count(counts, scale, reverse=reverse)
    if not sum(counts):
        raise ValueError("Nobody gave a scored answer, so there is no favourable share.")
    return 100.0 * favoured / sum(counts)


def _scored(codes: npt.ArrayLike, scale: Scale) -> FloatArray:
    answers = np.array(codes, dtype=np.float64)
    answers[(answers < 0) & np.isfinite(answers)] = np.nan
    scored = answers[~np.isnan(answers)]
    if scored.size and not np.isin(scored, scale.codes).all():
        raise ValueError(f"An answer is outside the scale, whose codes are {scale.low} to {scale.high}.")
    return answers


def largest_remainder(counts: Sequence[int], total: int = 100) -> list[int]:
    """Whole percentages of `counts` that add up to exactly `total` (Hamilton's method), for stacked bars.

    Ties go to the larger count, then to the earlier option. All zeros when every count is zero. Raises
    ValueError on a negative count.
    """
    _check_counts(counts)
    answers = sum(counts)
    if answers == 0:
        return [0] * len(counts)
    shares = [divmod(n * total, answers) for n in counts]
    shown = [whole for whole, _ in shares]
    by_need = sorted(range(len(counts)), key=lambda i: (-shares[i][1], -counts[i], i))
    for i in by_need[: total - sum(shown)]:
        shown[i] += 1
    return shown


def round_shown(value: float, digits: int = 0) -> float:
    """Round half away from zero, as readers expect (Python's own rounding takes 62.5 to 62).

    Raises ValueError on NaN or infinity, so that neither reaches a page as a number.
    """
    if not isfinite(value):
        raise ValueError("There is no number to show.")
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


def shown_difference(before: float, after: float, digits: int = 0) -> float:
    """The difference to print: rounded last, from unrounded values, so 74.636 and 75.436 give +1."""
    return round_shown(after - before, digits)


def _check_counts(counts: Sequence[int]) -> None:
    if not all(n >= 0 for n in counts):
        raise ValueError("Counts cannot be negative.")
