"""Where a survey's questions were worded anew, or became others: read from what the waves asked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pulse.banks.store import get_library
from pulse.domain.instrument.asked import weigh_frozen
from pulse.domain.instrument.changing import Change
from pulse.domain.instrument.freezing import Frozen
from pulse.domain.sheets import all_items
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of


class Rewording(NamedTuple):
    """A question that the wave with this label asks in other words than the waves before it."""

    label: str
    item_id: str
    #: ids of the measures that it counts in there
    measures: frozenset[str]
    #: whether it asks something else in them, so that answers before and after are not about the same
    broken: bool = False


def list_rewordings(waves: Sequence[Wave]) -> list[Rewording]:
    """Of opened waves of one survey, oldest first. Spelling is none, but for many steps that add up."""
    return _read_wordings(waves)[0]


def last_worded(waves: Sequence[Wave]) -> dict[str, Frozen]:
    """Question -> its form in the first wave that said it as now; of opened waves, oldest first."""
    return _read_wordings(waves)[1]


def _read_wordings(waves: Sequence[Wave]) -> tuple[list[Rewording], dict[str, Frozen]]:
    worded: dict[str, Frozen] = {}
    found = []
    for wave in waves:
        plan = plan_of(wave)
        for item in all_items(plan):
            weighed = weigh_frozen(worded.setdefault(item["id"], item), item)
            if weighed >= Change.TERM:
                broken = weighed is Change.MEANING
                found.append(Rewording(wave.label, item["id"], _measures(plan, item["id"]), broken))
                worded[item["id"]] = item
    return found, worded


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


_RULES = ("method", "direction", "need", "need_share", "need_facets", "stage")


def make_of(measure: Mapping[str, Any]) -> tuple[object, ...]:
    """The rules by which a frozen measure is scored; which of its questions a wave asks is none of them."""
    facets = tuple(facet["id"] for facet in measure["facets"])
    return (*(measure[rule] for rule in _RULES), facets)


def list_remade(waves: Sequence[Wave], replaced: Sequence[Replacement]) -> list[Remade]:
    """Of opened waves of one survey, oldest first; but for questions in place of others (`replaced`)."""
    instead = {(one.label, one.old): one.new for one in replaced}
    last: dict[str, tuple[object, frozenset[str]]] = {}
    found = []
    for wave in waves:
        plan = plan_of(wave)
        for measure in plan["measures"]:
            name, steady = measure["id"], _steady(measure, frozenset(plan["anchors"]))
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


def _steady(measure: Mapping[str, Any], anchors: frozenset[str]) -> frozenset[str]:
    """The questions that carry its trend: of mixed feelings one pair, the first that every wave asks."""
    if measure["method"] != "griffin":
        return anchors.intersection(measure["items"])
    sides = (frozenset(pair["sides"].values()) for pair in measure["pairs"])
    return next((pair for pair in sides if pair <= anchors), frozenset())


def _measures(plan: Mapping[str, Any], item_id: str) -> frozenset[str]:
    return frozenset(measure["id"] for measure in plan["measures"] if item_id in measure["items"])
