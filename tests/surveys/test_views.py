"""The pages of programmes and waves, as each role meets them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.directory.factories import make_org, make_person
from tests.surveys.factories import make_open_wave, make_planned_wave, make_programme

READERS = (Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST, Role.UNION_OBSERVER)
EDITORS = (Role.ADMINISTRATOR, Role.OD_EDITOR)


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def as_role(client: FlaskClient, role: Role) -> FlaskClient:
    return sign_in(client, make_account(role))


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def make_future_wave(**defaults: object) -> Wave:
    """Planned for a date that has not come, by the clock that the pages read."""
    now = datetime.now(UTC)
    return make_planned_wave(now=now, starts_on=(now + timedelta(days=20)).date(), **defaults)


def make_current_wave(keyring: Keyring, **defaults: object) -> Wave:
    """Open now, by the clock that the pages read."""
    now = datetime.now(UTC)
    starts_on = (now - timedelta(days=1)).date()
    return make_open_wave(keyring, now=now, starts_on=starts_on, **defaults)


def typed(**changes: str) -> dict[str, str]:
    """What a person types into the form of a new survey."""
    values = {
        "name": "Staff pulse",
        "purpose": "So that what is strong can grow.",
        "organisation": "Example Council",
        "question_set": "quarterly",
        "cadence": "FREQ=MONTHLY;INTERVAL=3",
        "starts_on": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
        "opens_at_hour": "9",
        "open_days": "14",
        "remind_after_days": "7",
        "audience_unit_id": "",
        "k": "10",
    }
    return values | changes


@pytest.mark.parametrize("role", list(Role))
def test_everybody_but_leaders_reads_every_page(role: Role, client: FlaskClient) -> None:
    wave = make_future_wave()
    addresses = (
        "/programmes/",
        f"/programmes/{wave.programme_id}",
        f"/programmes/waves/{wave.id}",
        f"/programmes/waves/{wave.id}/preview",
    )
    as_role(client, role)

    codes = {client.get(address).status_code for address in addresses}

    assert codes == ({200} if role in READERS else {403})


@pytest.mark.parametrize("role", list(Role))
def test_only_editors_reach_the_forms_and_buttons(role: Role, client: FlaskClient) -> None:
    wave = make_future_wave()
    programme, waves = f"/programmes/{wave.programme_id}", f"/programmes/waves/{wave.id}"
    as_role(client, role)

    gets = {client.get(each).status_code for each in ("/programmes/new", f"{programme}/edit")}
    posts = {
        client.post(each).status_code
        for each in (
            f"{waves}/close",
            f"{waves}/cancel",
            f"{waves}/open",
            f"{programme}/pause",
            f"{programme}/resume",
        )
    }

    assert (gets, posts) == (({200}, {303}) if role in EDITORS else ({403}, {403}))


@pytest.mark.parametrize("role", [Role.HR_ANALYST, Role.UNION_OBSERVER])
def test_readers_see_questions_threshold_and_key_mode_but_no_buttons(role: Role, client: FlaskClient) -> None:
    wave = make_future_wave(k=13)
    as_role(client, role)

    shown = page(client, f"/programmes/waves/{wave.id}")

    assert "PTA-01" in shown
    assert ">13<" in shown
    assert "only the worker of this service can read" in shown
    assert "<form" not in shown.partition("<main")[2]
    assert "/edit" not in page(client, f"/programmes/{wave.programme_id}")


def test_setting_up_a_survey_leads_to_its_page_with_twelve_dates(client: FlaskClient) -> None:
    make_org()
    as_role(client, Role.OD_EDITOR)

    response = client.post("/programmes/new", data=typed(), follow_redirects=True)

    [programme] = queries.list_programmes()
    assert response.request.path == f"/programmes/{programme.id}"
    assert "26 questions, about 3 minutes" in response.text
    assert "8 people today" in response.text
    dates = response.text.partition("Next dates")[2]
    assert dates.count("<li>") == 12
    assert "Questions with a text box are left out for now" in response.text


def test_a_wrong_entry_is_told_at_its_field_and_what_was_typed_stays(client: FlaskClient) -> None:
    make_org()
    as_role(client, Role.OD_EDITOR)

    response = client.post("/programmes/new", data=typed(k="4", open_days="often", name="Mine"))

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert 'href="#k">Fewest answers shown (k): write a whole number from 10 to 100.' in response.text
    assert response.text.count('href="#open_days"') == 1
    assert "Write a whole number." in response.text
    assert 'value="Mine"' in response.text
    assert queries.list_programmes() == []


def test_a_refusal_of_the_use_case_stands_at_its_field(client: FlaskClient) -> None:
    make_org()
    as_role(client, Role.OD_EDITOR)

    response = client.post("/programmes/new", data=typed(cadence="other", rule="FREQ=SOMETIMES"))

    assert response.status_code == 422
    assert 'href="#rule">The repeat rule needs FREQ=' in response.text


def test_a_list_and_a_rule_of_ones_own_are_taken(client: FlaskClient) -> None:
    make_org()
    as_role(client, Role.OD_EDITOR)
    form = typed(
        question_set="own", item_ids="PTA-01, SUR-01\nPTA-06", cadence="other", rule="FREQ=MONTHLY;INTERVAL=2"
    )

    assert client.post("/programmes/new", data=form).status_code == 303

    [programme] = queries.list_programmes()
    assert programme.rotation == [["PTA-01", "SUR-01", "PTA-06"]]
    assert programme.rule == "FREQ=MONTHLY;INTERVAL=2"


def test_the_audience_is_chosen_from_the_tree_with_its_headcounts(client: FlaskClient) -> None:
    org = make_org()
    as_role(client, Role.OD_EDITOR)
    indent = "\N{NO-BREAK SPACE}" * 4

    shown = page(client, "/programmes/new")

    assert f'<option value="{org.units["A1"].id}">{indent}Unit A1 (2)</option>' in shown


def test_the_change_form_holds_what_is_set_and_says_from_when_it_counts(
    client: FlaskClient, keyring: Keyring
) -> None:
    make_org()
    wave = make_current_wave(keyring, rule="FREQ=MONTHLY;INTERVAL=6", k=12, name="Kept")
    as_role(client, Role.OD_EDITOR)

    shown = page(client, f"/programmes/{wave.programme_id}/edit")

    assert 'value="Kept"' in shown
    assert 'value="FREQ=MONTHLY;INTERVAL=6"' in shown
    assert 'name="question_set" type="radio" value="keep" checked' in shown
    assert f"{wave.label} stays exactly as it opened. A change counts from wave 2, the next to open." in shown


def test_a_change_by_the_page_leaves_the_open_wave_alone(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    as_role(client, Role.OD_EDITOR)
    asked, closes_at = queries.get_plan(wave.id).plan["items"], wave.closes_at

    response = client.post(
        f"/programmes/{wave.programme_id}/edit",
        data=typed(k="20", open_days="30", question_set="monthly_cohort"),
    )

    assert response.status_code == 303
    db.session.expire_all()
    kept = queries.get_wave(wave.id)
    assert (kept.k, kept.closes_at) == (10, closes_at)
    assert queries.get_plan(wave.id).plan["items"] == asked
    assert queries.get_programme(wave.programme_id).k == 20


def test_the_list_shows_the_wave_that_is_running(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    make_programme(name="Asleep", active=False)
    as_role(client, Role.HR_ANALYST)

    shown = page(client, "/programmes/")

    assert f'href="/programmes/waves/{wave.id}"' in shown
    assert ">Open<" in shown
    assert ">Paused<" in shown


def test_open_now_asks_the_worker_and_says_so(client: FlaskClient) -> None:
    wave = make_future_wave()
    as_role(client, Role.OD_EDITOR)

    response = client.post(f"/programmes/waves/{wave.id}/open", follow_redirects=True)

    assert "opens within a minute" in response.text
    assert "Open now" not in response.text
    assert queries.list_due_to_open(datetime.now(UTC)) == [wave]
    assert wave.state == "planned"


def test_close_now_is_behind_a_warning_and_asks_the_worker(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    as_role(client, Role.ADMINISTRATOR)

    before = page(client, f"/programmes/waves/{wave.id}")
    response = client.post(f"/programmes/waves/{wave.id}/close", follow_redirects=True)

    assert before.index("It cannot be undone") < before.index("Close now</button>")
    assert "closes within a minute" in response.text
    assert queries.list_due_to_close(datetime.now(UTC)) == [wave]
    assert wave.state == "open"


def test_a_button_that_comes_too_late_says_where_to_look(client: FlaskClient) -> None:
    wave = make_future_wave()
    as_role(client, Role.OD_EDITOR)

    response = client.post(f"/programmes/waves/{wave.id}/close", follow_redirects=True)

    assert "Only an open wave can be closed" in response.text


@pytest.mark.parametrize("action", ["open", "close", "cancel"])
def test_a_button_without_its_form_token_does_nothing(
    action: str, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    wave = make_future_wave()
    opens_at = wave.opens_at
    as_role(client, Role.OD_EDITOR)

    response = client.post(f"/programmes/waves/{wave.id}/{action}")

    assert response.status_code == 400
    assert (queries.get_wave(wave.id).state, queries.get_wave(wave.id).opens_at) == ("planned", opens_at)


def test_the_response_rate_is_shown_from_twenty_invited_on_and_only_while_open(
    app: Flask, client: FlaskClient, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = make_org()
    wave = make_current_wave(keyring)
    monkeypatch.setitem(app.extensions, "pulse.response_rate", lambda wave_id: 45)
    as_role(client, Role.HR_ANALYST)
    address = f"/programmes/waves/{wave.id}"

    few = page(client, address)
    for _ in range(12):
        make_person(unit=org.units["A1"])
    with writing():
        wave.state = "cancelled"
    many = make_current_wave(keyring)
    open_many = page(client, f"/programmes/waves/{many.id}")
    with writing():
        many.state = "closing"

    assert "fewer than 20 were invited" in few
    assert "45%" not in few
    assert "About 45%, to the nearest 5." in open_many
    assert "45%" not in page(client, f"/programmes/waves/{many.id}")


def test_a_held_wave_says_why(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    with writing():
        wave.state, wave.problem = "held", "Two counts of the answers differ."
    as_role(client, Role.ADMINISTRATOR)

    shown = page(client, f"/programmes/waves/{wave.id}")

    assert "Two counts of the answers differ. Nothing is released and no answer is lost." in shown


def test_the_preview_shows_the_frozen_questions_and_has_nothing_to_send(
    client: FlaskClient, keyring: Keyring
) -> None:
    make_org()
    wave = make_current_wave(keyring)
    item = queries.get_plan(wave.id).plan["items"][0]
    as_role(client, Role.UNION_OBSERVER)

    shown = page(client, f"/programmes/waves/{wave.id}/preview")

    assert item["text"] in shown
    assert all(label in shown for _, label in item["options"] + item["nonsubstantive"])
    assert not any(tag in shown for tag in ("<form", "<button", "<script", "checked"))
    assert "Nothing that you choose here is sent or kept." in shown


def test_leaders_questions_are_set_apart_in_the_preview(client: FlaskClient) -> None:
    make_org()
    now = datetime.now(UTC)
    wave = make_future_wave(ask_leaders=True, rotation=[["PTA-01", "PTA-02", "PTA-03", "PTA-04", "PTA-05"]])
    as_role(client, Role.OD_EDITOR)

    shown = page(client, f"/programmes/waves/{wave.id}/preview")

    assert wave.opens_at > now
    assert ("Only people who lead see what follows." in shown) == ("You lead people." in shown)


def test_an_opened_wave_shows_its_fingerprint(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    as_role(client, Role.UNION_OBSERVER)

    shown = page(client, f"/programmes/waves/{wave.id}")

    assert wave.plan_sha256 is not None
    assert f"{wave.plan_sha256[:32]} {wave.plan_sha256[32:]}" in shown
    assert "What it asks, frozen when it opened" in shown


def test_a_question_that_left_its_bank_is_told_where_it_can_be_mended(client: FlaskClient) -> None:
    wave = make_future_wave(rotation=[["GONE-01"]])
    as_role(client, Role.OD_EDITOR)

    for address in (
        f"/programmes/{wave.programme_id}",
        f"/programmes/waves/{wave.id}",
        f"/programmes/waves/{wave.id}/preview",
    ):
        assert "Question GONE-01 is in no bank any more" in page(client, address)
    assert "What is asked" in page(client, f"/programmes/{wave.programme_id}/edit")


@pytest.mark.parametrize("place", ["999", "999/edit", "waves/999", "waves/999/preview"])
def test_a_link_to_nothing_is_a_page_that_says_so(place: str, client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    assert client.get(f"/programmes/{place}").status_code == 404


def test_pausing_and_resuming_are_told(client: FlaskClient) -> None:
    wave = make_future_wave()
    as_role(client, Role.OD_EDITOR)
    address = f"/programmes/{wave.programme_id}"

    paused = client.post(f"{address}/pause", follow_redirects=True).text
    resumed = client.post(f"{address}/resume", follow_redirects=True).text

    assert "no wave opens until you resume it" in paused
    assert "None while the survey is paused." in paused
    assert "The survey runs again" in resumed
    assert ">Planned<" in resumed
