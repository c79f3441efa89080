"""From opened sheets to everything a release will hold, in memory: blocks, tallies, moments, figures."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.blocks import Blocks, Unit, form_blocks
from pulse.domain.disclosure.gate import require_sound
from pulse.domain.measurement.moments import Moment
from pulse.domain.sheets import asked_in_part
from pulse.results.attribute_families import Declared
from pulse.results.attribute_tables import CellDraft, attribute_figures
from pulse.results.bridging import bridge_figures
from pulse.results.comparing import with_comparisons
from pulse.results.composites import complete_pairs, kept_moments
from pulse.results.counting import Sheets
from pulse.results.drafting import BlockMoments, Context, Drafting
from pulse.results.feelings import FEELINGS, MAP
from pulse.results.figures import Draft
from pulse.results.leader_gaps import leader_gaps
from pulse.results.metrics import Metric, metrics_of
from pulse.results.quality import KeptCoMoments, co_moments, quality_figures
from pulse.results.sampled import Parts, Sampled
from pulse.results.scoring import item_scores, scored_items, values_of
from pulse.results.softening import require_softened, soften_sheets
from pulse.results.stages import with_stages
from pulse.results.tally import Counts, count_twice, map_characters, without_few_facts
from pulse.surveys.models import WaveUnit

#: stands above several top units, which then make one tree
EVERYONE = 0


@dataclass(frozen=True, eq=False)
class Assembled:
    """All that leaves: block totals, published groups and their figures."""

    blocks: Blocks
    tallies: Counts
    moments: BlockMoments
    co_moments: KeptCoMoments
    keys: dict[int, str]
    headcounts: dict[int, int]
    figures: dict[int, list[Draft]]
    attributes: list[CellDraft]
    #: answers that may have been moved to the middle, at the most
    softened: int
    #: people counted in some block, so k or more, or none: how many of a few answered is nobody's business
    answered: int


def tree_of(units: list[WaveUnit], organisation: str) -> list[Unit]:
    """The frozen tree for the disclosure code; several top units get one common top."""
    tops = [unit for unit in units if unit.parent_id is None]
    above = EVERYONE if len(tops) != 1 else None
    tree = [Unit(unit.unit_id, unit.parent_id or above, unit.name) for unit in units]
    return tree if above is None else [Unit(EVERYONE, None, organisation), *tree]


def assemble(sheets: Sheets, context: Context) -> Assembled:
    """Form blocks, soften, count twice, and compute every figure; raises what holds a wave.

    What the gates found is tested again here: a step that went wrong releases nothing.
    """
    sheets = complete_pairs(sheets, context.plan)
    direct = Counter(int(unit) for unit in sheets.unit_ids)
    tree = tree_of(context.units, context.organisation)
    asked = {unit.unit_id: unit.headcount for unit in context.units}
    blocks = form_blocks(tree, direct, context.k, asked=asked, previous=context.previous_groups)
    require_sound(blocks, direct)
    homes = blocks.block_of_unit()
    where = np.array([homes.get(int(unit), -1) for unit in sheets.unit_ids], dtype=np.int64)
    declared = Declared(context.plan, sheets, blocks, where, context.asked)
    sampled = Sampled.of(sheets, where, blocks, context.plan)
    sheets, softened = soften_sheets(sheets, declared, context.plan, sampled)
    require_softened(sheets, declared, context.plan, sampled)
    mapped, items = _with_map(sheets, context.plan)
    factual = {item["id"] for item in context.plan["items"] if item["kind"] == "choice"}
    tallies = without_few_facts(count_twice(mapped, where, items), factual)
    metrics = metrics_of(context.plan, context.baselines)
    moments = _moments(sheets, where, metrics, context.plan, len(blocks.blocks))
    together = co_moments(sheets, where, blocks, context)
    keys = {group.id: group_key(group.unit_id, blocks.units_of(group.id)) for group in blocks.groups}
    headcounts = blocks.totals({unit.unit_id: unit.headcount for unit in context.units})
    stands_for = blocks.totals(
        {unit.unit_id: max(unit.eligible or 0, unit.headcount) for unit in context.units}
    )
    parts = Parts(sampled.shown, sampled.count(sheets, {item["id"] for item in scored_items(context.plan)}))
    drafting = Drafting(blocks, tallies, moments, keys, headcounts, stands_for, metrics, context, parts)
    drafts = with_stages(drafting, with_comparisons(drafting, drafting.all_groups()))
    if blocks.groups:
        drafts[blocks.groups[0].id] += leader_gaps(sheets, declared, drafting)
        drafts[blocks.groups[0].id] += quality_figures(together, context)
        drafts[blocks.groups[0].id] += bridge_figures(drafting)
    cells = attribute_figures(drafting, sheets, declared)
    kept = _kept(moments, metrics, context)
    answered = sum(block.n for block in blocks.blocks)
    return Assembled(blocks, tallies, kept, together, keys, headcounts, drafts, cells, softened, answered)


def _kept(moments: BlockMoments, metrics: list[Metric], context: Context) -> BlockMoments:
    """What is stored of blocks: nothing of questions that only part of their people were asked."""
    apart = asked_in_part(context.plan) | {metric.id for metric in metrics if metric.sampled}
    whole = {key: moment for key, moment in moments.items() if key[1] not in apart}
    return kept_moments(whole, [metric for metric in metrics if not metric.sampled], context.k)


def group_key(owner: int | None, unit_ids: frozenset[int]) -> str:
    """Names a set of people by its base units: trends run between identical sets and break elsewhere.

    The unit whose result it is (None for a combined group) is part of the name: a unit with a single unit
    below it may stand for the very same people, and both have results.
    """
    base = ",".join(map(str, sorted(unit_ids)))
    return hashlib.sha256(f"{owner}:{base}".encode()).hexdigest()[:40]


def _with_map(sheets: Sheets, plan: dict[str, Any]) -> tuple[Sheets, list[str]]:
    """The closed items that everybody was asked, and the map of the first pair of feelings among them."""
    in_part = asked_in_part(plan)
    items = [item["id"] for item in plan["items"] if item["kind"] != "text" and item["id"] not in in_part]
    pair = next((m["pairs"][0]["sides"] for m in plan["measures"] if m["id"] == FEELINGS), None)
    if pair is None or in_part.intersection(pair.values()):
        return sheets, items
    characters = map_characters(sheets, pair["positive"], pair["negative"])
    return sheets.with_column(MAP, characters), [*items, MAP]


def _moments(
    sheets: Sheets, where: npt.NDArray[np.int64], metrics: list[Metric], plan: dict[str, Any], count: int
) -> BlockMoments:
    """n, sum and sum of squares of every metric and scored item, by block."""
    columns = {metric.id: values_of(metric, sheets, plan) for metric in metrics}
    columns |= {item["id"]: item_scores(sheets, item) for item in scored_items(plan)}
    found: BlockMoments = {}
    for name, values in columns.items():
        kept = (where >= 0) & ~np.isnan(values)
        scores = np.where(kept, values, 0.0)[kept]
        sums = [np.bincount(where[kept], weights, minlength=count) for weights in (None, scores, scores**2)]
        for block in range(count):
            found[block, name] = Moment(int(sums[0][block]), float(sums[1][block]), float(sums[2][block]))
    return found
