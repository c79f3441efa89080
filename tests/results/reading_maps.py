"""What a reader can work out of a map of mixed feelings and all that stands beside it.

It tries whole numbers, and shares nothing with the code that blanks: the sums are worked out anew,
and the search is scipy's.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

#: people by worry, then by hope; None is blank
Cells = Sequence[Sequence[int | None]]


def told(map_cells: Cells, people: dict[str, int], k: int) -> list[tuple[int, int]]:
    """(worry, hope) of the blank tiles of one to k - 1 people whose number follows exactly."""
    cells = [(worry, hope) for worry in range(5) for hope in range(5) if map_cells[worry][hope] is None]
    truth = np.array([people.get(f"{hope}{worry}", 0) for worry, hope in cells])
    known = np.array([_beside(worry, hope) for worry, hope in cells], dtype=float).reshape(-1, 20).T
    return [
        place
        for at, place in enumerate(cells)
        if 0 < truth[at] < k and _least(known, truth, at, 1) == _least(known, truth, at, -1)
    ]


def _beside(worry: int, hope: int) -> list[float]:
    """What one such person adds to each published sum: options, bands, both felt, means and spreads."""
    index, weaker = (worry + hope) / 2 - abs(worry - hope), min(worry, hope)
    band = {-4: 0, -3: 0, -2: 1, -1: 1, 0: 2, 1: 3, 2: 3, 3: 4, 4: 4}[hope - worry]
    each = [float(value == at) for value in (worry, hope, band) for at in range(5)]
    return [*each, float(weaker >= 2), index, index**2, weaker, weaker**2]


def _least(known: npt.NDArray[np.float64], truth: npt.NDArray[np.int64], at: int, sign: int) -> int:
    """The least (or for sign -1 the most) people that may be in a blank tile."""
    goal = sign * np.eye(len(truth))[at]
    sums = known @ truth
    found = milp(
        goal,
        constraints=LinearConstraint(known, sums - 1e-6, sums + 1e-6),
        bounds=Bounds(0, truth.sum()),
        integrality=np.ones(len(truth)),
    )
    assert found.x is not None, "the true map must fit its own sums"
    return round(float(found.x[at]))
