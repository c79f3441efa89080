"""Questions that only part of the people were asked: who was, where they may be shown, and how often.

In memory only. Which questions somebody was asked follows from their sheet; nothing of it is kept.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.domain.disclosure.blocks import Blocks, Group
from pulse.domain.disclosure.suppress import shown_groups
from pulse.domain.disclosure.suppress_parts import groups_of_parts, innermost_shown
from pulse.domain.sheets import NOT_ASKED, asked_in_part, closed_items
from pulse.results.counting import Sheets
from pulse.results.tally import Counts, count_twice

_Ints = npt.NDArray[np.int64]


def parts_of(sheets: Sheets) -> _Ints:
    """Per person a number that is the same for people who were asked the same closed questions."""
    unasked = sheets.codes == ord(NOT_ASKED)
    if not unasked.any():
        return np.zeros(sheets.n, dtype=np.int64)
    return np.asarray(np.unique(unasked, axis=0, return_inverse=True)[1], dtype=np.int64).ravel()


def count_asked(sheets: Sheets, where: _Ints, blocks: Blocks, plan: dict[str, Any], item: str) -> list[int]:
    """People of each block who were certainly asked an open question, by the closed ones they were asked."""
    closed = [name for name in closed_items(plan) if name in asked_in_part(plan)]
    known: dict[bytes, bool] = {}
    for asked in map(set, plan["blocks"]):
        mask = np.array([name not in asked for name in closed], dtype=bool).tobytes()
        known[mask] = known.get(mask, True) and item in asked
    columns = [sheets.items.index(name) for name in closed]
    marks = sheets.codes[:, columns] == ord(NOT_ASKED)
    sure = np.array([known.get(row.tobytes(), False) for row in marks], dtype=bool)
    return [int(n) for n in np.bincount(where[sure & (where >= 0)], minlength=len(blocks.blocks))]


@dataclass(frozen=True, eq=False)
class Sampled:
    """Which groups show each question that rotates by person, and in which of them each person counts.

    `places[item][person]` is the smallest group that shows the item around the person, -1 for none: these
    atoms hold nobody, or k or more, of every part and of those who gave a scored answer.
    """

    shown: Mapping[str, frozenset[int]] = field(default_factory=dict)
    places: Mapping[str, _Ints] = field(default_factory=dict)

    @classmethod
    def of(cls, sheets: Sheets, where: _Ints, blocks: Blocks, plan: dict[str, Any]) -> "Sampled":
        """Reads who gave a scored answer, and no answer itself."""
        items = [item["id"] for item in plan["items"] if item["id"] in asked_in_part(plan)]
        if not items or not blocks.groups:
            return cls({item: frozenset() for item in items}, {})
        inside, size = where >= 0, len(blocks.blocks)
        among = groups_of_parts(blocks, _counts(parts_of(sheets), where, size))
        shown, places = {}, {}
        for item in (name for name in items if name in sheets.items):
            answered = inside & ~np.isnan(sheets.scores_of(item))
            found = shown_groups(blocks, np.bincount(where[answered], minlength=size).tolist(), among=among)
            homes = np.array([*innermost_shown(blocks, found), -1], dtype=np.int64)
            shown[item], places[item] = found, homes[where]
        return cls(shown, places)

    def count(self, sheets: Sheets, names: set[str]) -> Counts:
        """(atom, item, option) -> people, of those who were asked; counted twice like all tallies."""
        found: Counts = {}
        for item in sorted(names & self.places.keys()):
            found |= count_twice(sheets, self.places[item], [item])
        return {key: people for key, people in found.items() if key[2] != NOT_ASKED}


@dataclass(frozen=True)
class Parts:
    """Questions that rotate by person: the groups that show them, and (atom, item, option) -> people."""

    shown: Mapping[str, frozenset[int]]
    counts: Counts

    def counts_in(self, group: Group, groups: Sequence[Group], item: str) -> dict[str, int]:
        """How many of those asked chose each option, from the atoms in a group that shows the item."""
        total: Counter[str] = Counter()
        for (atom, name, option), people in self.counts.items():
            if name == item and set(groups[atom].block_ids) <= set(group.block_ids):
                total[option] += people
        return dict(total)


def _counts(parts: _Ints, where: _Ints, size: int) -> _Ints:
    """People by (block, part)."""
    width = int(parts.max(initial=0)) + 1
    inside = where >= 0
    return np.bincount(where[inside] * width + parts[inside], minlength=size * width).reshape(size, width)
