"""The gate: one function counts, one writes, and what is written never changes.

Everything that leaves Pulse as a result is read from the rows written here.
"""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pulse.invitations import queries as invitations
from pulse.results import comment_queries, queries
from pulse.results.assembly import EVERYONE, Assembled, assemble
from pulse.results.baselines import find_baselines
from pulse.results.bridging import carry
from pulse.results.comments import Kept, keep_comments
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from pulse.results.figures import Draft, require_numbers
from pulse.results.last_checks import require_safe
from pulse.results.metrics import metrics_of
from pulse.results.models import Release
from pulse.results.remade import of_same_make
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.population_queries import list_member_places

Row = dict[str, Any]
#: how far back a trend looks: six years of quarters
TREND_WAVES = 24


@dataclass(frozen=True, eq=False)
class Counted:
    """A wave counted in memory, with what the register says of it."""

    assembled: Assembled
    eligible: int
    delivered: int
    comments: list[Kept]


def count_wave(wave_id: int, sheets: Sheets) -> Counted:
    """Count opened sheets; raises DisclosureError or TalliesDiffer, and then nothing may be released."""
    wave = surveys.get_wave(wave_id)
    context = context_of(wave)
    assembled = assemble(sheets, context)
    comments = keep_comments(sheets, assembled.blocks, context.plan)
    eligible, delivered = surveys.count_members(wave_id), invitations.count_delivered(wave_id)
    return Counted(assembled, eligible, delivered, comments)


def context_of(wave: Wave) -> Context:
    """What the count needs to know of a wave, its programme and its earlier releases."""
    plan = plan_of(wave)
    last = queries.find_release_before(wave.programme_id, wave.number)
    steady = [metric.id for metric in metrics_of(plan) if not metric.pooled]
    history = queries.list_history(wave.programme_id, wave.number, plan["cycle"])
    history |= queries.list_history(wave.programme_id, wave.number, TREND_WAVES, steady)
    same = of_same_make(history, plan, wave.programme_id, wave.number)
    return Context(
        plan=plan,
        units=surveys.list_wave_units(wave.id),
        number=wave.number,
        k=wave.k,
        seed=wave.id,
        organisation=wave.programme.organisation,
        leaders=surveys.count_leaders(wave.id),
        previous_groups=queries.list_combined_sets(last.id) if last else [],
        history=carry(same, plan, wave.programme_id, wave.number),
        baselines=find_baselines(wave, plan),
        asked=list_member_places(wave.id) if plan.get("attributes") else (),
        cohorts=wave.cohort is not None,
    )


def write_release(wave_id: int, counted: Counted, now: datetime) -> None:
    """Write every row in shuffled order; the caller holds the one transaction in which envelopes go.

    Raises DisclosureError, and has written nothing, if the rows themselves do not keep what is promised.
    """
    wave = surveys.get_wave(wave_id)
    tables = _tables(counted)
    require_safe(tables, plan_of(wave), wave.k)
    release = Release(
        wave_id=wave_id,
        released_at=now,
        k=wave.k,
        eligible=counted.eligible,
        delivered=counted.delivered,
        answered=counted.assembled.answered,
        digest=digest_of(tables),
        softened=counted.assembled.softened,
    )
    release_id = queries.add_release(release)
    blocks = queries.add_blocks(release_id, shuffled(tables["block"]))
    queries.add_block_rows(
        blocks, {name: shuffled(tables[name]) for name in ("block_unit", "tally", "moment")}
    )
    queries.add_co_moments(release_id, shuffled(tables["co_moment"]))
    groups = queries.add_groups(release_id, shuffled(tables["group"]), blocks)
    queries.add_group_rows(release_id, groups, shuffled(tables["figure"]), shuffled(tables["unit_status"]))
    queries.add_attribute_figures(groups, shuffled(tables["attribute_figure"]))
    comment_queries.add_comments(release_id, groups, shuffled(tables["comment"]))


def shuffled(rows: Sequence[Row]) -> list[Row]:
    """Row order must tell nothing, not even the order of counting."""
    mixed = list(rows)
    random.SystemRandom().shuffle(mixed)
    return mixed


def digest_of(tables: dict[str, list[Row]]) -> str:
    """SHA-256 over all rows in one canonical form, whatever order they are stored in."""
    lines = sorted(json.dumps([name, row], sort_keys=True) for name, rows in tables.items() for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _tables(counted: Counted) -> dict[str, list[Row]]:
    """The release as plain rows. Blocks and groups are named by number; ids come when they are stored."""
    found = counted.assembled
    blocks = found.blocks.blocks
    return {
        "block": [{"number": block.id, "n": block.n} for block in blocks],
        "block_unit": [
            {"block": block.id, "unit_id": unit} for block in blocks for unit in block.unit_ids if unit
        ],
        "tally": [
            {"block": block, "item": item, "option": option, "n": n}
            for (block, item, option), n in found.tallies.items()
        ],
        "moment": [
            {"block": block, "metric": metric, "n": moment.n, "s1": moment.s1, "s2": moment.s2}
            for (block, metric), moment in found.moments.items()
        ],
        "co_moment": [
            {"name": name, "n": kept.n, "matrix": kept.as_json()} for name, kept in found.co_moments.items()
        ],
        "group": list(_group_rows(found)),
        "figure": [
            _figure_row(group_id, require_numbers(draft))
            for group_id, drafts in found.figures.items()
            for draft in drafts
        ],
        "attribute_figure": [asdict(cell) for cell in found.attributes],
        "unit_status": list(_status_rows(found)),
        "comment": [{"group": one.group, "item": one.item, "text": one.text} for one in counted.comments],
    }


def _group_rows(found: Assembled) -> Iterable[Row]:
    depths: dict[int, int] = {}
    for group in found.blocks.groups:
        depths[group.id] = 0 if group.parent_id is None else depths[group.parent_id] + 1
        kind = "organisation" if group.parent_id is None else group.kind
        yield {
            "number": group.id,
            "parent": group.parent_id,
            "key": found.keys[group.id],
            "kind": kind,
            "unit_id": (group.unit_id or group.under) or None,
            "name": group.name,
            "headcount": found.headcounts[group.id],
            "n": group.n,
            "depth": depths[group.id],
            "blocks": list(group.block_ids),
        }


def _status_rows(found: Assembled) -> Iterable[Row]:
    for unit_id, status in found.blocks.statuses.items():
        if unit_id != EVERYONE:
            yield {
                "unit_id": unit_id,
                "group": status.group_id,
                "status": status.standing,
                "reason": status.sentence,
            }


def _figure_row(group_id: int, draft: Draft) -> Row:
    moved = draft.change
    return {
        "group": group_id,
        "measure": draft.measure,
        "n": draft.n,
        "value": draft.value,
        "low": draft.low,
        "high": draft.high,
        "change": moved.value if moved else None,
        "change_low": moved.low if moved else None,
        "change_high": moved.high if moved else None,
        "q": draft.q,
        "flagged": draft.flagged,
        "detectable": draft.detectable,
        "detail": draft.detail,
    }
