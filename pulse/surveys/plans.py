"""What a wave asks, frozen at opening: items in words, scales, measures, and the digest that proves it."""

import hashlib
import json
from collections.abc import Hashable, Iterable
from itertools import chain
from typing import Any, TypeVar

from pulse.banks.loading import freeze_items, freeze_measures
from pulse.banks.store import get_library
from pulse.domain.instrument import Item
from pulse.domain.instrument.changing import people_for_bridge
from pulse.domain.rotation import MIN_BY_PERSON, asked_by_block
from pulse.domain.sheets import Plan
from pulse.domain.split_ballot import Bridge, bridges_in, split, with_both
from pulse.domain.words import N_
from pulse.surveys import queries
from pulse.surveys.models import BY_PERSON, Programme, Wave

#: people who lead answer a few more questions, not another survey
LEADER_ITEMS = 4
#: people who must answer before two halves can show that two wordings are the same
BRIDGE_LEAST = 2 * people_for_bridge()
_PLANS_KEPT = 64
_read: dict[str, Plan] = {}
Name = TypeVar("Name", bound=Hashable)
LEADERS_LEAD_IN = N_("You lead people. These last questions ask how you see it from your side.")


def item_ids_of_wave(programme: Programme, number: int) -> list[str]:
    """The items of the n-th wave (from 1): the rotation, gone round again and again."""
    return list(programme.rotation[(number - 1) % len(programme.rotation)])


def anchors_of(programme: Programme) -> list[str]:
    """Items asked in every wave, in the order of the first: the only ones that carry a trend."""
    first, *others = programme.rotation
    return [item for item in first if all(item in wave for wave in others)]


def build_plan(programme: Programme, number: int, people: int | None = None) -> Plan:
    """Everything that a form, a tally and a reader need to know of the wave, as plain JSON types.

    Shape: items (frozen items in order), leader_items (asked of people who lead, after the others),
    measures (indices and dimensions those items serve), anchors (item ids), cycle (waves that levels pool).
    Where questions rotate by person also blocks: item ids asked of each block, in the order of `items`, which
    then are everything that is asked of anybody. `people` is how many are asked, None before that is known:
    fewer than MIN_BY_PERSON are asked by wave, and fewer than BRIDGE_LEAST cross no bridge.
    Where it crosses bridges also those: each half of its blocks asks one side of each. Neither side counts in
    a measure of this wave: nobody could be scored on both, and a half is no fair part of a score that is
    compared from wave to wave.
    """
    library = get_library()
    blocks = _blocks_of(programme, number, people)
    asked = _everything(programme) if blocks else item_ids_of_wave(programme, number)
    bridges = _bridges_of(programme, asked, people)
    asked = with_both(asked, bridges)
    scored = _without(asked, bridges)
    leaders = _leader_ids(_without(blocks[0], bridges) if blocks else scored) if programme.ask_leaders else []
    plan: Plan = {
        "items": freeze_items(library, asked),
        "leader_items": freeze_items(library, leaders),
        "leader_lead_in": LEADERS_LEAD_IN,
        "measures": freeze_measures(library, scored + leaders),
        "anchors": _without(anchors_of(programme), bridges),
        "cycle": _cycle_of(programme),
    }
    if bridges:
        plan["bridges"] = [list(bridge) for bridge in bridges]
        blocks = split(blocks or [asked], bridges)
    if not blocks:
        return plan
    scored_by = [_without(block, bridges) + leaders for block in blocks]
    measures = _measures_of_blocks(plan["measures"], scored_by)
    return plan | {"measures": measures, "blocks": [sorted(block, key=asked.index) for block in blocks]}


def _cycle_of(programme: Programme) -> int:
    """So many waves that each person counts once where cohorts take turns (measurement design, section 3)."""
    return programme.cohorts if programme.cohorts > 1 else min(4, len(programme.rotation))


def _blocks_of(programme: Programme, number: int, people: int | None) -> list[list[str]]:
    """What each block of the n-th wave is asked; nothing where everybody is asked the same.

    A cohort moves on by one each time that it is asked, so that its people too go through everything.
    """
    by_person = programme.rotate_by == BY_PERSON and len(programme.rotation) > 1
    if not by_person or (people is not None and people < MIN_BY_PERSON):
        return []
    return asked_by_block(programme.rotation, (number - 1) // programme.cohorts)


def _bridges_of(programme: Programme, asked: list[str], people: int | None) -> list[Bridge]:
    """The planned bridges that a wave with these questions crosses; none where too few are asked by now."""
    enough = people is None or people >= BRIDGE_LEAST
    return bridges_in(programme.bridges, asked) if enough else []


def _without(asked: list[str], bridges: list[Bridge]) -> list[str]:
    """The questions that are on no bridge."""
    bridged = {side for bridge in bridges for side in bridge}
    return [item for item in asked if item not in bridged]


def _everything(programme: Programme) -> list[str]:
    """All that the rotation asks: anchors as they stand, the others by bank and section, open ones last."""
    library = get_library()
    anchors = anchors_of(programme)
    items = library.items(dict.fromkeys(chain(anchors, *programme.rotation)))
    heading = {item.id: (library.bank_of(item.id).id, item.section) for item in items}
    banks = _ranks(bank for bank, _ in heading.values())
    sections = _ranks(heading.values())

    def place(item: Item) -> tuple[bool, bool, int, int]:
        is_open = library.scale(item.scale).kind == "text"
        if item.id in anchors:
            return is_open, False, 0, 0
        return is_open, True, banks[heading[item.id][0]], sections[heading[item.id]]

    return [item.id for item in sorted(items, key=place)]


def _ranks(names: Iterable[Name]) -> dict[Name, int]:
    """Name -> its place in the order of first appearance."""
    return {name: rank for rank, name in enumerate(dict.fromkeys(names))}


def _measures_of_blocks(measures: list[dict[str, Any]], blocks: list[list[str]]) -> list[dict[str, Any]]:
    """The measures as the people of every block can be scored on them, not as all blocks together could."""
    by_block = [{each["id"]: each for each in freeze_measures(get_library(), block)} for block in blocks]
    return [
        measure
        | {
            flag: all(block.get(measure["id"], {}).get(flag, False) for block in by_block)
            for flag in ("person_score", "whole")
        }
        for measure in measures
    ]


def _leader_ids(asked: list[str]) -> list[str]:
    """The leaders' side of up to four asked items, anchors (which come first) before others."""
    mirrors = {item.partner: item.id for item in get_library().all_items() if item.partner}
    return [mirrors[item] for item in asked if item in mirrors][:LEADER_ITEMS]


def plan_of(wave: Wave) -> Plan:
    """The plan of an opened wave."""
    return plan_named(wave.id, str(wave.plan_sha256))


def plan_named(wave_id: int, digest: str) -> Plan:
    """The plan with this digest, read once a process: it never changes, and its digest names it."""
    if digest not in _read:
        if len(_read) >= _PLANS_KEPT:
            _read.clear()
        _read[digest] = queries.get_plan(wave_id).plan
    return _read[digest]


def digest_of(plan: Plan) -> str:
    """SHA-256 over the plan in one canonical form; kept in the wave row."""
    canonical = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
