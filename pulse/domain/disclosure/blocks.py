"""Step 1 of disclosure control: organisation blocks, and the groups that a wave may be shown for.

A block is a set of units whose direct people together gave k or more responses. Every published group is a
union of blocks; any two groups are nested or disjoint; and what is left of a group without the groups
inside it is empty or a block. So every figure of every unit is a function of block totals, and no
combination of published figures, linear or not, sees finer than a total over k people.

Counts do not tell who stayed silent either: people who were asked and of whom nobody answered are treated as
if a few had, so that they are joined to others or counted higher up in the same way.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate

from pulse.domain.disclosure import DEFAULT_K, require_threshold, wording
from pulse.domain.disclosure.forming import Forming, Piece
from pulse.domain.disclosure.gate import require_sound
from pulse.domain.disclosure.groups import Block, Blocks, Group, UnitStatus
from pulse.domain.disclosure.tree import Tree, Unit

__all__ = ["Block", "Blocks", "Group", "Unit", "UnitStatus", "form_blocks"]


def form_blocks(
    units: Iterable[Unit],
    answered: Mapping[int, int],
    k: int = DEFAULT_K,
    *,
    asked: Mapping[int, int] | None = None,
    previous: Iterable[Collection[int]] = (),
) -> Blocks:
    """Form the blocks of a wave from the tree and how many people directly in each unit answered.

    `asked` is how many people directly in each unit were asked; without it only those who answered count.
    `previous` holds last wave's `Blocks.combined_sets()`: a combined group whose units are all small again
    and still reach k stays as it was. The result depends on these arguments alone, not on their order.
    Raises DisclosureError for k under the hard floor, a broken tree, or counts that do not fit it; the
    finished blocks are checked against the counts before they are returned.
    """
    require_threshold(k)
    tree = Tree.of(units)
    direct = tree.direct_counts(answered)
    people = tree.direct_counts(asked) if asked is not None else [0] * len(direct)
    forming = Forming(tree, direct, people, k, previous)
    forming.run()
    blocks = _Assembly(tree, forming).blocks()
    require_sound(blocks, answered)
    return blocks


class _Assembly:
    """Turn the state of a finished walk into frozen results, blocks and groups in display order."""

    def __init__(self, tree: Tree, forming: Forming) -> None:
        self.tree, self.forming = tree, forming
        self.open = forming.blocks[::-1]
        self.sums = list(accumulate((block.n for block in self.open), initial=0))
        self.home = {v: b for b, block in enumerate(self.open) for v in block.positions}
        self.own = self._own_groups()
        self.leaf = self._leaf_groups()
        self.groups = self._groups()

    def blocks(self) -> Blocks:
        ids = [unit.id for unit in self.tree.units]
        left_out = [v for piece in self.forming.left_out for v in range(piece.start, piece.stop)]
        return Blocks(
            k=self.forming.k,
            blocks=tuple(
                Block(b, tuple(ids[v] for v in sorted(block.positions)), block.n)
                for b, block in enumerate(self.open)
            ),
            groups=self.groups,
            statuses={ids[u]: self._status(u) for u in range(len(ids))},
            left_out=tuple(ids[v] for v in left_out),
            left_out_n=sum(piece.n for piece in self.forming.left_out),
        )

    def _range(self, u: int) -> range:
        """The blocks that unit u shows; the walk numbered them from the last leaf to the top."""
        count = len(self.open)
        return range(count - self.forming.ends[u], count - self.forming.starts[u])

    def _own_groups(self) -> dict[int, int]:
        """Group id of each unit with its own result: it shows several blocks, or owns its one block."""
        own: dict[int, int] = {}
        for u in range(len(self.tree.units)):
            shown = self._range(u)
            if not self.forming.small[u] and (len(shown) > 1 or u in self.open[shown[0]].owners):
                own[u] = len(own)
        return own

    def _leaf_groups(self) -> list[int]:
        """The smallest group around each block, which always is exactly that block."""
        combined = len(self.own)
        leaf = []
        for block in self.open:
            if block.parts is None:
                leaf.append(self.own[block.owners[0]])
            else:
                leaf.append(combined)
                combined += 1
        return leaf

    def _groups(self) -> tuple[Group, ...]:
        counted = self._counted_here()
        groups = [self._unit_group(u, tuple(counted.get(g, ()))) for u, g in self.own.items()]
        for b, block in enumerate(self.open):
            if block.parts is not None:
                groups.append(self._combined_group(b, tuple(counted.get(self.leaf[b], ()))))
        return tuple(groups)

    def _counted_here(self) -> dict[int, list[int]]:
        counted: dict[int, list[int]] = {}
        for v, unit in enumerate(self.tree.units):
            group = self._group_around(v)
            if group is not None:
                counted.setdefault(group, []).append(unit.id)
        return counted

    def _group_around(self, v: int) -> int | None:
        """The smallest published group that counts the direct people of v; None if they are left out."""
        if v in self.home:
            return self.leaf[self.home[v]]
        u = self.forming.silent.get(v)
        return None if u is None else self.own.get(u, self.leaf[self._range(u)[0]])

    def _unit_group(self, u: int, counted: tuple[int, ...]) -> Group:
        unit, shown = self.tree.units[u], self._range(u)
        return Group(
            id=self.own[u],
            kind="unit",
            name=unit.name,
            unit_id=unit.id,
            under=unit.parent_id,
            parent_id=self.own[self.tree.parents[u]] if u else None,
            block_ids=shown,
            n=self.sums[shown.stop] - self.sums[shown.start],
            parts=(unit.name,),
            counted_here=counted,
        )

    def _combined_group(self, b: int, counted: tuple[int, ...]) -> Group:
        block = self.open[b]
        parts = tuple(block.parts or ())
        return Group(
            id=self.leaf[b],
            kind="combined",
            name=wording.joined(parts),
            unit_id=None,
            under=self.tree.units[block.under].id,
            parent_id=self.own[block.under],
            block_ids=range(b, b + 1),
            n=block.n,
            parts=parts,
            counted_here=counted,
        )

    def _status(self, u: int) -> UnitStatus:
        k, unit_id = self.forming.k, self.tree.units[u].id
        if u in self.own:
            return UnitStatus(unit_id, "own", self.own[u], self._own_sentence(u))
        # A unit without its own result lies in one block (or is silent in one group) with all below it.
        group = self._group_around(u) if self.forming.small[u] else self.leaf[self._range(u)[0]]
        if group is None:
            return UnitStatus(unit_id, "left_out", None, wording.left_out(k))
        name = self.groups[group].name
        if self.groups[group].kind == "combined":
            return UnitStatus(unit_id, "combined", group, wording.only_in(name, k))
        return UnitStatus(unit_id, "higher", group, wording.counted_in(name, k))

    def _own_sentence(self, u: int) -> str:
        shown = self._range(u)
        inside = range(u, self.tree.stops[u])

        def here(piece: Piece) -> bool:
            return self.home.get(piece.start) in shown

        return wording.own_result(
            self.forming.k,
            without_some=any(not here(piece) for piece in self.forming.carried[u]),
            with_others=any(here(piece) and piece.start not in inside for piece in self.forming.folded),
        )
