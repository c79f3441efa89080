import numpy as np
import pytest

from pulse.domain.measurement.items import score100
from pulse.domain.measurement.letting_go import letting_go

NAN = float("nan")


def test_worry_needs_three_of_the_six_answers_and_support_stays_beside_it() -> None:
    found = letting_go([[100, 50, 0, NAN, NAN, NAN], [100, 50, NAN, NAN, NAN, NAN]], [25, NAN])
    np.testing.assert_array_equal(found.worry, [50, NAN])
    np.testing.assert_array_equal(found.support, [25, NAN])


def test_trust_in_people_counts_against_worry() -> None:
    worried = np.array([[5, 5, 5, 5, 1, 1]])
    scores = np.column_stack([score100(worried[:, :4]), score100(worried[:, 4:], reverse=True)])
    assert letting_go(scores, [50]).worry.tolist() == [100]


def test_support_is_never_part_of_the_worry() -> None:
    scores = [[100, 50, 0, 50, 50, 50]]
    assert letting_go(scores, [0]).worry == letting_go(scores, [100]).worry


def test_a_person_shown_three_of_the_six_needs_all_of_them() -> None:
    shown = [True, True, True, False, False, False]
    scores = [[100, 50, 0, NAN, NAN, NAN], [100, 50, NAN, NAN, NAN, NAN]]
    np.testing.assert_array_equal(letting_go(scores, [50, 50], shown=shown).worry, [50, NAN])


def test_nobody_and_all_does_not_apply_have_no_worry() -> None:
    assert letting_go(np.empty((0, 6)), []).worry.size == 0
    assert np.isnan(letting_go(np.full((2, 6), NAN), [50, 50]).worry).all()


def test_too_few_items_or_support_that_does_not_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 3 items or more, not 2"):
        letting_go([[50, 50]], [50])
    for support in ([50, 50], [float("inf")]):
        with pytest.raises(ValueError, match="one score on the support item"):
            letting_go([[50, 50, 50]], support)
