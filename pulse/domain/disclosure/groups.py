"""What step 1 produces: blocks, the groups that may be published, and each unit's standing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

GroupKind = Literal["unit", "combined"]
Standing = Literal["own", "combined", "higher", "left_out"]


@dataclass(frozen=True)
class Block:
    """The smallest thing ever tallied: the direct people of `unit_ids`, of whom `n` (k or more) answered."""

    id: int
    unit_ids: tuple[int, ...]
    n: int


@dataclass(frozen=True)
class Group:
    """A group with a published result: the union of the blocks `block_ids` (consecutive), `n` answers.

    kind "unit": the result of unit `unit_id`. kind "combined": one block that joins `parts`, shown below
    unit `under`; `unit_id` is None. parent_id: the smallest published group around this one, None for the
    top. counted_here: units whose direct people count in this group and in none inside it.
    """

    id: int
    kind: GroupKind
    name: str
    unit_id: int | None
    under: int | None
    parent_id: int | None
    block_ids: range
    n: int
    parts: tuple[str, ...]
    counted_here: tuple[int, ...]


@dataclass(frozen=True)
class UnitStatus:
    """How a unit is shown, in which group (None if left out), and why, in one sentence for its people."""

    unit_id: int
    standing: Standing
    group_id: int | None
    sentence: str


@dataclass(frozen=True)
class Blocks:
    """The organisation blocks of one wave. Groups come with every parent before its children.

    left_out: units whose direct people are in no result; left_out_n: how many of them answered (for
    checking totals; never published). sum of block n + left_out_n is every answer of the wave.
    """

    k: int
    blocks: tuple[Block, ...]
    groups: tuple[Group, ...]
    statuses: Mapping[int, UnitStatus]
    left_out: tuple[int, ...]
    left_out_n: int

    def block_of_unit(self) -> dict[int, int]:
        """The block that tallies the direct people of each unit; units left out or silent are absent."""
        return {unit_id: block.id for block in self.blocks for unit_id in block.unit_ids}

    def group_of_unit(self) -> dict[int, Group]:
        """Each unit's own result; units without one are absent."""
        return {group.unit_id: group for group in self.groups if group.unit_id is not None}

    def combined_sets(self) -> list[frozenset[int]]:
        """The unit ids of each combined group, to pass on as the next wave's `previous`."""
        return [
            frozenset(self.blocks[group.block_ids[0]].unit_ids)
            for group in self.groups
            if group.kind == "combined"
        ]

    def totals(self, direct: Mapping[int, int]) -> dict[int, int]:
        """Sum any per-unit figure (headcount, invitations) over the people each group stands for.

        `direct` counts people directly in each unit. Units in which nobody answered are part of the group
        that would have counted them, so that a response rate has its whole denominator.
        """
        sums = {group.id: sum(direct.get(unit, 0) for unit in group.counted_here) for group in self.groups}
        for group in reversed(self.groups):
            if group.parent_id is not None:
                sums[group.parent_id] += sums[group.id]
        return sums

    def units_of(self, group_id: int) -> frozenset[int]:
        """Every unit whose direct people the group stands for, silent ones included."""
        inside = {group_id}
        units = set(self.groups[group_id].counted_here)
        for group in self.groups[group_id + 1 :]:
            if group.parent_id in inside:
                inside.add(group.id)
                units.update(group.counted_here)
        return frozenset(units)
