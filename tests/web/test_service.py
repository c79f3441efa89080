"""The pages about the service itself: is it up, what it keeps, which cookies it sets, whom to tell."""

import re
from html import unescape
from pathlib import Path

from flask import Flask, Response
from flask.testing import FlaskClient

from pulse.app import create_app
from pulse.domain.anonymity import CHECKS, VERDICTS
from pulse.web.ballot_cookie import set_ballot_cookie
from pulse.web.kiosk import enter_kiosk
from tests.conftest import make_settings
from tests.support.reading_age import grade


def test_healthz_needs_no_database_and_readyz_does(tmp_path: Path) -> None:
    nowhere = create_app(
        make_settings(tmp_path, database_url=f"sqlite:///{tmp_path / 'no' / 'such' / 'file'}")
    )
    client = nowhere.test_client()
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "not ready\n")
    for address in ("/privacy", "/cookies", "/accessibility", "/robots.txt", "/.well-known/security.txt"):
        assert client.get(address).status_code == 200
    assert client.get("/how-anonymity-works").status_code == 200


def test_readyz_answers_when_the_database_does(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_security_txt_says_whom_to_tell_and_until_when(client: FlaskClient) -> None:
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:pulse@example.org" in text
    assert "Expires: 20" in text
    assert "Canonical: http://localhost/.well-known/security.txt" in text


def test_search_engines_are_turned_away(client: FlaskClient) -> None:
    assert "Disallow: /" in client.get("/robots.txt").text


def test_the_cookie_page_names_the_cookies_that_are_set(app: Flask) -> None:
    page = app.test_client().get("/cookies").text
    ballot = Response()
    set_ballot_cookie(ballot, "code")
    kiosk = Response()
    enter_kiosk(kiosk)
    signing_in = app.test_client().get("/sign-in").headers["Set-Cookie"]
    for header in (signing_in, ballot.headers["Set-Cookie"], kiosk.headers["Set-Cookie"]):
        assert f">{header.partition('=')[0]}</h2>" in page
        assert "Expires" not in header
        assert "Max-Age" not in header


def test_the_privacy_page_promises_no_more_than_holds(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    assert "confidential until they close, and anonymous after" in page
    assert "who had answered by then" in page
    assert "a person who holds both the database and the key file can read answers" in page


def test_how_anonymity_works_says_what_an_administrator_can_learn(client: FlaskClient) -> None:
    page = client.get("/how-anonymity-works").text
    for unflattering in (
        "Also who had answered by then.",
        "Every answer. With guardians, nobody can",
        "New answers, as they come in.",
        "they could answer in your place",
        "or see that you have answered",
        "If they try it after you, they see that it was used.",
        "counted once a day and rounded down",
        "If 4 people out of 10 talk, the group protects you like a group of 6.",
    ):
        assert unflattering in page


def test_how_anonymity_works_reads_like_a_text_for_eleven_year_olds(client: FlaskClient) -> None:
    page = client.get("/how-anonymity-works").text
    story = plain_text(page[page.index("<h1") : page.index("What an administrator can learn")])
    tables = plain_text(page[page.index("What an administrator can learn") : page.index("How to check this")])
    assert len(story.split()) > 300
    assert grade(story) <= 6
    assert grade(tables) <= 7


def plain_text(html: str) -> str:
    """What stands on the page, a line for each paragraph, heading, cell or item."""
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</(p|li|h\d|th|td)>", "\n", html)))


def test_how_anonymity_works_tells_how_to_run_the_command_and_what_its_words_mean(
    client: FlaskClient,
) -> None:
    page = client.get("/how-anonymity-works").text
    assert "<code>--as-website</code>" in page
    for word, meaning in VERDICTS:
        assert f"<code>{word}</code>" in page
        assert meaning in page


def test_how_anonymity_works_lists_every_check_of_the_command(client: FlaskClient) -> None:
    page = client.get("/how-anonymity-works").text
    assert "<code>pulse anonymity verify</code>" in page
    assert [statement for _, statement in CHECKS.values() if f"<li>{statement}</li>" not in page] == []


def test_the_footer_and_the_privacy_page_lead_to_how_anonymity_works(client: FlaskClient) -> None:
    assert client.get("/privacy").text.count('href="/how-anonymity-works"') == 2
    assert client.get("/sign-in").text.count('href="/how-anonymity-works"') == 1
