"""Invented organisations like real ones: a tree of teams, who answered, what the roster says of them.

Plain arrays and nothing of the product: both the rules under attack and the attacker read these.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

#: categories, commonest first, of each attribute; the last of some are rare
CATEGORIES = {"grade": 6, "tenure": 4, "site": 5, "disability": 3}
CROSSES = (("grade", "tenure"), ("disability", "tenure"))
_GRADES = (0.38, 0.27, 0.18, 0.1, 0.05, 0.02)
_TENURES = (0.45, 0.3, 0.17, 0.08)
_DISABILITIES = (0.9, 0.065, 0.035)
#: of five options, from the most unfavourable
OPTIONS = 5


@dataclass(frozen=True, eq=False)
class Organisation:
    """Units are numbered from 0 (the top), each after its parent; arrays by person are of those who answered.

    attributes[name][person] is a category; crosses are in it too, as "grade*tenure". answers[person] is an
    option from 0 (most unfavourable) to 4, or -1 for none.
    """

    parents: Ints
    levels: Ints
    unit: Ints
    attributes: dict[str, Ints]
    answers: Ints

    @property
    def units(self) -> int:
        return int(self.parents.size)

    @property
    def people(self) -> int:
        return int(self.unit.size)

    def direct(self) -> Ints:
        """How many people directly in each unit answered."""
        return np.bincount(self.unit, minlength=self.units)

    def totals(self) -> Ints:
        """How many answered in each unit and all below it."""
        sums = self.direct()
        for unit in range(self.units - 1, 0, -1):
            sums[self.parents[unit]] += sums[unit]
        return sums

    def around(self, level: int) -> Ints:
        """For each unit, the unit at `level` that holds it; -1 where it lies above that level."""
        found = np.where(self.levels == level, np.arange(self.units), -1)
        for unit in range(1, self.units):
            if self.levels[unit] > level:
                found[unit] = found[self.parents[unit]]
        return found

    def of(self, people: npt.NDArray[np.bool_]) -> "Organisation":
        """The same organisation with these people only."""
        columns = {name: column[people] for name, column in self.attributes.items()}
        return replace(self, unit=self.unit[people], attributes=columns, answers=self.answers[people])


def make_organisation(rng: np.random.Generator, units: int) -> Organisation:
    """A tree of 3 to 6 levels whose teams have a median of 12 people; about 55 % of them answer."""
    parents, levels = _tree(rng, units)
    is_team = np.ones(units, dtype=bool)
    is_team[parents[1:]] = False
    sizes = np.where(
        is_team,
        np.clip(np.round(rng.lognormal(np.log(12), 0.55, units)), 2, 120),
        1 + rng.poisson(1.5, units),
    ).astype(np.int64)
    share = rng.beta(0.55 * 9, 0.45 * 9, units)
    unit = np.repeat(np.arange(units), rng.binomial(sizes, share))
    attributes = _attributes(rng, unit, parents, levels, is_team)
    return Organisation(parents, levels, unit, attributes, _answers(rng, unit, parents))


def _tree(rng: np.random.Generator, units: int) -> tuple[Ints, Ints]:
    """Each level some times as large as the one above it; a parent's share of children is uneven."""
    depth = int(rng.integers(3 if units <= 1000 else 5, 7))
    growth = rng.uniform(0.7, 1.3, depth - 1) + np.log(units) / (depth - 1)
    sizes = np.exp(np.cumsum(growth - growth.mean() + np.log(units) / (depth - 1)))
    sizes = np.maximum(1, np.round(sizes / sizes.sum() * (units - 1))).astype(int)
    sizes[-1] += units - 1 - sizes.sum()
    parents, levels, above = [-1], [0], [0]
    for level, size in enumerate(sizes, start=1):
        weights = rng.gamma(3.0, 1.0, len(above))
        chosen = np.sort(rng.choice(above, max(1, size), p=weights / weights.sum()))
        above = list(range(len(parents), len(parents) + chosen.size))
        parents += chosen.tolist()
        levels += [level] * chosen.size
    return np.array(parents[:units]), np.array(levels[:units])


def _attributes(
    rng: np.random.Generator, unit: Ints, parents: Ints, levels: Ints, is_team: npt.NDArray[np.bool_]
) -> dict[str, Ints]:
    """Those directly in an upper unit are of high grade; a site goes with the branch."""
    people = unit.size
    grade = rng.choice(6, people, p=_GRADES)
    senior = ~is_team[unit]
    grade[senior] = np.minimum(5, 3 + rng.poisson(0.6 + (levels[unit[senior]] < 2)))
    tenure = rng.choice(4, people, p=_TENURES)
    home = _inherited(rng, parents, 5)
    site = np.where(rng.random(people) < 0.85, home[unit], rng.integers(0, 5, people))
    found = {"grade": grade, "tenure": tenure, "site": site}
    found["disability"] = rng.choice(3, people, p=_DISABILITIES)
    for one, other in CROSSES:
        found[f"{one}*{other}"] = found[one] * CATEGORIES[other] + found[other]
    return {name: np.asarray(column, dtype=np.int64) for name, column in found.items()}


def _inherited(rng: np.random.Generator, parents: Ints, values: int) -> Ints:
    """A value for each unit, mostly that of its parent."""
    drawn = np.minimum(rng.geometric(0.4, parents.size) - 1, values - 1)
    keeps = rng.random(parents.size) < 0.7
    for unit in range(1, parents.size):
        if keeps[unit] and parents[unit] > 0:
            drawn[unit] = drawn[parents[unit]]
    return np.asarray(drawn, dtype=np.int64)


def _answers(rng: np.random.Generator, unit: Ints, parents: Ints) -> Ints:
    """Teams differ; some are so unhappy that nearly all of them say so."""
    mood = rng.normal(0, 0.6, parents.size) - 2.5 * (rng.random(parents.size) < 0.05)
    drawn = 2.3 + mood[unit] + rng.normal(0, 1.0, unit.size)
    return np.clip(np.round(drawn), 0, OPTIONS - 1).astype(np.int64)


def with_skips(rng: np.random.Generator, organisation: Organisation, share: float) -> Organisation:
    """Some give no answer, at random."""
    skips = rng.random(organisation.people) < share
    return replace(organisation, answers=np.where(skips, -1, organisation.answers))


def many(count: int, least: int, most: int, seed: int) -> Iterator[Organisation]:
    """Organisations of `least` to `most` units, sizes even on a log scale; each from its own seed."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        yield make_organisation(rng, round(np.exp(rng.uniform(np.log(least), np.log(most)))))
