import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.comoments import CoMoments, kept_people
from pulse.domain.measurement.items import FloatArray

NAMES = ("PTA-01", "PTA-02", "PTA-03")


def make_scores(people: int = 200, unscored: dict[int, int] | None = None, seed: int = 3) -> FloatArray:
    """Scores of 0 to 100 on three items; `unscored` says how many people, the first, lack each column."""
    rng = np.random.default_rng(seed)
    leaning = rng.normal(size=(people, 1))
    scores = 25.0 * np.clip(np.round(2 + leaning + rng.normal(size=(people, 3))), 0, 4)
    for column, missing in (unscored or {}).items():
        scores[:missing, column] = np.nan
    return scores


def make_comoments(scores: FloatArray | None = None, **changes: Any) -> CoMoments | None:
    defaults: dict[str, Any] = {"names": NAMES, "k": 10, "rng": np.random.default_rng(1)}
    return CoMoments.from_scores(scores=make_scores() if scores is None else scores, **defaults | changes)


def test_everyone_complete_is_kept_whole_with_the_sample_covariance() -> None:
    scores = make_scores(150)
    kept = make_comoments(scores)
    assert kept is not None
    assert (kept.items, kept.n) == (NAMES, 150)
    np.testing.assert_allclose(kept.covariance, np.cov(scores, rowvar=False))


def test_only_people_with_every_score_count() -> None:
    scores = make_scores(unscored={0: 30, 1: 50})
    kept = make_comoments(scores)
    assert kept is not None
    # 20 scored the first item but not the second, 50 the third only: enough to hide in, nobody else left out
    assert kept.n == 150
    np.testing.assert_allclose(kept.covariance, np.cov(scores[50:], rowvar=False))


def test_three_people_outside_get_ten_complete_ones_beside_them() -> None:
    scores = make_scores(unscored={2: 3})
    mask = kept_people(scores, 10, np.random.default_rng(1))
    # the third column has nobody outside, so leaving out seven would expose those seven there: it takes ten
    assert int(mask.sum()) == 197 - 10
    assert not mask[:3].any()


def test_an_index_and_an_earlier_set_are_guarded_when_they_stand_beside_the_items() -> None:
    rng = np.random.default_rng(1)
    scores = make_scores(unscored={0: 60, 1: 40})
    # four of those without the first two items have an index all the same, worked out from more than these;
    # nobody is outside on the first item, so ten are left out to cover the four and be covered themselves
    index = np.where(np.isnan(scores).any(axis=1), np.nan, scores.mean(axis=1))
    index[:4] = 50.0
    assert kept_people(scores, 10, rng).sum() == 140
    first = kept_people(np.column_stack([scores, index]), 10, rng)
    assert first.sum() == 130
    second = kept_people(np.column_stack([scores, np.where(first, 1.0, np.nan)]), 10, rng)
    assert (second == first).all()
    kept = make_comoments(scores[first])
    assert kept is not None
    assert kept.n == 130


def test_who_is_left_out_is_drawn_by_chance() -> None:
    scores = make_scores(unscored={2: 3})
    first, second = (kept_people(scores, 10, np.random.default_rng(seed)) for seed in (1, 2))
    assert first.sum() == second.sum()
    assert (first != second).any()


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 0.4), st.integers(1, 15), st.integers(1, 5))
def test_no_item_total_is_ever_within_fewer_than_k_people_of_the_kept_set(
    seed: int, missing: float, k: int, columns: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.uniform(0, 100, (60, columns))
    scores[rng.random(scores.shape) < missing * rng.random(columns)] = np.nan
    mask = kept_people(scores, k, rng)
    complete = ~np.isnan(scores).any(axis=1)
    assert not (mask & ~complete).any()
    if mask.any():
        assert int(complete.sum() - mask.sum()) <= k
        outside = (~np.isnan(scores[~mask])).sum(axis=0)
        assert ((outside == 0) | (outside >= k)).all()


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 0.1), st.integers(1, 12))
def test_in_every_part_the_set_and_those_it_leaves_out_are_nobody_or_k(
    seed: int, missing: float, k: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.uniform(0, 100, (200, 3))
    scores[rng.random(scores.shape) < missing * rng.random(3)] = np.nan
    partitions = [rng.integers(-1, 5, 200), rng.integers(0, 3, 200), np.repeat([0, 1], [195, 5])]
    mask = kept_people(scores, k, rng, partitions)
    for people in (part == number for part in partitions for number in range(part.max() + 1)):
        if people.sum() < k:
            continue
        assert (people & mask).sum() not in range(1, k)
        for column in (people, *(people & scored for scored in ~np.isnan(scores.T))):
            assert column.sum() < k or (column & ~mask).sum() not in range(1, k)


def test_too_few_complete_people_leave_nothing() -> None:
    assert make_comoments(make_scores(99)) is None
    assert make_comoments(make_scores(100)) is not None
    # 104 complete, of whom ten must be left out to protect the three who are not
    assert make_comoments(make_scores(107, unscored={0: 3})) is None
    assert make_comoments(make_scores(4, unscored={0: 3}), least=2) is None


def test_a_column_that_nobody_scored_leaves_nothing() -> None:
    assert make_comoments(make_scores(unscored={1: 200})) is None
    assert make_comoments(np.empty((0, 3))) is None


def test_a_table_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="people by items"):
        make_comoments(np.zeros(200))
    with pytest.raises(ValueError, match="2 columns of scores need as many names"):
        make_comoments(np.zeros((200, 2)))
    with pytest.raises(ValueError, match="each once"):
        make_comoments(names=("A", "B", "A"))
    with pytest.raises(ValueError, match="number of points"):
        make_comoments(np.full((200, 3), np.inf))
    with pytest.raises(ValueError, match="at least one"):
        make_comoments(k=0)


@pytest.mark.parametrize(
    ("n", "covariance", "sentence"),
    [
        (1, np.eye(3), "at least two people"),
        (50, np.eye(2), "3 by 3"),
        (50, np.full((3, 3), np.nan), "3 by 3"),
        (50, np.triu(np.ones((3, 3))), "the same both ways"),
        (50, -np.eye(3), "less than nothing"),
    ],
)
def test_what_is_no_covariance_is_refused(n: int, covariance: FloatArray, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        CoMoments(NAMES, n, covariance)


def test_a_subset_is_the_same_people_on_fewer_scores_in_the_order_asked() -> None:
    scores = make_scores()
    kept = make_comoments(scores)
    assert kept is not None
    part = kept.subset(["PTA-03", "PTA-01"])
    assert (part.items, part.n) == (("PTA-03", "PTA-01"), kept.n)
    np.testing.assert_allclose(part.covariance, np.cov(scores[:, [2, 0]], rowvar=False))
    with pytest.raises(ValueError, match="PTA-09"):
        kept.subset(["PTA-01", "PTA-09"])


def test_the_correlation_is_that_of_the_scores() -> None:
    scores = make_scores()
    kept = make_comoments(scores)
    assert kept is not None
    np.testing.assert_allclose(kept.correlation(), np.corrcoef(scores, rowvar=False))


def test_a_score_on_which_everyone_agrees_correlates_with_nothing() -> None:
    scores = make_scores()
    scores[:, 1] = 100 / 3
    kept = make_comoments(scores)
    assert kept is not None
    with pytest.raises(ValueError, match="same on PTA-02"):
        kept.correlation()


def test_what_is_stored_comes_back_and_holds_no_person() -> None:
    kept = make_comoments()
    assert kept is not None
    stored = json.loads(json.dumps(kept.as_json()))
    assert sorted(stored) == ["covariance", "items", "n"]
    back = CoMoments.from_json(stored)
    assert (back.items, back.n) == (kept.items, kept.n)
    np.testing.assert_allclose(back.covariance, kept.covariance, atol=5.01e-4)


@pytest.mark.parametrize("change", [{"n": None}, {"covariance": "none"}, {"covariance": [[1.0], [2.0, 3.0]]}])
def test_anything_else_stored_is_refused(change: dict[str, Any]) -> None:
    kept = make_comoments()
    assert kept is not None
    with pytest.raises(ValueError, match="items, n and covariance"):
        CoMoments.from_json(kept.as_json() | change)
    with pytest.raises(ValueError, match="items, n and covariance"):
        CoMoments.from_json({})
