"""What a whole organisation keeps of how scores vary together: one covariance matrix, and no people.

Reliability and "what goes with what" need to know how two scores move together over people, which no total
of single scores holds. So at close one matrix a set of scores is kept, over the people who have every score
of the set (complete cases), and the people are gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.measurement.items import FloatArray

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

#: A set of fewer people than this is not kept: its matrix would describe them too closely and too unsteadily.
LEAST_PEOPLE = 100
#: Decimals of a stored covariance, in points squared: what alpha needs to be right to three decimals.
DECIMALS = 3
#: Points; a smaller spread is nothing but the rounding residue of equal scores.
NO_SPREAD = 1e-6


@dataclass(frozen=True, eq=False)
class CoMoments:
    """Sample covariance (n - 1), in points squared, of the scores `items` over the same `n` people.

    `covariance` is (items, items), symmetric, in the order of `items`. Raises ValueError where it is not,
    where a name comes twice, and under two people.
    """

    items: tuple[str, ...]
    n: int
    covariance: FloatArray

    def __post_init__(self) -> None:
        _check_names(self.items, len(self.items))
        if self.n < 2:
            raise ValueError("How scores vary together needs at least two people.")
        size = len(self.items)
        if self.covariance.shape != (size, size) or not np.isfinite(self.covariance).all():
            raise ValueError(f"The covariance of {size} scores is a table of {size} by {size} numbers.")
        if not np.allclose(self.covariance, self.covariance.T) or (np.diag(self.covariance) < 0).any():
            raise ValueError("A covariance is the same both ways, and no score varies by less than nothing.")

    @classmethod
    def from_scores(
        cls,
        names: Sequence[str],
        scores: npt.ArrayLike,
        k: int,
        rng: np.random.Generator,
        least: int = LEAST_PEOPLE,
    ) -> "CoMoments | None":
        """Co-moments of the columns `names` of `scores`, (people, items), NaN where unscored.

        Columns may be item scores or person scale scores. None when fewer than `least` people remain: those
        with every score, less those that `kept_people` leaves out at random to protect the others. A
        column that nobody scored leaves no complete person. Raises ValueError on a table that is not people
        by `names`, on a name given twice, on an infinite score, and on k < 1.
        """
        table = np.asarray(scores, dtype=np.float64)
        if table.ndim != 2:
            raise ValueError("Scores are a table of people by items.")
        _check_names(names, table.shape[1])
        if np.isinf(table).any():
            raise ValueError("A score is a number of points, or none where an answer is not scored.")
        kept = table[kept_people(table, k, rng)]
        if len(kept) < max(least, 2):
            return None
        return cls(tuple(names), len(kept), np.atleast_2d(np.cov(kept, rowvar=False)))

    def subset(self, names: Sequence[str]) -> "CoMoments":
        """The same people, the scores `names` only, in that order. ValueError on a score it does not hold."""
        missing = [name for name in names if name not in self.items]
        if missing:
            raise ValueError(f"Nothing is kept of how {missing[0]} varies with the others.")
        at = [self.items.index(name) for name in names]
        return CoMoments(tuple(names), self.n, self.covariance[np.ix_(at, at)])

    def correlation(self) -> FloatArray:
        """Correlation matrix, -1 to 1, diagonal exactly 1. ValueError where everyone scored the same."""
        spread = np.sqrt(np.diag(self.covariance))
        if (spread < NO_SPREAD).any():
            flat = self.items[int(np.argmin(spread))]
            raise ValueError(f"Everyone scored the same on {flat}, so it goes with nothing.")
        table = np.clip(self.covariance / np.outer(spread, spread), -1.0, 1.0)
        np.fill_diagonal(table, 1.0)
        return np.asarray((table + table.T) / 2)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON column: items, n, and covariance rounded to 3 decimals."""
        return {
            "items": list(self.items),
            "n": self.n,
            "covariance": np.round(self.covariance, DECIMALS).tolist(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CoMoments":
        """The co-moments that `as_json` wrote. Raises ValueError on anything else."""
        try:
            items, n, rows = tuple(data["items"]), int(data["n"]), data["covariance"]
            covariance = np.array(rows, dtype=np.float64)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("Stored co-moments need items, n and covariance.") from error
        return cls(items, n, covariance)


def kept_people(
    scores: npt.ArrayLike, k: int, rng: np.random.Generator, partitions: Sequence[IntArray] = ()
) -> BoolArray:
    """Who of `scores`, (people, items), may form the set whose co-moments are kept: a mask, (people,).

    The threat: totals are published over everybody, and over everybody who scored an item, in the whole and
    in groups. If the set differed from such people by only a few, taking its figures from the published ones
    would leave the answers of just those few. So everybody together, and each column's scorers, less the
    set are 0 people or at least `k`. Each of `partitions` is people in parts, `[person]` the number of a part
    or -1 for none, and in every part of k people or more

    - the set has 0 people or at least k;
    - it leaves out 0 or at least k of all people, and of those who scored each column that k or more did.

    Complete people are left out as well until all that holds, down to an empty set. Chance decides who:
    first where others are left out already, then by parts of the first of `partitions`. The same state of
    `rng` draws people in the same order whatever the scores, so that sets made alike stay alike.

    Anything else published over nearly the same people is guarded by standing beside the items as one more
    column. Then `from_scores` is given the rows of the mask alone, and leaves out nobody further.
    """
    if k < 1:
        raise ValueError("The fewest people that may be told apart is at least one.")
    table = np.asarray(scores, dtype=np.float64)
    scored = np.column_stack([np.ones(len(table), dtype=np.bool_), np.logical_not(np.isnan(table))])
    kept = np.asarray(scored.all(axis=1), dtype=np.bool_)
    whole = np.zeros(len(table), dtype=np.int64)
    home = partitions[0] if partitions else whole
    chance, homes = rng.random(len(table)), rng.permutation(home.max(initial=-1) + 2)
    guarded = [*((part, k) for part in partitions), (whole, 1)]
    before: BoolArray | None = None
    while before is None or (before != kept).any():
        before = kept
        for part, least in guarded:
            touched = np.bincount(home[~kept] + 1, minlength=homes.size)[home + 1] > 0
            order = np.lexsort((chance, homes[home + 1], ~touched))
            kept = _less(kept, part, _too_many(kept, scored, part, k, least), order)
    return kept


def _too_many(kept: BoolArray, scored: BoolArray, part: IntArray, k: int, least: int) -> IntArray:
    """How many of those kept in each part have to go; a column of fewer than `least` people asks nothing.

    Whoever goes is outside in every column, so what the column with the fewest outside needs is enough.
    """
    size = part.max(initial=-1) + 1
    held = np.bincount(part[kept & (part >= 0)], minlength=size)
    columns = [np.bincount(part[column & (part >= 0)], minlength=size) for column in scored.T]
    people = np.column_stack(columns)
    outside, counts = people - held[:, None], people >= least
    near = (counts & (outside > 0) & (outside < k)).any(axis=1)
    fewest = np.where(counts, outside, k).min(axis=1, initial=k)
    go = np.where(near, np.minimum(k - fewest, held), 0)
    return np.where((held - go < k) & (people[:, 0] >= k), held, go)


def _less(kept: BoolArray, part: IntArray, go: IntArray, order: IntArray) -> BoolArray:
    """Fewer people: of each part as many as have to `go`, the first in `order`."""
    at = order[(kept & (part >= 0))[order]]
    at = at[np.argsort(part[at], kind="stable")]
    place = np.arange(at.size) - np.searchsorted(part[at], part[at])
    fewer = kept.copy()
    fewer[at[place < go[part[at]]]] = False
    return fewer


def _check_names(names: Sequence[str], columns: int) -> None:
    if not names or len(names) != columns or len(set(names)) != len(names):
        raise ValueError(f"{columns} columns of scores need as many names, each once.")
