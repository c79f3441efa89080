"""Scores worked out again from what people sent, in plain Python that shares no code with the product."""

from collections.abc import Callable, Iterable
from math import sqrt

from tests.results.factories import Said

REVERSED = {"PTA-09", "POW-05"}
FEELINGS = {"AMB-P1", "AMB-N1"}
Score = Callable[[Said], float | None]


def points(said: Said, item: str) -> float | None:
    """0 to 100, None unless an option was chosen; feelings run from 0, agreement from 1."""
    given = said.answers.get(item, "-")
    if not given.isdigit():
        return None
    steps = int(given) if item in FEELINGS else int(given) - 1
    return 25.0 * (4 - steps if item in REVERSED else steps)


def item(name: str) -> Score:
    """A question's points; half a pair of feelings counts as no answer."""
    return lambda said: None if name in FEELINGS and sides(said) is None else points(said, name)


def mean_of(*items: str) -> Score:
    """A person's mean of the items; who answered not all of them has none."""

    def score(said: Said) -> float | None:
        found = [points(said, name) for name in items]
        return None if None in found else sum(value or 0 for value in found) / len(found)

    return score


def sides(said: Said) -> tuple[float, float] | None:
    hope, worry = points(said, "AMB-P1"), points(said, "AMB-N1")
    return None if hope is None or worry is None else (hope / 25, worry / 25)


def griffin(said: Said) -> float | None:
    """G = (P + N)/2 - |P - N| from -2 to 4, as 0 to 100."""
    both = sides(said)
    return both and 100 * ((both[0] + both[1]) / 2 - abs(both[0] - both[1]) + 2) / 6


def least(said: Said) -> float | None:
    both = sides(said)
    return both and 25 * min(both)


def mixed(said: Said) -> float | None:
    both = sides(said)
    return both and (100.0 if min(both) >= 2 else 0.0)


#: what a wave's own figures must be
FIGURES: dict[str, Score] = {
    "PTA": mean_of("PTA-01", "PTA-06", "PTA-09"),
    "PTA.licence": item("PTA-01"),
    "PTA.learning": item("PTA-06"),
    "PTA.trust": item("PTA-09"),
    "TAA": item("TAA-G1"),
    "AMB": griffin,
    "AMB.least": least,
    "AMB.mixed": mixed,
    "PTA-09": item("PTA-09"),
    "AMB-N1": item("AMB-N1"),
}
#: scores of several questions: a group's is the mean of its questions' means, whoever answered each
MADE_OF = {"PTA": ("PTA-01", "PTA-06", "PTA-09")}


def value(measure: str, said: Iterable[Said]) -> float:
    """What a group's figure must be."""
    listed = list(said)
    return (
        mean_of_means(listed, *MADE_OF[measure])
        if measure in MADE_OF
        else mean(values(listed, FIGURES[measure]))
    )


def mean_of_means(said: Iterable[Said], *items: str) -> float:
    listed = list(said)
    return mean([mean(values(listed, item(name))) for name in items])


def values(said: Iterable[Said], score: Score) -> list[float]:
    return [value for value in map(score, said) if value is not None]


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def standard_error(numbers: list[float]) -> float:
    centre = mean(numbers)
    return sqrt(sum((x - centre) ** 2 for x in numbers) / (len(numbers) - 1) / len(numbers))
