"""What goes together with what: which scores tend to be high where one other score is high.

Some scores go together: people who say that they may act also tend to say that they are trusted. The figures
share out how much of the differences between people in one score (say, permission to act) lines up with each
of several others. A score with a larger share goes together with it more closely. Shares whose ranges overlap
should be read as about equal.

This is a place to start a conversation. All answers come from the same people at the same moment, so a
share does not show that changing one thing would change the other.

Formula: share of a score = its gain in R squared, averaged over all orders in which the scores can enter
        (LMG, the Shapley value); shares add up to R squared
    relative weight, beside it = R squared shared out over uncorrelated stand-ins of the scores and handed
        back (Johnson)
    interval: middle 95 % of the shares in covariance matrices drawn anew from a Wishart distribution
Range: 0 to 100 %, of all differences between people in the score that the others are set beside
Least: 200 people and two to ten scores, in a wave that asked each whole. Otherwise nothing is shown, nor
    where one score is settled by the others or everyone scored the same (ValueError in each case).
Cannot say: what causes what, or what would happen if something were changed; nor anything on a single unit.
    Intervals take scores as roughly normal and are only a guide for a share close to 0.
Source: Lindeman, Merenda and Gold (1980) and Grömping (2007) for the shares; Johnson (2000), A heuristic
    method, for the weights. Computed by scipy.stats.wishart for the draws. Written here: the shares and
    weights, because no kept library computes them from a covariance matrix.
"""

from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.items import FloatArray

#: All subsets of the scores are fitted: 2 to the power of this many, for every draw.
MOST_SCORES = 10
#: Under this many people shares are too unsteady to be put in an order.
LEAST_PEOPLE = 200
#: The smallest eigenvalue of a correlation matrix from which the scores still count as separate.
LEAST_EIGENVALUE = 1e-4


@dataclass(frozen=True)
class Share:
    """How closely the score `id` goes together with the outcome: `lmg` of R squared with its interval.

    `johnson` is the relative weight, from another way of sharing out the same R squared. All 0 to 1.
    """

    id: str
    lmg: float
    low: float
    high: float
    johnson: float


@dataclass(frozen=True)
class GoesTogether:
    """What goes together with `outcome`: `r2` (0 to 1) and its shares, largest first, which add up to it."""

    outcome: str
    r2: float
    shares: tuple[Share, ...]


def goes_together(
    comoments: CoMoments, outcome: str, rng: np.random.Generator, draws: int = 500, *, level: float = 0.95
) -> GoesTogether:
    """Shares of every other score of `comoments` in the differences between people in `outcome`.

    The intervals are a parametric bootstrap: no people are left to draw again, so `draws` covariance
    matrices are drawn instead from the Wishart distribution that the kept matrix and its n give, as if
    scores were normal. Raises ValueError under 200 people, on an outcome that is not there, on fewer than
    two or more than ten other scores, and where one score is settled by the others (singular).
    """
    from scipy import stats  # noqa: PLC0415 - loaded by the worker only

    if comoments.n < LEAST_PEOPLE:
        raise ValueError(f"What goes together is shown from {LEAST_PEOPLE} people, and {comoments.n} remain.")
    others, correlation = _outcome_last(comoments, outcome)
    df = comoments.n - 1
    drawn = stats.wishart.rvs(df=df, scale=correlation / df, size=draws, random_state=rng)
    lows, highs = np.quantile(_lmg(drawn), [(1 - level) / 2, (1 + level) / 2], axis=0)
    found = zip(others, _lmg(correlation), lows, highs, _johnson(correlation), strict=True)
    shares = [Share(name, *(float(value) for value in values)) for name, *values in found]
    shares.sort(key=lambda share: (-share.lmg, share.id))
    return GoesTogether(outcome, r_squared(comoments, outcome), tuple(shares))


def r_squared(comoments: CoMoments, outcome: str) -> float:
    """Part of the differences in `outcome` that lines up with all other scores at once, 0 to 1."""
    _, correlation = _outcome_last(comoments, outcome)
    everything = np.arange(len(correlation) - 1)[None, :]
    return float(_fits(correlation[None], everything)[0, 0])


def lmg_shares(comoments: CoMoments, outcome: str) -> dict[str, float]:
    """LMG share of each other score, 0 to 1, in the order of `comoments.items`; they add up to R squared.

    ValueError as for `goes_together`, but for any number of people.
    """
    others, correlation = _outcome_last(comoments, outcome)
    return {name: float(share) for name, share in zip(others, _lmg(correlation), strict=True)}


def johnson_weights(comoments: CoMoments, outcome: str) -> dict[str, float]:
    """Johnson's relative weight of each other score, as `lmg_shares`; they too add up to R squared."""
    others, correlation = _outcome_last(comoments, outcome)
    return {name: float(weight) for name, weight in zip(others, _johnson(correlation), strict=True)}


def _outcome_last(comoments: CoMoments, outcome: str) -> tuple[tuple[str, ...], FloatArray]:
    """The other scores, and the correlations of them and of the outcome, which comes last."""
    if outcome not in comoments.items:
        raise ValueError(f"Nothing is kept of how {outcome} varies with the others.")
    others = tuple(name for name in comoments.items if name != outcome)
    if not 2 <= len(others) <= MOST_SCORES:
        raise ValueError(f"Two to {MOST_SCORES} scores can be set beside the outcome, not {len(others)}.")
    correlation = comoments.subset([*others, outcome]).correlation()
    if np.linalg.eigvalsh(correlation)[0] < LEAST_EIGENVALUE:
        raise ValueError("One of these scores is settled by the others, so shares cannot be told apart.")
    return others, correlation


def _lmg(tables: FloatArray) -> FloatArray:
    """LMG shares, (..., p), of covariance tables (..., p + 1, p + 1) whose last column is the outcome.

    Each R squared of a subset S enters the share of a score in S with weight (|S| - 1)!(p - |S|)!/p!, and
    that of a score outside it with -|S|!(p - |S| - 1)!/p!. Subsets of one size are solved together.
    """
    p = tables.shape[-1] - 1
    flat = tables.reshape(-1, p + 1, p + 1)
    shares = np.zeros((len(flat), p))
    for size in range(1, p + 1):
        subsets = np.array(list(combinations(range(p), size)))
        inside = np.zeros((len(subsets), p))
        np.put_along_axis(inside, subsets, 1.0, axis=1)
        joined = factorial(size - 1) * factorial(p - size) / factorial(p)
        apart = factorial(size) * factorial(p - size - 1) / factorial(p) if size < p else 0.0
        shares += _fits(flat, subsets) @ (joined * inside - apart * (1 - inside))
    return shares.reshape((*tables.shape[:-2], p))


def _fits(tables: FloatArray, subsets: npt.NDArray[np.int_]) -> FloatArray:
    """R squared, (tables, subsets), of the outcome in the last column on each row of `subsets`."""
    among = tables[:, subsets[:, :, None], subsets[:, None, :]]
    with_outcome = tables[:, subsets, -1]
    slopes = np.linalg.solve(among, with_outcome[..., None])[..., 0]
    return np.asarray((slopes * with_outcome).sum(axis=-1) / tables[:, -1, -1, None])


def _johnson(correlation: FloatArray) -> FloatArray:
    """Johnson's relative weights, (p,), of a correlation table whose last column is the outcome.

    With the symmetric square root Q of the scores' correlations, Q squared times the squares of the
    solution b of Q b = correlations with the outcome; "squared" is entry by entry.
    """
    sizes, directions = np.linalg.eigh(correlation[:-1, :-1])
    root = (directions * np.sqrt(sizes)) @ directions.T
    slopes = np.linalg.solve(root, correlation[:-1, -1])
    return np.asarray(root**2 @ slopes**2)
