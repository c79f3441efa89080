"""Leaks put into clean releases on purpose: does the gate take them out, and does the attacker see them?

A planted attribute says of everybody whether they are in a set X. X is made of published totals that have
nobody in common (a group here, a cell there), but for 1 to 9 people more or fewer. So X less those totals
isolates exactly these people, and all tables of it are needed for that.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pulse.domain.disclosure.cells import gate_cells
from tests.attacks.gate import ours
from tests.attacks.gate.attacker import Effort, attack
from tests.attacks.gate.organisations import Organisation, make_organisation
from tests.attacks.gate.publications import UNITS, Bools, Publication
from tests.attacks.gate.rank import reduced
from tests.attacks.gate.search import Types
from tests.attacks.gate.vendors import ATTRIBUTES

K = 10
PLANTED = "planted"
#: the top group, and the category of those in X
_X = (0, 0)


@dataclass(frozen=True)
class Plant:
    """people: whom it isolates; totals: how many published totals X is made of."""

    people: frozenset[int]
    totals: int
    #: whether it isolated them before the gate ran, and after; whether the attacker saw it before
    real: bool
    through: bool
    seen: bool


def plant_many(count: int, seed: int, effort: Effort, most_units: int = 250) -> Iterator[Plant]:
    """Weights 1 to 9 in turn, made of 1, 2 or 3 totals, each in an organisation of its own."""
    number = 0
    for at in range(count):
        plant = None
        while plant is None:  # not every organisation has totals without anybody in common
            rng = np.random.default_rng([seed, number])
            organisation = make_organisation(rng, int(rng.integers(most_units // 2, most_units)))
            plant = _plant(organisation, 1 + at % 9, 1 + at % 3, rng, effort)
            number += 1
        yield plant


def _plant(
    organisation: Organisation, weight: int, totals: int, rng: np.random.Generator, effort: Effort
) -> Plant | None:
    blocks = ours.blocks_of(organisation, K)
    where = ours.where_of(organisation, blocks)
    categories = {family: organisation.attributes[family] for family in ATTRIBUTES}
    clean = gate_cells(blocks, where, categories, rng=rng)
    groups = range(len(blocks.groups))
    published = ours.published(organisation, blocks, where, clean, groups)
    made = _made_of(published, totals, rng)
    if made is None:
        return None
    chosen = rng.choice(np.flatnonzero(where >= 0), weight, replace=False)
    made[chosen] = ~made[chosen]
    categories[PLANTED] = np.where(made, 0, 1)
    organisation.attributes[PLANTED] = categories[PLANTED]
    allowed = {**clean, PLANTED: frozenset({_X, (0, 1)})}
    before = ours.published(organisation, blocks, where, allowed, groups)
    after = ours.published(
        organisation, blocks, where, gate_cells(blocks, where, categories, allowed=allowed, rng=rng), groups
    )
    people = frozenset(chosen.tolist())
    return Plant(
        people,
        totals,
        real=isolates(before, people) and not isolates(published, people),
        through=isolates(after, people),
        seen=bool(attack(before, K, rng, effort).smallest),
    )


def _made_of(published: Publication, totals: int, rng: np.random.Generator) -> Bools | None:
    """Whether each person is in one of some totals of different families that have nobody in common."""
    taken = np.zeros(published.people, dtype=bool)
    families = [family for family in published.sets if family != UNITS] + [UNITS]
    for family in rng.permutation(families)[:totals]:
        matrix = published.sets[family]
        fits = [
            inside
            for row in range(matrix.shape[0])
            if (inside := matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]).size * 2 < taken.size
            and not taken[inside].any()
        ]
        if not fits:
            return None
        taken[fits[int(rng.integers(len(fits)))]] = True
    return taken


def isolates(publication: Publication, people: frozenset[int]) -> bool:
    """Whether some combination counts some of these people and nobody else: exact, by comparing ranks."""
    types = Types.of_publication(publication)
    outside = np.ones(types.n.size, dtype=bool)
    outside[types.of[sorted(people)]] = False
    return _rank(types, np.ones_like(outside)) > _rank(types, outside) and _only(types, people)


def _only(types: Types, people: frozenset[int]) -> bool:
    """Whether the types of these people hold nobody else."""
    inside = np.unique(types.of[sorted(people)])
    return int(types.n[inside].sum()) == len(people)


def _rank(types: Types, columns: Bools) -> int:
    matrix = types.everything[:, np.flatnonzero(columns)].tocsr()
    rows = [
        dict.fromkeys(matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]].tolist(), 1)
        for i in range(matrix.shape[0])
    ]
    return len(reduced(row for row in rows if row))
