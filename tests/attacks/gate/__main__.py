"""`make attack-gate`: every attack on the small-group protection at full size, beside three vendors' rules.

Takes hours; each part prints as it goes. `--part` runs one, `--few` a fraction of each.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np

from tests.attacks.gate import comparing, organisations, ours, unfavourable, vendors
from tests.attacks.gate.attacker import Effort
from tests.attacks.gate.comparing import Sums, compare
from tests.attacks.gate.fuzz import playing
from tests.attacks.gate.invariance import shapes
from tests.attacks.gate.organisations import Organisation
from tests.attacks.gate.planted import plant_many
from tests.attacks.record import Attack, table

Say = Callable[[str], None]
#: who searches 60 times, as the gate itself does, and 540 times more
_HARD, _LIGHT = Effort(600, 20), Effort(20)
_PROOF, _LARGE = Effort(600, None), Effort(60, 10, 600.0)


def _drawn(count: int, least: int, most: int, seed: int) -> Iterator[tuple[str, Organisation]]:
    for number, one in enumerate(organisations.many(count, least, most, seed)):
        yield f"{number + 1}: {one.units:,} units, {one.people:,} answers", one


def attack_organisations(few: int, say: Say) -> list[Attack]:
    """200 organisations of 100 to 1,000 units."""
    return _compared("", compare(_drawn(200 // few, 100, 1000, 1), _HARD, _LIGHT, say), say)


def attack_large(few: int, say: Say) -> list[Attack]:
    """3 organisations of 10,000 units; the joint search of vendors' tables would not fit and is left out."""
    drawn = _drawn(3, 10_000 // few, 10_000 // few, 2)
    return _compared(", 10,000 units", compare(drawn, _LARGE, Effort(0), say, skips=False), say)


def attack_exactly(few: int, say: Say) -> list[Attack]:
    """40 organisations of 100 to 150 units, where everybody is judged: what is not found is not there."""
    drawn = _drawn(40 // few, 100, 150, 3)
    return _compared(", everybody judged", compare(drawn, _PROOF, _LIGHT, say, skips=False), say)


def _compared(what: str, sums: list[Sums], say: Say) -> list[Attack]:
    say("\n" + comparing.table(sums) + "\n")
    theirs = min(one.leaking for one in sums if one.rule in vendors.RULES)
    ways = (
        *(("units", "subtraction in the tree"), ("families", "one family")),
        *(("pairs", "minimum cuts"), ("groups", "all families, programmes")),
    )
    return [
        Attack(
            f"{name}{what}, {one.rule.removeprefix(ours.BLOCKS)}".rstrip(", "),
            "memory",
            *(getattr(one, field), 0, theirs if field == "groups" else _most(sums, field), 1),
            f"groups < {comparing.K} in {one.organisations} organisations",
            tuple(one.where),
        )
        for one in sums
        if one.rule not in vendors.RULES
        for field, name in ways
    ] + [
        Attack(f"undecided{what}", "memory", one.undecided, 0, one.judged, 1, f"of {one.judged:,} judged")
        for one in sums
        if one.judged
    ]


def _most(sums: list[Sums], field: str) -> int:
    return max(int(getattr(one, field)) for one in sums if one.rule in vendors.RULES)


def attack_planted(few: int, say: Say) -> list[Attack]:
    """50 leaks of 1 to 9 people planted in clean tables."""
    plants = []
    for plant in plant_many(50 // few, 5, Effort(60, 0)):
        plants.append(plant)
        say(f"planted {len(plants)}: {plant}")
    count, real = len(plants), sum(plant.real for plant in plants)
    unseen = sum(not plant.seen for plant in plants)
    through = sum(plant.through for plant in plants)
    return [
        Attack("planted leaks that the gate let through", "memory", through, 0, real, count, f"of {count}"),
        Attack(
            "planted leaks unseen by the attacker", "memory", unseen, count // 50, count, 1, f"of {count}"
        ),
    ]


def attack_unfavourable(few: int, say: Say) -> list[Attack]:
    """8 organisations of 30 to 80 units in 5 moods."""
    sizes = np.linspace(30, 80, max(1, 8 // few)).round().astype(int).tolist()
    sums = unfavourable.judge(sizes, 6, say)
    say("\n" + unfavourable.table(sums) + "\n")
    found = {(one.mood, one.rule): one for one in sums}
    return [
        Attack(
            f"proven unfavourable, {mood}",
            "memory",
            *(one.proven + one.undecided, 0, found[mood, vendors.UNTIL_K].proven, 1),
            f"of {one.people:,} people",
        )
        for (mood, rule), one in found.items()
        if rule == ours.BLOCKS
    ]


def attack_shape(few: int, say: Say) -> list[Attack]:
    """20 waves, each with its answers dealt out again 5 times."""
    differ, others = 0, set()
    for seed in range(20 // few):
        first, *again = shapes(np.random.default_rng(seed), 5)
        differ += sum(one != first for one in again)
        others.add(first)
        say(f"wave {seed + 1}: {len(first.cells)} figures of cells, {differ} shapes differ")
    times = 5 * (20 // few)
    return [
        Attack("answers dealt out again", "memory", differ, 0, len(others), 20 // few, f"differ, of {times}")
    ]


def _tally(found: Mapping[str, int]) -> tuple[str, ...]:
    """What was breached how often, the commonest first."""
    return tuple(f"{what}: {times}" for what, times in sorted(found.items(), key=lambda one: -one[1]))


def attack_pages(few: int, say: Say) -> list[Attack]:
    """10,000 sets of parameters, by nobody, every role and every key, on every page, file and call."""
    with (
        tempfile.TemporaryDirectory(prefix="pulse-gate-") as name,
        playing(Path(name), f"sqlite:///{name}/pulse.db") as stage,
    ):
        stage.fuzz(10_000 // few, Random(8))
        stage.fuzz_exports(300 // few, Random(9))
    say(f"{stage.asked:,} requests; {len(stage.rules.cells)} groups show cells")
    for kind, times in stage.judged.most_common():
        say(f"    {times:,} {kind}" if times else "")
    weak, where = len(stage.weak), _tally(stage.found)
    return [Attack("any parameters", "SQLite", len(stage.found), 0, weak, 10, f"of {stage.asked:,}", where)]


PARTS: dict[str, Callable[[int, Say], list[Attack]]] = {
    "planted": attack_planted,
    "shape": attack_shape,
    "pages": attack_pages,
    "exactly": attack_exactly,
    "organisations": attack_organisations,
    "unfavourable": attack_unfavourable,
    "large": attack_large,
}


def main(arguments: Sequence[str]) -> int:
    """0 if ours withstood everything, and each control fell."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.gate", description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="only this one")
    parser.add_argument("--few", action="store_true", help="a tenth of everything")
    given = parser.parse_args(arguments)
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {what}", flush=True)  # noqa: T201 - a command

    attacks: list[Attack] = []
    for part in [given.part] if given.part else PARTS:
        say(f"{part}: {PARTS[part].__doc__}")
        attacks += PARTS[part](10 if given.few else 1, say)
    say("\n" + table(attacks))
    return 0 if all(one.passed for one in attacks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
