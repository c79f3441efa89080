"""The first page of a survey: looking at it changes nothing, and a bad link gets one clear sentence."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.app import create_app
from pulse.db import db, writing
from pulse.surveys import queries as surveys
from tests.conftest import make_settings
from tests.results.factories import Site, answer_all, make_council, make_released_wave, make_sent_wave
from tests.support.rows import all_rows

UNKNOWN = "This link does not open a survey"


@pytest.fixture
def link(site: Site) -> str:
    """The unused link of the first person of an open wave."""
    council = make_council()
    wave_id = make_sent_wave(site)
    return f"/a/{site.token(wave_id, min(council.people))}"


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_the_page_says_who_asks_how_long_and_who_sees_what(link: str, client: FlaskClient) -> None:
    page = client.get(link)

    assert page.status_code == 200
    assert "So that what is strong can grow." in page.text
    assert "9 questions, about 1 minute. Open until 19 October 2026" in page.text
    assert "Results are hidden unless 5 or more people answered." in page.text


def test_fifty_looks_by_get_and_head_write_nothing(link: str, client: FlaskClient) -> None:
    before = all_rows()
    for _ in range(50):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

    assert all_rows() == before


def test_a_mail_scanner_that_follows_every_link_writes_nothing(site: Site, client: FlaskClient) -> None:
    council = make_council()
    wave_id = make_sent_wave(site)
    before = all_rows()
    for person_id in council.people:
        link = f"/a/{site.token(wave_id, person_id)}"
        headers = {"User-Agent": "LinkScanner/1.0", "Sec-Fetch-Site": "cross-site"}
        assert client.get(link, headers=headers).status_code == 200
        assert client.options(link, headers=headers).status_code == 200
        assert client.post(link, headers=headers).status_code == 400
        assert client.get("/survey", headers=headers).status_code == 404

    assert all_rows() == before


def test_start_exchanges_the_link_for_a_cookie_and_an_address_without_a_code(
    link: str, client: FlaskClient
) -> None:
    before = all_rows()
    answer = client.post(link, data={"csrf_token": csrf_of(client.get(link).text)})

    assert (answer.status_code, answer.location) == (303, "/survey")
    cookie = client.get_cookie("ballot")
    assert cookie is not None
    assert cookie.value == link.removeprefix("/a/")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.expires is None  # it ends with the browser
    assert all_rows() == before


def test_over_https_the_cookie_is_bound_to_the_host(link: str, app: Flask, tmp_path: Path) -> None:
    settings = make_settings(
        tmp_path, database_url=app.config["PULSE"].database_url, base_url="https://localhost"
    )
    secure = create_app(settings)
    client = secure.test_client()
    page = client.get(link, base_url="https://localhost")
    answer = client.post(link, base_url="https://localhost", data={"csrf_token": csrf_of(page.text)})

    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if "ballot" in c]
    assert cookie.startswith("__Host-ballot=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert client.get("/survey", base_url="https://localhost").status_code == 200
    with secure.app_context():
        db.engine.dispose()


def test_without_a_form_token_nothing_starts(link: str, client: FlaskClient) -> None:
    assert client.post(link).status_code == 400
    assert client.get_cookie("ballot") is None


@pytest.mark.parametrize(
    "code", ["abc", "a" * 31, "A" * 32, "a" * 33, "1" * 32, "%27%20OR%201=1--", "a" * 32, "b" * 5000]
)
def test_a_malformed_or_foreign_link_gets_one_sentence(code: str, client: FlaskClient, link: str) -> None:
    page = client.get(f"/a/{code}")

    assert page.status_code == 404
    assert UNKNOWN in page.text
    assert "open the link in your newest mail again, or copy all of it" in main_of(page.text)
    assert code not in page.text


def test_a_used_link_is_thanked(site: Site, client: FlaskClient) -> None:
    council = make_council()
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council, turnout=lambda voter: voter.unit == "A1")
    page = client.get(f"/a/{site.token(wave_id, min(council.people))}")

    assert page.status_code == 200
    assert "Your answers are in" in page.text
    assert "There is nothing more to do." in page.text
    assert "<form" not in main_of(page.text)


@pytest.mark.parametrize(
    ("state", "status", "heading"),
    [("closing", 410, "This survey has closed"), ("held", 503, "This survey is closed for now")],
)
def test_the_link_of_a_wave_that_is_being_counted_or_held_says_so(
    state: str, status: int, heading: str, link: str, client: FlaskClient
) -> None:
    with writing():
        surveys.get_wave(1).state = state
    for page in (
        client.get(link),
        client.post(link, data={"csrf_token": csrf_of(client.get("/sign-in").text)}),
    ):
        assert page.status_code == status
        assert f">{heading}</h1>" in page.text
        assert "<form" not in main_of(page.text)


def test_after_the_release_a_link_is_unknown_used_or_not(site: Site, client: FlaskClient) -> None:
    council = make_council()
    released = make_released_wave(site, council, turnout=lambda voter: voter.number > 1)
    pages = [
        main_of(client.get(f"/a/{site.token(released.wave.id, person)}").text)
        for person in sorted(council.people)[:2]
    ]

    assert UNKNOWN in pages[0]
    assert pages[0] == pages[1]


def test_no_page_of_the_survey_may_be_kept_or_tell_the_next_site(link: str, client: FlaskClient) -> None:
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
