"""Pages about the service, and pages of accounts, in Welsh: what they say of it, and where they lead on."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.signing_in import COOKIE_FIELD
from pulse.languages import choosing
from pulse.languages.choosing import speaking
from pulse.languages.models import DRAFT
from pulse.languages.texts import PAGE, Text
from pulse.web.errors import error_page
from tests.accounts.factories import PASSWORD, make_account
from tests.languages.test_saying import say_ourselves

NOTICE = "pulse-drafts"
SERVICE = ("/privacy", "/how-anonymity-works", "/cookies", "/accessibility")


@pytest.mark.parametrize("address", SERVICE)
def test_a_page_about_the_service_can_be_switched_and_carries_the_language_on(
    client: FlaskClient, address: str
) -> None:
    say_ourselves(Text(PAGE, "Cookies"), "Cwcis ein cyngor")
    english, welsh = (client.get(f"{address}{asked}").text for asked in ("", "?lang=cy"))
    assert 'hreflang="cy"' in english
    assert "lang=cy" in english
    assert "Cwcis ein cyngor" not in english
    assert '<html lang="cy">' in welsh
    assert '<a href="/cookies?lang=cy">Cwcis ein cyngor</a>' in welsh


def test_a_draft_is_called_one_on_the_page_with_a_way_to_the_english(client: FlaskClient) -> None:
    say_ourselves(Text(PAGE, "Privacy"), "Preifatrwydd", DRAFT)
    assert NOTICE not in client.get("/privacy").text
    page = client.get("/privacy?lang=cy").text
    assert NOTICE in page
    assert page.index(NOTICE) < page.index("<h1")
    assert 'href="/privacy?lang=en"' in page


def test_an_error_page_with_a_draft_on_it_links_to_no_address_that_may_hold_a_code(app: Flask) -> None:
    with app.test_request_context("/a/somebodys-code"), speaking("cy"):
        say_ourselves(Text(PAGE, "Skip to main content"), "Neidio", DRAFT)
        page = app.make_response(error_page(404, "Dim", "Dim yma.")).get_data(as_text=True)
    assert NOTICE in page
    assert "somebodys-code" not in page


def test_signing_in_and_out_keeps_the_language_that_was_chosen_and_nothing_else(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    client.get("/sign-in?lang=cy")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    email = make_account().email
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    with client.session_transaction() as session:
        assert session[choosing.PARAMETER] == "cy"
        assert COOKIE_FIELD in session
        assert "planted" not in session
    client.post("/sign-out")
    assert '<html lang="cy">' in client.get("/sign-in").text
