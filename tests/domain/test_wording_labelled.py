"""How often the wording rules are right on the labelled set: never worse than what was measured."""

from functools import cache
from math import floor

import pytest

from pulse.domain.wording import RULES, RuleId
from tools.validate_wording import DEVELOPMENT, HELD_OUT, Score, load, score, table, wilson

#: rule -> precision and recall in %, rounded down, of the whole set and of the part that no rule was tuned by
MEASURED: dict[RuleId, tuple[int, int, int, int]] = {
    "double_barrelled": (80, 93, 61, 86),
    "two_referents": (100, 91, 100, 57),
    "negation": (96, 100, 80, 100),
    "double_negation": (100, 100, 100, 100),
    "leading": (92, 83, 50, 18),
    "absolutes": (98, 95, 90, 76),
    "vague_frequency": (95, 100, 81, 100),
    "reading_grade": (83, 100, 100, 100),
    "rare_word": (92, 95, 87, 87),
    "length": (100, 100, 100, 100),
    "jargon": (100, 91, 100, 50),
    "identifying": (95, 96, 81, 75),
    "scale_mismatch": (100, 97, 100, 100),
    "presupposes": (88, 86, 55, 45),
    "near_duplicate": (100, 78, 100, 80),
}


@cache
def parts() -> tuple[dict[RuleId, Score], dict[RuleId, Score]]:
    development, held_out = score(load(DEVELOPMENT)), score(load(HELD_OUT))
    return {rule: development[rule] + held_out[rule] for rule in RULES}, held_out


def percent(share: float | None) -> int:
    return floor(100 * (share or 0.0))


@pytest.mark.parametrize("rule", list(RULES))
def test_no_rule_is_right_less_often_than_was_measured(rule: RuleId) -> None:
    whole, held_out = (part[rule] for part in parts())
    now = (
        *(percent(whole.precision), percent(whole.recall)),
        *(percent(held_out.precision), percent(held_out.recall)),
    )
    assert all(share >= least for share, least in zip(now, MEASURED[rule], strict=True)), (
        now,
        MEASURED[rule],
    )


def test_the_set_is_large_and_no_question_is_in_both_parts() -> None:
    development, held_out = load(DEVELOPMENT), load(HELD_OUT)
    questions = [{one.question for one in part if one.question} for part in (development, held_out)]
    assert len(held_out) >= 200
    assert len(development) + len(held_out) >= 1_000
    assert questions[0].isdisjoint(questions[1])
    assert all(sum(rule in one.faults for one in held_out) >= 2 for rule in RULES)


def test_nothing_harmless_is_blocked() -> None:
    harmless = [one for one in load(DEVELOPMENT) + load(HELD_OUT) if "identifying" not in one.faults]
    assert [one.texts for one in harmless if one.is_blocked()] == []


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert wilson(7, 9) == pytest.approx((0.4526, 0.9368), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_table_has_a_line_a_rule() -> None:
    lines = table({rule: Score(3, 1, 2) for rule in RULES}).splitlines()
    assert [line.split()[0] for line in lines] == ["rule", *RULES]
    assert lines[1].split() == ["double_barrelled", "warn", "5", "4", "3", "75%", "30%", "to", "95%", "60%"]
