"""One item: stored answer codes become scores of 0 to 100, favourable shares and whole numbers to show.

Codes are what is stored; scores are derived. An unscored answer ("does not apply", "prefer not to say",
or none) is NaN or any negative code; it stays NaN in every result and is never part of a denominator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """A closed response scale: consecutive whole codes from `low` to `high`.

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

    `codes` has any shape; the result has the same. Raises ValueError on a code outside the scale.
    On a 1-to-5 scale this is 25(x - 1) and 25(5 - x) (Civil Service People Survey, technical guide).
    """
    answers = _scored(codes, scale)
    distance = scale.high - answers if reverse else answers - scale.low
    return np.asarray(100.0 * distance / (scale.high - scale.low), dtype=np.float64)


def favourable(codes: npt.ArrayLike, scale: Scale = AGREE5, *, reverse: bool = False) -> FloatArray:
    """1.0 where the answer is on the favourable side of the middle after reversing, else 0.0; NaN unscored.

    The mean without NaN is the favourable share of scored answers. Raises ValueError for a unipolar scale.
    """
    if scale.kind != "bipolar":
        raise ValueError("Only a disagree-to-agree scale has a favourable side; show the mean score instead.")
    scores = score100(codes, scale, reverse=reverse)
    return np.where(np.isnan(scores), np.nan, (scores > 50.0).astype(np.float64))


def favourable_count(counts: Sequence[int], scale: Scale = AGREE5, *, reverse: bool = False) -> int:
    """How many of `counts` (answers per code, lowest code first) are favourable after reversing."""
    if len(counts) != len(scale.codes):
        raise ValueError(f"A scale of {len(scale.codes)} options needs as many counts, not {len(counts)}.")
    sides = favourable(np.array(scale.codes), scale, reverse=reverse)
    return int(sum(n for n, side in zip(counts, sides, strict=True) if side == 1.0))


def _scored(codes: npt.ArrayLike, scale: Scale) -> FloatArray:
    answers = np.array(codes, dtype=np.float64)
    answers[answers < 0] = np.nan
    scored = answers[~np.isnan(answers)]
    if scored.size and not np.isin(scored, scale.codes).all():
        raise ValueError(f"An answer is outside the scale, whose codes are {scale.low} to {scale.high}.")
    return answers


def largest_remainder(counts: Sequence[int], total: int = 100) -> list[int]:
    """Whole percentages of `counts` that add up to exactly `total` (Hamilton's method), for stacked bars.

    Ties go to the larger count, then to the earlier option. All zeros when every count is zero.
    """
    if any(n < 0 for n in counts):
        raise ValueError("Counts cannot be negative.")
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
    """Round half away from zero, as readers expect (Python's own rounding takes 62.5 to 62)."""
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


def shown_difference(before: float, after: float, digits: int = 0) -> float:
    """The difference to print: rounded last, from unrounded values, so 74.636 and 75.436 give +1."""
    return round_shown(after - before, digits)
