"""The pages of programmes, as each role meets them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import db
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import make_org
from tests.surveys.browsing import READERS, as_role, make_current_wave, make_future_wave, page
from tests.surveys.factories import make_programme


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


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
        "reminder_days": "7",
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


def test_setting_up_a_survey_leads_to_its_page_with_twelve_dates(client: FlaskClient) -> None:
    make_org()
    as_role(client, Role.OD_EDITOR)

    response = client.post("/programmes/new", data=typed(), follow_redirects=True)

    [programme] = queries.list_programmes()
    assert response.request.path == f"/programmes/{programme.id}"
    assert "27 questions, about 4 minutes" in response.text
    assert "8 people today" in response.text
    dates = response.text.partition("Next dates")[2]
    assert dates.count("<li>") == 12


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
