"""The calendar and the opening of waves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pulse.db import db, writing
from pulse.invitations.register import open_and_invite
from pulse.surveys import planning, queries, waves
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave
from tests.directory.factories import make_org, make_person, make_unit
from tests.surveys.factories import (
    NOW,
    make_open_wave,
    make_planned_wave,
    make_programme,
)

pytestmark = pytest.mark.usefixtures("app")


def plan_next(programme: Programme, now: datetime) -> Wave | None:
    with writing():
        return planning.plan_next_wave(programme, now)


def set_state(wave: Wave, state: str) -> None:
    with writing():
        wave.state = state


def test_the_first_wave_opens_on_the_first_date_at_nine_in_london() -> None:
    wave = make_planned_wave(now=datetime(2026, 9, 1, tzinfo=UTC), open_days=14, k=12)

    assert (wave.number, wave.state, wave.k) == (1, "planned", 12)
    assert wave.opens_at == datetime(2026, 10, 5, 8, tzinfo=UTC)  # summer time
    assert wave.closes_at - wave.opens_at == timedelta(days=14)


def test_planning_again_changes_nothing() -> None:
    programme = make_programme()
    first = plan_next(programme, NOW)

    assert plan_next(programme, NOW) is None
    assert queries.list_waves(programme.id) == [first]


def test_after_a_closed_wave_the_next_date_follows() -> None:
    wave = make_planned_wave()
    set_state(wave, "released")

    second = plan_next(wave.programme, NOW)

    assert second is not None
    assert (second.number, second.opens_at) == (2, datetime(2027, 1, 5, 9, tzinfo=UTC))


def test_dates_that_passed_while_nothing_ran_are_skipped() -> None:
    wave = make_planned_wave()
    set_state(wave, "released")

    caught_up = plan_next(wave.programme, datetime(2028, 1, 1, tzinfo=UTC))

    assert caught_up is not None
    assert (caught_up.number, caught_up.opens_at) == (2, datetime(2028, 1, 5, 9, tzinfo=UTC))


def test_a_wave_whose_fieldwork_is_not_over_is_still_opened_late() -> None:
    programme = make_programme()

    wave = plan_next(programme, datetime(2026, 10, 12, tzinfo=UTC))

    assert wave is not None
    assert wave.opens_at == datetime(2026, 10, 5, 8, tzinfo=UTC)


def test_a_rule_that_has_ended_plans_no_further_wave() -> None:
    wave = make_planned_wave(rule="FREQ=MONTHLY;COUNT=1")
    set_state(wave, "released")

    assert plan_next(wave.programme, NOW) is None


def test_open_now_and_close_now_move_the_moments_that_the_worker_waits_for() -> None:
    wave = make_planned_wave(now=datetime(2026, 8, 1, tzinfo=UTC), open_days=10)

    with writing():
        planning.open_now(wave, NOW)
    assert [due.id for due in queries.list_due_to_open(NOW)] == [wave.id]
    assert wave.closes_at == NOW + timedelta(days=10)

    set_state(wave, "open")
    later = NOW + timedelta(days=2)
    assert queries.list_due_to_close(later) == []
    with writing():
        planning.close_now(wave, later)
    assert [due.id for due in queries.list_due_to_close(later)] == [wave.id]


def test_a_wave_that_a_bank_holiday_moves_into_the_next_month_keeps_its_label() -> None:
    wave = make_planned_wave(
        now=datetime(2026, 8, 20, tzinfo=UTC), starts_on=date(2026, 8, 31), rule="FREQ=MONTHLY;BYMONTHDAY=-1"
    )
    assert (wave.label, wave.opens_at) == ("August 2026", datetime(2026, 9, 1, 8, tzinfo=UTC))
    set_state(wave, "released")

    second = plan_next(wave.programme, wave.closes_at)

    assert second is not None
    assert (second.label, second.opens_at.date()) == ("September 2026", date(2026, 9, 30))


def test_a_wave_opened_by_hand_on_a_saturday_reminds_from_then_on_and_only_on_open_days() -> None:
    """The 17th, a week later, is a Saturday again; ten days later is Tuesday the 20th."""
    wave = make_planned_wave(open_days=10, reminder_days=[1, 7])
    saturday = datetime(2026, 10, 10, 12, tzinfo=UTC)

    with writing():
        planning.open_now(wave, saturday)
        planning.set_reminders(wave)

    assert wave.closes_at == saturday + timedelta(days=10)
    assert wave.remind_at == ["2026-10-12T12:00:00+00:00", "2026-10-19T12:00:00+00:00"]
    assert not planning.open_times(wave.programme).letters_may_leave(saturday)


def test_closing_in_the_very_moment_of_opening_keeps_the_order_of_the_two() -> None:
    wave = make_planned_wave()
    with writing():
        wave.state = "open"
        planning.close_now(wave, wave.opens_at)

    assert wave.closes_at > wave.opens_at


def test_opening_freezes_everyone_in_the_tree_with_headcounts(keyring: Keyring) -> None:
    org = make_org(people_each=3)

    wave = make_open_wave(keyring)

    units = {unit.name: unit for unit in queries.list_wave_units(wave.id)}
    assert queries.count_members(wave.id) == 12
    assert {name: unit.headcount for name, unit in units.items() if unit.headcount} == {
        "Unit A1": 3,
        "Unit A2": 3,
        "Unit B1": 3,
        "Unit B2": 3,
    }
    assert units["Unit A1"].parent_id == org.units["A"].id
    assert wave.public_key == bytes(keyring.load_wave_key(wave.id).public_key)


def test_an_audience_is_the_unit_and_everything_below_it(keyring: Keyring) -> None:
    org = make_org()

    wave = make_open_wave(keyring, audience_unit_id=org.units["A"].id)

    frozen = {unit.name: unit.parent_id for unit in queries.list_wave_units(wave.id)}
    assert frozen == {"Unit A": None, "Unit A1": org.units["A"].id, "Unit A2": org.units["A"].id}
    assert queries.list_member_ids(wave.id) == sorted(
        org.people[who].id for who in ("A1-1", "A1-2", "A2-1", "A2-2")
    )
    assert waves.count_audience(org.units["A"].id) == 4


def test_a_team_below_a_closed_unit_is_not_left_out_of_everyone(keyring: Keyring) -> None:
    closed = make_unit(active=False)
    team = make_unit(parent=closed)
    make_person(unit=team)

    wave = make_open_wave(keyring)

    assert queries.count_members(wave.id) == waves.count_audience(None) == 1


def test_opening_without_people_changes_nothing_and_says_what_to_do(keyring: Keyring) -> None:
    wave = make_planned_wave()

    with pytest.raises(waves.CannotOpen, match="import the staff list"):
        open_and_invite(wave.id, keyring)

    db.session.expire_all()
    assert queries.get_wave(wave.id).state == "planned"
    assert keyring.list_wave_keys() == []


def test_opening_with_a_question_that_left_its_bank_says_which(keyring: Keyring) -> None:
    make_org()
    wave = make_planned_wave(rotation=[["PTA-01", "GONE-01"]])

    with pytest.raises(waves.CannotOpen, match="GONE-01 is in no bank any more"):
        open_and_invite(wave.id, keyring)

    db.session.expire_all()
    assert queries.get_wave(wave.id).state == "planned"
    assert queries.count_members(wave.id) == 0


def test_opening_twice_does_nothing_the_second_time(keyring: Keyring) -> None:
    make_org()
    wave = make_open_wave(keyring)

    assert open_and_invite(wave.id, keyring) == 0
    assert queries.count_members(wave.id) == 8
