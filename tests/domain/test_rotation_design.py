"""Rotations made of a choice of questions: all asked within a cycle, pairs whole, reversed ones apart."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.rotation_design import Question, RotationError, design


def make_bank(groups: int = 4, each: int = 5) -> list[Question]:
    """Groups A, B, ... with questions A1, A2, ...; the last of each is reversed, and takes 10 s."""
    return [
        Question(f"{chr(65 + group)}{number}", group=chr(65 + group), reverse=number == each)
        for group in range(groups)
        for number in range(1, each + 1)
    ]


def ids(questions: Sequence[Question]) -> list[str]:
    return [question.id for question in questions]


def test_with_room_for_everything_there_is_one_wave_in_the_order_chosen() -> None:
    bank = make_bank()

    assert design(bank) == design(bank, a_wave=20) == design(bank, minutes=10) == [ids(bank)]
    assert design(bank, ["C3"]) == [["C3", *(item for item in ids(bank) if item != "C3")]]


def test_anchors_come_first_in_every_wave_and_every_group_has_its_part() -> None:
    waves = design(make_bank(), ["B2", "A1"], a_wave=6)

    for wave in waves:
        assert wave[:2] == ["B2", "A1"]
        assert {item[0] for item in wave[2:]} == set("ABCD")
        assert len(wave) == len(set(wave)) == 6


def test_reversed_questions_do_not_bunch() -> None:
    waves = design(make_bank(groups=6), a_wave=6)

    assert len(waves) == 5
    assert sorted(sum(item.endswith("5") for item in wave) for wave in waves) == [1, 1, 1, 1, 2]


def test_facets_take_turns_and_one_with_an_anchor_waits() -> None:
    bank = [
        Question(f"{facet}{number}", "one measure", facet=facet) for facet in "XY" for number in (1, 2, 3)
    ]

    waves = design(bank, ["X1"], a_wave=2)

    assert [wave[1] for wave in waves] == ["Y1", "X2", "Y2", "X3", "Y3"]


def test_sides_of_a_pair_are_asked_together_wherever_they_stand() -> None:
    bank = [
        *make_bank(2),
        Question("P", "C", pair="hope"),
        *make_bank(4)[15:],
        Question("N", "E", pair="hope"),
    ]

    for a_wave in range(3, 9):
        waves = design(bank, a_wave=a_wave)
        assert any("P" in wave for wave in waves)
        assert all(("P" in wave) == ("N" in wave) for wave in waves)


def test_open_questions_take_turns_one_a_wave_and_come_last() -> None:
    opens = [Question(f"O{number}", "", is_open=True, seconds=50) for number in (1, 2, 3)]

    assert [wave[-1] for wave in design([*opens, *make_bank(2)], a_wave=2)] == ["O1", "O2", "O3", "O1", "O2"]
    assert len(design([*opens, *make_bank(1)], a_wave=4)) == 3
    assert design([*opens, *make_bank(1)])[0][-3:] == ["O1", "O2", "O3"]


@pytest.mark.parametrize("minutes", [0.5, 1, 2, 3])
def test_no_wave_takes_longer_than_the_minutes_and_uses_what_it_can(minutes: float) -> None:
    waves = design(make_bank(), ["A1"], minutes=minutes)

    longest = max(10 * len(wave) for wave in waves)
    assert 60 * minutes - 10 <= longest <= 60 * minutes


@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=8),
    a_wave=st.integers(1, 30),
    paired=st.booleans(),
)
def test_whatever_is_chosen_all_is_asked_within_the_cycle_and_no_wave_is_too_long(
    sizes: list[int], a_wave: int, paired: bool
) -> None:
    bank = [
        Question(f"{group}-{number}", str(group), pair=f"{group} {number // 2}" if paired else "")
        for group, size in enumerate(sizes)
        for number in range(size)
    ]

    waves = design(bank, a_wave=a_wave)

    assert {item for wave in waves for item in wave} == set(ids(bank))
    assert all(len(set(wave)) == len(wave) <= a_wave + paired for wave in waves)


def test_what_cannot_be_made_is_refused_in_one_sentence() -> None:
    with pytest.raises(RotationError, match=r"^Z9 is to be asked in every wave but is not chosen"):
        design(make_bank(), ["Z9"])
    with pytest.raises(RotationError, match="2 questions are asked in every wave: ask 3 or more a wave"):
        design(make_bank(), ["A1", "B1"], a_wave=2)
    with pytest.raises(RotationError, match=r"take over 0\.5 minutes: allow more time"):
        design(make_bank(), ["A1", "A2", "A3"], minutes=0.5)
