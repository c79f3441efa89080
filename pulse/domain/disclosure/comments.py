"""Where what people wrote may be shown: with the nearest group that is large enough to hide its author.

A comment counts as shown with one group only. So whoever subtracts the groups inside from the one around
them must be left with enough people and enough comments as well; both limits hold for that rest, which is
a union of blocks.

What readers can still work out: a group of 25 or more that shows none of its own probably wrote fewer than 5,
so a longer list with the group around it is mostly from the smaller ones beside it. Those are blocks, of k
people or more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from pulse.domain.disclosure.groups import Blocks, Group

#: people who answered among whom an author is hidden, and comments to one question that stand together
LEAST_ANSWERS, LEAST_COMMENTS = 25, 5


def homes_of_comments(
    blocks: Blocks, wrote: Mapping[int, int], asked: Sequence[int] | None = None
) -> dict[int, int]:
    """Unit id -> id of the group with which the comments of its people to one question may be shown.

    `wrote` counts those who wrote something, by the unit in which they count. `asked` has, by block, those
    who answered and were asked the question, where these are not all who answered. A unit that is missing in
    the result has no such group: it is in no result, or fewer than 5 wrote anything, or fewer than 25
    answered.
    """
    placing = _Placing(blocks, wrote, asked)
    return {unit: home for unit, home in placing.homes().items() if wrote.get(unit)}


class _Placing:
    """One walk from the smallest groups up, and a second look at what is left at the top."""

    def __init__(self, blocks: Blocks, wrote: Mapping[int, int], asked: Sequence[int] | None) -> None:
        self.groups = blocks.groups
        people = [block.n for block in blocks.blocks] if asked is None else asked
        self.n = {g.id: sum(people[block] for block in g.block_ids) for g in self.groups}
        self.written = Counter({g.id: sum(wrote.get(u, 0) for u in g.counted_here) for g in self.groups})
        #: group -> groups whose own people's comments it shows; only groups that show some
        self.shows: dict[int, list[int]] = {}
        #: what has found no place yet on the way up, and people inside who are covered by a smaller group
        self.waiting = {group.id: [group.id] for group in self.groups}
        self.covered = Counter[int]()

    def homes(self) -> dict[int, int]:
        for group in reversed(self.groups):
            self._settle(group)
        if self.groups:
            self._fetch_down(self.groups[0])
        home = {source: group for group, sources in self.shows.items() for source in sources}
        return {u: home[group.id] for group in self.groups if group.id in home for u in group.counted_here}

    def _settle(self, group: Group) -> None:
        """Show what waits here, or pass it on to the group around."""
        if self._may_show(group):
            self.shows[group.id] = self.waiting[group.id]
        if group.parent_id is not None:
            shown = group.id in self.shows
            self.covered[group.parent_id] += self.n[group.id] if shown else self.covered[group.id]
            self.waiting[group.parent_id] += [] if shown else self.waiting[group.id]

    def _may_show(self, group: Group) -> bool:
        rest = self.n[group.id] - self.covered[group.id]
        return rest >= LEAST_ANSWERS and self._count(self.waiting[group.id]) >= LEAST_COMMENTS

    def _count(self, sources: list[int]) -> int:
        return sum(self.written[source] for source in sources)

    def _fetch_down(self, top: Group) -> None:
        """Too few left for a place of their own: the smallest set below moves up to join them."""
        while self._count(self.waiting[top.id]) and top.id not in self.shows:
            outermost = [group for group in self._outermost() if group.id in self.shows]
            if not outermost:
                return
            joined = min(outermost, key=lambda one: (self._count(self.shows[one.id]), one.id))
            self.waiting[top.id] += self.shows.pop(joined.id)
            self.covered[top.id] += self.covered[joined.id] - self.n[joined.id]
            if self._may_show(top):
                self.shows[top.id] = self.waiting[top.id]

    def _outermost(self) -> list[Group]:
        """Groups that show comments and lie in no other below the top that does."""
        inside: set[int] = set()
        for group in self.groups:
            if group.parent_id in self.shows or group.parent_id in inside:
                inside.add(group.id)
        return [group for group in self.groups if group.id not in inside]
