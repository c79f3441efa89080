"""Which stages of the Theory of Change are in place."""

from collections.abc import Sequence
from itertools import pairwise, product
from math import nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.distributions import normal_quantile
from pulse.domain.measurement.intervals import LevelInterval
from pulse.domain.measurement.stages import (
    LEAST_REPRODUCIBILITY,
    StageProfile,
    reproducibility,
    stage_profile,
)
from tests.domain.measurement.known import KNOWN, all_as_shown

STAGES = ("reframing", "recognising", "mobilising", "coproducing")


def make_profile(scores: Sequence[float], ses: Sequence[float]) -> StageProfile:
    levels = [LevelInterval(y, y - 2 * se, y + 2 * se, 30, se) for y, se in zip(scores, ses, strict=True)]
    return stage_profile(list(zip(STAGES, levels, strict=False)))


@pytest.mark.parametrize("known", KNOWN["stage"], ids=lambda known: str(known["reached"]))
def test_the_known_profiles_come_out(known: dict[str, Any]) -> None:
    found = make_profile(known["scores"], known["se"])
    assert [stage.z for stage in found.stages] == all_as_shown(known["z"])
    assert (found.reached or "none") == known["reached"]
    assert found.uneven is known["uneven"]


def test_a_group_that_reached_recognising_is_now_mobilising() -> None:
    found = make_profile([74, 66, 58, 41], [3, 3, 4, 4])
    assert [stage.standing for stage in found.stages] == ["in place", "in place", "not yet", "not yet"]
    assert (found.reached, found.now, found.uneven) == ("recognising", "mobilising", False)


def test_a_later_stage_in_place_after_a_gap_is_uneven_and_does_not_count_as_reached() -> None:
    found = make_profile([70, 52, 68, 45], [3, 3, 3, 3])
    assert (found.reached, found.now, found.uneven) == ("reframing", "recognising", True)
    assert found.pattern == (True, False, True, False)


def test_a_group_with_every_stage_in_place_has_none_left_to_work_on() -> None:
    found = make_profile([80, 80, 80, 80], [3, 3, 3, 3])
    assert (found.reached, found.now, found.uneven) == ("coproducing", None, False)


def test_a_stage_is_in_place_exactly_from_an_80_percent_chance_of_lying_above_the_line() -> None:
    z = normal_quantile(0.8)
    just_in, just_out, just_not_yet, just_above = (62.5 + d for d in (z, z - 1e-9, -z, -z + 1e-9))
    found = make_profile([just_in, just_out, just_not_yet, just_above], [1, 1, 1, 1])
    assert [stage.standing for stage in found.stages] == ["in place", "emerging", "not yet", "emerging"]


def test_the_thresholds_can_be_moved() -> None:
    level = LevelInterval(60, 54, 66, 30, 3)
    found = stage_profile([("reframing", level)], in_place_from=50, in_place_chance=0.9995)
    assert found.stages[0].standing == "in place"
    assert found.stages[0].z == pytest.approx(10 / 3)


def test_where_everyone_answered_the_same_the_side_of_the_line_decides() -> None:
    found = make_profile([75, 62.5, 50], [0, 0, 0])
    assert [(stage.z, stage.standing) for stage in found.stages] == [
        (None, "in place"),
        (None, "emerging"),
        (None, "not yet"),
    ]


def test_no_stages_and_stages_without_a_score_are_refused() -> None:
    with pytest.raises(ValueError, match="needs the scores of its stages"):
        stage_profile([])
    for value, se in ((nan, 3), (60, nan), (60, -1)):
        with pytest.raises(ValueError, match="Stage reframing needs a score"):
            make_profile([value], [se])


def make_run(in_place: int, stages: int = 4) -> list[bool]:
    return [place < in_place for place in range(stages)]


def test_unbroken_runs_reproduce_perfectly() -> None:
    assert reproducibility([make_run(n) for n in range(5)]) == 1


def test_one_stage_out_of_turn_counts_as_two_errors() -> None:
    # the third in place and not the second: 2 of 20 judgements differ from the run of the same length
    assert reproducibility([[True, False, True, False], *(make_run(n) for n in range(4))]) == pytest.approx(
        0.9
    )


def test_units_that_skip_stages_fall_below_what_a_label_needs() -> None:
    skipping = [[False, False, True, True], [True, False, True, False], make_run(2), make_run(1)]
    assert reproducibility(skipping) == pytest.approx(1 - 6 / 16)
    assert reproducibility(skipping) < LEAST_REPRODUCIBILITY


patterns = st.lists(st.tuples(*[st.booleans()] * 4), min_size=2, max_size=12)


@given(patterns)
@settings(max_examples=50, deadline=None)
def test_reproducibility_stays_in_range_and_is_perfect_only_for_unbroken_runs(
    units: list[tuple[bool, ...]],
) -> None:
    value = reproducibility(units)
    assert 0 <= value <= 1
    unbroken = all(earlier or not later for unit in units for earlier, later in pairwise(unit))
    assert (value == 1) is unbroken


def test_a_profile_is_uneven_exactly_when_its_pattern_is_not_an_unbroken_run() -> None:
    for pattern in product([True, False], repeat=4):
        found = make_profile([80 if held else 40 for held in pattern], [3] * 4)
        assert found.pattern == pattern
        assert found.uneven is (reproducibility([pattern, pattern]) < 1)


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ([], "at least two"),
        ([[True, False]], "at least two"),
        ([[True], [True, False]], "the same stages"),
        ([[], []], "the same stages"),
    ],
)
def test_what_cannot_be_reproduced_is_refused(units: list[list[bool]], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        reproducibility(units)
