"""After the close: which comments are one author's, who that is, and what they answered, by stored order.

The attacker knows the staff list, who answered and in which order; sheets, if any are kept. Everything is
read with the database's own driver.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tests.attacks.linking import Votes
from tests.attacks.raw import PLACE, WRITER, Raw, Row

#: the text of a comment -> another's that is said to be the same author's, or who is said to be the author
Pairs = dict[str, str]
Writers = dict[str, int]
Choices = dict[str, dict[str, str]]


def comment_orders(raw: Raw, table: str) -> list[list[Row]]:
    """The comments as stored, by the transaction that wrote them, and by id; and all of these backwards."""
    rows = raw.rows(table)
    orders = [
        sorted(rows, key=lambda row: row[PLACE]),
        sorted(rows, key=lambda row: (row[WRITER] or 0, row[PLACE])),
    ]
    orders += [sorted(rows, key=lambda row: row["id"])] if rows and "id" in rows[0] else []
    return [*orders, *(order[::-1] for order in orders)]


def pair(rows: Sequence[Row]) -> Iterator[Pairs]:
    """Rank by rank: the first to one question with the first to the other, in each group; and neighbours."""
    pairs: Pairs = {}
    for items in _by_group(rows).values():
        first, *others = items.values()
        for other in others:
            pairs |= dict(zip(first, other, strict=False)) | dict(zip(other, first, strict=False))
    yield pairs
    yield {one["text"]: other["text"] for one, other in pairwise(rows) if one["item"] != other["item"]}


def name_writers(
    rows: Sequence[Row], people: Sequence[int], units: Mapping[int, set[int]], unit_of: Mapping[int, int]
) -> Writers:
    """In each group the first comment to a question is said to be the first person's, and so on."""
    named: Writers = {}
    for group, items in _by_group(rows).items():
        there = [person for person in people if unit_of[person] in units[group]]
        for texts in items.values():
            named |= dict(zip(texts, there, strict=False))
    return named


def guess_choices(rows: Sequence[Row], votes: Votes, units: Mapping[int, set[int]]) -> Choices:
    """In each group the first comment to a question is said to stand with the first answers."""
    guessed: Choices = defaultdict(dict)
    for group, items in _by_group(rows).items():
        there = [found for of, found in votes.items() if of <= units[group]]
        for item in {name for found in there for name in found}:
            codes = [code for found in there for code in found.get(item, ())]
            for texts in items.values():
                for text, code in zip(texts, codes, strict=False):
                    guessed[text][item] = code
    return guessed


def units_of_groups(raw: Raw) -> dict[int, set[int]]:
    """Group -> the units whose people it counts."""
    blocks: dict[int, set[int]] = defaultdict(set)
    for row in raw.rows("block_unit"):
        blocks[row["block_id"]].add(row["unit_id"])
    groups: dict[int, set[int]] = defaultdict(set)
    for row in raw.rows("group_block"):
        groups[row["group_id"]] |= blocks[row["block_id"]]
    return groups


def _by_group(rows: Sequence[Row]) -> dict[int, dict[str, list[str]]]:
    """Group -> question -> texts, each in the order given."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["group_id"]][row["item"]].append(row["text"])
    return found
