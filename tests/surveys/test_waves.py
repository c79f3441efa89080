"""The calendar and the opening of waves, and that nothing later changes what opened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pulse.banks.loading import get_library
from pulse.db import db, writing
from pulse.domain.instrument import Library
from pulse.invitations.register import open_and_invite
from pulse.surveys import plans, programmes, queries, waves
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Programme, Wave
from tests.directory.factories import make_org, make_person, make_unit
from tests.surveys.factories import (
    NOW,
    make_details,
    make_open_wave,
    make_planned_wave,
    make_programme,
)

pytestmark = pytest.mark.usefixtures("app")


def plan_next(programme: Programme, now: datetime) -> Wave | None:
    with writing():
        return waves.plan_next_wave(programme, now)


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
        waves.open_now(wave, NOW)
    assert [due.id for due in queries.list_due_to_open(NOW)] == [wave.id]
    assert wave.closes_at == NOW + timedelta(days=10)

    set_state(wave, "open")
    later = NOW + timedelta(days=2)
    assert queries.list_due_to_close(later) == []
    with writing():
        waves.close_now(wave, later)
    assert [due.id for due in queries.list_due_to_close(later)] == [wave.id]


def test_closing_in_the_very_moment_of_opening_keeps_the_order_of_the_two() -> None:
    wave = make_planned_wave()
    with writing():
        wave.state = "open"
        waves.close_now(wave, wave.opens_at)

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


def test_changing_the_programme_leaves_an_open_wave_as_it_was(keyring: Keyring) -> None:
    org = make_org()
    wave = make_open_wave(keyring)
    before = snapshot(wave.id)

    programmes.update_programme(
        wave.programme_id,
        make_details(k=20, open_days=30, question_set="monthly_cohort", audience_unit_id=org.units["A"].id),
        NOW,
    )

    assert snapshot(wave.id) == before
    assert queries.get_programme(wave.programme_id).k == 20


def test_rewording_a_bank_leaves_an_open_wave_as_it_was(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_org()
    wave = make_open_wave(keyring)
    before = snapshot(wave.id)
    library = reworded(get_library(), "PTA-01", "Something else altogether.")

    monkeypatch.setattr(plans, "get_library", lambda: library)

    assert plans.build_plan(wave.programme, 1)["items"][0]["text"] == "Something else altogether."
    assert snapshot(wave.id) == before


def test_a_unit_renamed_later_keeps_its_name_in_the_open_wave(keyring: Keyring) -> None:
    org = make_org()
    wave = make_open_wave(keyring)

    with writing():
        org.units["A1"].name = "Another name"

    db.session.expire_all()
    assert "Unit A1" in {unit.name for unit in queries.list_wave_units(wave.id)}


def test_the_next_wave_takes_what_the_programme_says_by_then(keyring: Keyring) -> None:
    make_org()
    wave = make_open_wave(keyring)
    with writing():
        wave.programme.k = 15
        wave.state = "released"

    second = make_open_wave(keyring, wave.programme, now=datetime(2027, 1, 5, 9, 30, tzinfo=UTC))

    assert (queries.get_wave(wave.id).k, second.k) == (10, 15)


def snapshot(wave_id: int) -> tuple[object, ...]:
    """Everything that was frozen, read anew from the database."""
    db.session.expire_all()
    wave = queries.get_wave(wave_id)
    plan = queries.get_plan(wave_id).plan
    assert wave.plan_sha256 == plans.digest_of(plan)
    units = [
        (unit.unit_id, unit.parent_id, unit.name, unit.headcount) for unit in queries.list_wave_units(wave_id)
    ]
    members = queries.list_member_ids(wave_id)
    return (wave.k, wave.opens_at, wave.closes_at, wave.state, wave.public_key, plan, units, members)


def reworded(library: Library, item_id: str, text: str) -> Library:
    banks = tuple(
        replace(
            bank,
            items=tuple(replace(item, text=text) if item.id == item_id else item for item in bank.items),
        )
        for bank in library.banks
    )
    return replace(library, banks=banks)
