"""How many people of each block chose each option, counted by two paths that share no code."""

from collections import Counter
from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from pulse.results.counting import Sheets

#: (block, item, option) -> people; the options of an item sum to the block's n
Counts = dict[tuple[int, str, str], int]
_CHARACTERS = 128
#: the 25 pairs of a mixed-feelings map are counted as the letters A to Y
_MAP_BASE = ord("A")
#: what a stored tally calls the answers that are not option numbers
OPTION_NAMES = {"-": "none", "n": "na", "p": "pns"}


#: a plain fact about oneself (a choice without a score) needs so many answers: facts are known to others too
FACTUAL_LEAST = 30


class TalliesDiffer(Exception):
    """The two counts do not agree, so nothing may be released."""


def count_twice(sheets: Sheets, blocks: npt.NDArray[np.int64], items: list[str]) -> Counts:
    """The tallies of `items`, where `blocks[person]` is a block number; raises TalliesDiffer.

    People in no block (-1: a left-out remainder) are not counted.
    """
    first, second = count_by_bins(sheets, blocks, items), count_by_frames(sheets, blocks, items)
    if first != second:
        raise TalliesDiffer("Two independent counts of the same envelopes gave different totals.")
    return first


def without_few_facts(counts: Counts, factual: Collection[str]) -> Counts:
    """The same without the `factual` items of blocks in which fewer than FACTUAL_LEAST chose an option."""
    chosen: Counter[tuple[int, str]] = Counter()
    for (block, item, option), people in counts.items():
        chosen[block, item] += people if option.isdigit() else 0
    return {
        key: people
        for key, people in counts.items()
        if key[1] not in factual or chosen[key[:2]] >= FACTUAL_LEAST
    }


def count_by_bins(sheets: Sheets, blocks: npt.NDArray[np.int64], items: list[str]) -> Counts:
    """One pass an item: block and character make one number, and numbers are counted."""
    inside = blocks >= 0
    counts: Counts = {}
    for item in items:
        keys = blocks[inside] * _CHARACTERS + sheets.column(item)[inside]
        totals = np.bincount(keys)
        for key in np.flatnonzero(totals):
            block, character = divmod(int(key), _CHARACTERS)
            counts[block, item, _option(chr(character))] = int(totals[key])
    return counts


def count_by_frames(sheets: Sheets, blocks: npt.NDArray[np.int64], items: list[str]) -> Counts:
    """A data frame of people by items, grouped by block."""
    import pandas as pd  # noqa: PLC0415 - half a second that the web process never needs

    columns: dict[str, Any] = {item: sheets.column(item) for item in items}
    frame = pd.DataFrame(columns | {"block": blocks})
    frame = frame[frame["block"] >= 0]
    counts: Counts = {}
    for item in items:
        sizes = frame.groupby(["block", item], observed=True).size()
        counts.update({(block, item, _option(chr(code))): int(n) for (block, code), n in sizes.items()})
    return counts


def map_characters(sheets: Sheets, positive: str, negative: str) -> npt.NDArray[np.uint8]:
    """One character for each pair of answers 0 to 4, so that mixed feelings are counted like any item."""
    p, n = sheets.scores_of(positive), sheets.scores_of(negative)
    both = ~np.isnan(p) & ~np.isnan(n)
    return np.where(both, _MAP_BASE + 5 * np.nan_to_num(p) + np.nan_to_num(n), ord("-")).astype(np.uint8)


def _option(character: str) -> str:
    """What a character is called in a stored tally; "32" is positive 3 and negative 2 on the map."""
    if "A" <= character <= "Y":
        positive, negative = divmod(ord(character) - _MAP_BASE, 5)
        return f"{positive}{negative}"
    return OPTION_NAMES.get(character, character)
