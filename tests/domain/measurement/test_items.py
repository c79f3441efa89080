import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.measurement.items import (
    AGREE5,
    UNIPOLAR5,
    Scale,
    favourable,
    favourable_count,
    favourable_percent,
    largest_remainder,
    round_shown,
    score100,
    shown_difference,
)
from pulse.domain.measurement.moments import Moment
from pulse.domain.measurement.scales import person_scores
from tests.domain.measurement.known import KNOWN, as_shown

counts = st.lists(st.integers(0, 5000), min_size=2, max_size=7)


def test_the_published_person_score_comes_out() -> None:
    example = KNOWN["item_score"][0]
    assert score100(example["answers"]).mean() == as_shown(example["person_score"])


def test_the_published_group_score_is_the_mean_of_person_scores() -> None:
    example = KNOWN["item_score"][1]
    assert Moment.from_values(example["person_scores"]).mean == as_shown(example["group"])


def test_an_index_from_counts_is_normalised_where_the_published_percentages_sum_to_102() -> None:
    example = KNOWN["item_score"][2]
    moment = Moment.from_counts(score100(list(AGREE5.codes)), example["pct_sd_to_sa"])
    assert moment.mean == as_shown(example["index_if_renormalised"])
    assert moment.s1 / 100 == as_shown(example["index_as_published"])


def test_the_published_table_of_counts_gives_its_favourable_share_and_index() -> None:
    example = KNOWN["item_score"][3]
    asked = example["counts_sd_to_sa"]
    share = favourable_percent(asked)
    assert share == as_shown(example["favourable_pct"])
    assert round_shown(share) == example["shown_total"]
    parts = [round_shown(100 * n / sum(asked)) for n in (asked[4], asked[3])]
    assert parts == example["shown_parts"]
    assert Moment.from_counts(score100(list(AGREE5.codes)), asked).mean == as_shown(example["index"])


def test_agreeing_with_a_reversed_item_scores_low() -> None:
    example = KNOWN["item_score"][4]
    assert score100([example["answer"]], reverse=example["reverse"])[0] == example["score"]


def test_a_difference_is_rounded_last() -> None:
    example = KNOWN["rounding"]
    shown = [
        round_shown(example["a"]),
        round_shown(example["b"]),
        shown_difference(example["b"], example["a"]),
    ]
    assert shown == example["show"]


def test_halves_round_away_from_zero_and_nothing_shows_as_minus_zero() -> None:
    assert [round_shown(x) for x in (62.5, 63.5, -0.5, 0.4)] == [63, 64, -1, 0]
    assert str(round_shown(-0.4)) == "0.0"
    assert round_shown(0.285, 2) == 0.29


def test_unscored_answers_stay_out_of_scores_and_denominators() -> None:
    codes = [5, -1, float("nan"), 2]
    np.testing.assert_array_equal(score100(codes), [100, np.nan, np.nan, 25])
    np.testing.assert_array_equal(favourable(codes), [1, np.nan, np.nan, 0])


def test_all_does_not_apply_gives_no_score_and_no_favourable_share() -> None:
    assert np.isnan(score100([-1, -2, float("nan")])).all()
    assert score100([]).size == 0
    with pytest.raises(ValueError, match="Nobody gave a scored answer"):
        favourable_percent([0, 0, 0, 0, 0])


def test_everyone_the_same_is_wholly_favourable_or_not_at_all() -> None:
    assert favourable_percent([0, 0, 0, 0, 9]) == 100
    assert favourable_percent([0, 0, 0, 0, 9], reverse=True) == 0
    assert favourable_percent([0, 0, 1, 0, 0]) == 0


def test_a_theme_is_the_mean_of_its_items_favourable_shares() -> None:
    """The published rule of theme scores; with every question answered it is also the mean over people."""
    codes = np.random.default_rng(5).integers(1, 6, size=(60, 4))
    by_item = [favourable_percent(np.bincount(item - 1, minlength=5).tolist()) for item in codes.T]
    by_person = person_scores(100 * favourable(codes), need=4)
    assert by_person.mean() == pytest.approx(np.mean(by_item))


@pytest.mark.parametrize("code", [0, 6, 2.5, float("inf"), float("-inf")])
def test_an_answer_outside_the_scale_is_refused(code: float) -> None:
    with pytest.raises(ValueError, match="outside the scale, whose codes are 1 to 5"):
        score100([3, code])


def test_a_unipolar_scale_has_no_favourable_side() -> None:
    with pytest.raises(ValueError, match="favourable side"):
        favourable([4], UNIPOLAR5)


def test_a_scale_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="not 5 to 1"):
        Scale("bipolar", 5, 1)
    with pytest.raises(ValueError, match="not -1 to 4"):
        Scale("unipolar", -1, 4)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_never_reaches_a_page(value: float) -> None:
    with pytest.raises(ValueError, match="no number to show"):
        round_shown(value)
    with pytest.raises(ValueError, match="no number to show"):
        shown_difference(50, value)


@given(counts)
def test_shown_percentages_add_up_and_stay_within_one_of_the_truth(asked: list[int]) -> None:
    shown = largest_remainder(asked)
    assert sum(shown) == (100 if sum(asked) else 0)
    for n, whole in zip(asked, shown, strict=True):
        assert abs(whole - 100 * n / max(sum(asked), 1)) < 1


def test_the_published_counts_that_round_to_99_are_shown_as_100() -> None:
    asked = [103, 166, 177, 95, 24]
    assert sum(round(100 * n / sum(asked)) for n in asked) == 99
    assert largest_remainder(asked) == [18, 30, 31, 17, 4]


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        largest_remainder([3, -1])
    with pytest.raises(ValueError, match="cannot be negative"):
        favourable_percent([3, -1, 0, 0, 0])


def test_a_scale_needs_a_count_for_each_option() -> None:
    with pytest.raises(ValueError, match="5 options needs as many counts, not 4"):
        favourable_count([1, 2, 3, 4])
