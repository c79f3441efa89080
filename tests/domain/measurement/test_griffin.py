from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.agreement import agreement, consensus, leik_dispersion, van_der_eijk
from pulse.domain.measurement.griffin import (
    ambivalence,
    feeling_pattern,
    griffin100,
    griffin_raw,
    mixed_map,
    reading,
)
from tests.domain.measurement.known import KNOWN, as_shown

pairs = st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)), min_size=1, max_size=30)
GROUPS = {
    "all_mixed_3_3": [(3, 3)] * 20,
    "split_40_04": [(4, 0)] * 10 + [(0, 4)] * 10,
    "indifferent_0_0": [(0, 0)] * 20,
    "moderate": [(2, 2)] * 8 + [(3, 1)] * 6 + [(1, 3)] * 6,
}


@pytest.mark.parametrize("case", KNOWN["griffin"]["raw"])
def test_known_pairs_give_their_raw_and_rescaled_index(case: str) -> None:
    p, n = [int(case[1])], [int(case[3])]
    assert griffin_raw(p, n)[0] == as_shown(KNOWN["griffin"]["raw"][case])
    assert griffin100(p, n)[0] == as_shown(KNOWN["griffin"]["score100"][case])


def test_one_to_five_coding_gives_the_known_index_from_another_raw_value() -> None:
    """The known answers' own note: 4 and 3 on a 1-to-5 scale are 3 and 2 on a 0-to-4 one."""
    assert griffin100([4], [3], low=1, high=5)[0] == as_shown(KNOWN["griffin"]["score100"]["p3n2"])
    assert griffin_raw([4], [3])[0] != KNOWN["griffin"]["raw"]["p3n2"]


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_pattern_is_told_apart_by_ambivalence_and_agreement_together(name: str) -> None:
    known = KNOWN["group_patterns"][name]
    p, n = np.array(GROUPS[name]).T
    scored = ambivalence(p, n)
    assert scored.griffin100.mean() == as_shown(known["G"])
    assert scored.minimum100.mean() == as_shown(known["min100"])
    bands = np.bincount(np.digitize(scored.net, [-2.5, -0.5, 0.5, 2.5]), minlength=5)
    assert bands.tolist() == known["V"]
    assert float(van_der_eijk(bands)) == as_shown(known["A"])
    if "leik" in known:
        assert float(leik_dispersion(bands)) == as_shown(known["leik"])
        assert consensus(bands) == as_shown(known["cns"])


@given(pairs)
def test_indices_stay_in_range_and_swapping_the_sides_changes_nothing(answers: list[tuple[int, int]]) -> None:
    p, n = np.array(answers).T
    one, other = ambivalence(p, n), ambivalence(n, p)
    np.testing.assert_array_equal(one.griffin100, other.griffin100)
    np.testing.assert_array_equal(one.ambivalent, other.ambivalent)
    np.testing.assert_array_equal(one.net, -other.net)
    for scores in (one.griffin100, one.minimum100):
        scored = scores[~np.isnan(scores)]
        assert ((scored >= -1e-9) & (scored <= 100 + 1e-9)).all()


def test_only_both_sides_at_somewhat_or_more_count_as_mixed() -> None:
    scored = ambivalence([2, 4, 0, 3, -1], [2, 1, 0, 4, 4])
    np.testing.assert_array_equal(scored.ambivalent, [1, 0, 0, 1, np.nan])


def test_an_answer_to_one_side_only_gives_no_index() -> None:
    scored = ambivalence([3, -1], [-1, 3])
    assert np.isnan(scored.griffin100).all()
    assert np.isnan(scored.minimum100).all()


def test_the_map_counts_complete_pairs_by_negative_row_and_positive_column() -> None:
    cells = mixed_map([4, 4, 0, -1], [0, 0, 3, 2])
    assert cells[0, 4] == 2
    assert cells[3, 0] == 1
    assert cells.sum() == 3


def test_a_drift_to_indifference_is_not_called_more_torn() -> None:
    keen, torn, indifferent = ambivalence([4], [0]), ambivalence([3], [3]), ambivalence([0], [0])

    def moved(before: object, after: object) -> str:
        return reading(
            float(after.griffin100[0] - before.griffin100[0]),  # type: ignore[attr-defined]
            float(after.minimum100[0] - before.minimum100[0]),  # type: ignore[attr-defined]
        )

    assert moved(keen, indifferent) == "less engaged"
    assert moved(keen, torn) == "more torn"
    assert moved(torn, keen) == "less torn"
    assert moved(keen, keen) == "no clear shift"


def test_answers_outside_the_scale_or_unpaired_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the scale"):
        ambivalence([5], [0])
    with pytest.raises(ValueError, match="outside the scale"):
        griffin100([5], [0])
    with pytest.raises(ValueError, match="outside the scale"):
        griffin100([-1], [0])
    with pytest.raises(ValueError, match="not from 4 to 4"):
        griffin100([4], [4], low=4)
    for scoring in (ambivalence, mixed_map, griffin_raw, griffin100):
        with pytest.raises(ValueError, match="negative pair"):
            scoring([3, 3], [1])


def test_infinite_answers_are_refused() -> None:
    for scoring in (griffin_raw, griffin100):
        with pytest.raises(ValueError, match="finite numbers"):
            scoring([float("inf")], [1])
    with pytest.raises(ValueError, match="outside the scale"):
        ambivalence([float("-inf")], [1])


def test_nobody_gives_no_index_and_an_empty_map() -> None:
    assert ambivalence([], []).griffin100.size == 0
    assert not mixed_map([], []).any()
    assert not mixed_map([-1, -1], [3, -1]).any()


def test_a_shift_without_both_numbers_cannot_be_read() -> None:
    for changes in ((float("nan"), 3), (6, float("nan")), (float("inf"), 3)):
        with pytest.raises(ValueError, match="the index and of its companion"):
            reading(*changes)


def pattern_of(people: Sequence[tuple[int, int]]) -> str:
    """The pattern of (positive, negative) answers with agreement worked out as a wave's close does."""
    p, n = np.array(people).T
    bands = np.bincount(np.digitize(p - n, [-2.5, -0.5, 0.5, 2.5]), minlength=5)
    return feeling_pattern(mixed_map(p, n), agreement(bands, np.random.default_rng(3)).verdict)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("all_mixed_3_3", "torn"),
        ("split_40_04", "split"),
        ("indifferent_0_0", "indifferent"),
        ("moderate", "torn"),
    ],
)
def test_the_known_groups_are_told_apart_by_their_pattern(name: str, pattern: str) -> None:
    # twice the group: of twenty people, ten at each end, the interval of agreement still touches 0
    assert pattern_of(2 * GROUPS[name]) == pattern


@pytest.mark.parametrize(
    ("people", "pattern"),
    [
        ([(3, 3)] * 8 + [(3, 0)] * 12, "torn"),  # 40 in 100
        ([(3, 3)] * 7 + [(3, 0)] * 13, "hopeful"),
        ([(1, 1)] * 11 + [(3, 0)] * 9, "indifferent"),
        ([(1, 1)] * 10 + [(3, 0)] * 10, "hopeful"),  # half is not most
        ([(3, 1)] * 8 + [(1, 2)] * 4, "hopeful"),  # two to one
        ([(3, 1)] * 7 + [(1, 2)] * 4, "mixed"),
        ([(2, 3)] * 2 + [(1, 3)] * 8 + [(3, 1)] * 4, "worried"),
        ([(1, 3)] * 7 + [(2, 1)] * 4, "mixed"),
        ([(2, 1)] * 5 + [(1, 2)] * 5, "mixed"),
    ],
)
def test_each_threshold_of_a_pattern_is_where_it_says(people: list[tuple[int, int]], pattern: str) -> None:
    p, n = np.array(people).T
    assert feeling_pattern(mixed_map(p, n), "unclear") == pattern


def test_a_split_comes_before_all_else_and_one_person_has_a_pattern() -> None:
    assert feeling_pattern(mixed_map([3] * 9, [3] * 9), "split") == "split"
    assert feeling_pattern(mixed_map([4], [0]), "unclear") == "hopeful"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (np.zeros((5, 5)), "Nobody is on the map"),
        (np.ones((4, 5)), "five rows of five whole counts"),
        (np.full((5, 5), -1), "five rows of five whole counts"),
        (np.full((5, 5), 0.5), "five rows of five whole counts"),
        (np.full((5, 5), np.nan), "five rows of five whole counts"),
        (np.full((5, 5), np.inf), "five rows of five whole counts"),
    ],
)
def test_what_is_no_map_has_no_pattern(cells: np.ndarray, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        feeling_pattern(cells, "unclear")
