"""Levels that do not move because other questions were asked."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.adjusted import adjusted_scores, item_baseline
from pulse.domain.measurement.moments import Moment
from tests.domain.measurement.known import KNOWN, as_shown

ITEMS = 4
points = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])
rows = st.lists(st.lists(points, min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=8)
partly = st.lists(st.lists(points | st.just(np.nan), min_size=ITEMS, max_size=ITEMS), min_size=1, max_size=8)
baselines = st.lists(st.floats(5, 95), min_size=ITEMS, max_size=ITEMS)


@pytest.mark.parametrize("wave", ["wave1", "wave2"])
def test_the_known_waves_come_out_though_they_ask_different_items(wave: str) -> None:
    known = KNOWN["item_adjusted"]
    asked = {name: score for name, score in known[wave].items() if name in known["item_means"]}
    means = known["item_means"]
    centre = float(np.mean(list(means.values())))
    found = adjusted_scores([list(asked.values())], [means[name] for name in asked], centre)
    assert found.tolist() == [as_shown(known[wave]["adj"])]
    assert np.mean(list(asked.values())) == as_shown(known[wave]["raw"])


@given(rows, baselines)
@settings(max_examples=50, deadline=None)
def test_when_everybody_answers_every_item_the_plain_mean_comes_out(
    scores: list[list[float]], means: list[float]
) -> None:
    found = adjusted_scores(scores, means, float(np.mean(means)))
    np.testing.assert_allclose(found, np.mean(scores, axis=1), atol=1e-9)


@given(partly, baselines, st.floats(-20, 20))
@settings(max_examples=50, deadline=None)
def test_moving_every_answer_moves_the_result_by_as_much(
    scores: list[list[float]], means: list[float], step: float
) -> None:
    before = adjusted_scores(scores, means, 50.0)
    np.testing.assert_allclose(
        adjusted_scores(np.array(scores) + step, means, 50.0), before + step, atol=1e-9
    )


@given(partly, baselines, st.permutations(range(ITEMS)))
@settings(max_examples=50, deadline=None)
def test_the_order_of_items_changes_nothing(
    scores: list[list[float]], means: list[float], order: list[int]
) -> None:
    shuffled = adjusted_scores(np.array(scores)[:, order], np.array(means)[order], 50.0)
    np.testing.assert_allclose(shuffled, adjusted_scores(scores, means, 50.0), atol=1e-9)


def test_people_asked_only_hard_or_only_easy_items_get_the_same_score() -> None:
    asked_apart = [[80.0, np.nan], [np.nan, 40.0]]
    assert adjusted_scores(asked_apart, [80.0, 40.0], 60.0).tolist() == [60.0, 60.0]


def test_a_person_to_whom_nothing_applies_has_no_score_and_is_left_out_of_the_mean() -> None:
    found = adjusted_scores([[np.nan, np.nan], [70.0, np.nan]], [60.0, 50.0], 55.0)
    assert np.isnan(found[0])
    assert Moment.from_values(found) == Moment(1, 65.0, 65.0**2)


def test_more_answers_can_be_asked_of_a_person() -> None:
    scores = [[70.0, np.nan], [70.0, 50.0]]
    assert np.isnan(adjusted_scores(scores, [60.0, 50.0], 55.0, need=2)).tolist() == [True, False]


def test_nobody_gives_no_scores() -> None:
    assert adjusted_scores(np.empty((0, 2)), [60.0, 50.0], 55.0).shape == (0,)


@pytest.mark.parametrize(
    ("scores", "means", "centre", "sentence"),
    [
        ([[50.0, 50.0]], [60.0], 60.0, "one baseline mean for each item"),
        ([50.0, 50.0], [60.0, 50.0], 60.0, "people by items"),
        ([[50.0, 50.0]], [60.0, np.nan], 60.0, "Each item needs its baseline mean"),
        ([[50.0, 50.0]], [60.0, 50.0], np.nan, "Each item needs its baseline mean"),
    ],
)
def test_scores_without_their_baseline_are_refused(
    scores: Any, means: list[float], centre: float, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        adjusted_scores(scores, means, centre)


def test_a_baseline_gives_each_item_its_mean_and_counts_it_once_in_the_centre() -> None:
    found = item_baseline({"A": Moment.from_summary(100, 70, 20), "B": Moment.from_summary(900, 50, 20)})
    assert found.means == {"A": pytest.approx(70), "B": pytest.approx(50)}
    assert found.centre == pytest.approx(60)


def test_a_baseline_names_the_first_item_with_too_few_answers() -> None:
    asked = {
        "A": Moment.from_summary(100, 70, 20),
        "B": Moment.from_summary(99, 50, 20),
        "C": Moment(0, 0, 0),
    }
    with pytest.raises(ValueError, match="Item B has 99 answers in the baseline wave, and 100 are needed"):
        item_baseline(asked)


def test_a_baseline_of_nothing_or_of_unanswered_items_is_refused() -> None:
    with pytest.raises(ValueError, match="A baseline needs the items"):
        item_baseline({})
    with pytest.raises(ValueError, match="Item A has 0 answers"):
        item_baseline({"A": Moment(0, 0, 0)}, least=0)
