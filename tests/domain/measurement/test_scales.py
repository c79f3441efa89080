import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pulse.domain.measurement.items import score100
from pulse.domain.measurement.scales import faceted_scores, person_scores, say_do_gap
from tests.domain.measurement.known import KNOWN, as_shown

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


@given(tables)
def test_the_order_of_items_changes_no_score(scores: np.ndarray) -> None:
    np.testing.assert_allclose(person_scores(scores), person_scores(scores[:, ::-1]))


def test_permission_to_act_is_the_mean_of_its_facets_not_of_its_items() -> None:
    example = KNOWN["pta"]
    facets: dict[str, range] = {}
    answers: list[int] = []
    for name in ("licence", "room", "learning", "trust"):
        codes = example[name] or [-1]
        facets[name] = range(len(answers), len(answers) + len(codes))
        answers += codes
    scored = faceted_scores(score100([answers]), facets)
    by_facet = [float(scored.facets[name][0]) for name in ("licence", "room", "learning")]
    assert by_facet == example["facets"]
    assert np.isnan(scored.facets["trust"][0])
    assert scored.index[0] == as_shown(example["index"])


def test_two_facets_are_too_few_for_the_index() -> None:
    facets = {"licence": [0], "room": [1], "learning": [2], "trust": [3]}
    scored = faceted_scores([[100, 50, NAN, NAN], [100, 50, 0, NAN]], facets)
    np.testing.assert_array_equal(scored.index, [NAN, 50])


def test_an_index_of_fewer_facets_than_it_needs_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 3 facets and was given 2"):
        faceted_scores([[1, 2]], {"licence": [0], "room": [1]})


def test_the_say_do_gap_is_expected_minus_experienced() -> None:
    example = KNOWN["say_do"]
    assert say_do_gap([example["expected"]], [example["experienced"]])[0] == as_shown(example["gap"])


def test_the_say_do_gap_uses_only_pairs_answered_on_both_sides() -> None:
    gap = say_do_gap([[100, NAN, 50], [NAN, 50, NAN]], [[50, 0, NAN], [0, NAN, 0]])
    np.testing.assert_array_equal(gap, [50, NAN])


def test_scores_that_are_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="people by items"):
        person_scores([50.0, 75.0])
