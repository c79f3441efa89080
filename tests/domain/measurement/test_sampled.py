"""Scores of a scale of which each person was asked a part."""

import numpy as np
import pytest

from pulse.domain.measurement.sampled import sampled_scores

NAN = float("nan")


def test_where_everybody_answered_everything_it_is_the_persons_mean() -> None:
    scores = [[0, 100], [50, 50], [75, 100]]
    assert sampled_scores(scores, np.ones((3, 2), dtype=bool)) == pytest.approx([50, 50, 87.5])


def test_easy_and_hard_questions_do_not_look_like_a_difference_between_people() -> None:
    scores = np.array([[80, NAN], [80, NAN], [20, NAN + 0], [NAN, 20], [NAN, 20]])
    scores[2] = [NAN, 20]
    assert sampled_scores(scores, ~np.isnan(scores)) == pytest.approx([50] * 5)


def test_half_of_what_was_shown_must_be_answered() -> None:
    scores = np.array([[80, NAN, NAN], [60, 60, NAN]])
    shown = np.array([[True, True, True], [True, True, False]])
    found = sampled_scores(scores, shown)
    assert np.isnan(found[0])
    assert not np.isnan(found[1])


def test_the_spread_gives_the_standard_error_of_the_mean_of_means() -> None:
    rng, means, told = np.random.default_rng(3), [], []
    for _ in range(400):
        scores = rng.normal(0, 15, (90, 1)) + rng.normal([30, 50, 70], 10, (90, 3))
        asked = np.array([[True, True, False], [False, False, True]])[rng.integers(0, 2, 90)]
        scores[~asked] = NAN
        means.append(np.nanmean(scores, axis=0).mean())
        told.append(sampled_scores(scores, asked).std(ddof=1) / np.sqrt(90))
    assert np.mean(told) == pytest.approx(np.std(means), rel=0.1)
