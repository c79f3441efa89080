"""Which groups may show one item, when not everybody in them answered it.

An item shows for a group only if k or more answered it there; and because a reader subtracts, also only if
what is left of the group outside the groups that show the item inside it is nobody or k or more. Reads
counts of answers given, never what they were.

The guarantee, exactly as strong as it is: take one item, and call the answers of a shown group that lie in
no shown group inside it an atom. Shown groups are nested or disjoint, so every figure shown for the item is
made of whole atoms, and each atom is empty or holds k or more answers. So no combination of that item's
figures, linear or not, sees finer than a total over k answers.

It does not reach across items by itself. A mean over everybody who answered some of an index's items, beside
the means of those items, would give away the answers of the few who skipped one. So the caller makes a
group's index from the figures of its items that are shown there (results.composites), and counts half a pair
as no answer. What people's scores spread by is their own, and is one number more than it takes to solve for
anybody. Response counts beside item counts show how many skipped an item.
"""

from collections.abc import Collection, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure import DisclosureError, require_threshold
from pulse.domain.disclosure.groups import Blocks, Group


def shown_groups(
    blocks: Blocks, answered: Sequence[int], k: int | None = None, among: Collection[int] | None = None
) -> frozenset[int]:
    """Ids of the groups that may show an item, given how many answered it in each block (in block order).

    Only groups `among` these, if given, are shown.
    `k` is the blocks' own threshold unless a higher one is set (30 for factual items). Larger groups are
    kept before smaller ones: where a remainder would be too small, the smallest group inside is hidden.
    Raises DisclosureError for a threshold below the blocks' own or counts that do not fit the blocks.
    """
    k = _threshold(blocks, k)
    if len(answered) != len(blocks.blocks):
        raise DisclosureError(f"There are {len(blocks.blocks)} blocks and counts for {len(answered)}.")
    if any(not 0 <= n <= block.n for n, block in zip(answered, blocks.blocks, strict=True)):
        raise DisclosureError("An item cannot have more answers in a block than people who responded.")
    return _Suppression(blocks, answered, k, among).shown()


def shown_table(blocks: Blocks, answered: npt.ArrayLike, k: int | None = None) -> npt.NDArray[np.bool_]:
    """`shown_groups` for many items: counts (blocks, items) in, whether to show (groups, items) out."""
    counts = np.asarray(answered, dtype=np.int64)
    shown = np.zeros((len(blocks.groups), counts.shape[1]), dtype=bool)
    for item in range(counts.shape[1]):
        shown[sorted(shown_groups(blocks, counts[:, item].tolist(), k)), item] = True
    return shown


def _threshold(blocks: Blocks, k: int | None) -> int:
    if k is None:
        return blocks.k
    require_threshold(k)
    if k < blocks.k:
        raise DisclosureError(f"The threshold of an item is {k}; it cannot be below the wave's {blocks.k}.")
    return k


class _Suppression:
    """One pass from the innermost groups outwards, for one item."""

    def __init__(
        self, blocks: Blocks, answered: Sequence[int], k: int, among: Collection[int] | None
    ) -> None:
        self.groups, self.k, self.among = blocks.groups, k, among
        upto = list(accumulate(answered, initial=0))
        self.n = [upto[group.block_ids.stop] - upto[group.block_ids.start] for group in self.groups]
        #: Per group: the largest shown groups inside it, and (when it is shown) its atom.
        self.inside: list[list[int]] = [[] for _ in self.groups]
        self.atom = [0] * len(self.groups)
        self.hidden: set[int] = set()

    def shown(self) -> frozenset[int]:
        for group in reversed(self.groups):
            self._decide(group)
        return frozenset(range(len(self.groups))) - self.hidden

    def _decide(self, group: Group) -> None:
        g = group.id
        if self.n[g] < self.k or (self.among is not None and g not in self.among):
            self.hidden.add(g)
        else:
            self._make_room(g)
        if group.parent_id is not None:
            self.inside[group.parent_id].extend(self.inside[g] if g in self.hidden else [g])

    def _make_room(self, g: int) -> None:
        """Hide the smallest groups inside g until its atom is empty or k or more."""
        rest = self.n[g] - sum(self.n[f] for f in self.inside[g])
        while 0 < rest < self.k:
            # One with an atom of its own (k or more) mends the remainder at once.
            least = min(self.inside[g], key=lambda f: (self.atom[f] == 0, self.n[f], f))
            self.hidden.add(least)
            self.inside[g].remove(least)
            self.inside[g].extend(self.inside[least])
            rest += self.atom[least]
        self.atom[g] = rest
