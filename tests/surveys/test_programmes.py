"""Setting up, changing and pausing a programme: what is refused, and what a change reaches."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from pulse.db import db, writing
from pulse.surveys import programmes, queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.surveys.programmes import ProgrammeError, WaveError
from pulse.surveys.question_sets import KEEP, OWN
from tests.directory.factories import Org, make_org, make_unit
from tests.surveys.factories import NOW, make_details, make_open_wave, make_planned_wave, make_programme


@pytest.fixture(autouse=True)
def org(app: Flask) -> Org:
    """Eight people in four teams."""
    return make_org()


def planned_of(programme_id: int) -> Wave:
    db.session.expire_all()
    [wave] = [each for each in queries.list_waves(programme_id) if each.state == "planned"]
    return wave


def test_a_new_programme_has_its_first_wave_in_the_calendar() -> None:
    programme = programmes.create_programme(make_details(k=12), NOW)

    assert programme.rotation[0][:2] == ["PTA-01", "PTA-06"]
    assert len(programme.rotation) == 8
    wave = planned_of(programme.id)
    assert (wave.opens_at, wave.k) == (datetime(2026, 10, 5, 8, tzinfo=UTC), 12)


def test_a_list_of_ones_own_is_asked_in_every_wave() -> None:
    details = make_details(question_set=OWN, item_ids=("SUR-01", "PTA-01"))

    assert programmes.create_programme(details, NOW).rotation == [["SUR-01", "PTA-01"]]


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("name", {"name": "  "}, "Give the survey a name."),
        ("name", {"name": "x" * 121}, "Shorten the name to 120 characters or fewer."),
        ("purpose", {"purpose": ""}, "Say why people are asked"),
        ("organisation", {"organisation": " "}, "Name the organisation that asks"),
        ("k", {"k": 4}, "Set k to 10 or more"),
        ("k", {"k": 9}, "Set k to 10 or more"),
        ("k", {"k": 101}, "Set k to 100 or less"),
        ("open_days", {"open_days": 0}, "Keep the survey open for 1 to 60 days."),
        ("open_days", {"open_days": 61}, "Keep the survey open for 1 to 60 days."),
        ("open_days", {"open_days": 35, "rule": "FREQ=MONTHLY"}, "The survey would still be open when it st"),
        # 28 December is a bank holiday: the wave would open on the 29th and close after the next one opens
        ("open_days", {"open_days": 7, "rule": "FREQ=WEEKLY"}, "The survey would still be open when it sta"),
        ("reminder_days", {"reminder_days": (14,)}, "Send each reminder on a day before"),
        ("reminder_days", {"reminder_days": (-1,)}, "Send each reminder on a day before"),
        ("opens_at_hour", {"opens_at_hour": 24}, "Choose an hour from 0 to 23."),
        ("zone", {"zone": "Europe/Atlantis"}, "Name a time zone"),
        ("zone", {"zone": "../../etc/passwd"}, "Name a time zone"),
        ("starts_on", {"starts_on": date(1, 1, 1)}, "Choose a first day between 2000 and 2099."),
        ("rule", {"rule": ""}, "Write a rule such as"),
        ("rule", {"rule": "every now and then"}, "The repeat rule has"),
        ("rule", {"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "The repeat rule never gives a date"),
        (
            "rule",
            {"rule": "FREQ=MONTHLY;UNTIL=20260901", "starts_on": date(2026, 1, 1)},
            "This rule gives no",
        ),
        ("question_set", {"question_set": "weekly"}, "There is no question set of this kind"),
        ("item_ids", {"question_set": OWN}, "Name at least one question"),
        ("item_ids", {"question_set": OWN, "item_ids": ("XYZ-99",)}, 'There is no question "XYZ-99"'),
        ("audience_unit_id", {"audience_unit_id": 999}, "There is no open unit of this kind"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_saved(
    field: str, given: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ProgrammeError) as caught:
        programmes.create_programme(make_details(**given), NOW)

    assert caught.value.field == field
    assert str(caught.value).startswith(sentence)
    assert queries.list_programmes() == []


def test_an_audience_of_nobody_is_refused() -> None:
    empty = make_unit()

    with pytest.raises(ProgrammeError, match="Nobody is in this audience"):
        programmes.create_programme(make_details(audience_unit_id=empty.id), NOW)


def test_a_name_is_taken_however_it_is_written() -> None:
    make_programme(name="Staff Pulse")

    with pytest.raises(ProgrammeError, match="already a survey with this name"):
        programmes.create_programme(make_details(name=" staff pulse "), NOW)


def test_a_line_break_in_a_name_is_a_blank_and_a_name_of_breaks_is_none() -> None:
    given = make_details(name="Staff\r\nBcc: x\x0b pulse", organisation=" Example\u2028Council\r")
    programme = programmes.create_programme(given, NOW)
    assert (programme.name, programme.organisation) == ("Staff Bcc: x pulse", "Example Council")
    programmes.update_programme(programme.id, make_details(name="Staff\rpulse", question_set=KEEP), NOW)
    assert programme.name == "Staff pulse"
    with pytest.raises(ProgrammeError, match="Give the survey a name"):
        programmes.create_programme(make_details(name="\x00\r\n"), NOW)


def test_a_monthly_survey_may_be_open_for_four_weeks_but_not_into_the_next_month() -> None:
    assert programmes.create_programme(make_details(rule="FREQ=MONTHLY", open_days=28), NOW)

    with pytest.raises(ProgrammeError, match="starts again after 28 days"):
        programmes.create_programme(make_details(rule="FREQ=MONTHLY", open_days=29), NOW)


def test_a_change_reaches_the_planned_wave_and_keeps_its_number() -> None:
    programme = programmes.create_programme(make_details(), datetime(2026, 9, 1, tzinfo=UTC))

    programmes.update_programme(
        programme.id,
        make_details(question_set=KEEP, starts_on=date(2026, 11, 2), k=15, open_days=21),
        datetime(2026, 9, 2, tzinfo=UTC),
    )

    wave = planned_of(programme.id)
    assert (wave.number, wave.k, (wave.closes_at - wave.opens_at).days) == (1, 15, 21)
    assert wave.opens_at == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert len(programme.rotation) == 8


def test_a_wave_whose_moment_has_come_keeps_its_dates() -> None:
    programme = programmes.create_programme(make_details(), NOW)
    opens_at = planned_of(programme.id).opens_at
    assert opens_at <= NOW

    programmes.update_programme(programme.id, make_details(starts_on=date(2026, 12, 1)), NOW)

    assert planned_of(programme.id).opens_at == opens_at


def test_a_refused_change_changes_nothing() -> None:
    programme = make_programme(name="As it was", k=10)

    with pytest.raises(ProgrammeError):
        programmes.update_programme(programme.id, make_details(name="Another", k=4), NOW)

    db.session.expire_all()
    assert (programme.name, programme.k) == ("As it was", 10)


def test_a_survey_may_keep_its_own_name_when_it_is_changed() -> None:
    programme = make_programme(name="Pulse")

    programmes.update_programme(programme.id, make_details(name="Pulse", k=11), NOW)

    assert queries.get_programme(programme.id).k == 11


def test_words_of_a_series_that_is_over_can_still_be_mended() -> None:
    programme = make_programme(rule="FREQ=MONTHLY;COUNT=1")
    details = make_details(rule=programme.rule, starts_on=programme.starts_on, purpose="Mended.")

    programmes.update_programme(programme.id, details, datetime(2028, 1, 1, tzinfo=UTC))

    assert queries.get_programme(programme.id).purpose == "Mended."
    assert queries.list_waves(programme.id) == []


def test_a_paused_survey_has_no_wave_to_open_and_resumes_with_the_same_number() -> None:
    wave = make_planned_wave()
    programme_id, number = wave.programme_id, wave.number

    programmes.pause_programme(programme_id)
    assert queries.list_due_to_open(datetime(2030, 1, 1, tzinfo=UTC)) == []
    assert queries.list_active_programmes() == []

    programmes.resume_programme(programme_id, NOW)
    assert planned_of(programme_id).number == number


def test_changing_a_paused_survey_plans_nothing() -> None:
    programme = make_programme(active=False)

    programmes.update_programme(programme.id, make_details(), NOW)

    assert queries.list_waves(programme.id) == []


def test_pausing_lets_an_open_wave_run_to_its_end(keyring: Keyring) -> None:
    wave = make_open_wave(keyring)

    programmes.pause_programme(wave.programme_id)

    assert queries.get_wave(wave.id).state == "open"


def test_opening_and_closing_at_once_is_left_to_the_worker(keyring: Keyring) -> None:
    planned = make_planned_wave(now=datetime(2026, 9, 1, tzinfo=UTC))

    programmes.open_wave_now(planned.id, NOW)

    assert [due.id for due in queries.list_due_to_open(NOW)] == [planned.id]
    opened = make_open_wave(keyring)
    programmes.close_wave_now(opened.id, NOW)
    assert [due.id for due in queries.list_due_to_close(NOW)] == [opened.id]
    assert queries.get_wave(opened.id).state == "open"


def test_only_a_planned_wave_opens_and_only_an_open_one_closes(keyring: Keyring) -> None:
    planned, opened = make_planned_wave(), make_open_wave(keyring)

    with pytest.raises(WaveError, match="Only a planned wave can be opened"):
        programmes.open_wave_now(opened.id, NOW)
    with pytest.raises(WaveError, match="Only an open wave can be closed"):
        programmes.close_wave_now(planned.id, NOW)
    with pytest.raises(WaveError, match="Only a planned wave can be cancelled"):
        programmes.cancel_wave(opened.id, NOW)


def test_a_second_wave_of_the_same_survey_does_not_open_beside_the_first(keyring: Keyring) -> None:
    opened = make_open_wave(keyring)
    second = make_planned_wave(opened.programme)

    with pytest.raises(WaveError, match="close it first"):
        programmes.open_wave_now(second.id, NOW)


def test_a_cancelled_wave_makes_room_for_the_next_date() -> None:
    wave = make_planned_wave()

    programmes.cancel_wave(wave.id, NOW)

    assert queries.get_wave(wave.id).state == "cancelled"
    following = planned_of(wave.programme_id)
    assert (following.number, following.opens_at) == (2, datetime(2027, 1, 5, 9, tzinfo=UTC))


def test_no_table_holds_a_threshold_below_five() -> None:
    wave = make_planned_wave()

    with pytest.raises(Exception, match=r"k_floor"), writing():
        wave.k = 4
