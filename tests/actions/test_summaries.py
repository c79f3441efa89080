"""Actions as others read them."""

from datetime import date

import pytest

from pulse.actions.summaries import (
    ActionSummary,
    Flag,
    find_foremost,
    latest_actions,
    list_flags,
    list_for_programme,
)
from pulse.surveys.queries import list_wave_units
from tests.actions.factories import make_action, make_done_action, make_programme, make_wave

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": date(2025, 3, 31)}, "promised by March 2025"),
        ({"due_on": date(2025, 3, 31), "state": "doing"}, "under way, due March 2025"),
        ({"state": "done", "done_on": date(2025, 1, 20)}, "done, January 2025"),
        ({"state": "not_done"}, "not done"),
    ],
)
def test_a_state_is_told_in_plain_words(changes: dict[str, object], words: str) -> None:
    wave = make_wave(label="Spring 2025")
    make_action(wave, **changes)
    assert latest_actions(wave.programme_id) == [
        ActionSummary(
            said="Forms take longer than the visit.",
            did="We will halve the visit form.",
            state_label=words,
            wave_label="Spring 2025",
            owner="Head of Housing",
            unit=None,
        )
    ]


def test_the_newest_wave_comes_first_and_within_it_the_latest_entry() -> None:
    programme = make_programme()
    older, newer = make_wave(programme, 1), make_wave(programme, 2)
    make_action(newer, said="first of the newer")
    make_action(older, said="of the older")
    make_action(newer, said="second of the newer")
    assert [action.said for action in latest_actions(programme.id)] == [
        "second of the newer",
        "first of the newer",
        "of the older",
    ]
    assert [action.said for action in latest_actions(programme.id, limit=1)] == ["second of the newer"]


def test_other_programmes_actions_are_not_told() -> None:
    make_action()
    assert latest_actions(make_programme().id) == []


def test_a_promise_that_was_not_kept_is_told_too() -> None:
    wave = make_wave()
    make_action(wave, state="not_done")
    assert latest_actions(wave.programme_id)[0].state_label == "not done"


def test_foremost_is_what_is_due_next_for_these_units_else_what_was_done_last() -> None:
    programme = make_programme()
    wave = make_wave(programme)
    (unit,) = list_wave_units(wave.id)
    assert find_foremost(programme.id, {None}) is None
    make_action(wave, state="not_done")
    assert find_foremost(programme.id, {None}) is None
    for day in (20, 25, 22):
        make_done_action(wave, date(2025, 1, day), did=f"Done on {day}.")
    make_action(wave, did="Due first.", due_on=date(2025, 3, 1), unit_id=unit.unit_id)
    found = find_foremost(programme.id, {None})
    assert found is not None
    assert found.did == "Done on 25."
    make_action(wave, did="Due later.", due_on=date(2025, 6, 1))
    assert [find_foremost(programme.id, units).did for units in ({None}, {None, unit.unit_id})] == [  # type: ignore[union-attr]
        "Due later.",
        "Due first.",
    ]


def test_what_was_done_is_flagged_in_the_order_of_its_days() -> None:
    programme = make_programme()
    first, second = make_wave(programme, 1), make_wave(programme, 2)
    make_done_action(second, date(2025, 6, 1), did="Later thing.")
    make_done_action(first, date(2025, 2, 1), did="Earlier thing.", measure="PTA")
    make_action(first)
    assert list_flags(programme.id) == [
        Flag(date(2025, 2, 1), "Earlier thing.", "PTA", None),
        Flag(date(2025, 6, 1), "Later thing.", None, None),
    ]


def test_a_flag_says_all_of_it_and_for_which_part() -> None:
    wave = make_wave()
    (unit,) = list_wave_units(wave.id)
    make_done_action(wave, date(2025, 2, 1), did="word " * 100, unit_id=unit.unit_id)
    (flag,) = list_flags(wave.programme_id)
    assert flag.label == " ".join(["word"] * 100)
    assert flag.unit == "Housing"


def test_the_list_names_unit_measure_and_what_is_late() -> None:
    wave = make_wave()
    (unit,) = list_wave_units(wave.id)
    make_action(wave, due_on=date(2025, 4, 1), unit_id=unit.unit_id, measure="PTA")
    (row,) = list_for_programme(wave.programme_id, today=date(2025, 4, 2))
    assert (row.unit, row.measure, row.late) == ("Housing", "Permission to act", True)
    (row,) = list_for_programme(wave.programme_id, today=date(2025, 4, 1))
    assert not row.late


@pytest.mark.parametrize("state", ["done", "not_done"])
def test_what_is_over_is_never_late(state: str) -> None:
    wave = make_wave()
    make_action(wave, state=state, done_on=date(2025, 5, 1) if state == "done" else None)
    (row,) = list_for_programme(wave.programme_id, today=date(2030, 1, 1))
    assert not row.late
    assert (row.unit, row.measure) == (None, None)
