"""Step 1 of disclosure control, the working part: walk the tree from the leaves up and close off blocks.

Reads how many answered in each unit and nothing else, so the shape of a release says nothing about answers.
`blocks.form_blocks` is the way in; this module keeps the state of one walk.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from pulse.domain.disclosure.packing import cover
from pulse.domain.disclosure.tree import Tree
from pulse.domain.disclosure.wording import direct_people, placed

#: At the top, too few to show are left out if they are at most one in this many of all answers (2 %).
LEAVE_OUT_ONE_IN = 50


@dataclass(frozen=True)
class Piece:
    """People too few to show alone: a subtree (positions start .. stop - 1) or a unit's direct people."""

    start: int
    stop: int
    n: int
    direct: bool


@dataclass
class OpenBlock:
    """A block while it may still grow.

    owners: units (deepest first) whose own result is exactly this block. parts: names of what it joins,
    None while it is one unit's own; under: the unit a joined block is shown below.
    """

    n: int
    positions: list[int]
    under: int
    parts: list[str] | None
    owners: list[int] = field(default_factory=list)


class Forming:
    """One bottom-up pass. Blocks of the subtree of u that u itself shows: starts[u] .. ends[u] - 1."""

    def __init__(
        self,
        tree: Tree,
        direct: list[int],
        asked: list[int],
        k: int,
        previous: Iterable[Collection[int]],
    ) -> None:
        size = len(tree.units)
        self.tree, self.direct, self.asked, self.k = tree, direct, asked, k
        self.blocks: list[OpenBlock] = []
        self.starts, self.ends = [0] * size, [0] * size
        self.small = [False] * size
        self.carried: list[list[Piece]] = [[] for _ in range(size)]
        #: Units where nobody was asked and no block was touched, with the unit that counts them.
        self.silent: dict[int, int] = {}
        self.folded: list[Piece] = []
        self.left_out: list[Piece] = []
        self._previous = [frozenset(group) for group in previous]
        self._last_group = {unit: i for i, group in enumerate(self._previous) for unit in sorted(group)}
        self._totals, self._asked_in = list(direct), list(asked)
        for u in range(size - 1, 0, -1):
            self._totals[tree.parents[u]] += self._totals[u]
            self._asked_in[tree.parents[u]] += self._asked_in[u]

    def run(self) -> None:
        for u in reversed(range(len(self.tree.units))):
            self._close(u)
        self._settle_top()

    def _close(self, u: int) -> None:
        """Decide unit u once all units below it are decided."""
        children = self.tree.children[u]
        self.starts[u] = self.starts[children[-1]] if children else len(self.blocks)
        pieces = self._pieces(u)
        waiting = sum(piece.n for piece in pieces)
        if self._totals[u] < self.k:
            self.small[u] = True
        elif waiting >= self.k:
            self._pack(u, pieces)
        elif any(self._somebody(piece) for piece in pieces):  # a few answered, or nobody: it looks the same
            self._join_or_carry(u, pieces)
        else:
            self.silent.update((v, u) for piece in pieces for v in range(piece.start, piece.stop))
        self.ends[u] = len(self.blocks)
        if not self.small[u]:
            self._publish(u)

    def _pieces(self, u: int) -> list[Piece]:
        """Small children, people directly in u, and what could not be shown below; in display order."""
        children = self.tree.children[u]
        found = [
            Piece(c, self.tree.stops[c], self._totals[c], direct=False) for c in children if self.small[c]
        ]
        if self.direct[u] or self.asked[u] or not children:
            found.append(Piece(u, u + 1, self.direct[u], direct=bool(children)))
        for child in children:
            found.extend(self.carried[child])
        return sorted(found, key=lambda piece: piece.start)

    def _somebody(self, piece: Piece) -> bool:
        """Whether it holds people: if it could be seen that none of them answered, they would be known."""
        asked = self.asked[piece.start] if piece.direct else self._asked_in[piece.start]
        return piece.n > 0 or asked > 0

    def _publish(self, u: int) -> None:
        if self.direct[u] == self.asked[u] == 0 and self.tree.children[u]:
            self.silent[u] = u
        if self.ends[u] - self.starts[u] == 1:
            # A joined group that turns out to be all that u shows is simply u.
            block = self.blocks[self.starts[u]]
            block.owners.append(u)
            block.parts = None

    def _pack(self, u: int, pieces: list[Piece]) -> None:
        kept, free = self._kept_groups(pieces)
        if sum(piece.n for piece in free) >= self.k:
            kept.extend([free[i] for i in group] for group in cover([piece.n for piece in free], self.k))
        elif free:
            min(kept, key=lambda group: sum(piece.n for piece in group)).extend(free)
        for group in sorted(kept, key=lambda group: min(piece.start for piece in group)):
            self.blocks.append(OpenBlock(0, [], u, []))
            self._add(self.blocks[-1], group)

    def _kept_groups(self, pieces: list[Piece]) -> tuple[list[list[Piece]], list[Piece]]:
        """Last wave's groups that consist of the same units now and still reach k, and the pieces left."""
        by_group: dict[int, list[Piece]] = {}
        for piece in pieces:
            by_group.setdefault(self._last_group_of(piece.start), []).append(piece)
        kept = []
        for index, group in by_group.items():
            units = {self.tree.units[v].id for piece in group for v in range(piece.start, piece.stop)}
            if index >= 0 and units == self._previous[index] and sum(p.n for p in group) >= self.k:
                kept.append(group)
        taken = {piece.start for group in kept for piece in group}
        return kept, [piece for piece in pieces if piece.start not in taken]

    def _last_group_of(self, position: int) -> int:
        return self._last_group.get(self.tree.units[position].id, -1)

    def _join_or_carry(self, u: int, pieces: list[Piece]) -> None:
        """Too few to stand alone: share the smallest sibling that is one block, else go one level higher."""
        last = {self._last_group_of(piece.start) for piece in pieces} - {-1}
        hosts = [
            (self._last_group_of(c) not in last, self.blocks[self.starts[c]].n, c)
            for c in self.tree.children[u]
            if not self.small[c] and self.ends[c] - self.starts[c] == 1
        ]
        if hosts:
            self._absorb(self.blocks[self.starts[min(hosts)[2]]], pieces)
        else:
            self.carried[u] = pieces

    def _absorb(self, block: OpenBlock, pieces: list[Piece]) -> None:
        """Widen a block; the units that it alone was the result of are from now on shown only joined."""
        if block.parts is None:
            outermost = block.owners[-1]
            block.under = self.tree.parents[outermost]
            block.parts = [self.tree.units[outermost].name]
            block.owners = []
        self._add(block, pieces)

    def _add(self, block: OpenBlock, pieces: list[Piece]) -> None:
        names = block.parts if block.parts is not None else []
        for piece in sorted(pieces, key=lambda piece: piece.start):
            block.n += piece.n
            block.positions.extend(range(piece.start, piece.stop))
            names.append(self._name(piece, block.under))
        block.parts = names

    def _name(self, piece: Piece, under: int) -> str:
        unit = self.tree.units[piece.start]
        if piece.direct:
            return direct_people(unit.name)
        parent = self.tree.parents[piece.start]
        return unit.name if parent in (under, -1) else placed(unit.name, self.tree.units[parent].name)

    def _settle_top(self) -> None:
        """What reached the top without a home is left out if at most 2 % of answers, else folded in."""
        rest = self.carried[0]
        if self.small[0]:
            self.left_out = [Piece(0, len(self.tree.units), self._totals[0], direct=False)]
        elif rest and LEAVE_OUT_ONE_IN * sum(piece.n for piece in rest) <= self._totals[0]:
            self.left_out = rest
        elif rest:
            self._absorb(min(self.blocks, key=lambda block: block.n), rest)
            self.folded = rest
