"""Four rules on the same organisations: how much each shows, and whom each gives away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.attacks.gate import ours, vendors
from tests.attacks.gate.attacker import Effort, Found, attack
from tests.attacks.gate.organisations import Organisation, with_skips
from tests.attacks.gate.publications import Publication
from tools.tables import aligned

K = 10
#: some give no answer to a question
SKIPPED = 0.03
Say = Callable[[str], None]
_HEADINGS = [
    *("rule", "of 100 units: own", "combined", "coverage"),
    *("groups < k: units alone", "one family", "two families", "all", "singles", "organisations with any"),
]


@dataclass
class Sums:
    """One rule over many organisations."""

    rule: str
    organisations: int = 0
    own: float = 0.0
    combined: float = 0.0
    coverage: float = 0.0
    units: int = 0
    families: int = 0
    pairs: int = 0
    groups: int = 0
    singles: int = 0
    leaking: int = 0
    judged: int = 0
    undecided: int = 0
    #: where to look, for whoever has to mend it
    where: list[str] = field(default_factory=list)

    def add(self, publication: Publication, found: Found, units: int, name: str) -> None:
        self.organisations += 1
        self.own += 100 * publication.units_shown / units
        self.combined += 100 * publication.combined / units
        self.coverage += 100 * float(publication.covered.mean())
        self.units += len(found.units)
        self.families += len(found.families)
        self.pairs += len(found.pairs)
        self.groups += len(found.smallest)
        self.singles += found.singles
        self.judged += found.judged
        self.undecided += found.undecided
        if found.smallest:
            self.leaking += 1
            self.where.append(f"{name}: {min(map(len, found.smallest))} people")

    def row(self) -> list[str]:
        n = max(1, self.organisations)
        shares = [f"{value / n:.0f}" for value in (self.own, self.combined)]
        counts = (self.units, self.families, self.pairs, self.groups, self.singles)
        means = [f"{value / n:.1f}" if value else "0" for value in counts]
        return [
            self.rule,
            *shares,
            f"{self.coverage / n:.0f} %",
            *means,
            f"{self.leaking} of {self.organisations}",
        ]


def compare(
    organisations: Iterable[tuple[str, Organisation]],
    hard: Effort,
    light: Effort,
    say: Say,
    *,
    skips: bool = True,
) -> list[Sums]:
    """Ours with all the effort, for everybody and for those who answered a question; then vendors'."""
    sums = {rule: Sums(rule) for rule in (ours.BLOCKS, f"{ours.BLOCKS}, 3 % skip", *vendors.RULES)}
    for number, (name, one) in enumerate(organisations):
        rng = np.random.default_rng([7, number])
        for rule, organisation, publication in _publications(one, rng, skips):
            found = attack(publication, K, rng, hard if rule.startswith(ours.BLOCKS) else light)
            sums[rule].add(publication, found, organisation.units, name)
        say(f"{name}: " + "; ".join(f"{one.rule} {one.groups}" for one in sums.values()))
    return [one for one in sums.values() if one.organisations]


def _publications(
    organisation: Organisation, rng: np.random.Generator, skips: bool
) -> Iterable[tuple[str, Organisation, Publication]]:
    yield ours.BLOCKS, organisation, ours.publish(organisation, K, rng)
    if skips:
        some, measure = ours.publish_measure(with_skips(rng, organisation, SKIPPED), K, rng)
        yield f"{ours.BLOCKS}, 3 % skip", some, measure
    for rule in vendors.RULES:
        yield rule, organisation, vendors.publish(organisation, rule, K)


def table(sums: Sequence[Sums]) -> str:
    """A line for each rule: means of an organisation."""
    lines = [aligned([_HEADINGS, *(one.row() for one in sums)], set(range(1, len(_HEADINGS)))), ""]
    lines += [
        f"{one.rule}: {', '.join(one.where[:6])}"
        for one in sums
        if one.where and one.rule.startswith(ours.BLOCKS)
    ]
    judged = [one for one in sums if one.judged]
    lines += [
        f"{one.rule}: {one.judged:,} people judged one by one, {one.undecided} undecided." for one in judged
    ]
    return "\n".join(lines)
