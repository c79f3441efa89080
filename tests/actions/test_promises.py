"""What may be promised: each refusal is one sentence beside its field, and changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from pulse.actions.models import Action
from pulse.actions.promises import (
    PromiseError,
    add_promise,
    change_promise,
    change_state,
    list_choices,
    promise_of,
)
from pulse.actions.queries import NotFound, count_actions
from pulse.db import db, writing
from tests.actions.factories import NOW, make_action, make_programme, make_promise, make_wave, make_wave_unit

pytestmark = pytest.mark.usefixtures("app")


def refusal(**changes: object) -> tuple[str, str]:
    """The field and sentence with which a promise is refused; checks that nothing was stored."""
    promise = make_promise(make_wave(), **changes)
    with pytest.raises(PromiseError) as caught:
        add_promise(promise, NOW)
    assert db.session.scalar(select(func.count()).select_from(Action)) == 0
    return caught.value.field, str(caught.value)


def test_a_promise_is_kept_with_its_programme_and_without_blanks_around_words() -> None:
    wave = make_wave()
    action = add_promise(make_promise(wave, said="  Forms  take\tlonger. ", measure="PTA"), NOW)
    stored = db.session.get_one(Action, action.id)
    assert (stored.programme_id, stored.wave_id) == (wave.programme_id, wave.id)
    assert (stored.said, stored.state, stored.measure) == ("Forms take longer.", "promised", "PTA")


def test_an_unknown_wave_is_refused() -> None:
    assert refusal(wave_id=999) == ("wave_id", "There is no such wave: choose one from the list.")


@pytest.mark.parametrize("state", ["planned", "open", "closing", "held", "cancelled"])
def test_a_wave_without_results_cannot_be_answered(state: str) -> None:
    wave = make_wave(state=state)
    with pytest.raises(PromiseError, match="The results of this wave are not out yet") as caught:
        add_promise(make_promise(wave), NOW)
    assert caught.value.field == "wave_id"
    assert count_actions(wave.id) == 0


def test_once_staff_were_asked_again_an_action_stays_with_its_wave() -> None:
    programme = make_programme()
    first, second = make_wave(programme, 1), make_wave(programme, 2)
    action = make_action(first)
    moved = replace(promise_of(action), wave_id=second.id, due_on=date(2027, 1, 1))
    with pytest.raises(PromiseError, match="so this action stays with Wave 1: add another instead") as caught:
        change_promise(action.id, moved, NOW)
    assert caught.value.field == "wave_id"
    assert (count_actions(first.id), count_actions(second.id)) == (1, 0)
    latest = make_action(second)
    moved = replace(promise_of(latest), wave_id=first.id)
    assert change_promise(latest.id, moved, NOW).wave_id == first.id


def test_a_due_date_before_the_wave_closed_is_refused_with_that_day() -> None:
    assert refusal(due_on=date(2025, 1, 14)) == (
        "due_on",
        "The due date is before the wave closed on 15 January 2025: give a later day.",
    )


def test_the_day_on_which_the_wave_closed_will_do() -> None:
    assert make_action(make_wave(), due_on=date(2025, 1, 15)).id


def test_days_are_those_of_the_programmes_own_zone() -> None:
    closes_at = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London
    wave = make_wave(closes_at=closes_at)
    with pytest.raises(PromiseError, match="1 July 2025"):
        add_promise(make_promise(wave, due_on=date(2025, 6, 30)), NOW)


def test_done_without_its_day_is_refused() -> None:
    assert refusal(state="done") == ("done_on", "Give the day on which it was done.")


@pytest.mark.parametrize("state", ["promised", "doing", "not_done"])
def test_a_day_of_completion_without_done_is_refused(state: str) -> None:
    assert refusal(state=state, done_on=date(2025, 3, 1)) == (
        "done_on",
        "Only what is done has this day: remove it, or choose done.",
    )


def test_something_done_before_the_wave_closed_is_refused() -> None:
    field, sentence = refusal(state="done", done_on=date(2025, 1, 14))
    assert field == "done_on"
    assert "before the wave closed on 15 January 2025" in sentence


def test_something_done_tomorrow_is_refused_and_today_is_not() -> None:
    field, sentence = refusal(state="done", done_on=date(2027, 6, 2))
    assert (field, "still to come" in sentence) == ("done_on", True)
    assert make_action(make_wave(), state="done", done_on=NOW.date()).id


def test_an_unknown_state_is_refused() -> None:
    assert refusal(state="maybe") == ("state", "Choose promised, under way, done or not done.")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("said", "Write what people said."),
        ("did", "Write what is promised or was done."),
        ("owner", "Write who sees to it, as a role or a team."),
    ],
)
def test_missing_words_are_refused(field: str, sentence: str) -> None:
    assert refusal(**{field: " \n "}) == (field, sentence)


@pytest.mark.parametrize(("field", "limit"), [("said", 300), ("did", 2000), ("owner", 120)])
def test_too_many_words_are_refused_with_their_count(field: str, limit: int) -> None:
    assert refusal(**{field: "x" * (limit + 1)}) == (
        field,
        f"Use {limit} characters or fewer; these are {limit + 1}.",
    )


def test_a_unit_that_the_wave_did_not_ask_is_refused() -> None:
    elsewhere = make_wave_unit(make_wave(), "Parks")
    field, sentence = refusal(unit_id=elsewhere)
    assert (field, "did not ask that unit" in sentence) == ("unit_id", True)


def test_a_measure_that_the_wave_did_not_have_is_refused() -> None:
    field, sentence = refusal(measure="XYZ")
    assert (field, "did not measure that" in sentence) == ("measure", True)


def test_a_promise_is_done_on_a_day() -> None:
    action = make_action()
    change_state(action.id, "done", date(2025, 3, 1), NOW)
    db.session.expire_all()
    assert (action.state, action.done_on) == ("done", date(2025, 3, 1))
    change_state(action.id, "doing", None, NOW)
    db.session.expire_all()
    assert (action.state, action.done_on) == ("doing", None)


def test_a_refused_change_leaves_the_action_as_it_was() -> None:
    action = make_action()
    before = promise_of(action)
    with pytest.raises(PromiseError):
        change_state(action.id, "done", None, NOW)
    with pytest.raises(PromiseError):
        change_promise(action.id, replace(before, said=""), NOW)
    assert promise_of(db.session.get_one(Action, action.id)) == before


def test_an_action_stays_in_its_programme() -> None:
    action, other = make_action(), make_wave(make_programme())
    with pytest.raises(PromiseError, match="belongs to another survey") as caught:
        change_promise(action.id, make_promise(other), NOW)
    assert caught.value.field == "wave_id"


def test_an_action_that_does_not_exist_cannot_change() -> None:
    with pytest.raises(NotFound, match="There is no such action"):
        change_state(999, "doing", None, NOW)


def test_the_table_itself_refuses_done_without_a_day() -> None:
    action = make_action()
    with pytest.raises(IntegrityError), writing():
        db.session.get_one(Action, action.id).state = "done"


def test_only_released_waves_are_offered_newest_first_with_the_latest_words() -> None:
    programme = make_programme()
    first, second = make_wave(programme, 1), make_wave(programme, 2)
    make_wave(programme, 3, state="open")
    make_wave()  # another programme's
    choices = list_choices(programme.id)
    assert choices.waves == [(second.id, "Wave 2"), (first.id, "Wave 1")]
    assert choices.measures == [("PTA", "Permission to act")]
    assert [name for _, name in choices.units] == ["Housing", "Housing"]


def test_a_wave_counts_its_own_answers() -> None:
    wave = make_wave()
    assert count_actions(wave.id) == 0
    make_action(wave)
    make_action()
    assert count_actions(wave.id) == 1
