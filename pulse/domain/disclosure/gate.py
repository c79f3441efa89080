"""The gate of step 1: finished blocks are checked against the counts by other means than made them.

A release fails closed: any doubt raises DisclosureError and nothing is published.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate, pairwise

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.groups import Blocks


def require_sound(blocks: Blocks, answered: Mapping[int, int]) -> None:
    """Raise DisclosureError unless every promise of step 1 holds for these counts.

    Blocks are disjoint and hold k or more answers each; every answer is in one block or left out; a group
    is exactly one block, or exactly what the groups directly inside it make together.
    """
    _require_partition(blocks, answered)
    _require_nesting(blocks)


def _require_partition(blocks: Blocks, answered: Mapping[int, int]) -> None:
    placed = Counter(unit_id for block in blocks.blocks for unit_id in block.unit_ids)
    placed.update(blocks.left_out)
    if any(times > 1 for times in placed.values()):
        raise DisclosureError("A unit is counted twice, so this wave cannot be released.")
    if any(n and unit_id not in placed for unit_id, n in answered.items()):
        raise DisclosureError("A unit with answers is counted nowhere, so this wave cannot be released.")
    for block in blocks.blocks:
        n = sum(answered.get(unit_id, 0) for unit_id in block.unit_ids)
        if n != block.n or n < blocks.k:
            raise DisclosureError(
                f"Block {block.id} is too small or miscounted, so this wave cannot be released."
            )
    if sum(answered.get(unit_id, 0) for unit_id in blocks.left_out) != blocks.left_out_n:
        raise DisclosureError("What is left out was miscounted, so this wave cannot be released.")


def _require_nesting(blocks: Blocks) -> None:
    """The groups directly inside a group must lie end to end, or all be the whole of it."""
    inside: dict[int, list[range]] = {}
    for group in blocks.groups:
        if group.parent_id is not None:
            inside.setdefault(group.parent_id, []).append(group.block_ids)
    for group in blocks.groups:
        runs = sorted(inside.get(group.id, []), key=lambda run: run.start)
        edges = [(run.start, run.stop) for run in runs] or [(b, b + 1) for b in group.block_ids[:1]]
        joins = all(left[1] == right[0] for left, right in pairwise(edges))
        if (
            not edges
            or not joins
            or (edges[0][0], edges[-1][1]) != (group.block_ids.start, group.block_ids.stop)
        ):
            raise DisclosureError(f'The group "{group.name}" does not nest, so this wave cannot be released.')
    _require_group_totals(blocks)


def _require_group_totals(blocks: Blocks) -> None:
    upto = list(accumulate((block.n for block in blocks.blocks), initial=0))
    for group in blocks.groups:
        if group.n != upto[group.block_ids.stop] - upto[group.block_ids.start]:
            raise DisclosureError(f'The group "{group.name}" is miscounted, so this wave cannot be released.')
