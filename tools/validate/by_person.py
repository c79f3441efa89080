"""Questions that rotate by person, and cohorts that take turns, against an organisation whose truth is known.

    python -m tools.validate.by_person --runs 400

Counted in memory by the product, from the opened sheets on. The truth of a question is what everybody would
have answered; of a level, which has no correction for the headcount, what people of such minds come to in
the long run. Exits with 1 if a limit is missed, or if the control, which takes the people asked for those
whom the results stand for, does not miss its own.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.banks.loading import freeze_items, freeze_measures, get_supplied
from pulse.domain.sheets import NOT_ASKED
from pulse.results.assembly import Assembled, assemble
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from pulse.results.figures import Draft, Earlier
from pulse.surveys.models import WaveUnit

ANCHORS = ["PTA-01", "PTA-06", "TAA-G1"]
#: shared out unevenly: two blocks ask two of each scale, one asks one
TURNS = [
    ["PEO-01", "PEO-02", "POW-01", "POW-02"],
    ["PEO-03", "PEO-04", "POW-03", "POW-04"],
    ["PEO-05", "POW-05"],
]
ITEMS = [*ANCHORS, *(item for turn in TURNS for item in turn)]
UNITS, PEOPLE, REPLY = 4, 100, 0.6
#: what is looked at: one anchor, a question of one block, and the levels of two scales shared out
NOW, LEVELS = ("PTA-01", "POW-05", "PEO-01"), ("PEO:level", "POW:level")
_MANY = 20_000
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Limits:
    """Least and most; coverage and false alarms in per cent, bias in points."""

    coverage: tuple[float, float] = (93.5, 96.5)
    alarms: float = 2.5
    bias: float = 0.5


def plan_of_blocks(blocks: bool = True) -> dict[str, Any]:
    """A plan in three blocks, as a wave freezes it: anchors first, then everything that rotates."""
    library = get_supplied()
    measures = [one | {"whole": False, "person_score": False} for one in freeze_measures(library, ITEMS)]
    plan: dict[str, Any] = {"attributes": [], "crosses": []}
    plan |= {"items": freeze_items(library, ITEMS), "leader_items": []}
    plan |= {"measures": measures, "anchors": ANCHORS, "cycle": 3}
    return plan | {"blocks": [[*ANCHORS, *turn] for turn in TURNS]} if blocks else plan


def minds(rng: np.random.Generator, people: int) -> npt.NDArray[np.float64]:
    return rng.normal(0, 0.8, people)


def answer(mind: npt.NDArray[np.float64], ease: npt.NDArray[np.float64], rng: np.random.Generator) -> Codes:
    """Favourability 0 to 4, (people, items): some questions are much easier to agree with than others."""
    noise = rng.normal(0, 0.8, (mind.size, ease.size))
    return np.asarray(np.clip(np.round(2.0 + mind[:, None] + ease + noise), 0, 4), dtype=np.int64)


def sheets_of(said: Codes, units: Codes, blocks: Codes | None, plan: Mapping[str, Any]) -> Sheets:
    """`said` as sheets have it; what a person's block does not ask is marked so."""
    reverse = np.array([item["reverse"] for item in plan["items"]])
    codes = (np.where(reverse, 4 - said, said) + ord("1")).astype(np.uint8)
    if blocks is not None:
        asked = np.array([[item in block for item in ITEMS] for block in plan["blocks"]])
        codes = np.where(asked[blocks], codes, ord(NOT_ASKED)).astype(np.uint8)
    return Sheets(list(ITEMS), codes, units)


def context_of(plan: dict[str, Any], asked: Sequence[int], eligible: Sequence[int], **more: Any) -> Context:
    places = [WaveUnit(wave_id=1, unit_id=1, parent_id=None, name="Whole", headcount=0, eligible=0)]
    places += [
        WaveUnit(wave_id=1, unit_id=number, parent_id=1, name=f"U{number}", headcount=some, eligible=every)
        for number, (some, every) in enumerate(zip(asked, eligible, strict=True), start=2)
    ]
    values: dict[str, Any] = {"number": 1, "k": 10, "seed": 5, "organisation": "Whole", "leaders": 0}
    values |= {"previous_groups": [], "history": {}, "baselines": {}}
    return Context(plan=plan, units=places, **(values | more))


@dataclass
class Seen:
    """Sums over runs: of what -> how often looked at, how often held, and how far off in points."""

    looked: Counter[str]
    held: Counter[str]
    off: Counter[str]

    def note(self, name: str, held: bool, off: float = 0.0) -> None:
        self.looked[name] += 1
        self.held[name] += held
        self.off[name] += off  # type: ignore[assignment]

    def share(self, name: str) -> float:
        return 100.0 * self.held[name] / self.looked[name]

    def bias(self, name: str) -> float:
        return self.off[name] / self.looked[name]


def figures_of(counted: Assembled) -> Iterator[tuple[int, dict[str, Draft]]]:
    """(0 for the whole, else the unit from 1, figures by measure)."""
    for group in counted.blocks.groups:
        number = 0 if group.parent_id is None else int(group.name.removeprefix("U")) - 1
        yield number, {draft.measure: draft for draft in counted.figures[group.id]}


def by_person(rng: np.random.Generator, seen: Seen) -> None:
    """One organisation of 400, two waves of the same minds and other days."""
    ease = rng.normal(0, 0.5, len(ITEMS))
    units = np.repeat(np.arange(UNITS), PEOPLE)
    leaning = rng.normal(0, 0.2, UNITS)
    mind = minds(rng, units.size) + leaning[units]
    plan, history = plan_of_blocks(), dict[tuple[str, str], list[Earlier]]()
    for number in (1, 2):
        said = answer(mind, ease, rng)
        replied, blocks = rng.random(units.size) < REPLY, rng.integers(0, len(TURNS), units.size)
        sheets = sheets_of(said[replied], units[replied] + 2, blocks[replied], plan)
        context = context_of(plan, [PEOPLE] * UNITS, [PEOPLE] * UNITS, number=number, history=history)
        counted = assemble(sheets, context)
        found = list(figures_of(counted))
        if number == 1:
            long_run = {u: _long_run(leaning if u == 0 else leaning[u - 1 : u], ease, rng) for u, _ in found}
            history = _history(counted)
        for unit, figures in found:
            inside = np.ones(units.size, dtype=bool) if unit == 0 else units == unit - 1
            _look(figures, 25.0 * said[inside].mean(axis=0), long_run[unit], seen)
            for draft in figures.values():
                if draft.change is not None:
                    seen.note("false alarms", draft.flagged)
                    seen.note("changes of anchors alone", not set(draft.detail["items"]) - set(ANCHORS))


def _long_run(
    leaning: npt.NDArray[np.float64], ease: npt.NDArray[np.float64], rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    many = np.repeat(leaning, _MANY // leaning.size)
    return np.asarray(25.0 * answer(minds(rng, many.size) + many, ease, rng).mean(axis=0))


def _history(counted: Assembled) -> dict[tuple[str, str], list[Earlier]]:
    return {
        (counted.keys[group], draft.measure): [
            Earlier(1, "One", draft.n, draft.detail["mean"], draft.detail["sd"], draft.detail["items"])
        ]
        for group, drafts in counted.figures.items()
        for draft in drafts
        if "mean" in draft.detail and not draft.measure.endswith(":level")
    }


def _look(
    figures: Mapping[str, Draft], now: npt.NDArray[np.float64], long_run: npt.NDArray[np.float64], seen: Seen
) -> None:
    truths = [(name, now[ITEMS.index(name)]) for name in NOW]
    for name in LEVELS:
        own = [ITEMS.index(item) for item in ITEMS if item.startswith(name[:3])]
        truths.append((name, long_run[own].mean()))
    for name, truth in truths:
        draft = figures.get(name)
        if draft is not None and draft.value is not None and draft.low is not None and draft.high is not None:
            kind = (
                "levels" if name in LEVELS else "questions of a block" if name not in ANCHORS else "anchors"
            )
            seen.note(kind, draft.low <= truth <= draft.high, draft.value - float(truth))


def cohorts(rng: np.random.Generator, seen: Seen) -> None:
    """One of two cohorts is asked, and nearly all of it answers: counted as it is, and with the control."""
    plan, people = plan_of_blocks(blocks=False), UNITS * PEOPLE
    said = answer(minds(rng, people), rng.normal(0, 0.5, len(ITEMS)), rng)
    asked = np.flatnonzero(rng.random(people) < 0.5)
    replied = asked[rng.random(asked.size) < 0.9]
    sheets = sheets_of(said[replied], np.full(replied.size, 2), None, plan)
    for name, stands_for in (("cohorts", people), ("control", asked.size)):
        counted = assemble(sheets, context_of(plan, [asked.size], [stands_for], cohorts=True))
        figures = dict(figures_of(counted))[0]
        for place, item in enumerate(ITEMS):
            draft, truth = figures[item], 25.0 * said[:, place].mean()
            if draft.value is not None and draft.low is not None and draft.high is not None:
                seen.note(name, bool(draft.low <= truth <= draft.high), draft.value - float(truth))


def simulate(runs: int, seed: int) -> Seen:
    seen = Seen(Counter(), Counter(), Counter())
    for run in range(runs):
        by_person(np.random.default_rng([seed, run]), seen)
        cohorts(np.random.default_rng([seed, run, 1]), seen)
    return seen


def missed(seen: Seen, limits: Limits) -> Iterable[str]:
    """What is not within its limit."""
    low, high = limits.coverage
    for name in ("anchors", "questions of a block", "levels", "cohorts"):
        if not low <= seen.share(name) <= high:
            yield f"{name}: {seen.share(name):.1f} % covered"
        if abs(seen.bias(name)) > limits.bias:
            yield f"{name}: {seen.bias(name):+.2f} points off"
    if seen.share("false alarms") > limits.alarms:
        yield f"false alarms: {seen.share('false alarms'):.1f} %"
    if seen.share("changes of anchors alone") < 100:
        yield "a change was told of a question that not everybody was asked"
    if seen.share("control") >= low:
        yield f"the control covered {seen.share('control'):.1f} %, so it finds nothing"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.validate.by_person")
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=2027)
    given = parser.parse_args(arguments)
    seen = simulate(given.runs, given.seed)
    for name in seen.looked:
        print(
            f"{name:26} {seen.share(name):6.1f} %  {seen.bias(name):+6.2f} points  of {seen.looked[name]:,}"
        )
    wrong = list(missed(seen, Limits()))
    print("\n".join(wrong) or "Every limit is met, and the control misses its own.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
