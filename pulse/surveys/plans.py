"""What a wave asks, frozen at opening: items in words, scales, measures, and the digest that proves it."""

import hashlib
import json

from pulse.banks.loading import freeze_items, freeze_measures, get_library
from pulse.domain.sheets import Plan
from pulse.surveys import queries
from pulse.surveys.models import Programme, Wave

#: people who lead answer a few more questions, not another survey
LEADER_ITEMS = 4
_PLANS_KEPT = 64
_read: dict[str, Plan] = {}
LEADERS_LEAD_IN = "You lead people. These last questions ask how you see it from your side."


def item_ids_of_wave(programme: Programme, number: int) -> list[str]:
    """The items of the n-th wave (from 1): the rotation, gone round again and again."""
    return list(programme.rotation[(number - 1) % len(programme.rotation)])


def anchors_of(programme: Programme) -> list[str]:
    """Items asked in every wave, in the order of the first: the only ones that carry a trend."""
    first, *others = programme.rotation
    return [item for item in first if all(item in wave for wave in others)]


def build_plan(programme: Programme, number: int) -> Plan:
    """Everything that a form, a tally and a reader need to know of the wave, as plain JSON types.

    Shape: items (frozen items in order), leader_items (asked of people who lead, after the others),
    measures (indices and dimensions those items serve), anchors (item ids), cycle (waves a rotation).
    """
    library = get_library()
    asked = item_ids_of_wave(programme, number)
    leaders = _leader_ids(asked) if programme.ask_leaders else []
    return {
        "items": freeze_items(library, asked),
        "leader_items": freeze_items(library, leaders),
        "leader_lead_in": LEADERS_LEAD_IN,
        "measures": freeze_measures(library, asked + leaders),
        "anchors": anchors_of(programme),
        "cycle": min(4, len(programme.rotation)),
    }


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
