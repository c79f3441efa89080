"""`make validate-wording`: how often the wording rules are right, on sentences whose faults are known.

Prints precision (of what a rule flags, how much has the fault) and recall (of what has the fault, how much
it flags) by rule, on the whole labelled set and on the part that no rule was tuned by; then what the rules
say of the product's own questions.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

from pulse.banks.linting import lint_library
from pulse.banks.loading import load_library
from pulse.domain.instrument.parts import Kind
from pulse.domain.wording import (
    AGREEMENT,
    RULES,
    Context,
    Finding,
    Question,
    RuleId,
    check_scale,
    check_wording,
)
from tools.tables import aligned

FOLDER = Path(__file__).parents[1] / "tests" / "wording"
DEVELOPMENT, HELD_OUT = FOLDER / "development.yaml", FOLDER / "held_out.yaml"
SCALES: dict[str, tuple[Kind, tuple[str, ...]]] = {
    "agree": ("bipolar", AGREEMENT),
    "amount": ("unipolar", ("Not at all", "A little", "Somewhat", "Quite a lot", "A great deal")),
    "often": ("unipolar", ("Never", "Rarely", "Sometimes", "Often", "Always")),
    "choice": ("choice", ("Yes", "Partly", "No")),
    "open": ("text", ()),
}
HEADINGS = ("rule", "level", "with fault", "flagged", "rightly", "precision", "95 %", "recall")


@dataclass(frozen=True)
class Labelled:
    """One question, or the questions of a scale, with the faults that a person sees in it."""

    texts: tuple[str, ...]
    faults: frozenset[str]
    question: Question | None

    @cached_property
    def findings(self) -> list[Finding]:
        """What the rules notice of it."""
        if self.question is None:
            return check_scale(self.texts, Context())
        return check_wording(self.question, Context())

    def flagged(self) -> frozenset[str]:
        """The rules that flag it."""
        return frozenset(found.rule for found in self.findings)

    def is_blocked(self) -> bool:
        """Whether it may not be asked."""
        return any(found.is_blocking for found in self.findings)


@dataclass(frozen=True)
class Score:
    """How one rule did."""

    hits: int
    false_alarms: int
    misses: int

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
        )

    @property
    def flagged(self) -> int:
        return self.hits + self.false_alarms

    @property
    def faulty(self) -> int:
        return self.hits + self.misses

    @property
    def precision(self) -> float | None:
        return self.hits / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        return self.hits / self.faulty if self.faulty else None


@lru_cache(maxsize=4)
def load(path: Path) -> tuple[Labelled, ...]:
    """The labelled questions and scales of a file, read once."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = [_question(entry, group) for group in tree["groups"] for entry in group["questions"]]
    found += [
        Labelled(tuple(scale["questions"]), frozenset(scale["faults"]), None) for scale in tree["scales"]
    ]
    unknown = {fault for one in found for fault in one.faults} - set(RULES)
    if unknown:
        raise ValueError(f"{path.name} has faults that no rule has: {', '.join(sorted(unknown))}.")
    return tuple(found)


def _question(entry: Any, group: dict[str, Any]) -> Labelled:
    own = entry if isinstance(entry, dict) else {"text": entry}
    kind, options = SCALES[own.get("scale", group.get("scale", "agree"))]
    question = Question(
        own["text"],
        kind,
        options,
        na=own.get("na", group.get("na", False)),
        neighbours=tuple(own.get("beside", ())),
    )
    return Labelled((own["text"],), frozenset(group["faults"]) | frozenset(own.get("also", ())), question)


def score(labelled: Iterable[Labelled]) -> dict[RuleId, Score]:
    """Rule -> how it did; a rule of scales is scored on scales, the others on questions."""
    counted: Counter[tuple[str, bool, bool]] = Counter()
    for one in labelled:
        flagged = one.flagged()
        for rule in flagged | one.faults:
            counted[rule, rule in flagged, rule in one.faults] += 1
    return {
        rule: Score(counted[rule, True, True], counted[rule, True, False], counted[rule, False, True])
        for rule in RULES
    }


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927); 0 to 1 of none."""
    if not count:
        return 0.0, 1.0
    z, share = 1.959964, hits / count
    middle = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    below = 1 + z * z / count
    return max((middle - spread) / below, 0.0), min((middle + spread) / below, 1.0)


def blocked(labelled: Iterable[Labelled]) -> str:
    """How many are blocked: of those that could identify somebody, and, wrongly, of all others."""
    counted: Counter[tuple[bool, bool]] = Counter()
    for one in labelled:
        if one.question is not None:
            counted["identifying" in one.faults, one.is_blocked()] += 1
    due, others = (counted[kind, True] + counted[kind, False] for kind in (True, False))
    rightly = f"{counted[True, True]} of {due} that could identify"
    return f"Blocked: {rightly}, {counted[False, True]} of {others} others"


def mistakes(labelled: Iterable[Labelled]) -> Iterator[str]:
    """One line for each false alarm and each miss."""
    for one in labelled:
        flagged = one.flagged()
        for rule in sorted(flagged - one.faults):
            yield f"false alarm  {rule}: {' | '.join(one.texts)}"
        for rule in sorted(one.faults - flagged):
            yield f"missed       {rule}: {' | '.join(one.texts)}"


def table(scores: dict[RuleId, Score]) -> str:
    """A line a rule."""
    rows = [HEADINGS, *(_row(rule, scores[rule]) for rule in RULES)]
    return aligned(rows, right=(2, 3, 4, 5, 7))


def _row(rule: RuleId, got: Score) -> tuple[str, ...]:
    low, high = wilson(got.hits, got.flagged)
    counts = (str(got.faulty), str(got.flagged), str(got.hits))
    return (
        rule,
        RULES[rule].level,
        *counts,
        _share(got.precision),
        f"{low:.0%} to {high:.0%}",
        _share(got.recall),
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def own_questions() -> str:
    """What the rules say of the product's own questions, by rule, and each that is a warning or worse."""
    linted = lint_library(load_library())
    serious = [one for one in linted if any(found.level != "info" for found in one.findings)]
    rules = Counter((found.rule, found.level) for one in linted for found in one.findings)
    waived = [
        f"  {one.item.id}: {found.rule} overridden: {why}" for one in linted for found, why in one.waived
    ]
    lines = [
        f"Own questions: {len(serious)} of {len(linted)} with a warning or error, {len(waived)} overridden"
    ]
    lines += [f"  {rule} ({level}): {count}" for (rule, level), count in rules.most_common()] + waived
    for one in serious:
        said = ", ".join(found.rule for found in one.findings if found.level != "info")
        lines.append(f"  {one.item.id}: {one.text} [{said}]")
    return "\n".join(lines)


def main(arguments: Sequence[str] = ()) -> None:
    """Prints the tables; `--mistakes` also prints each mistake of the development half."""
    development, held_out = load(DEVELOPMENT), load(HELD_OUT)
    for name, part in (("all", development + held_out), ("held out", held_out)):
        clean = sum(not one.faults for one in part)
        print(f"On {name}: {len(part)} questions and scales, {clean} without a fault\n")
        print(table(score(part)), blocked(part), sep="\n\n", end="\n\n")
    print(own_questions())
    if "--mistakes" in arguments:
        print("", *mistakes(development), sep="\n")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
