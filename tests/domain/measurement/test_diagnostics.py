"""How each question of a scale works: the same from the stored matrix as from people's answers."""

import numpy as np
import pytest

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.diagnostics import ItemTotal, item_totals
from pulse.domain.measurement.items import FloatArray
from pulse.domain.measurement.reliability import cronbach_alpha

ITEMS = ("A", "B", "C", "D")


def make_scores(*loadings: float, n: int = 400) -> FloatArray:
    """(people, items): one thing in common, with as much noise."""
    rng = np.random.default_rng(7)
    common = rng.normal(size=(n, 1))
    return np.asarray(50 + 10 * (common * np.array(loadings) + rng.normal(size=(n, len(loadings)))))


def totals_of(scores: FloatArray) -> list[ItemTotal]:
    names = ITEMS[: scores.shape[1]]
    return item_totals(CoMoments(names, len(scores), np.cov(scores, rowvar=False)))


def alpha_of(scores: FloatArray) -> float:
    """By the function that is held against another library (test_reliability)."""
    names = ITEMS[: scores.shape[1]]
    return cronbach_alpha(CoMoments(names, len(scores), np.cov(scores, rowvar=False))).value


def test_the_matrix_gives_what_the_raw_answers_give() -> None:
    scores = make_scores(1.0, 0.8, 0.5, 0.1)
    for at, one in enumerate(totals_of(scores)):
        rest = np.delete(scores, at, axis=1)
        assert one.r == pytest.approx(np.corrcoef(scores[:, at], rest.sum(axis=1))[0, 1])
        assert one.alpha == pytest.approx(alpha_of(scores))
        assert one.alpha_without == pytest.approx(alpha_of(rest))
        assert one.low < one.r < one.high


def test_a_question_of_its_own_is_weak_and_one_turned_round_goes_against() -> None:
    *good, apart = totals_of(make_scores(1.0, 1.0, 1.0, 0.0))
    assert [one.weak for one in good] == [False] * 3
    assert (apart.weak, apart.against) == (True, False)
    turned = totals_of(make_scores(1.0, 1.0, 1.0, -1.0))[-1]
    assert (turned.weak, turned.against) == (True, True)


def test_what_could_be_chance_is_neither() -> None:
    near = ItemTotal("A", 120, 0.24, 0.06, 0.40, 0.7, 0.71)
    assert not near.weak
    assert not near.against


def test_two_questions_or_one_that_all_answered_alike_tell_nothing() -> None:
    assert totals_of(make_scores(1.0, 1.0)) == []
    flat = make_scores(1.0, 1.0, 1.0)
    flat[:, 1] = 75.0
    assert [one.item for one in totals_of(flat)] == ["A", "C"]
