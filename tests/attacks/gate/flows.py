"""What two families give away together: the smallest cut between their kinds, by maximum flows (scipy's).

A node for each kind of either family and one for "in no total", whose weight is known to be 0; an edge for
each person, between their two kinds. Weights of the two families that cancel on a person are the same at
both ends of the edge, so a combination isolates the people on a cut, and the smallest group is the smallest
cut.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tests.attacks.gate.publications import Ints

_NOBODY = 0


@dataclass
class _Merged:
    """Nodes that more than k people hold together count as one: no smaller cut goes between them."""

    heads: list[int]
    weights: dict[int, dict[int, int]] = field(default_factory=dict)

    def head(self, node: int) -> int:
        while self.heads[node] != node:
            self.heads[node] = self.heads[self.heads[node]]
            node = self.heads[node]
        return node

    def add(self, one: int, other: int, people: int) -> None:
        for a, b in ((one, other), (other, one)):
            self.weights.setdefault(a, {})
            if one != other:
                self.weights[a][b] = self.weights[a].get(b, 0) + people

    def merge(self, one: int, other: int) -> None:
        one, other = self.head(one), self.head(other)
        if one == other:
            return
        if len(self.weights[one]) < len(self.weights[other]):
            one, other = other, one
        self.heads[other] = one
        for beside, people in self.weights.pop(other).items():
            del self.weights[beside][other]
            self.add(one, beside, people)

    def settle(self, k: int) -> None:
        """Merge what one edge, or paths over one node between, hold together by k or more."""
        while pairs := self._held(k):
            for one, other in pairs:
                self.merge(one, other)

    def _held(self, k: int) -> list[tuple[int, int]]:
        found = [(a, b) for a, row in self.weights.items() for b, n in row.items() if a < b and n >= k]
        if found:
            return found
        between: defaultdict[tuple[int, int], int] = defaultdict(int)
        for row in self.weights.values():
            ends = sorted(row)[:60]  # of a hub some pairs are enough: this only saves flows
            for at, one in enumerate(ends):
                for other in ends[at + 1 :]:
                    between[one, other] += min(row[one], row[other])
        return [pair for pair, n in between.items() if n >= k]


def small_cuts(one: Ints, other: Ints, k: int) -> set[frozenset[int]]:
    """Groups of fewer than k people that two families isolate, by their kinds; empty if there are none.

    For each node the smallest cut between it and the largest node of its part. So if any group of fewer
    than k can be isolated, the smallest one is found; of the others, some.
    """
    width = int(one.max(initial=-1)) + 2
    ends = np.column_stack([one + 1, np.where(other < 0, _NOBODY, other + width)])
    edges, at = np.unique(ends, axis=0, return_inverse=True)
    people = np.bincount(at.ravel())
    graph = _Merged(list(range(int(ends.max(initial=0)) + 1)))
    for (a, b), n in zip(edges.tolist(), people.tolist(), strict=True):
        graph.add(a, b, n)
    graph.settle(k)
    found = set()
    for side in _cuts(graph, k):
        inside = np.array([graph.head(node) in side for node in range(len(graph.heads))])
        across = np.flatnonzero(inside[ends[:, 0]] != inside[ends[:, 1]])
        found.add(frozenset(across.tolist()))
    return found


def _cuts(graph: _Merged, k: int) -> list[set[int]]:
    """One side of each small cut found, in merged nodes."""
    nodes = sorted(graph.weights)
    index = {node: i for i, node in enumerate(nodes)}
    triples = [(index[a], index[b], n) for a, row in graph.weights.items() for b, n in row.items()]
    if not triples:
        return []
    rows, columns, values = (np.array(column, dtype=np.int32) for column in zip(*triples, strict=True))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(nodes), len(nodes)))
    parts = csgraph.connected_components(matrix, directed=False)[1]
    degrees = np.asarray(matrix.sum(axis=1)).ravel()
    found = []
    for part in range(int(parts.max()) + 1):
        inside = np.flatnonzero(parts == part)
        source = int(inside[np.argmax(degrees[inside])])
        for target in inside[inside != source].tolist():
            flow = csgraph.maximum_flow(matrix, source, target)
            if flow.flow_value < k:
                found.append({nodes[i] for i in _reached(matrix, flow.flow, target)})
    return found


def _reached(matrix: sparse.csr_matrix, flow: sparse.csr_matrix, target: int) -> list[int]:
    """The nodes from which the target can still be reached when the flow runs: its side of a smallest cut."""
    left = (matrix - flow).T.tocsr()
    left.eliminate_zeros()
    order = csgraph.breadth_first_order(left, target, directed=True, return_predecessors=False)
    return [int(node) for node in order]
