"""Mixed feelings: how strongly people feel hopeful and worried at the same time.

Each person says how hopeful and how worried they feel, in two questions. Somebody high on both is torn; the
index is highest for them. Torn people and two opposite camps look alike in an average: the first is a
tension inside people, the second a difference between them, and they call for different talks. Mixed feelings
are information, not a bad mark; they often come from good intentions. "Mixed motives" is the same index, on
believing in the work and on saving money.

The index has a trap: somebody who feels nothing either way scores 33, more than a keen supporter at 0. It is
therefore shown with the balance of hope and worry, person by person, and with a companion, the weaker of the
two feelings, which is 0 for the indifferent. If the index rises and the companion does not, people are less
engaged, not more torn.

Formula: G = (P + N)/2 - |P - N|, hopeful P and worried N each 0 to 4; index = 100 (G + 2)/6
    where several pairs are asked, the first one counts
    companion = 25 min(P, N); mixed feelings = % with both P and N at 2 ("somewhat") or more
    pattern of a group, the first that holds: split, agreement on P - N surely below 0; torn, 40 % or more
        with mixed feelings; indifferent, more than half with both below 2; hopeful or worried, one side at
        least twice as many as the other; else mixed
Range: index and companion 0 to 100 points; higher is more mixed, not worse
Least: both answers in one submission; half a pair counts as no answer, to the question too. The pattern of a
    group needs one such person (ValueError otherwise). It is shown, as the balance is, only where the numbers
    of people behind it may be.
Cannot say: what people are torn about. Careless answers lower the index, so compare it only with itself. The
    thresholds of the patterns are judgement.
Source: Thompson, Zanna and Griffin (1995), Let's not be indifferent about (attitudinal) ambivalence; Kaplan
    (1972) for the companion, which is half of his index. Written here: no kept library has them.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.agreement import Verdict
from pulse.domain.measurement.items import UNIPOLAR5, FloatArray, score100

_UNPAIRED = "Each positive answer needs its negative pair from the same submission."
#: Each side at "Somewhat" (2 of 0..4) or above counts as having mixed feelings.
BOTH_SIDES_FELT = 2

#: From this share on, mixed feelings are common enough to be the first thing to say of a group.
TORN_SHARE = 0.4
#: More than this share feeling neither side is most people: the group as a whole is then indifferent.
INDIFFERENT_SHARE = 0.5
#: One side "clearly outnumbers" the other at two to one; less is within what a few people more would turn.
OUTNUMBERED = 2

Reading = Literal["more torn", "less torn", "less engaged", "no clear shift"]
FeelingPattern = Literal["split", "torn", "indifferent", "hopeful", "worried", "mixed"]


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
    """Score paired answers coded 0 to 4, NaN where either side is unscored (NaN or a negative code).

    G = (P + N)/2 - |P - N|, range -2 to 4; G100 = 100(G + 2)/6. Nobody gives empty arrays. Raises
    ValueError on a code that the scale does not have, or unequal lengths.
    """
    p, n = _paired(positive, negative)
    least = np.minimum(p, n)
    felt = np.where(np.isnan(least), np.nan, (least >= BOTH_SIDES_FELT).astype(np.float64))
    return Ambivalence(griffin100(p, n), 25.0 * least, felt, p - n)


def griffin_raw(positive: npt.ArrayLike, negative: npt.ArrayLike) -> FloatArray:
    """G = (P + N)/2 - |P - N| in the codes given; range [(a + b)/2 - (b - a), b] for codes a to b.

    NaN where either side is NaN. Raises ValueError on unequal lengths or an infinite code.
    """
    p = np.asarray(positive, dtype=np.float64)
    n = np.asarray(negative, dtype=np.float64)
    if p.shape != n.shape:
        raise ValueError(_UNPAIRED)
    if np.isinf(p).any() or np.isinf(n).any():
        raise ValueError("Answers must be finite numbers.")
    return np.asarray((p + n) / 2.0 - np.abs(p - n), dtype=np.float64)


def griffin100(
    positive: npt.ArrayLike, negative: npt.ArrayLike, *, low: float = 0, high: float = 4
) -> FloatArray:
    """G rescaled to 0 to 100 over its range for codes `low` to `high`: 1-5 and 0-4 coding agree.

    Takes means of several pairs too. NaN where either side is NaN. Raises ValueError on unequal lengths, an
    answer outside the codes, or codes that do not run upwards.
    """
    if not low < high:
        raise ValueError(f"Codes run upwards, not from {low} to {high}.")
    raw = griffin_raw(positive, negative)
    for side in (np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)):
        if ((side < low) | (side > high)).any():
            raise ValueError(f"An answer is outside the scale, whose codes are {low} to {high}.")
    least = (low + high) / 2.0 - (high - low)
    return np.asarray(100.0 * (raw - least) / (high - least), dtype=np.float64)


def mixed_map(positive: npt.ArrayLike, negative: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """The 5 x 5 map: how many people gave each pair, rows negative 0 to 4, columns positive 0 to 4.

    People who did not answer both are on no cell; all zeros when nobody did. Raises ValueError as
    `ambivalence` does.
    """
    p, n = _paired(positive, negative)
    both = ~np.isnan(p) & ~np.isnan(n)
    cells = n[both].astype(np.int64) * 5 + p[both].astype(np.int64)
    return np.bincount(cells, minlength=25).reshape(5, 5)


def feeling_pattern(cells: npt.ArrayLike, verdict: Verdict) -> FeelingPattern:
    """What to say first of a group, from its map (as `mixed_map` gives) and the verdict of `agreement`.

    The first rule that holds, by the constants above: "split" between people, "torn" within them,
    "indifferent", then the side that clearly outnumbers the other, else "mixed". The verdict is that on
    P - N. Raises ValueError unless the map is 5 x 5 whole counts, and when nobody is on it.
    """
    people = np.asarray(cells, dtype=np.float64)
    whole = np.isfinite(people).all() and (people >= 0).all() and (people % 1 == 0).all()
    if people.shape != (5, 5) or not whole:
        raise ValueError("The map has five rows of five whole counts.")
    if not people.any():
        raise ValueError("Nobody is on the map, so there is no pattern.")
    negative, positive = np.indices(people.shape)
    if verdict == "split":
        return "split"
    if people[np.minimum(positive, negative) >= BOTH_SIDES_FELT].sum() / people.sum() >= TORN_SHARE:
        return "torn"
    if people[np.maximum(positive, negative) < BOTH_SIDES_FELT].sum() / people.sum() > INDIFFERENT_SHARE:
        return "indifferent"
    hopeful, worried = people[positive > negative].sum(), people[negative > positive].sum()
    if hopeful > worried and hopeful >= OUTNUMBERED * worried:
        return "hopeful"
    return "worried" if worried > hopeful and worried >= OUTNUMBERED * hopeful else "mixed"


def reading(griffin_change: float, minimum_change: float, *, least: float = 5.0) -> Reading:
    """Put a change of mean G100 in words, given the change of mean M100 beside it.

    If G rises while the minimum does not, people moved towards indifference: "less engaged", not "more
    torn". Changes smaller than `least` points are no clear shift. Raises ValueError on NaN or infinity.
    """
    if not (isfinite(griffin_change) and isfinite(minimum_change)):
        raise ValueError("A shift needs the change of the index and of its companion.")
    if griffin_change >= least:
        return "more torn" if minimum_change > 0 else "less engaged"
    return "less torn" if griffin_change <= -least and minimum_change < 0 else "no clear shift"


def _paired(positive: npt.ArrayLike, negative: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Both sides as 0 to 4; scoring and back refuses codes off the scale and turns unscored into NaN."""
    p = score100(positive, UNIPOLAR5) / 25.0
    n = score100(negative, UNIPOLAR5) / 25.0
    if p.shape != n.shape:
        raise ValueError(_UNPAIRED)
    return p, n
