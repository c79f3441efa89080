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

#: A set of fewer people than this is not kept: its matrix would describe them too closely and too unsteadily.
LEAST_PEOPLE = 100
#: Decimals of a stored covariance, in points squared: far finer than any figure shown needs.
DECIMALS = 6
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
        """Plain data for a JSON column: items, n, and covariance rounded to 6 decimals."""
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


def kept_people(scores: npt.ArrayLike, k: int, rng: np.random.Generator) -> BoolArray:
    """Who of `scores`, (people, items), may form the set whose co-moments are kept: a mask, (people,).

    The threat: each item's own total is published over everyone who scored it. If the set differed from
    those people by only a few, taking its figures from the published ones would leave the answers of just
    those few (a variance to six decimals over a known n nearly gives its sum away). So for every column the
    number who scored it but are not in the set is 0, or at least `k`. Where it lies between, complete people
    drawn by `rng` are left out as well, until every column is safe; one left out counts as outside in every
    column, so no more than k ever are. An empty mask when too few are complete to do that.

    Anything else published over nearly the same people is guarded by standing beside the items as one more
    column: their index, or the mask of a set kept before (1 for those in it, NaN for the others). Then
    `from_scores` is given the rows of the mask alone, and leaves out nobody further.
    """
    if k < 1:
        raise ValueError("The fewest people that may be told apart is at least one.")
    scored = np.logical_not(np.isnan(np.asarray(scores, dtype=np.float64)))
    kept = np.asarray(scored.all(axis=1), dtype=np.bool_)
    outside = (scored & ~kept[:, None]).sum(axis=0)
    if ((outside > 0) & (outside < k)).any():
        complete = np.flatnonzero(kept)
        left_out = min(k - int(outside.min()), complete.size)
        kept[rng.choice(complete, size=left_out, replace=False)] = False
    return kept


def _check_names(names: Sequence[str], columns: int) -> None:
    if not names or len(names) != columns or len(set(names)) != len(names):
        raise ValueError(f"{columns} columns of scores need as many names, each once.")
