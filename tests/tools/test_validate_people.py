"""The invented people, and the truth about them: worked out by hand on a few."""

import numpy as np
import pytest

from tools.validate.people import Answers, Crowd, Planted, draw_levels, reply_at_random, reply_by_feeling
from tools.validate.questions import EXPECTED, EXPERIENCED, HOPE, POW, PTA, PTA_ITEMS, TAA, WORRY, question
from tools.validate.truth import SCORES, favourable, griffin, permission, questions, say_do, truth_of

ITEMS = (*PTA_ITEMS, *TAA, *POW, HOPE, WORRY)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def answers_of(**steps: list[float]) -> Answers:
    """Answers by question id, with dashes written as underscores."""
    return Answers({name.replace("_", "-"): np.array(values) for name, values in steps.items()})


def test_a_reversed_question_is_written_the_other_way_round() -> None:
    assert [question("PTA-01").character(step) for step in range(5)] == list("12345")
    assert [question("PTA-09").character(step) for step in range(5)] == list("54321")
    assert [question(HOPE).character(step) for step in range(5)] == list("01234")


def test_the_index_is_the_mean_of_facets_however_many_questions_they_have() -> None:
    steps = {name: np.array([4.0]) for name in PTA["licence"]}
    steps |= {name: np.array([0.0]) for facet in ("room", "learning", "trust") for name in PTA[facet]}
    assert permission(Answers(steps)).ravel() == pytest.approx([100.0, 0.0, 0.0, 0.0])
    assert truth_of(Crowd((1,), rng()), permission(Answers(steps)), {0}) == pytest.approx(25.0)


def test_questions_weigh_alike_in_a_score_however_many_they_apply_to() -> None:
    """The first has 100 and 50, the second 25 of one person alone: 75 and 25, not the mean of three."""
    found = questions(("a", "b"), answers_of(a=[4, 2], b=[np.nan, 1]))
    assert truth_of(Crowd((2,), rng()), found, {0}) == pytest.approx(50.0)


def test_what_is_expected_is_set_against_what_the_same_people_experience() -> None:
    """The worked example of the measurement design, and somebody to whom nothing of it applies."""
    expected, experienced = [3, 4, 3, 2, 2, 2], [2, 2, 1, 2, 2, 2]
    steps = {name: np.array([x, np.nan]) for name, x in zip(EXPECTED, expected, strict=True)}
    steps |= {name: np.array([e, 4.0]) for name, e in zip(EXPERIENCED, experienced, strict=True)}
    found = truth_of(Crowd((2,), rng()), say_do(Answers(steps)), {0})
    assert found == pytest.approx((25 + 50 + 50) / 6)


def test_mixed_feelings_are_scored_as_published() -> None:
    """The worked values of the measurement design: (4,4), (3,2), (0,0) and (4,0)."""
    pairs = answers_of(AMB_P1=[4, 3, 0, 4], AMB_N1=[4, 2, 0, 0])
    assert griffin(pairs)[0] == pytest.approx([100.0, 58.333333, 33.333333, 0.0])


def test_favourable_are_the_two_best_steps_of_those_it_applies_to() -> None:
    found = favourable("a", answers_of(a=[4, 3, 2, np.nan]))
    assert found[0] == pytest.approx([100.0, 100.0, 0.0, np.nan], nan_ok=True)


def test_the_truth_is_the_mean_of_everybody_in_those_units() -> None:
    crowd = Crowd((2, 1, 3), rng())
    scores = questions(("a",), answers_of(a=[4, 2, 0, 1, np.nan, 3]))
    assert truth_of(crowd, scores, {0, 2}) == pytest.approx((100 + 50 + 25 + 75) / 4)


def test_the_same_seed_gives_the_same_people_and_answers() -> None:
    first, second = (
        Crowd((5, 5), rng(7)).answer(ITEMS, draw_levels(ITEMS, rng(8)), rng(9)) for _ in range(2)
    )
    assert first.sheets(ITEMS, rng(2)) == second.sheets(ITEMS, rng(2))


def test_what_is_left_out_of_a_sheet_is_not_left_out_of_the_truth() -> None:
    crowd = Crowd((400,), rng())
    answers = crowd.answer(("PTA-01",), {"PTA-01": 56.0}, rng())
    written = "".join(answers.sheets(("PTA-01",), rng()))

    assert 0 < sum(written.count(gap) for gap in "-p") < 40
    assert not np.isnan(SCORES["PTA-01"](answers)).any()


def test_a_question_that_does_not_apply_has_no_score_and_says_so_on_the_sheet() -> None:
    crowd = Crowd((400,), rng())
    answers = crowd.answer(("POW-03",), {"POW-03": 56.0}, rng())
    missing = np.isnan(answers.steps["POW-03"])

    assert 0 < missing.sum() < 60
    written = answers.sheets(("POW-03",), rng())
    assert {written[one] for one in np.flatnonzero(missing)} <= {"n", "-", "p"}


def test_a_planted_shift_reaches_its_unit_and_its_part_alone() -> None:
    crowd, levels = Crowd((300, 300), rng()), {"PTA-01": 50.0, "POW-01": 50.0}
    plain, moved = (
        crowd.answer(("PTA-01", "POW-01"), levels, rng(4), Planted(shifts=shifts))
        for shifts in ({}, {(1, "PTA"): 15.0})
    )
    change = {name: (questions((name,), moved) - questions((name,), plain))[0] for name in levels}

    assert not change["POW-01"].any()
    assert not change["PTA-01"][crowd.unit == 0].any()
    assert 11.0 < change["PTA-01"][crowd.unit == 1].mean() < 16.0


def test_planted_camps_share_a_unit_evenly() -> None:
    crowd = Crowd((40, 40), rng())
    planted = Planted(feelings={0: ((100.0, 0.0), (0.0, 100.0))})
    answers = crowd.answer((HOPE, WORRY), {}, rng(), planted)
    net = (answers.steps[HOPE] - answers.steps[WORRY])[crowd.unit == 0]

    assert (net > 0).sum() == (net < 0).sum() == 20


def test_replies_at_random_have_nothing_to_do_with_feeling_and_informative_ones_do() -> None:
    crowd = Crowd((4000,), rng())
    feeling = crowd.stable("PTA")
    at_random, informed = reply_at_random(crowd, rng(3)), reply_by_feeling(crowd, "PTA", 0.6, rng(3))

    assert 0.5 < at_random.mean() < 0.7
    assert 0.5 < informed.mean() < 0.7
    spread = feeling.std()
    assert abs(feeling[at_random].mean() - feeling.mean()) < 0.05 * spread
    assert feeling[informed].mean() - feeling.mean() > 0.15 * spread
