"""Why something is hidden: one sentence, with no number in it but the thresholds."""

import re

import pytest

from pulse.domain.disclosure.wording import HIDDEN_CELL, hidden_measure


@pytest.mark.parametrize("k", [5, 10, 11])
def test_a_hidden_score_says_why_in_one_sentence_without_a_count(k: int) -> None:
    said = hidden_measure(k)
    assert re.findall(r"\d+", said) == [str(k)]
    assert re.fullmatch(r"Hidden to protect people: [^.]+\.", said)


def test_a_hidden_cell_names_both_thresholds_and_no_other_number() -> None:
    said = HIDDEN_CELL % {"k": 11, "least": 20}
    assert re.findall(r"\d+", said) == ["20", "11"]
    assert re.fullmatch(r"Hidden to protect people: [^.]+\.", said)
