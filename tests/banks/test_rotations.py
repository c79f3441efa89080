"""rotation.yaml: the default rotations come out of a few lists that take turns, and slips are told."""

from pathlib import Path

import pytest

from pulse.banks.loading import DEFAULT_FOLDER, get_supplied, load_library
from tests.banks.default_rotations import MONTHLY, QUARTERLY
from tests.banks.folders import ROTATION, make_folder, problems_of

TURNS = """\
    number_of_waves: 3
    turns:
      - a_wave: 1
        questions: [A-2, A-3, A-4]
    open: [A-5]
"""
DESIGNED = ROTATION[: ROTATION.index("    waves:")] + TURNS
PLAN = "question_banks/rotation.yaml, line"


@pytest.mark.parametrize(("set_id", "written_out"), [("quarterly", QUARTERLY), ("monthly_cohort", MONTHLY)])
def test_the_default_rotations_come_out_item_by_item_in_order(
    set_id: str, written_out: list[list[str]]
) -> None:
    library = get_supplied()
    rotation = library.rotation(set_id)

    waves = [list(library.wave_items(rotation, number)) for number in range(1, len(rotation.waves) + 1)]

    assert waves == written_out


def test_the_product_says_them_by_what_takes_turns_and_not_wave_by_wave() -> None:
    text = (DEFAULT_FOLDER / "rotation.yaml").read_text(encoding="utf-8")
    quarterly, monthly, *_ = text.split("  - id: ")[1:]

    for programme in (quarterly, monthly):
        assert "closed:" not in programme
        assert programme.count("questions:") == 10


def test_reversed_questions_stay_between_one_and_six_a_quarter() -> None:
    library = get_supplied()
    counts = [sum(item.reverse for item in library.items(wave)) for wave in QUARTERLY]

    assert (min(counts), max(counts)) == (1, 6)


def test_lists_take_turns_with_pairs_whole_and_open_questions_last(tmp_path: Path) -> None:
    library = load_library(make_folder(tmp_path, rotation=DESIGNED))
    quarterly = library.rotation("quarterly")

    waves = [library.wave_items(quarterly, number) for number in (1, 2, 3, 4)]

    assert waves == [
        ("A-1", "A-2", "A-5"),
        ("A-1", "A-3", "A-4", "A-5"),
        ("A-1", "A-2", "A-5"),
        ("A-1", "A-2", "A-5"),
    ]


SLIPS = {
    "neither waves nor turns": (
        TURNS,
        "",
        "3, quarterly: it has no waves; list what each wave asks.",
    ),
    "both": (
        TURNS,
        f"{TURNS}    waves:\n      - closed: [A-2]\n",
        "8, quarterly: it has waves and turns; keep what each wave asks, or the lists that take turns.",
    ),
    "no number of waves": (
        "    number_of_waves: 3\n",
        "",
        "3, quarterly: number_of_waves is missing; add it.",
    ),
    "an empty list": (
        "[A-2, A-3, A-4]",
        "[]",
        "9, quarterly: questions is missing; list the questions that take turns.",
    ),
    "no question a wave": (
        "a_wave: 1",
        "a_wave: 0",
        '9, quarterly: a_wave is "0"; write a number from 1 to 1000.',
    ),
    "a question in no bank": (
        "[A-2, A-3, A-4]",
        "[A-22, A-3, A-4]",
        '8, quarterly wave 1: question "A-22" is not in any bank; did you mean A-2?',
    ),
    "a key of the other kind": (
        f"{TURNS}",
        "    number_of_waves: 3\n    waves:\n      - closed: [A-2]\n",
        "7, quarterly: number_of_waves belongs to turns; take it away where the waves are written out.",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_once_with_its_line(tmp_path: Path, slip: str) -> None:
    old, new, told = SLIPS[slip]
    assert DESIGNED.count(old) == 1

    assert problems_of(make_folder(tmp_path, rotation=DESIGNED.replace(old, new))) == [f"{PLAN} {told}"]
