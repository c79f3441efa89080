"""Torn, split or indifferent: what the map of hope and worry says of a group."""

from typing import Any

import pytest

from tests.results.counting import Answer, count_in_memory, make_plan

#: pattern -> hope and worry of people in turn
PLANTED = {
    "torn": [("3", "3"), ("4", "3"), ("3", "4"), ("2", "3")],
    "split": [("4", "0"), ("0", "4")],
    "indifferent": [("0", "0"), ("1", "0"), ("0", "1"), ("1", "1")],
    "hopeful": [("4", "0"), ("3", "1"), ("3", "0"), ("2", "1")],
    "worried": [("0", "4"), ("1", "3"), ("0", "3"), ("1", "2")],
}


def feeling(pairs: list[tuple[str, str]]) -> Answer:
    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        return pairs[number % len(pairs)][item["id"] == "AMB-N1"]

    return answer


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_pattern_is_named(planted: str) -> None:
    counted = count_in_memory(make_plan(["AMB-P1", "AMB-N1"]), {"A": 40}, feeling(PLANTED[planted]))
    assert counted.figures()["AMB"].detail["pattern"] == planted


def test_the_bands_run_from_clearly_worried_to_clearly_hopeful() -> None:
    pairs = [("0", "4"), ("0", "1"), ("2", "2"), ("3", "1"), ("4", "1")]
    counted = count_in_memory(make_plan(["AMB-P1", "AMB-N1"]), {"A": 50}, feeling(pairs))
    assert counted.figures()["AMB"].detail["bands"] == [10, 10, 10, 10, 10]
