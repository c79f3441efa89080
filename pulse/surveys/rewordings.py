"""Where a survey's questions were worded anew, or became others: read from what the waves asked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pulse.banks.store import get_library
from pulse.domain.instrument.changing import Change, weigh_words
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of


class Rewording(NamedTuple):
    """A question that the wave with this label asks in other terms than the last wave that asked it."""

    label: str
    item_id: str
    #: ids of the measures that it counts in there
    measures: frozenset[str]


def list_rewordings(waves: Sequence[Wave]) -> list[Rewording]:
    """Of opened waves of one survey, oldest first. Spelling is none."""
    last: dict[str, Mapping[str, Any]] = {}
    found = []
    for wave in waves:
        plan = plan_of(wave)
        for item in [*plan["items"], *plan["leader_items"]]:
            before = last.get(item["id"])
            if before is not None and _is_reworded(before, item):
                found.append(Rewording(wave.label, item["id"], _measures(plan, item["id"])))
            last[item["id"]] = item
    return found


class Replacement(NamedTuple):
    """A question that the wave with this label is the first to ask, in place of another of these measures."""

    label: str
    old: str
    new: str
    measures: frozenset[str]
    #: whether that wave asks half the people each
    by_halves: bool


def list_replacements(waves: Sequence[Wave]) -> list[Replacement]:
    """Of opened waves of one survey, oldest first, each replaced question once.

    Which question stands in place of which is told by the library as it is today.
    """
    library = get_library()
    told: dict[str, frozenset[str]] = {}
    found = []
    for wave in waves:
        plan = plan_of(wave)
        halves = {new: old for old, new in plan.get("bridges", ())}
        asked = {item["id"] for item in plan["items"]}
        for new in sorted(asked - told.keys()):
            old = halves.get(new) or (library.item(new).replaces if new in library else None)
            if old in told:
                found.append(Replacement(wave.label, str(old), new, told[str(old)], new in halves))
        told |= {item: told.get(item, frozenset()) | _measures(plan, item) for item in asked}
    return found


class Remade(NamedTuple):
    """From the wave with this label on, a measure is made of other questions, or by other rules."""

    label: str
    measure: str


def make_of(measure: Mapping[str, Any]) -> tuple[object, ...]:
    """The rules by which a frozen measure is scored; which of its questions a wave asks is none of them."""
    facets = tuple(facet["id"] for facet in measure["facets"])
    return (*(measure[rule] for rule in ("method", "need", "need_share", "need_facets")), facets)


def list_remade(waves: Sequence[Wave], replaced: Sequence[Replacement]) -> list[Remade]:
    """Of opened waves of one survey, oldest first; but for questions in place of others (`replaced`)."""
    instead = {(one.label, one.old): one.new for one in replaced}
    last: dict[str, tuple[object, frozenset[str]]] = {}
    found = []
    for wave in waves:
        plan = plan_of(wave)
        for measure in plan["measures"]:
            name, steady = measure["id"], frozenset(measure["items"]) & frozenset(plan["anchors"])
            if not steady:
                continue
            made = (make_of(measure), steady)
            if name in last:
                make, items = last[name]
                carried = frozenset(instead.get((wave.label, item), item) for item in items)
                if made != (make, carried):
                    found.append(Remade(wave.label, name))
            last[name] = made
    return found


def _is_reworded(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """By what an editor declared, or by the words themselves: an organisation may have swapped its own."""
    if before.get("wording", 1) != after.get("wording", 1) or before["scale"] != after["scale"]:
        return True
    words = (_words(before), _words(after))
    return len(words[0]) != len(words[1]) or any(
        weigh_words(old, new) >= Change.TERM for old, new in zip(*words, strict=True)
    )


def _words(frozen: Mapping[str, Any]) -> list[str]:
    """All that people read of it: what stands before it, itself, and its answers."""
    answers = [label for _code, label in (*frozen["options"], *frozen["nonsubstantive"])]
    return [frozen.get("bank_lead_in", ""), frozen.get("lead_in", ""), frozen["text"], *answers]


def _measures(plan: Mapping[str, Any], item_id: str) -> frozenset[str]:
    return frozenset(measure["id"] for measure in plan["measures"] if item_id in measure["items"])
