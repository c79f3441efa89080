from pathlib import Path

import pytest

from tests.banks.folders import make_folder, problems_of

A1 = '{id: A-1, text: "I am heard.", sources: [B-1]}'
SMALL = "question_banks/small.yaml, line"
SCALE_FILE = "question_banks/scales.yaml, line"

WRONG_SHAPES = {
    "an unknown key": (
        A1,
        A1.replace("text:", "txt:"),
        [
            f'{SMALL} 11, A-1: "txt" is not a key that is used here; did you mean text?',
            f"{SMALL} 11, A-1: text is missing; add it.",
        ],
    ),
    "a flag that is neither yes nor no": (
        A1,
        A1.replace("id:", "reverse: maybe, id:"),
        [f'{SMALL} 11, A-1: reverse is "maybe"; write yes or no.'],
    ),
    "an unknown method": (
        "method: mean",
        "method: average",
        [
            f'{SMALL} 21, ALL: method is "average"; '
            "use one of mean, mean_of_facets, griffin, gap, leader_gap, stage."
        ],
    ),
    "a number out of range": (
        "need: 2",
        "need: 0",
        [f'{SMALL} 21, ALL: need is "0"; write a number from 1 to 1000.'],
    ),
    "a code that is no number": (
        '4: "Agree"',
        'four: "Agree"',
        [
            f'{SCALE_FILE} 4, agree5: the code "four" in options must be a whole number from 0 to 99; '
            "renumber it."
        ],
    ),
    "a bank named unlike its file": (
        "bank: small",
        "bank: smal",
        [f'{SMALL} 1: bank must be the name of the file without .yaml; write "bank: small".'],
    ),
    "a wrong audience of a bank, told once": (
        "version: 1",
        "version: 1\naudience: bosses",
        [f'{SMALL} 4: audience is "bosses"; use one of staff, leaders.'],
    ),
    "a word where a list belongs": (
        "measures:\n",
        "measures: none\nx_measures:\n",
        [
            f"{SMALL} 20: measures must be a list of entries, each starting with a dash; add the dashes.",
            f'{SMALL} 21: "x_measures" is not a key that is used here; did you mean measures?',
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), WRONG_SHAPES.values(), ids=WRONG_SHAPES)
def test_a_wrong_shape_is_told_before_any_reference_is_looked_up(
    tmp_path: Path, old: str, new: str, told: list[str]
) -> None:
    assert problems_of(make_folder(tmp_path, old, new)) == told
