"""Split ballots: in one wave half of the people are asked the old wording of a question, half the new.

Who is asked which is drawn by the keyed hash that also draws blocks (domain.rotation), so it depends on
nothing else of a person, and the two halves differ by chance alone. Nobody is asked both: who has just read
one wording would answer the other by it.
Source: measurement design, section 3 (bridge by split ballot with an equivalence test).
"""

from collections.abc import Iterable, Sequence

#: (id of the old question, id of the new)
Bridge = tuple[str, str]


def bridges_in(planned: Iterable[Sequence[str]], asked: Iterable[str]) -> list[Bridge]:
    """Those of the planned bridges of which a wave with these questions would ask either side."""
    ids = set(asked)
    return [(old, new) for old, new in planned if ids & {old, new}]


def with_both(asked: Sequence[str], bridges: Sequence[Bridge]) -> list[str]:
    """The questions of a wave with both sides of each bridge beside each other, where the first one stood."""
    pair_of = {side: bridge for bridge in bridges for side in bridge}
    both = (side for item in asked for side in pair_of.get(item, (item,)))
    return list(dict.fromkeys(both))


def split(blocks: Sequence[Sequence[str]], bridges: Sequence[Bridge]) -> list[list[str]]:
    """Each block twice, first with the old questions, then with the new: block b's halves are b and b + B.

    Twice, and not every other block with the old question: blocks ask different questions beside it, and
    then wording and company could not be told apart; and of three blocks no half can be made. As the keyed
    hash draws a number modulo the count of blocks, nobody leaves the block of the rotation that is theirs.
    Every block gets a side of every bridge, whether it would have asked the question or not: a bridge needs
    the answers of nearly everybody.
    """
    sides = ([old for old, _ in bridges], [new for _, new in bridges])
    bridged = {side for bridge in bridges for side in bridge}
    return [
        [*(item for item in block if item not in bridged), *one_side]
        for one_side in sides
        for block in blocks
    ]
