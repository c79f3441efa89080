"""Step 5 in the count: the answers of opened sheets softened once, before anything is made of them.

Every table then agrees, because all of them count the same answers.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.softening import LEAST_OUTSIDE, MIDDLE, soften
from pulse.domain.measurement.items import score100
from pulse.domain.sheets import is_closed
from pulse.results.attribute_families import Declared
from pulse.results.counting import NO_CHARACTER, Sheets
from pulse.results.sampled import Sampled
from pulse.results.scoring import item_scores, scale_of

Item = dict[str, Any]
Plan = dict[str, Any]
_Ints = npt.NDArray[np.int64]

#: no question rotates by person
ALL_ASKED = Sampled()
OF_ONE_MIND = (
    "Some group would be shown as all of one mind on a question: nothing is released and nothing is lost; "
    "tell who runs Pulse."
)


def soften_sheets(
    sheets: Sheets, declared: Declared, plan: Plan, sampled: Sampled = ALL_ASKED
) -> tuple[Sheets, int]:
    """The same sheets with some answers moved to the middle, and how many may have been moved at the most.

    The exact number is not told: see pulse.domain.disclosure.softening.
    """
    codes, most = sheets.codes.copy(), 0
    unjudged = unjudged_items(plan)
    for item, partitions in _partitions(sheets, declared, plan, sampled):
        middle = middle_of(item)
        if middle is None:
            continue
        name = item["id"]
        rng = np.random.default_rng([sheets.chance, *name.encode()])  # whatever else is asked
        found = soften(item_scores(sheets, item), partitions, rng, both_sides=name in unjudged)
        codes[found.moved, sheets.items.index(name)] = ord(middle)
        most += int(found.perhaps.sum())
    return replace(sheets, codes=codes), most


def _partitions(
    sheets: Sheets, declared: Declared, plan: Plan, sampled: Sampled
) -> Iterator[tuple[Item, list[_Ints]]]:
    """Each question that has a score, with what its published figures tell apart.

    Leaders' questions are published for all leaders together, and the gap tells staff and leaders apart on
    the questions that both were asked. Questions that rotate by person are published of their own atoms, and
    of no category.
    """
    where, families = declared.where, declared.sets()
    everybody = np.where(where >= 0, 0, -1)
    roles = np.where(where >= 0, leads_of(sheets, plan).astype(np.int64), -1)
    mirrored = {pair["sides"]["staff"] for pair in leader_pairs(plan)}
    for item in filter(_is_scored, plan["items"]):
        own = [sampled.places[item["id"]]] if item["id"] in sampled.places else [where, *families]
        yield item, [*own, *([roles] if item["id"] in mirrored else [])]
    for item in filter(_is_scored, plan["leader_items"]):
        yield item, [everybody]


def _is_scored(item: Item) -> bool:
    return item["kind"] in ("bipolar", "unipolar")


def leads_of(sheets: Sheets, plan: Plan) -> npt.NDArray[np.bool_]:
    """Who answered any of the leaders' questions; everybody else is staff."""
    asked = [sheets.column(item["id"]) for item in plan["leader_items"] if is_closed(item)]
    nobody = np.zeros(sheets.n, dtype=bool)
    return np.any([column != NO_CHARACTER for column in asked], axis=0) if asked else nobody


def leader_pairs(plan: Plan) -> list[dict[str, Any]]:
    return [
        pair for measure in plan["measures"] if measure["method"] == "leader_gap" for pair in measure["pairs"]
    ]


def unjudged_items(plan: Plan) -> frozenset[str]:
    """Questions on feelings, worry and what is expected: their measures say that no side is favourable.

    That everybody worries, or nobody does, can be held against people alike: neither side may be all there
    is.
    """
    judged: set[str] = set()
    others: set[str] = set()
    for measure in (one for one in plan["measures"] if one["method"] != "leader_gap"):
        (judged if measure["direction"] == "higher_is_better" else others).update(measure["items"])
    return frozenset(others - judged)


def middle_of(item: Item) -> str | None:
    """The option that scores 50; None where a scale has no middle."""
    for code, _ in item["options"]:
        if score100(float(code), scale_of(item), reverse=item["reverse"]) == MIDDLE:
            return str(code)
    return None


def require_softened(sheets: Sheets, declared: Declared, plan: Plan, sampled: Sampled = ALL_ASKED) -> None:
    """Raise DisclosureError if a set is of one mind after all; counts options, and knows no score."""
    unjudged = unjudged_items(plan)
    for item, partitions in _partitions(sheets, declared, plan, sampled):
        sides = sides_of(item, item["id"] in unjudged)
        for sets in partitions:
            pairs = sets * 128 + sheets.column(item["id"])
            counts: dict[int, dict[str, int]] = {}
            for key, people in zip(*np.unique(pairs[sets >= 0], return_counts=True), strict=True):
                counts.setdefault(int(key) // 128, {})[chr(int(key) % 128)] = int(people)
            if any(is_of_one_mind(found, sides) for found in counts.values()):
                raise DisclosureError(OF_ONE_MIND)


def sides_of(item: Item, unjudged: bool) -> list[set[str]]:
    """The options of each side that may not be all there is; none where a scale has no middle."""
    options = [str(code) for code, _ in item["options"]]
    half, odd = divmod(len(options), 2)
    if not odd:
        return []
    low, high = set(options[:half]), set(options[half + 1 :])
    return [low, high] if unjudged else [high if item["reverse"] else low]


def is_of_one_mind(counts: dict[str, int], sides: list[set[str]]) -> bool:
    """Whether there are people on one of these sides, and fewer than two scored answers outside it."""
    scored = {option: people for option, people in counts.items() if option.isdigit()}
    against = [sum(scored.get(option, 0) for option in side) for side in sides]
    total = sum(scored.values())
    return any(people > 0 and total - people < LEAST_OUTSIDE for people in against)
