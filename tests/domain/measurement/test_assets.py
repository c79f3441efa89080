import numpy as np
import pytest

from pulse.domain.measurement.assets import asset_scores, say_do_gap
from tests.domain.measurement.known import KNOWN, as_shown

NAN = float("nan")


def test_treated_as_assets_needs_four_of_the_eight_answers() -> None:
    scores = [[100, 50, 0, 50, NAN, NAN, NAN, NAN], [100, 50, 0, NAN, NAN, NAN, NAN, NAN], [NAN] * 8]
    np.testing.assert_array_equal(asset_scores(scores), [50, NAN, NAN])


def test_in_a_rotation_four_answers_are_needed_all_the_same() -> None:
    shown = [True] * 4 + [False] * 4
    scores = [[100, 50, 0, 50, NAN, NAN, NAN, NAN], [100, 50, 0, NAN, NAN, NAN, NAN, NAN]]
    np.testing.assert_array_equal(asset_scores(scores, shown=shown), [50, NAN])


def test_fewer_than_four_items_cannot_make_the_score() -> None:
    with pytest.raises(ValueError, match="needs 4 items or more, not 3"):
        asset_scores([[50, 50, 50]])


def test_the_say_do_gap_is_expected_minus_experienced() -> None:
    example = KNOWN["say_do"]
    assert say_do_gap([example["expected"]], [example["experienced"]])[0] == as_shown(example["gap"])


def test_the_say_do_gap_uses_only_pairs_answered_on_both_sides() -> None:
    gap = say_do_gap([[100, NAN, 50], [NAN, 50, NAN]], [[50, 0, NAN], [0, NAN, 0]])
    np.testing.assert_array_equal(gap, [50, NAN])


def test_the_gap_runs_from_minus_100_to_100_and_is_0_where_both_sides_are_alike() -> None:
    gap = say_do_gap([[100, 100], [0, 0], [75, 25]], [[0, 0], [100, 100], [75, 25]])
    assert gap.tolist() == [100, -100, 0]


def test_nobody_has_no_gap() -> None:
    assert say_do_gap(np.empty((0, 3)), np.empty((0, 3))).size == 0


def test_sides_that_do_not_pair_or_are_infinite_are_refused() -> None:
    with pytest.raises(ValueError, match="needs its experienced pair"):
        say_do_gap([[50, 50]], [[50]])
    with pytest.raises(ValueError, match="people by items"):
        say_do_gap([50], [50])
    with pytest.raises(ValueError, match="finite numbers"):
        say_do_gap([[float("inf")]], [[50]])
