"""What a forecast is made from: today's audience, the last wave's rate, and numbers as people type them."""

import pytest
from flask import Flask

from pulse.directory import queries as directory
from pulse.results.assembly import tree_of
from pulse.surveys import queries
from pulse.surveys.forecast import (
    NOTHING_BEFORE,
    SUMMARY_MOST,
    Asked,
    Before,
    ForecastError,
    audience_tree,
    forecast_programme,
    list_families,
    read_asked,
    summarise,
    usual_response,
)
from pulse.surveys.keyring import Keyring
from tests.directory.factories import make_attribute, make_org, make_person, make_unit
from tests.surveys.factories import make_open_wave, make_programme


def test_what_the_last_wave_got_is_expected_and_55_percent_before_it() -> None:
    assert usual_response(NOTHING_BEFORE) == 55
    assert usual_response(Before("Autumn 2026", 62, ())) == 62
    assert usual_response(Before("Autumn 2026", None, ())) == 55


def test_nothing_typed_is_the_usual_and_a_percent_sign_is_understood(app: Flask) -> None:
    programme = make_programme(k=12)
    assert read_asked(programme, NOTHING_BEFORE, None, "") == Asked(55, 12)
    assert read_asked(programme, NOTHING_BEFORE, " 60 % ", "20") == Asked(60, 20)
    assert read_asked(programme, NOTHING_BEFORE, "100", "100") == Asked(100, 100)


@pytest.mark.parametrize(
    "typed", ["0", "101", "0%", "half", "55.5", "-5", "\u0665\u0665", "5_5", "9" * 5000, " "]
)
def test_a_response_that_is_no_percentage_is_refused_in_one_sentence(app: Flask, typed: str) -> None:
    with pytest.raises(ForecastError) as caught:
        read_asked(make_programme(), NOTHING_BEFORE, typed)
    assert caught.value.field == "response"
    assert str(caught.value) == "Write the expected response as a whole number from 1 to 100."


@pytest.mark.parametrize(
    ("profile", "typed", "least"),
    [("standard", "4", 10), ("standard", "101", 10), ("standard", "ten", 10), ("nhs", "10", 11)],
)
def test_a_k_that_the_survey_may_not_have_is_refused(
    app: Flask, profile: str, typed: str, least: int
) -> None:
    programme = make_programme(profile=profile, k=11)
    with pytest.raises(ForecastError) as caught:
        read_asked(programme, NOTHING_BEFORE, None, typed)
    assert caught.value.field == "k"
    assert str(caught.value) == f"Write k as a whole number from {least} to 100."


def test_the_tree_is_the_one_that_a_release_would_have(app: Flask, keyring: Keyring) -> None:
    make_org()
    make_unit(name="A top of its own")
    for programme in (make_programme(), make_programme(audience_unit_id=unit_id("A"))):
        wave = make_open_wave(keyring, programme)
        released = tree_of(queries.list_wave_units(wave.id), programme.organisation)
        assert set(audience_tree(programme)) == set(released)


def unit_id(code: str) -> int:
    return next(unit.id for unit in directory.list_units() if unit.code == code)


def test_the_forecast_counts_people_where_their_main_post_is(app: Flask) -> None:
    make_org(people_each=14)
    programme = make_programme()

    found = forecast_programme(programme, read_asked(programme, NOTHING_BEFORE), NOTHING_BEFORE)

    assert [(one.unit.name, one.people) for one in found.units[:3]] == [
        ("Unit C", 56),
        ("Unit A", 28),
        ("Unit A1", 14),
    ]
    assert sorted(found.others) == [11, 15, 20]


def test_other_ks_are_those_that_the_survey_may_have(app: Flask) -> None:
    make_org(people_each=14)
    programme = make_programme(profile="nhs", k=11)
    assert sorted(forecast_programme(programme, Asked(55, 12), NOTHING_BEFORE).others) == [11, 15, 20]


def test_nobody_in_the_audience_is_said_in_one_sentence(app: Flask) -> None:
    make_unit()
    with pytest.raises(ForecastError, match="Nobody is in the audience of this survey: import") as caught:
        forecast_programme(make_programme(), Asked(55, 10), NOTHING_BEFORE)
    assert caught.value.field == ""


def test_the_summary_is_the_forecast_and_leaves_out_what_takes_long(app: Flask) -> None:
    programme = make_programme()
    assert summarise(programme, NOTHING_BEFORE) is None
    make_org(people_each=14)
    found = summarise(programme, NOTHING_BEFORE)
    assert found is not None
    assert found.totals == forecast_programme(programme, Asked(55, 10), NOTHING_BEFORE).totals
    for _ in range(SUMMARY_MOST):
        make_unit()
    assert summarise(programme, NOTHING_BEFORE) is None


def test_declared_attributes_and_pairs_tell_how_many_categories_are_large_enough(app: Flask) -> None:
    top = make_unit()
    team = make_unit(parent=top)
    make_attribute(code="grade", label="Grade")
    make_attribute(code="hours", label="Hours", position=2)
    for number in range(50):
        attributes = {"grade": "G5", "hours": "Full"} if number < 40 else {"grade": "G9"}
        make_person(unit=team, attributes=attributes)
    programme = make_programme(attributes=["grade", "hours"], crosses=[["grade", "hours"]])

    found = list_families(programme, Asked(50, 10))

    assert [family.label for family in found] == ["Grade", "Hours", "Grade and Hours"]
    assert [[(level.enough, level.cells) for level in family.levels] for family in found] == [
        [(1, 2), (1, 2)],
        [(1, 2), (1, 2)],  # 40 full-time, and 10 of whom nothing is recorded
        [(1, 2), (1, 2)],
    ]
    assert list_families(make_programme(), Asked(50, 10)) == []
