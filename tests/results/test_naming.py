"""Every code of an exported table has words."""

import pytest

from pulse.results.naming import name_of, names_of
from tests.results.counting import count_in_memory, leaning, make_plan

ITEMS = [f"PTA-{number:02}" for number in range(1, 11)] + ["AMB-P1", "AMB-N1", "TAA-X1", "TAA-E1"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("PTA", "Permission to act"),
        ("PTA.room", "Permission to act: Room - time and space"),
        (
            "PTA.room:level",
            "Permission to act: Room - time and space (level over the last surveys)",
        ),
        ("UNITS:PTA", "Permission to act (can units be compared, ICC(2))"),
        ("AMB.mixed", "Mixed feelings (people with both feelings, %)"),
        ("PTA-01", "I have permission to act when I see a better way."),
        ("GONE", "GONE"),
    ],
)
def test_a_code_is_put_in_words(code: str, words: str) -> None:
    assert name_of(code, names_of(make_plan(ITEMS))) == words


def test_no_figure_of_a_release_is_left_as_a_code() -> None:
    plan = make_plan(ITEMS)
    figures = count_in_memory(plan, {"A": 60, "B": 60, "C": 60}, leaning()).figures()
    assert "ALPHA:PTA" in figures
    assert [code for code in figures if name_of(code, names_of(plan)) == code] == []
