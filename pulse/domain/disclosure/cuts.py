"""Step 3 of disclosure control: the exact test of two families of cells.

Take two partitions of the same people, P and Q, each with published totals. Draw a node for each cell of
either and an edge for each person, from their cell of P to their cell of Q. A combination of totals gives
person e = (p, q) the weight f(p) - g(q), and so vanishes on everybody but the people on a cut. The fewest
people that any combination can isolate is therefore the smallest cut of a connected part of the graph.

Nagamochi and Ibaraki (1992), "Computing edge-connectivity in multigraphs and capacitated graphs": one scan in
maximum adjacency order shows for each edge a lower bound of how many people stand between its two ends. Ends
with k or more between them lie on one side of every smaller cut and are made one node.
"""

import heapq
from collections.abc import Iterable

#: (node, node, people)
Edge = tuple[int, int, int]


class Cuts:
    """A graph of people in which cuts over fewer than k of them are looked for, and mended by joining nodes.

    Joining nodes takes cuts away and never makes a smaller one, so what was found out before stays true.
    """

    def __init__(self, edges: Iterable[Edge], k: int) -> None:
        self.k = k
        #: node -> neighbour -> people
        self._weights: dict[int, dict[int, int]] = {}
        #: node -> the nodes that were joined to it
        self._members: dict[int, list[int]] = {}
        self._heads: dict[int, int] = {}
        for one, other, people in edges:
            self._add(one)
            self._add(other)
            self._connect(one, other, people)

    def find(self) -> tuple[frozenset[int], frozenset[int]] | None:
        """The nodes on either side of a cut over 1 to k - 1 people, as given; None if there is none.

        Exact: None means that every cut of every connected part is over k people or more.
        """
        while any(self._weights.values()):
            side, together = self._scan()
            if side is not None:
                return self._given(side), self._given(self._part_of(side) - side)
            for one, other in together:
                self.join(one, other)
        return None

    def join(self, one: int, other: int) -> None:
        """Make two nodes one: the people between them are no longer told apart. A node may be new."""
        self._add(one)
        self._add(other)
        kept, gone = self._head(one), self._head(other)
        if kept == gone:
            return
        if len(self._weights[kept]) < len(self._weights[gone]):
            kept, gone = gone, kept
        self._heads[gone] = kept
        self._members[kept] += self._members.pop(gone)
        for beside, people in self._weights.pop(gone).items():
            del self._weights[beside][gone]
            self._connect(kept, beside, people)

    def _add(self, node: int) -> None:
        if node not in self._heads:
            self._heads[node], self._members[node], self._weights[node] = node, [node], {}

    def _head(self, node: int) -> int:
        while self._heads[node] != node:
            self._heads[node] = self._heads[self._heads[node]]
            node = self._heads[node]
        return node

    def _connect(self, one: int, other: int, people: int) -> None:
        if one != other and people:
            for here, there in ((one, other), (other, one)):
                self._weights[here][there] = self._weights[here].get(there, 0) + people

    def _given(self, heads: Iterable[int]) -> frozenset[int]:
        return frozenset(node for head in heads for node in self._members[head])

    def _part_of(self, heads: set[int]) -> set[int]:
        """Everything that is connected with these."""
        found, waiting = set(heads), list(heads)
        while waiting:
            new = self._weights[waiting.pop()].keys() - found
            found |= new
            waiting += new
        return found

    def _scan(self) -> tuple[set[int] | None, list[tuple[int, int]]]:
        """One scan of every connected part: one side of a small cut if one shows, else pairs to join.

        What has been scanned of a part is one side of a cut too. The last node of a part hangs on the others
        by all its people, so where no cut shows, some pair has k or more between them.
        """
        together: list[tuple[int, int]] = []
        seen: set[int] = set()
        for start in self._weights:
            if start not in seen:
                side = self._scan_part(start, seen, together)
                if side is not None:
                    return side, together
        return None, together

    def _scan_part(self, start: int, seen: set[int], together: list[tuple[int, int]]) -> set[int] | None:
        attached, queue = {start: 0}, [(0, start)]
        scanned: list[int] = []
        cut = 0
        while queue:
            least, node = heapq.heappop(queue)
            if node in seen or -least != attached[node]:
                continue  # an older entry of the same node
            seen.add(node)
            scanned.append(node)
            cut -= 2 * attached[node]
            for other, people in self._weights[node].items():
                cut += people
                if other not in seen:
                    attached[other] = attached.get(other, 0) + people
                    heapq.heappush(queue, (-attached[other], other))
                    if attached[other] >= self.k:
                        together.append((node, other))
            if 0 < cut < self.k:
                return set(scanned)
        return None
