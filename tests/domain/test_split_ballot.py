"""Split ballots: the halves of blocks, and what each is asked."""

from collections import Counter

from pulse.domain.rotation import block_of
from pulse.domain.split_ballot import bridges_in, split, with_both

BRIDGE = ("OLD", "NEW")


def test_only_a_wave_that_would_ask_either_side_crosses_a_bridge() -> None:
    planned = [["OLD", "NEW"], ["OTHER", "NEXT"]]
    assert bridges_in(planned, ["A", "NEW"]) == [BRIDGE]
    assert bridges_in(planned, ["OLD"]) == [BRIDGE]
    assert bridges_in(planned, ["A"]) == []


def test_both_sides_stand_where_the_first_one_stood() -> None:
    assert with_both(["A", "NEW", "B"], [BRIDGE]) == ["A", "OLD", "NEW", "B"]
    assert with_both(["A", "OLD", "B", "NEW"], [BRIDGE]) == ["A", "OLD", "NEW", "B"]


def test_each_block_is_asked_once_with_the_old_and_once_with_the_new() -> None:
    halves = split([["A", "OLD"], ["B"], ["A", "C"]], [BRIDGE])
    assert halves == [
        ["A", "OLD"],
        ["B", "OLD"],
        ["A", "C", "OLD"],
        ["A", "NEW"],
        ["B", "NEW"],
        ["A", "C", "NEW"],
    ]


def test_nobody_leaves_their_block_of_the_rotation_and_sides_do_not_depend_on_it() -> None:
    people = range(3000)
    halves = {person: block_of("key", person, 6) for person in people}
    assert all(half % 3 == block_of("key", person, 3) for person, half in halves.items())
    sides = Counter((half % 3, half // 3) for half in halves.values())
    assert all(420 < people < 580 for people in sides.values())
