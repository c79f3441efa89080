"""The page of one wave, its buttons and its preview."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import writing
from pulse.invitations.participation import RunningRate
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import make_org, make_person
from tests.surveys.browsing import EDITORS, as_role, make_current_wave, make_future_wave, page


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


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
            f"{waves}/count",
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
    rates = [RunningRate(45, 15, date(2026, 10, 6))]
    monkeypatch.setitem(app.extensions, "pulse.response_rate", lambda wave_id: rates[-1])
    as_role(client, Role.HR_ANALYST)
    address = f"/programmes/waves/{wave.id}"

    few = page(client, address)
    for _ in range(12):
        make_person(unit=org.units["A1"])
    with writing():
        wave.state = "cancelled"
    many = make_current_wave(keyring)
    open_many = page(client, f"/programmes/waves/{many.id}")
    rates.append(RunningRate(0, 15, date(2026, 10, 5)))
    at_first = page(client, f"/programmes/waves/{many.id}")
    with writing():
        many.state = "closing"

    assert "fewer than 20 were invited" in few
    assert "45%" not in few
    assert "45% to 60% of the people asked had answered when this was last counted" in open_many
    assert "on 6 October 2026. It is counted once a day and told in steps of 15%" in open_many
    assert "Fewer than 15% of the people asked had answered" in at_first
    assert "45%" not in page(client, f"/programmes/waves/{many.id}")


def test_a_held_wave_says_why(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    with writing():
        wave.state, wave.problem = "held", "Two counts of the answers differ."
    as_role(client, Role.ADMINISTRATOR)

    shown = page(client, f"/programmes/waves/{wave.id}")

    assert "Two counts of the answers differ. Nothing is released and no answer is lost." in shown


def test_a_held_wave_is_counted_again_and_any_other_is_not(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    as_role(client, Role.ADMINISTRATOR)
    address = f"/programmes/waves/{wave.id}/count"

    refused = client.post(address, follow_redirects=True)
    assert "Only a held wave can be counted again" in refused.text
    assert queries.get_wave(wave.id).state == "open"

    with writing():
        wave.state, wave.problem, wave.closes_at = "held", "Two counts differ.", datetime.now(UTC)
    assert "Count again</button>" in page(client, f"/programmes/waves/{wave.id}")
    asked = client.post(address, follow_redirects=True).text
    assert "It is looked at again within a minute. Reload this page" in asked
    assert "Count again</button>" not in asked
    assert queries.list_asked_again() == [queries.get_wave(wave.id)]


def test_a_wave_that_is_held_before_its_last_day_can_be_opened_again(
    client: FlaskClient, keyring: Keyring
) -> None:
    make_org()
    wave = make_current_wave(keyring)
    with writing():
        wave.state, wave.problem = "held", "Something was changed by hand."
    as_role(client, Role.ADMINISTRATOR)

    shown = page(client, f"/programmes/waves/{wave.id}")

    assert "No answer is taken for now." in shown
    assert ">Closes</dt>" in shown
    assert "Open again</button>" in shown
    assert "Count again" not in shown


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
    wave = make_future_wave(ask_leaders=True, rotation=[["PTA-01", "PTA-06", "SUR-01"]])
    as_role(client, Role.OD_EDITOR)

    staff, _, leaders = page(client, f"/programmes/waves/{wave.id}/preview").partition(
        "Only people who lead see what follows."
    )

    assert "PTA-06" in staff
    assert "LDR-" not in staff
    assert leaders.count("You lead people.") == 1
    assert "LDR-PTA-06" in leaders


def test_an_opened_wave_shows_its_fingerprint(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    as_role(client, Role.UNION_OBSERVER)

    shown = page(client, f"/programmes/waves/{wave.id}")

    assert wave.plan_sha256 is not None
    assert f"{wave.plan_sha256[:32]} {wave.plan_sha256[32:]}" in shown
    assert "What it asks, frozen when it opened" in shown


@pytest.mark.parametrize(("channels", "told"), [(["email", "letter"], True), (["email", "slip"], False)])
def test_where_letters_are_posted_the_pages_say_that_they_get_no_reminder(
    channels: list[str], told: bool, client: FlaskClient
) -> None:
    wave = make_future_wave(channels=channels, reminder_days=[4])
    as_role(client, Role.OD_EDITOR)

    assert (". Posted letters get none." in page(client, f"/programmes/waves/{wave.id}")) is told
    assert ("; posted letters get none" in page(client, f"/programmes/{wave.programme_id}")) is told
    assert "Posted letters and slips get none." in page(client, f"/programmes/{wave.programme_id}/edit/reach")
