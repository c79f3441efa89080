"""Rotations of the banks: the design table comes out of the default ones, and own choices keep its rules."""

import pytest

from pulse.banks.loading import get_supplied
from pulse.surveys.question_sets import rotation_of
from pulse.surveys.rotations import coverage_of, design_own, list_questions, met_by_each
from tests.surveys.test_plans import make_unsaved

#: the library is what the database makes of the supplied files
pytestmark = pytest.mark.usefixtures("app")

DIMENSIONS = ("PEO", "DEV", "PAS", "REL", "POW", "AST")


@pytest.mark.parametrize(
    ("set_id", "dimensions", "others", "closed"),
    [
        ("quarterly", 3, {"PTA": 4, "TAA": 4, "LET": 3}, {26}),
        ("monthly_cohort", 5, {"PTA": 8, "TAA": 7, "LET": 6}, {16, 17}),
    ],
)
def test_the_design_table_comes_out_of_the_default_rotations(
    set_id: str, dimensions: int, others: dict[str, int], closed: set[int]
) -> None:
    found = coverage_of(rotation_of(set_id))

    whole_by = {each.measure.id: each.whole_by for each in found.measures}
    assert {whole_by[name] for name in DIMENSIONS} == {dimensions}
    assert {name: whole_by[name] for name in others} == others
    assert {load.closed for load in found.waves} == closed
    assert {load.open for load in found.waves} == {1}


def test_a_quarterly_wave_takes_about_three_minutes_beside_its_open_question() -> None:
    found = coverage_of(rotation_of("quarterly"))

    assert all(3.0 < load.minutes - 45 / 60 < 3.3 for load in found.waves)
    assert [load.reversed for load in found.waves] == [4, 3, 5, 2, 5, 6, 1, 3]


def test_of_a_measure_that_is_asked_in_part_the_coverage_says_so() -> None:
    torn = next(each for each in coverage_of(rotation_of("quarterly")).measures if each.measure.id == "TORN")

    assert (torn.asked, len(torn.measure.items), torn.whole_by) == (2, 4, None)


def test_of_three_cohorts_each_meets_two_thirds_of_a_rotation_whose_waves_they_divide() -> None:
    monthly = rotation_of("monthly_cohort")

    assert met_by_each(make_unsaved(monthly, cohorts=3)) == (46, 47)
    assert met_by_each(make_unsaved(monthly, cohorts=3, rotate_by="person")) == (68, 68)
    assert met_by_each(make_unsaved(monthly)) == (68, 68)


@pytest.mark.parametrize("limits", [{"a_wave": 12}, {"a_wave": 16}, {"a_wave": 26}, {"minutes": 3.0}])
def test_an_own_choice_keeps_the_rules_of_the_design(limits: dict[str, float]) -> None:
    library = get_supplied()
    chosen = rotation_of("annual_baseline")[0]

    rotation = design_own(chosen, **limits)  # type: ignore[arg-type]

    found = coverage_of(rotation)
    assert {item.id for item in found.items} == set(chosen)
    assert found.every_wave[:6] == library.anchors
    for wave, load in zip(rotation, found.waves, strict=True):
        pairs = [item.pair for item in library.items(wave) if item.pair and item.side != "experienced"]
        assert all(pairs.count(pair) == 2 for pair in pairs)
        assert load.open == 1
        assert load.minutes <= limits.get("minutes", load.minutes)
    assert max(load.reversed for load in found.waves) - min(load.reversed for load in found.waves) <= 2


def test_other_questions_than_the_anchors_of_the_banks_may_come_in_every_wave() -> None:
    waves = design_own(["PEO-01", "PEO-02", "PEO-03", "SUR-01"], ["PEO-02"], a_wave=2)

    assert waves == [["PEO-02", "PEO-01"], ["PEO-02", "SUR-01"], ["PEO-02", "PEO-03"]]


def test_facets_of_permission_to_act_take_turns_as_in_the_default_rotation() -> None:
    chosen = [f"PTA-{number:02}" for number in range(1, 11)]

    waves = design_own(chosen, a_wave=3)

    assert [wave[2] for wave in waves] == [
        *("PTA-04", "PTA-09", "PTA-02", "PTA-07", "PTA-05", "PTA-10", "PTA-03", "PTA-08")
    ]


def test_a_question_knows_its_measure_its_pair_and_its_time() -> None:
    hope, text = list_questions(["AMB-P1", "OPEN-01"])

    assert (hope.group, hope.pair, hope.is_open) == ("AMB", "AMB-1", False)
    assert text.is_open
    assert text.seconds > 45 > hope.seconds


def test_an_unknown_question_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="GONE-01"):
        coverage_of([["PTA-01", "GONE-01"]])
