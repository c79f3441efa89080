"""Who is proven unfavourable, under each rule, whatever mood an organisation is in."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tests.attacks.gate import ours, vendors
from tests.attacks.gate.bounds import NEUTRAL, Proven, exactly, proven_unfavourable, to_the_nearest_three
from tests.attacks.gate.organisations import Organisation, make_organisation
from tests.attacks.gate.publications import Ints
from tools.tables import aligned

K = 10
UNSOFTENED = f"{ours.BLOCKS}, step 5 left out"
MOODS = (
    *("as drawn", "a third of teams agree", "most of a grade agree"),
    *("all of a grade agree", "nearly everybody agrees"),
)
_HEADINGS = [
    *("answers", "rule", "organisations", "unfavourable answers", "people proven unfavourable"),
    *("undecided", "answers moved"),
]
Say = Callable[[str], None]


@dataclass
class Sums:
    """One rule and one mood over some organisations."""

    mood: str
    rule: str
    organisations: int = 0
    unfavourable: int = 0
    proven: int = 0
    undecided: int = 0
    moved: int = 0
    people: int = 0

    def add(self, found: Proven, organisation: Organisation, answers: Ints) -> None:
        self.organisations += 1
        self.unfavourable += int((answers < NEUTRAL).sum())
        self.proven += found.people
        self.undecided += found.undecided
        self.moved += int((answers != organisation.answers).sum())
        self.people += organisation.people

    def row(self) -> list[str]:
        counts = (self.organisations, self.unfavourable, self.proven, self.undecided)
        return [self.mood, self.rule, *(f"{n:,}" for n in counts), f"{100 * self.moved / self.people:.2f} %"]


def moods(organisation: Organisation, rng: np.random.Generator) -> dict[str, Organisation]:
    """As people are, and as they must be for everybody of a group to think alike."""
    teams = (rng.random(organisation.units) < 0.3)[organisation.unit]
    grade = organisation.attributes["grade"] == int(rng.integers(0, 3))
    chance = rng.random(organisation.people)
    drawn = organisation.answers
    mixed = np.where(grade & (chance < 0.9), rng.integers(0, NEUTRAL, organisation.people), drawn)
    answers = (drawn, *(np.where(people, 0, drawn) for people in (teams, grade, chance < 0.97)))
    return {
        mood: replace(organisation, answers=one)
        for mood, one in zip(MOODS, [*answers[:2], mixed, *answers[2:]], strict=True)
    }


def judge(
    sizes: Sequence[int],
    seed: int,
    say: Say,
    rules: Collection[str] = (UNSOFTENED, *vendors.RULES),
    chosen: Collection[str] = MOODS,
) -> list[Sums]:
    """Each rule in each of the chosen moods, over organisations of so many units."""
    sums: dict[tuple[str, str], Sums] = {}
    for number, units in enumerate(sizes):
        rng = np.random.default_rng([seed, number])
        organisation = make_organisation(rng, units)
        for mood, one in moods(organisation, rng).items():
            for rule, found, answers in _proven(one, rng, rules) if mood in chosen else ():
                sums.setdefault((mood, rule), Sums(mood, rule)).add(found, one, answers)
                say(f"{organisation.units} units, {mood}, {rule}: {found.people} proven")
    return list(sums.values())


def _proven(
    organisation: Organisation, rng: np.random.Generator, rules: Collection[str]
) -> Iterator[tuple[str, Proven, Ints]]:
    published, answers = ours.publish_softened(organisation, K, int(rng.integers(2**31)))
    yield ours.BLOCKS, proven_unfavourable(published, answers, to_the_nearest_three, rng), answers
    for rule in rules:
        if rule == UNSOFTENED:
            found = proven_unfavourable(published, organisation.answers, to_the_nearest_three, rng)
        else:
            theirs = vendors.publish(organisation, rule, K)
            found = proven_unfavourable(theirs, organisation.answers, exactly, rng)
        yield rule, found, organisation.answers


def table(sums: list[Sums]) -> str:
    return aligned([_HEADINGS, *(one.row() for one in sums)], {2, 3, 4, 5, 6})
