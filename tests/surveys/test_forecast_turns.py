"""The forecast where cohorts take turns: of the people whose turn is next, and it says so."""

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.db import db, writing
from pulse.directory.queries import PersonRow
from pulse.surveys import queries, waves
from pulse.surveys.forecast import (
    NOTHING_BEFORE,
    Asked,
    ForecastError,
    find_turn,
    forecast_programme,
    list_families,
    number_of_next,
)
from pulse.surveys.forecast_words import whose_turn
from pulse.web.access import Role
from tests.directory.factories import make_attribute, make_org
from tests.surveys.browsing import as_role, page
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import make_planned_wave, make_programme

USUAL = Asked(60, 10)


def test_only_the_people_of_the_next_cohort_count(app: Flask) -> None:
    make_crowd({"North": 200, "South": 250, "Small": 25})
    programme = make_programme(cohorts=3)
    asked = {person.unit_id for person in waves.list_asked_of(programme, 1)}

    found = forecast_programme(programme, USUAL, NOTHING_BEFORE)

    top = found.units[0]
    assert top.people == len(waves.list_asked_of(programme, 1)) < 250
    assert {one.unit.id for one in found.units[1:]} == asked


def test_categories_are_counted_among_them_too(app: Flask) -> None:
    make_attribute(code="grade", label="Grade")
    make_crowd({"North": 90})
    everybody, third = (make_programme(cohorts=cohorts, attributes=["grade"]) for cohorts in (1, 3))

    levels = [list_families(programme, Asked(60, 40))[0].levels[0] for programme in (everybody, third)]

    assert [(level.enough, level.cells) for level in levels] == [(1, 1), (0, 1)]


def test_the_next_wave_is_the_planned_one_or_the_one_after_the_last(app: Flask) -> None:
    make_crowd({"North": 200})
    programme = make_programme(cohorts=3)
    assert number_of_next(programme) == 1
    wave = make_planned_wave(programme)
    with writing():
        wave.number = 5
    assert number_of_next(programme) == 5
    with writing():
        wave.state = "released"
    assert number_of_next(programme) == 6


def test_it_is_said_whose_turn_it_is_on_the_page_and_by_command(
    client: FlaskClient, runner: FlaskCliRunner
) -> None:
    make_crowd({"North": 200})
    programme = make_programme(name="Pulse", cohorts=2)
    asked = len(waves.list_asked_of(programme, 1))

    sentence = whose_turn(find_turn(programme))

    assert sentence == (
        f"The next wave asks cohort 1 of 2, which has {asked} of 200 people. Units of fewer than 30 people "
        "are asked as a whole, in one wave out of 2; those whose turn comes later are not counted here."
    )
    assert runner.invoke(args=["forecast", "Pulse"]).output.splitlines()[0] == sentence
    as_role(client, Role.OD_EDITOR)
    assert sentence in page(client, f"/programmes/{programme.id}/forecast")
    assert whose_turn(find_turn(make_programme())) == ""


def test_the_staff_list_is_read_once_for_a_page_and_for_the_command(
    client: FlaskClient, runner: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_attribute(code="grade", label="Grade")
    make_crowd({"North": 200})
    programme = make_programme(name="Pulse", cohorts=2, attributes=["grade"])
    as_role(client, Role.OD_EDITOR)
    read, list_people = [], waves.list_people_asked

    def note(root_id: int | None) -> list[PersonRow]:
        read.append(root_id)
        return list_people(root_id)

    monkeypatch.setattr(waves, "list_people_asked", note)

    page(client, f"/programmes/{programme.id}/forecast")
    assert read == [None]
    assert runner.invoke(args=["forecast", "Pulse"]).exit_code == 0
    assert read == [None, None]


def test_a_cohort_without_people_is_told_in_one_sentence(app: Flask) -> None:
    make_org()
    programme = make_programme(cohorts=12)
    number = next(number for number in range(1, 13) if not waves.list_asked_of(programme, number))
    wave = make_planned_wave(programme)
    with writing():
        wave.number = number
    db.session.expire_all()
    assert queries.get_wave(wave.id).number == number

    with pytest.raises(ForecastError, match="Nobody is in the cohort whose turn it is"):
        forecast_programme(programme, USUAL, NOTHING_BEFORE)
