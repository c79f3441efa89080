"""Mixed feelings of a group: torn inside people, or split between them, from the 5 x 5 map alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pulse.domain.measurement.agreement import agreement
from pulse.domain.measurement.griffin import feeling_pattern

#: the index of mixed feelings, and the pseudo-item that holds its map
FEELINGS = "AMB"
MAP = f"{FEELINGS}:map"
_OPTIONS = 5


def feelings_detail(cells: Mapping[str, int], seed: int) -> dict[str, Any]:
    """The net attitude in five bands, van der Eijk's agreement on them, and the pattern that both make.

    `cells` maps "32" (positive 3, negative 2) to people. The bootstrap is seeded by the wave, so that the
    same envelopes always give the same release.
    """
    table = _table(cells)
    bands = _bands(table)
    if not table.sum():
        return {"bands": bands}
    found = agreement(bands, np.random.default_rng(seed))
    return {
        "bands": bands,
        "agreement": found.value,
        "agreement_low": found.low,
        "agreement_high": found.high,
        "verdict": found.verdict,
        "pattern": feeling_pattern(table, found.verdict),
    }


def _table(cells: Mapping[str, int]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """People by negative (rows) and positive (columns) answer, 0 to 4."""
    table = np.zeros((_OPTIONS, _OPTIONS), dtype=np.int64)
    for cell, people in cells.items():
        if cell.isdigit():
            table[int(cell[1]), int(cell[0])] = people
    return table


def _bands(table: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> list[int]:
    """People by hope less worry, -4 to 4, in five bands from clearly worried to clearly hopeful."""
    negative, positive = np.indices(table.shape)
    net = positive - negative
    edges = ((-4, -3), (-2, -1), (0, 0), (1, 2), (3, 4))
    return [int(table[(net >= low) & (net <= high)].sum()) for low, high in edges]
