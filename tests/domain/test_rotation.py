"""Whose turn it is: cohorts and blocks by a keyed hash, even and steady; and questions that take turns."""

import math
from collections import Counter
from collections.abc import Iterable

import pytest

from pulse.domain.rotation import (
    WHOLE_UNDER,
    Placed,
    Turns,
    asked_by_block,
    block_of,
    bundles_of,
    cohort_of,
    cohort_of_wave,
    cohort_spread,
    cohorts_of,
    take_turns,
)

KEYS = [f"key of survey {number}" for number in range(20)]
#: degrees of freedom -> what chi-square passes once in 10,000 even draws; the keys are fixed, so for good
RARE = {1: 15.1, 2: 18.4, 7: 29.9, 11: 37.4, 14: 42.6}


def chi_square(drawn: Iterable[int], expected: float) -> float:
    return sum((each - expected) ** 2 for each in drawn) / expected


def make_units(sizes: list[int]) -> list[Placed]:
    """People of so many units, with ids of their own."""
    people = [Placed(0, unit) for unit, size in enumerate(sizes, start=1) for _ in range(size)]
    return [Placed(number, person.unit_id) for number, person in enumerate(people, start=1)]


@pytest.mark.parametrize("count", [2, 3, 8, 12])
def test_people_of_large_units_fall_evenly_into_cohorts_and_blocks(count: int) -> None:
    for key in KEYS[:3]:
        cohorts = Counter(cohort_of(key, person, 1, 4000, count) for person in range(4000))
        blocks = Counter(block_of(key, person, count) for person in range(4000))

        for drawn in (cohorts, blocks):
            assert sorted(drawn) == list(range(count))
            assert chi_square(drawn.values(), 4000 / count) < RARE[count - 1]


def test_every_cohort_has_every_block_alike() -> None:
    both = Counter(
        (cohort_of("key", person, 1, 6000, 3), block_of("key", person, 8)) for person in range(6000)
    )
    one, other = Counter[int](), Counter[int]()
    for (cohort, block), people in both.items():
        one[cohort] += people
        other[block] += people

    expected = {(cohort, block): one[cohort] * other[block] / 6000 for cohort in one for block in other}
    off = sum((both[cell] - people) ** 2 / people for cell, people in expected.items())
    assert len(both) == 24
    assert off < RARE[14]


def test_a_small_unit_is_in_one_cohort_and_a_large_one_in_all() -> None:
    people = make_units([WHOLE_UNDER - 1, WHOLE_UNDER] * 10)

    for unit in range(1, 21):
        drawn = cohorts_of("key", people, 3)
        its = {cohort for person, cohort in zip(people, drawn, strict=True) if person.unit_id == unit}
        assert len(its) == (1 if unit % 2 else 3)


def test_small_units_fall_evenly_into_cohorts() -> None:
    for key in KEYS[:3]:
        drawn = Counter(cohort_of(key, 1, unit, 12, 3) for unit in range(3000))
        assert chi_square(drawn.values(), 1000) < RARE[2]


def test_joiners_and_leavers_change_nobody_elses_cohort() -> None:
    people = make_units([12, 40, 100, 29, 300])
    before = dict(zip((person.person_id for person in people), cohorts_of("key", people, 3), strict=True))

    joined = [*people, *(Placed(1000 + number, 3) for number in range(50)), Placed(2000, 1)]
    left = [person for person in people if person.person_id % 9 or person.unit_id == 2]
    for later in (joined, left):
        after = dict(zip((person.person_id for person in later), cohorts_of("key", later, 3), strict=True))
        assert all(after[person] == cohort for person, cohort in before.items() if person in after)


def test_another_key_draws_other_cohorts() -> None:
    first, second = ([cohort_of(key, person, 1, 90, 3) for person in range(90)] for key in KEYS[:2])

    assert 10 < sum(one == other for one, other in zip(first, second, strict=True)) < 55


def test_whole_units_make_cohorts_as_uneven_as_is_said() -> None:
    sizes = [12] * 60 + [25] * 10 + [45] * 8 + [120] * 2  # 1,570 people
    people = make_units(sizes)
    spread = cohort_spread(sizes, 3)

    counted = [Counter(cohorts_of(key, people, 3)) for key in KEYS]
    off = [cohort[number] - len(people) / 3 for cohort in counted for number in range(3)]

    assert 50 < spread < 70
    assert max(map(abs, off)) < 3.5 * spread
    assert math.sqrt(sum(each * each for each in off) / len(off)) == pytest.approx(spread, rel=0.3)


def test_waves_ask_the_cohorts_one_after_the_other() -> None:
    assert [cohort_of_wave(number, 3) for number in range(1, 6)] == [0, 1, 2, 0, 1]
    assert cohort_of_wave(5, 1) is None
    assert {cohort_of("key", person, 1, 5, 1) for person in range(9)} == {0}


def test_each_block_goes_through_the_whole_rotation_and_each_wave_covers_it() -> None:
    rotation = [["A", "B"], ["A", "C"], ["A", "D"]]

    turns = [asked_by_block(rotation, turn) for turn in range(3)]

    assert turns[0] == rotation
    assert turns[1] == [["A", "C"], ["A", "D"], ["A", "B"]]
    for block in range(3):
        assert sorted(turn[block] for turn in turns) == rotation


def test_questions_take_turns_and_start_again() -> None:
    groups = [Turns(("A", "B", "C"), 1), Turns(("D", "E", "F"), 2)]

    assert take_turns(groups, 4, {}) == [["A", "D", "E"], ["B", "F", "D"], ["C", "E", "F"], ["A", "D", "E"]]


def test_a_pair_is_never_split_over_two_waves() -> None:
    pairs = {"P": "pair", "N": "pair"}

    assert bundles_of(["A", "P", "N", "B"], pairs) == [("A",), ("P", "N"), ("B",)]
    assert take_turns([Turns(("A", "P", "N", "B"), 1)], 4, pairs) == [["A"], ["P", "N"], ["B"], ["A"]]
    assert take_turns([Turns(("A", "P", "N"), 2)], 3, pairs) == [["A", "P", "N"]] * 3


def test_no_wave_asks_a_question_twice() -> None:
    assert take_turns([Turns(("A", "B"), 5)], 2, {}) == [["A", "B"], ["A", "B"]]
    assert take_turns([Turns((), 1)], 2, {}) == [[], []]
