"""Public data sets beside this file, each with its source in its first lines: to check numbers against."""

import csv
from pathlib import Path

import numpy as np

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.items import FloatArray


def rows(name: str) -> list[list[str]]:
    """The rows of data/`name`.csv, its column names first."""
    lines = (Path(__file__).parent / "data" / f"{name}.csv").read_text("utf-8").splitlines()
    return list(csv.reader(line for line in lines if not line.startswith("#")))


def table(name: str) -> tuple[list[str], FloatArray]:
    """Column names and numbers, (rows, columns), of a data set of numbers only."""
    names, *cells = rows(name)
    return names, np.array(cells, dtype=np.float64)


def comoments_of(name: str) -> CoMoments:
    """The data set as a wave would keep it."""
    names, numbers = table(name)
    kept = CoMoments.from_scores(names, numbers, 10, np.random.default_rng(1), least=2)
    assert kept is not None
    return kept
