"""The budget beyond the dates ahead: waves that opened lately, "Open now", late starts, two saves at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from pulse.invitations.register import open_and_invite
from pulse.surveys import burden, burden_words, programmes, queries
from pulse.surveys.details import ProgrammeError, details_of
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.programmes import WaveError
from tests.directory.factories import Org, make_org
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import NOW, make_details
from tests.surveys.test_key_races import Other

#: one survey of 27 questions takes 4 minutes, so that one fits and two do not
ONE_FITS = (5, 7)
YEARLY = "FREQ=YEARLY"


@pytest.fixture
def org(app: Flask) -> Org:
    burden.agree(*ONE_FITS)
    return make_org()


@pytest.fixture
def other(app: Flask) -> Iterator[Other]:
    with ThreadPoolExecutor(1) as pool:
        yield Other(app, pool)


def set_up(name: str, **more: Any) -> Wave:
    """A survey, yearly unless told; its planned wave."""
    given = make_details(**{"name": name, "rule": YEARLY} | more)
    programme = programmes.create_programme(given, NOW)
    return queries.list_waves(programme.id)[0]


def opened(keyring: Keyring, name: str, **more: Any) -> Wave:
    wave_id = set_up(name, **more).id
    assert open_and_invite(wave_id, keyring) > 0
    return queries.get_wave(wave_id)


@pytest.mark.parametrize("starts_on", [date(2028, 1, 10), date(2031, 3, 3)])
def test_a_survey_that_starts_years_from_now_is_held_against_those_that_run_then(
    org: Org, starts_on: date
) -> None:
    set_up("First", rule="FREQ=MONTHLY;INTERVAL=3")

    with pytest.raises(ProgrammeError, match="With “First”, the same person would be asked for 8 minutes"):
        set_up("Second", starts_on=starts_on)


def test_what_runs_is_held_against_a_survey_that_starts_years_from_now(org: Org) -> None:
    set_up("Late", starts_on=date(2029, 1, 8))

    with pytest.raises(ProgrammeError, match="With “Late”"):
        set_up("Second", rule="FREQ=MONTHLY;INTERVAL=3")


def test_a_first_date_that_nobody_can_plan_for_is_refused(org: Org) -> None:
    with pytest.raises(ProgrammeError) as caught:
        set_up("Far", starts_on=date(2032, 3, 1))

    assert caught.value.field == "starts_on"
    assert str(caught.value) == "The first date would be 1 March 2032: choose one within five years."


def test_a_wave_that_opened_lately_counts_until_its_12_weeks_are_over(org: Org, keyring: Keyring) -> None:
    opened(keyring, "First")

    with pytest.raises(ProgrammeError) as caught:
        set_up("Second", starts_on=date(2026, 11, 2))
    assert str(caught.value) == (
        "With “First”, the same person would be asked for 8 minutes in 12 weeks, and 7 is the most that was "
        "agreed: ask fewer questions, less often or by cohorts, or start later."
    )
    set_up("Second", starts_on=NOW.date() + timedelta(days=86), nation="", weekdays="MO,TU,WE,TH,FR,SA,SU")


def test_it_counts_as_it_was_frozen_and_where_it_was_asked(org: Org, keyring: Keyring) -> None:
    first = opened(keyring, "First", audience_unit_id=org.units["A"].id)
    shorter = make_details(name="First", question_set="own", item_ids=("PTA-01",), rule=YEARLY)
    programmes.update_programme(first.programme_id, shorter, NOW)
    programmes.pause_programme(first.programme_id)

    set_up("There", audience_unit_id=org.units["B"].id, starts_on=date(2026, 11, 2))
    with pytest.raises(ProgrammeError, match="“First”"):
        set_up("Here", audience_unit_id=org.units["A1"].id, starts_on=date(2026, 11, 2))


def test_what_took_too_much_and_is_over_stops_nothing(org: Org, keyring: Keyring) -> None:
    burden.agree(5, 8)
    opened(keyring, "First", rule=f"{YEARLY};COUNT=1")
    opened(keyring, "Second", rule=f"{YEARLY};COUNT=1")
    burden.agree(*ONE_FITS)

    set_up("Third", starts_on=date(2027, 1, 4))
    assert burden.burden_of_all(NOW).minutes == 4


def test_a_wave_that_opened_and_the_next_of_the_same_survey_add_up(org: Org, keyring: Keyring) -> None:
    wave = opened(keyring, "First")
    kept = details_of(wave.programme)

    with pytest.raises(ProgrammeError, match=r"^A person would be asked for 8 minutes"):
        programmes.update_programme(
            wave.programme_id, make_details(name="First", rule=kept.rule, starts_on=date(2026, 12, 7)), NOW
        )


def test_cohorts_that_were_asked_lately_are_not_asked_for_the_next_ones_time(
    app: Flask, keyring: Keyring
) -> None:
    make_crowd({"A": 70})
    burden.agree(*ONE_FITS)
    opened(keyring, "Halves", rule="FREQ=MONTHLY;INTERVAL=2", cohorts=2)

    found = burden.burden_of_all(NOW)

    assert found.minutes == 4
    assert [row[:2] for row in burden_words.rows(found)] == [["Halves", "Council, one of 2 cohorts a wave"]]


def test_a_wave_is_not_opened_early_into_too_much(org: Org) -> None:
    set_up("First", starts_on=date(2026, 11, 2))
    second = set_up("Second", starts_on=date(2027, 2, 8))

    with pytest.raises(WaveError) as caught:
        programmes.open_wave_now(second.id, NOW)

    assert str(caught.value) == (
        "With “First”, the same person would be asked for 8 minutes in 12 weeks, and 7 is the most that was "
        "agreed: leave the wave to its date, or pause or shorten “First”."
    )
    assert queries.list_due_to_open(NOW) == []


def test_a_wave_opened_some_days_early_takes_the_place_of_its_date(org: Org) -> None:
    wave = set_up("First", rule="FREQ=MONTHLY;INTERVAL=3", starts_on=date(2026, 10, 12))

    programmes.open_wave_now(wave.id, NOW)

    assert [due.id for due in queries.list_due_to_open(NOW)] == [wave.id]
    assert burden.burden_of_all(NOW).minutes == 4
    with pytest.raises(ProgrammeError, match="“First”"):
        set_up("Second", starts_on=date(2026, 12, 14))


def test_what_is_over_already_may_still_open(org: Org) -> None:
    wave = set_up("First")
    burden.agree(1, 2)

    programmes.open_wave_now(wave.id, NOW)

    assert queries.list_due_to_open(NOW) != []


def test_of_two_surveys_saved_at_once_that_are_too_much_together_one_is_refused(
    org: Org, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = burden.check_burden

    def check_while_another_is_saved(*given: Any) -> None:
        monkeypatch.setattr(programmes, "check_burden", checked)
        checked(*given)
        other.start(lambda: set_up("Second"))

    monkeypatch.setattr(programmes, "check_burden", check_while_another_is_saved)

    set_up("First")

    with pytest.raises(ProgrammeError, match="With “First”"):
        other.result()
    assert [programme.name for programme in queries.list_programmes()] == ["First"]
