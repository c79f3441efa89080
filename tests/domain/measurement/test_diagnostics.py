"""How each question of a scale works: the same from the stored matrix as from people's answers."""

import numpy as np
import pytest

from pulse.domain.measurement.comoments import CoMoments
from pulse.domain.measurement.diagnostics import ItemTotal, item_totals
from pulse.domain.measurement.items import FloatArray

ITEMS = ("A", "B", "C", "D")


def make_scores(*loadings: float, n: int = 400) -> FloatArray:
    """(people, items): one thing in common, with as much noise."""
    rng = np.random.default_rng(7)
    common = rng.normal(size=(n, 1))
    return np.asarray(50 + 10 * (common * np.array(loadings) + rng.normal(size=(n, len(loadings)))))


def totals_of(scores: FloatArray) -> list[ItemTotal]:
    names = ITEMS[: scores.shape[1]]
    return item_totals(CoMoments(names, len(scores), np.cov(scores, rowvar=False)))


def from_people(scores: FloatArray) -> list[tuple[float, float, float]]:
    """r of each item with the sum of the others, alpha with it and without it: by people's own sums."""
    rests = [np.delete(scores, at, axis=1) for at in range(scores.shape[1])]
    return [
        (np.corrcoef(own, rest.sum(axis=1))[0, 1], alpha_of(scores), alpha_of(rest))
        for own, rest in zip(scores.T, rests, strict=True)
    ]


def alpha_of(scores: FloatArray) -> float:
    """From people's totals, never by way of a covariance (test_reliability holds alpha against a library)."""
    items, total = scores.shape[1], scores.sum(axis=1)
    return float(items / (items - 1) * (1 - scores.var(axis=0, ddof=1).sum() / total.var(ddof=1)))


def test_the_matrix_gives_what_the_raw_answers_give() -> None:
    scores = make_scores(1.0, 0.8, 0.5, 0.1)
    found = [(one.r, one.alpha, one.alpha_without) for one in totals_of(scores)]
    np.testing.assert_allclose(found, from_people(scores), rtol=1e-12)


def test_a_matrix_as_it_is_stored_gives_the_same_to_more_decimals_than_are_shown() -> None:
    scores = make_scores(1.0, 0.8, 0.5, 0.1)
    stored = CoMoments.from_json(CoMoments(ITEMS, len(scores), np.cov(scores, rowvar=False)).as_json())
    found = [(one.r, one.alpha, one.alpha_without) for one in item_totals(stored)]
    np.testing.assert_allclose(found, from_people(scores), atol=5e-5)


def test_a_question_of_its_own_is_weak_and_one_turned_round_goes_against() -> None:
    *good, apart = totals_of(make_scores(1.0, 1.0, 1.0, 0.0))
    assert [one.weak for one in good] == [False] * 3
    assert (apart.weak, apart.against) == (True, False)
    turned = totals_of(make_scores(1.0, 1.0, 1.0, -1.0))[-1]
    assert (turned.weak, turned.against) == (True, True)


@pytest.mark.parametrize(
    ("low", "high", "good", "weak"),
    [
        (0.30, 0.6, True, False),
        (0.29, 0.6, False, False),
        (-0.1, 0.30, False, False),
        (-0.1, 0.29, False, True),
    ],
)
def test_what_could_be_chance_is_neither_good_nor_weak(
    low: float, high: float, good: bool, weak: bool
) -> None:
    one = ItemTotal("A", 120, (low + high) / 2, low, high, 0.7, 0.71)
    assert (one.good, one.weak, one.against) == (good, weak, False)


@pytest.mark.parametrize(("without", "better"), [(0.69, False), (0.715, False), (0.73, True)])
def test_alpha_has_to_rise_noticeably_without_a_question(without: float, better: bool) -> None:
    assert ItemTotal("A", 120, 0.1, 0.0, 0.2, 0.7, without).better_without == better


def test_two_questions_or_one_that_all_answered_alike_tell_nothing() -> None:
    assert totals_of(make_scores(1.0, 1.0)) == []
    flat = make_scores(1.0, 1.0, 1.0)
    flat[:, 1] = 75.0
    assert [one.item for one in totals_of(flat)] == ["A", "C"]
