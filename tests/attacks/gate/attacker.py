"""Everything a reader can do to a publication: rank, cuts, searches and linear programmes, in one list.

Shares no code with the gate: it sees which people are in which published totals, and nothing of how they
were chosen. What it counts as exposed is a group of fewer than k people whose answers some combination of
totals is made of, and nobody else's. Of groups inside one another only the smallest found count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from tests.attacks.gate.flows import small_cuts
from tests.attacks.gate.publications import UNITS, Publication
from tests.attacks.gate.rank import isolated_kinds, small_groups
from tests.attacks.gate.search import Search, Types
from tests.attacks.gate.sparsest import Sparsest

Groups = set[frozenset[int]]


@dataclass(frozen=True)
class Effort:
    """How hard the attacker tries: random searches, and people judged one by one (None: everybody)."""

    searches: int = 20
    judged: int | None = 0
    seconds: float = 60.0


@dataclass
class Found:
    """Groups of fewer than k people by how they were found."""

    units: Groups = field(default_factory=set)
    families: Groups = field(default_factory=set)
    pairs: Groups = field(default_factory=set)
    together: Groups = field(default_factory=set)
    programmes: Groups = field(default_factory=set)
    #: types of people judged by linear programming, and those of them where time ran out
    judged: int = 0
    undecided: int = 0

    @property
    def smallest(self) -> Groups:
        """All that were found and hold no smaller one."""
        return innermost(self.units | self.families | self.pairs | self.together | self.programmes)

    @property
    def singles(self) -> int:
        return sum(len(group) == 1 for group in self.smallest)


def attack(publication: Publication, k: int, rng: np.random.Generator, effort: Effort) -> Found:
    """Whoever can be isolated, as far as this effort finds them."""
    found, columns = Found(), {}
    for family in publication.sets:
        kinds, rows = isolated_kinds(publication, family)
        if any(len(row) != 1 for row in rows):
            raise ValueError(
                f"Totals of {family} are not nested or disjoint; this attacker needs them to be."
            )
        columns[family] = kinds
        (found.units if family == UNITS else found.families).update(small_groups(kinds, rows, k))
    for one, other in combinations(columns, 2):
        found.pairs |= small_cuts(columns[one], columns[other], k)
    if len(columns) > 1:
        types = Types.from_kinds(list(columns.values()))
        search = Search(types, k, rng)
        for _ in range(effort.searches):
            found.together |= search.groups(found.together)
        _judge(found, types, k, rng, effort)
    return found


def _judge(found: Found, types: Types, k: int, rng: np.random.Generator, effort: Effort) -> None:
    if effort.judged == 0:
        return
    programmes = Sparsest(types, k, effort.seconds)
    targets = programmes.candidates()
    if effort.judged is not None and targets.size > effort.judged:
        targets = rng.choice(targets, effort.judged, replace=False)
    for target in targets.tolist():
        verdict = programmes.judge(target)
        found.judged += 1
        found.undecided += verdict.undecided
        if verdict.group is not None:
            found.programmes.add(verdict.group)


def innermost(groups: Iterable[frozenset[int]]) -> Groups:
    """Those that hold none of the others."""
    kept: Groups = set()
    by_person: dict[int, list[frozenset[int]]] = {}
    for group in sorted(set(groups), key=len):
        if not any(other <= group for person in group for other in by_person.get(person, [])):
            kept.add(group)
            by_person.setdefault(min(group), []).append(group)
    return kept
