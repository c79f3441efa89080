import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pulse.domain.measurement.scales import person_scores

NAN = float("nan")
tables = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(2, 8)),
    elements=st.sampled_from([0, 25, 75, 100, NAN]),
)


def test_a_person_needs_two_answers_and_half_of_what_was_shown() -> None:
    scores = [
        [100, 50, NAN, NAN, NAN],  # two of five
        [100, 50, 0, NAN, NAN],
        [100, NAN, NAN, NAN, NAN],
        [NAN] * 5,
    ]
    np.testing.assert_array_equal(person_scores(scores), [NAN, 50, NAN, NAN])


def test_items_not_shown_in_a_wave_do_not_count_against_a_person() -> None:
    scores = [[100, 50, NAN, NAN, NAN], [100, NAN, NAN, NAN, NAN]]
    shown = [True, True, False, False, False]
    np.testing.assert_array_equal(person_scores(scores, shown=shown), [75, NAN])


def test_a_scale_may_need_more_answers() -> None:
    scores = [[100, 50, NAN, NAN], [100, 50, 0, NAN]]
    np.testing.assert_array_equal(person_scores(scores, need=3), [NAN, 50])


@given(tables)
def test_person_scores_lie_between_a_persons_lowest_and_highest_answer(scores: np.ndarray) -> None:
    for row, score in zip(scores, person_scores(scores), strict=True):
        if not np.isnan(score):
            assert np.nanmin(row) <= score <= np.nanmax(row)


def test_nobody_gives_no_scores_and_all_does_not_apply_gives_none_to_anybody() -> None:
    assert person_scores(np.empty((0, 4))).size == 0
    assert np.isnan(person_scores(np.full((3, 4), NAN))).all()
    assert np.isnan(person_scores(np.empty((3, 0)))).all()


def test_everyone_the_same_scores_the_same() -> None:
    assert person_scores(np.full((3, 4), 75.0)).tolist() == [75, 75, 75]


def test_scores_that_are_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="people by items"):
        person_scores([50.0, 75.0])
    with pytest.raises(ValueError, match="finite numbers"):
        person_scores([[50.0, float("inf")]])


def test_a_score_of_no_answers_and_a_mask_that_does_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one answer"):
        person_scores([[50.0, 75.0]], need=0)
    with pytest.raises(ValueError, match="which items were shown"):
        person_scores([[50.0, 75.0]], shown=[True, True, False])
