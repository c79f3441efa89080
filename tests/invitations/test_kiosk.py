"""A device that many answer on: no way out of it, nothing kept of anybody, and no script needed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.accounts import signing_in
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme
from tests.accounts.factories import make_account, sign_in
from tests.invitations.slips import Depot, make_depot
from tests.invitations.test_code_page import csrf_of, send
from tests.responses.answering import way_of
from tests.results.factories import Site


@pytest.fixture
def depot(app: Flask, site: Site) -> Depot:
    app.extensions.pop("pulse.code_brake", None)
    return make_depot(site)


def type_in(client: FlaskClient, code: str, kiosk: str = "/kiosk") -> TestResponse:
    return client.post(kiosk, data={"csrf_token": csrf_of(client.get(kiosk).text), "code": code})


def links_of(page: str) -> set[str]:
    """Where links lead, but for the one past the bar to the words of the page."""
    return set(re.findall(r'<a [^>]*href="([^"]+)"', page)) - {"#main"}


def refresh_of(page: str) -> str:
    found: str
    (found,) = re.findall(r'<noscript><meta http-equiv="refresh" content="([^"]+)"></noscript>', page)
    return found


def test_a_device_on_which_somebody_is_signed_in_is_no_kiosk_yet(depot: Depot, client: FlaskClient) -> None:
    sign_in(client, make_account())

    first = client.get("/kiosk")

    assert "Sign out first" in first.text
    assert client.post("/sign-out", data={"csrf_token": csrf_of(first.text)}).status_code == 303
    assert "Type your code" in client.get("/kiosk").text


def test_a_signed_in_period_that_is_over_keeps_no_device_from_being_a_kiosk(
    depot: Depot, client: FlaskClient
) -> None:
    with client.session_transaction() as cookie:
        cookie[signing_in.COOKIE_FIELD] = "a secret that has run out"
    assert "Type your code" in client.get("/kiosk").text


def test_a_whole_survey_is_answered_at_a_kiosk_and_no_link_on_the_way_leads_away(
    depot: Depot, client: FlaskClient
) -> None:
    first = client.get("/kiosk")
    assert links_of(first.text) == set()
    assert first.headers["Cache-Control"] == "no-store"
    answer = type_in(client, depot.code)
    assert (answer.status_code, answer.location) == (303, "/code/start")
    start, form = client.get("/code/start"), client.get("/survey")
    assert way_of(send(client)) == (303, "/survey/thanks")
    thanks = client.get("/survey/thanks", query_string={"survey": programme_of(depot).results_key})

    for page in (start, form, thanks):
        assert links_of(page.text) == {"/kiosk"}
        assert page.headers["Cache-Control"] == "no-store"
    assert "Clear this screen" in start.text
    assert [refresh_of(page.text) for page in (first, start, form, thanks)] == [
        "58;url=/kiosk",
        "58;url=/kiosk",
        "600;url=/kiosk",
        "30;url=/kiosk",
    ]


def programme_of(depot: Depot) -> Programme:
    return surveys.get_wave(depot.wave_id).programme


def test_opening_the_kiosk_forgets_whoever_was_there(depot: Depot, client: FlaskClient) -> None:
    type_in(client, depot.code)
    assert client.get_cookie("ballot") is not None
    client.get("/kiosk")
    assert client.get_cookie("ballot") is None
    assert client.get("/survey").status_code == 404


def test_a_form_of_the_last_person_cannot_be_sent_again_with_the_code_of_the_next(
    depot: Depot, client: FlaskClient
) -> None:
    type_in(client, depot.code)
    kept = csrf_of(client.get("/survey").text)
    client.get("/kiosk")
    type_in(client, depot.code)
    again = client.post("/survey", data={"csrf_token": kept})
    assert again.status_code == 400
    assert "Press “Clear this screen” and type your code again." in again.text
    assert way_of(send(client)) == (303, "/survey/thanks")


def test_a_desk_where_somebody_looks_at_a_kiosk_keeps_the_form_that_is_open_beside_it(
    depot: Depot, client: FlaskClient
) -> None:
    kept = csrf_of(client.get("/code").text)
    client.get("/kiosk")
    assert client.post("/code", data={"csrf_token": kept, "code": depot.code}).status_code == 303


def test_a_kiosk_of_one_survey_shows_its_name_and_begins_there_again(
    depot: Depot, client: FlaskClient
) -> None:
    programme = programme_of(depot)
    place = f"/kiosk/{programme.results_key}"
    page = client.get(place)
    assert programme.name in page.text
    assert programme.name not in client.get("/kiosk").text
    type_in(client, depot.code, place)
    assert links_of(client.get("/survey").text) == {place}


def test_an_unknown_survey_has_no_kiosk(client: FlaskClient) -> None:
    for key in ("x", "x" * 22, "A" * 40):
        page = client.get(f"/kiosk/{key}")
        assert page.status_code == 404
        assert "No survey has this link" in page.text
        assert client.get_cookie("kiosk") is None


def test_a_kiosk_is_left_by_its_own_address_and_then_is_a_device_like_any_other(
    depot: Depot, client: FlaskClient
) -> None:
    type_in(client, depot.code)
    answer = client.get("/kiosk/leave")
    assert (answer.status_code, answer.location) == (303, "/code")
    assert client.get_cookie("ballot") is None
    assert "data-kiosk" not in client.get("/code").text
    assert "/privacy" in links_of(client.get("/code").text)


def test_the_form_of_a_kiosk_is_never_shown_on_another_device(depot: Depot, app: Flask) -> None:
    kiosk, phone = app.test_client(), app.test_client()
    type_in(kiosk, depot.code)
    assert "data-kiosk" in kiosk.get("/survey").text
    phone.post("/code", data={"csrf_token": csrf_of(phone.get("/code").text), "code": depot.code})
    assert "data-kiosk" not in phone.get("/survey").text
    assert "data-kiosk" in kiosk.get("/survey").text


def test_a_wrong_code_is_told_with_the_same_sentences_and_the_device_stays_a_kiosk(
    depot: Depot, client: FlaskClient
) -> None:
    page = type_in(client, "0000")
    assert page.status_code == 422
    assert "A code has 12 letters and figures, and you typed 4" in page.text
    assert links_of(page.text) == {"#code"}
    assert type_in(client, "0000 0000 0000").status_code == 404


def test_a_whole_depot_answers_at_one_kiosk_for_right_codes_are_not_counted(
    depot: Depot, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulse.invitations.brake.TRIES_PER_NETWORK", 3)
    for _ in range(2):
        for person in depot.people:
            assert type_in(client, depot.code_of(person)).status_code == 303
        assert type_in(client, "0000 0000 0000").status_code == 404


def test_a_cookie_that_we_never_set_makes_no_kiosk(client: FlaskClient) -> None:
    for value in ("<b>", "any'", "x" * 22 + "/", ""):
        client.set_cookie("kiosk", value)
        assert "data-kiosk" not in client.get("/code").text


def test_without_a_form_token_no_code_is_looked_at(client: FlaskClient) -> None:
    assert client.post("/kiosk", data={"code": "7K3M 9QXT B2WF"}).status_code == 400
