"""The stages of change of each group: reached, worked on, uneven, and whether they form a ladder."""

from typing import Any

import pytest

from tests.results.counting import InMemory, count_in_memory, make_plan

STAGES = {"R": "reframing", "G": "recognising", "M": "mobilising", "C": "coproducing"}
ITEMS = [f"TOC-{letter}{number}" for letter in STAGES for number in range(1, 5)]
#: unit -> how many of ten people agree with the items of each stage; the others disagree
AGREE = {
    "Ladder": {"R": 10, "G": 9, "M": 4, "C": 1},
    "Also": {"R": 10, "G": 10, "M": 3, "C": 2},
    "Third": {"R": 9, "G": 9, "M": 2, "C": 1},
    "Fourth": {"R": 10, "G": 9, "M": 3, "C": 0},
    "Fifth": {"R": 10, "G": 10, "M": 2, "C": 1},
    "Uneven": {"R": 10, "G": 2, "M": 10, "C": 1},
}
UNITS = dict.fromkeys(AGREE, 30)


def answer(unit: str, number: int, item: dict[str, Any]) -> str:
    agrees = number % 10 < AGREE[unit][item["id"][4]]
    return "4" if agrees else "2"


@pytest.fixture(scope="module")
def counted() -> InMemory:
    return count_in_memory(make_plan(ITEMS), UNITS, answer)


def test_a_stage_is_reached_as_far_as_the_run_from_the_first_goes(counted: InMemory) -> None:
    profile = counted.figures("Ladder")["TOC"].detail
    assert [stage["standing"] for stage in profile["stages"]] == [
        "in place",
        "in place",
        "not yet",
        "not yet",
    ]
    assert (profile["reached"], profile["now"], profile["uneven"]) == ("recognising", "mobilising", False)


def test_a_later_stage_in_place_is_called_uneven(counted: InMemory) -> None:
    profile = counted.figures("Uneven")["TOC"].detail
    assert (profile["reached"], profile["now"], profile["uneven"]) == ("reframing", "recognising", True)


def test_a_ladder_that_most_units_follow_keeps_its_label(counted: InMemory) -> None:
    # one unit of six with one stage out of turn: two errors in 24
    profile = counted.figures("Ladder")["TOC"].detail
    assert profile["reproducibility"] == pytest.approx(1 - 2 / 24)
    assert profile["labelled"] is True


def test_where_units_follow_no_ladder_there_is_a_profile_without_a_label() -> None:
    units = dict.fromkeys(("Ladder", "Uneven", "Turned"), 30)
    upside_down = {"R": 1, "G": 2, "M": 9, "C": 10}

    def mixed(unit: str, number: int, item: dict[str, Any]) -> str:
        if unit != "Turned":
            return answer(unit, number, item)
        return "4" if number % 10 < upside_down[item["id"][4]] else "2"

    profile = count_in_memory(make_plan(ITEMS), units, mixed).figures("Ladder")["TOC"].detail
    assert profile["reproducibility"] < 0.9
    assert profile["labelled"] is False


def test_two_units_say_nothing_about_a_ladder() -> None:
    two = count_in_memory(make_plan(ITEMS), {"Ladder": 30, "Also": 30}, answer)
    profile = two.figures()["TOC"].detail
    assert (profile["reproducibility"], profile["labelled"]) == (None, True)


def test_a_group_in_which_a_stage_is_hidden_has_no_profile() -> None:
    def silent(unit: str, number: int, item: dict[str, Any]) -> str:
        hidden = unit == "Third" and item["id"].startswith("TOC-C") and number >= 5
        return "n" if hidden else answer(unit, number, item)

    counted = count_in_memory(make_plan(ITEMS), UNITS, silent)
    assert "TOC" not in counted.figures("Third")
    assert "TOC" in counted.figures("Ladder")
