"""The page for paper codes: forgiving, limited, and with the same doors behind it as a link."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.db import writing
from pulse.invitations.brake import TRIES_PER_NETWORK
from pulse.surveys import queries as surveys
from tests.invitations.slips import Depot, make_depot
from tests.responses.answering import way_of
from tests.results.factories import Site
from tests.support.rows import all_rows


def csrf_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def depot(app: Flask, site: Site) -> Depot:
    """People with slips, before a website that has seen no wrong code yet."""
    app.extensions.pop("pulse.code_brake", None)
    return make_depot(site)


def type_in(client: FlaskClient, code: str, network: str = "192.0.2.7") -> TestResponse:
    data = {"csrf_token": csrf_of(client.get("/code").text), "code": code}
    return client.post("/code", data=data, environ_base={"REMOTE_ADDR": network})


def send(client: FlaskClient) -> TestResponse:
    data = {"csrf_token": csrf_of(client.get("/survey").text), "PTA-01": "4"}
    return client.post("/survey", data=data)


def test_a_code_leads_to_the_first_page_then_to_the_form_then_to_an_answer(
    depot: Depot, client: FlaskClient
) -> None:
    before = all_rows()
    answer = type_in(client, f" {depot.code.lower()} ".replace("0", "o"))
    assert (answer.status_code, answer.location) == (303, "/code/start")
    first = client.get(answer.location)
    assert "Results are hidden unless 5 or more people answered." in first.text
    assert '<form method="get" action="/survey">' in first.text
    assert all_rows() == before

    assert way_of(send(client)) == (303, "/survey/thanks")
    assert len(all_rows()["envelope"]) == 1
    spent = [row["person_id"] for row in all_rows()["invitation"] if row["spent"]]
    assert spent == [depot.person]


def test_the_cookie_is_that_of_a_link_and_holds_not_the_code(depot: Depot, client: FlaskClient) -> None:
    type_in(client, depot.code)
    cookie = client.get_cookie("ballot")
    assert cookie is not None
    assert len(cookie.value) == 32
    assert cookie.http_only
    assert cookie.expires is None
    assert cookie.value != depot.site.token(depot.wave_id, depot.person)


def test_a_used_code_is_thanked_like_a_used_link(depot: Depot, client: FlaskClient) -> None:
    type_in(client, depot.code)
    send(client)
    again = type_in(client, depot.code)

    assert again.status_code == 200
    assert "Your answers are in" in again.text
    assert "This code has been used" in again.text
    assert len(all_rows()["envelope"]) == 1


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [("closing", 410, "This survey has closed"), ("held", 503, "This survey is closed for now")],
)
def test_the_code_of_a_wave_that_is_over_says_so(
    depot: Depot, client: FlaskClient, state: str, status: int, words: str
) -> None:
    with writing():
        surveys.get_wave(depot.wave_id).state = state
    page = type_in(client, depot.code)
    assert page.status_code == status
    assert words in page.text


def test_an_unknown_code_stays_in_its_box_so_that_one_mistake_need_not_cost_twelve_characters(
    depot: Depot, client: FlaskClient
) -> None:
    page = type_in(client, "0000 0000 000z")
    assert page.status_code == 404
    assert "This code does not open a survey: compare each letter and figure with your slip." in page.text
    assert "the survey has closed" in page.text
    assert 'value="0000 0000 000z"' in page.text
    assert client.get_cookie("ballot") is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type the code that is on your slip."),
        ("7K3M 9QXT", "A code has 12 letters and figures, and you typed 8: compare it with your slip."),
        ("7K3M 9QXT B2WF 9", "A code has 12 letters and figures, and you typed 13"),
        ("7K3M 9QXT B2WU", "No code has the character U in it: compare it with your slip."),
        ("7K3M 9QXT B2W!", "No code has the character ! in it"),
        ("1" * 61, "Type only the 12 letters and figures of your code."),
    ],
)
def test_what_is_no_code_gets_one_sentence(depot: Depot, client: FlaskClient, typed: str, words: str) -> None:
    page = type_in(client, typed)
    assert page.status_code == 422
    assert words in page.text
    assert "<title>Error: Type your code</title>" in page.text


def test_after_forty_wrong_codes_one_network_has_to_wait_and_another_has_not(
    depot: Depot, client: FlaskClient
) -> None:
    for number in range(TRIES_PER_NETWORK):
        assert type_in(client, f"0000 0000 00{number:02d}", f"192.0.2.{number}").status_code == 404
    page = type_in(client, depot.code, "192.0.2.99")
    assert page.status_code == 429
    assert "wait 15 minutes and try again" in page.text
    assert type_in(client, depot.code, "198.51.100.1").status_code == 303


def test_nothing_typed_is_logged_or_stored_right_or_wrong(
    depot: Depot, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = all_rows()
    with caplog.at_level(logging.DEBUG):
        type_in(client, depot.code)
        for number in range(12):
            type_in(client, f"0000 0000 00{number:02d}")
    assert all_rows() == before
    assert depot.code not in caplog.text
    assert "0000 0000" not in caplog.text
    assert "192.0.2.7" not in caplog.text


def test_without_a_form_token_no_code_is_looked_at(depot: Depot, client: FlaskClient) -> None:
    assert client.post("/code", data={"code": depot.code}).status_code == 400
    assert client.get_cookie("ballot") is None


def test_the_start_page_without_a_cookie_opens_nothing(depot: Depot, client: FlaskClient) -> None:
    assert client.get("/code/start").status_code == 404


def test_pages_without_a_survey_lead_to_the_page_for_codes(depot: Depot, client: FlaskClient) -> None:
    for address in ("/survey", f"/a/{'a' * 32}"):
        assert '<a class="govuk-link" href="/code">I have a code on paper</a>' in client.get(address).text


def test_looking_at_the_page_writes_nothing(depot: Depot, client: FlaskClient) -> None:
    before = all_rows()
    for _ in range(10):
        assert client.get("/code").status_code == client.head("/code").status_code == 200
    assert all_rows() == before
