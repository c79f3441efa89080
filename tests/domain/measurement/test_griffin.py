import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.agreement import consensus, leik_dispersion, van_der_eijk
from pulse.domain.measurement.griffin import ambivalence, griffin100, griffin_raw, mixed_map, reading
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
def test_one_to_five_coding_gives_the_same_index(answers: list[tuple[int, int]]) -> None:
    p, n = np.array(answers).T
    np.testing.assert_allclose(griffin100(p, n), griffin100(p + 1, n + 1, low=1, high=5), atol=1e-9)


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
    with pytest.raises(ValueError, match="negative pair"):
        ambivalence([3, 3], [1])
