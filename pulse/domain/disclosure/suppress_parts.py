"""Which groups may show questions that only some of their people were asked.

Where questions rotate by person, everybody belongs to one of several sets ("blocks" of questions) by a keyed
hash. Who holds the key can work out who was asked what, and people tell each other. So the answers to a
question are those of a known part of a group, and beside them stand the answers of the whole group, and of
the other parts: how many of a part answered follows by subtraction.

The guarantee: take the answers of a shown group that lie in no shown group inside it. Each part's share of
them is empty or holds k people or more, so no combination of numbers published for questions of any part sees
fewer than k people of a part. A group is shown only if every part that there is has k people or more in it:
all questions that rotate are shown of a group, or none, as far as this goes. `suppress` then hides single
questions that too few of a part answered.

Reads counts of people who answered, never what they answered.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.groups import Blocks, Group

_Ints = npt.NDArray[np.int64]


def groups_of_parts(blocks: Blocks, counts: npt.ArrayLike) -> frozenset[int]:
    """Ids of the groups that may show questions of any part; `counts` is people by (block, part).

    Parts that nobody anywhere answered are left out of account. Larger groups are kept before smaller ones.
    Raises DisclosureError for counts that do not add up to the blocks.
    """
    table = np.asarray(counts, dtype=np.int64)
    people = [block.n for block in blocks.blocks]
    if (
        table.ndim != 2
        or len(table) != len(people)
        or (table < 0).any()
        or table.sum(axis=1).tolist() != people
    ):
        raise DisclosureError("The parts of each block must add up to its people.")
    return _Parts(blocks, table[:, table.any(axis=0)]).shown() if len(people) else frozenset()


class _Parts:
    """One pass from the innermost groups outwards, for all parts together."""

    def __init__(self, blocks: Blocks, table: _Ints) -> None:
        self.groups, self.k = blocks.groups, blocks.k
        upto = np.vstack([np.zeros((1, table.shape[1]), dtype=np.int64), table.cumsum(axis=0)])
        self.n = [upto[group.block_ids.stop] - upto[group.block_ids.start] for group in self.groups]
        self.inside: list[list[int]] = [[] for _ in self.groups]
        self.atom = [np.zeros(table.shape[1], dtype=np.int64) for _ in self.groups]
        self.hidden: set[int] = set()

    def shown(self) -> frozenset[int]:
        for group in reversed(self.groups):
            self._decide(group)
        return frozenset(range(len(self.groups))) - self.hidden

    def _decide(self, group: Group) -> None:
        g = group.id
        if (self.n[g] < self.k).any():
            self.hidden.add(g)
        else:
            self._make_room(g)
        if group.parent_id is not None:
            self.inside[group.parent_id].extend(self.inside[g] if g in self.hidden else [g])

    def _make_room(self, g: int) -> None:
        """Hide the smallest groups inside g until each part's remainder is empty or k or more."""
        rest = self.n[g] - sum((self.n[f] for f in self.inside[g]), np.zeros_like(self.n[g]))
        while ((rest > 0) & (rest < self.k)).any():
            least = min(self.inside[g], key=lambda f: (not self.atom[f].any(), int(self.n[f].sum()), f))
            self.hidden.add(least)
            self.inside[g].remove(least)
            self.inside[g].extend(self.inside[least])
            rest = rest + self.atom[least]
        self.atom[g] = rest


def innermost_shown(blocks: Blocks, shown: Collection[int]) -> list[int]:
    """Per block the smallest group of `shown` around it, -1 for none: its atom, by the group's id."""
    homes = [-1] * len(blocks.blocks)
    for group in blocks.groups:  # every parent comes before its children
        if group.id in shown:
            homes[group.block_ids.start : group.block_ids.stop] = [group.id] * len(group.block_ids)
    return homes
