"""People with attributes in an invented organisation, and what a release would show of them."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.blocks import Blocks, form_blocks
from tests.domain.disclosure.organisations import make_organisation, make_unit

Ints = npt.NDArray[np.int64]


def make_flat(*sizes: int, k: int = 10) -> tuple[Blocks, Ints]:
    """One top unit and a team of each size; where each person counts, team by team."""
    units = [make_unit(0, None, "Council"), *(make_unit(i, 0) for i in range(1, len(sizes) + 1))]
    blocks = form_blocks(units, dict(enumerate(sizes, 1)), k)
    return blocks, people_of(blocks, dict(enumerate(sizes, 1)))


def people_of(blocks: Blocks, counts: Mapping[int, int]) -> Ints:
    home = blocks.block_of_unit()
    return np.array([home.get(unit, -1) for unit, n in counts.items() for _ in range(n)], dtype=np.int64)


def make_random(
    rng: np.random.Generator, size: int, shares: Sequence[Sequence[float]]
) -> tuple[Blocks, Ints, dict[str, Ints]]:
    """A random organisation whose people have a category of each family, by these shares."""
    units, counts = make_organisation(rng, size)
    blocks = form_blocks(units, counts, 10)
    where = people_of(blocks, counts)
    drawn = {str(i): rng.choice(len(p), size=where.size, p=p) for i, p in enumerate(shares)}
    return blocks, where, {name: np.asarray(values, dtype=np.int64) for name, values in drawn.items()}


def repeated(*runs: tuple[int, int]) -> Ints:
    """(category, people) runs, one after the other."""
    return np.array([category for category, people in runs for _ in range(people)], dtype=np.int64)
