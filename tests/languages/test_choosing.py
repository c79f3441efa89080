"""Which language a page speaks, and where the choice is kept: in a session of an account, else nowhere."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, redirect, render_template_string, url_for
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from pulse.db import db
from pulse.languages.choosing import for_everybody, offer, said_whole, speaking
from pulse.languages.saying import gettext
from pulse.web.access import allow_everyone
from tests.conftest import make_settings


def make_pages(*, public: bool, whole: bool = False, offers: tuple[str, ...] = ()) -> Blueprint:
    """Two pages, the first of which leads to the second and has the switch."""
    name = f"pages{public:d}{whole:d}{len(offers)}"
    pages = Blueprint(name, __name__, url_prefix=f"/{name}")
    allow_everyone(pages)
    if public:
        for_everybody(pages)
    if whole:
        said_whole(pages)

    @pages.get("/first")
    def first() -> str:
        if offers:
            offer(offers)
        return render_template_string(
            '{{ current_language() }} {{ _("Change") }} {{ url_for(".second") }} '
            '{% include "web/languages.html" %}{{ "kept" if session }}'
        )

    @pages.get("/onward")
    def onward() -> ResponseReturnValue:
        return redirect(url_for(".second"))

    @pages.get("/second")
    def second() -> str:
        return gettext("Change")

    return pages


@pytest.fixture
def site(app: Flask, request: pytest.FixtureRequest) -> Iterator[tuple[str, FlaskClient]]:
    """An application with these pages besides its own, and a browser."""
    from pulse.app import create_app

    pages = make_pages(**request.param)
    other = create_app(make_settings(app.config["PULSE"].home, database_url=app.config["PULSE"].database_url))
    other.register_blueprint(pages)
    with other.app_context():
        yield f"{pages.url_prefix}/first", other.test_client()
        db.session.remove()
        db.engine.dispose()  # its connections are its own


ACCOUNT = {"public": False, "whole": True}
HALF = {"public": False}
OFFERED = {"public": True, "offers": ("cy",)}
NOT_OFFERED = {"public": True}


@pytest.mark.parametrize("site", [ACCOUNT], indirect=True)
def test_an_account_keeps_a_language_chosen_where_the_address_only_leads_on(
    site: tuple[str, FlaskClient],
) -> None:
    address, browser = site
    assert browser.get(address.replace("first", "onward") + "?lang=cy", follow_redirects=True).text == "Newid"


@pytest.mark.parametrize("site", [ACCOUNT], indirect=True)
def test_a_page_for_accounts_is_switched_and_the_session_keeps_it(site: tuple[str, FlaskClient]) -> None:
    address, browser = site
    assert browser.get(address).text.startswith("en Change")
    switched = browser.get(f"{address}?lang=cy").text
    assert switched.startswith("cy Newid")
    assert "second?lang" not in switched
    assert browser.get(address).text.startswith("cy Newid")
    assert browser.get(f"{address}?lang=en").text.startswith("en Change")


@pytest.mark.parametrize("site", [HALF], indirect=True)
def test_a_page_not_all_of_whose_words_are_in_the_catalogue_is_not_switched(
    site: tuple[str, FlaskClient],
) -> None:
    address, browser = site
    shown = browser.get(f"{address}?lang=cy").text
    assert shown.startswith("en Change")
    assert "Cymraeg" not in shown


@pytest.mark.parametrize("site", [OFFERED], indirect=True)
def test_a_public_page_keeps_the_choice_in_its_addresses_and_nowhere_else(
    site: tuple[str, FlaskClient],
) -> None:
    address, browser = site
    switched = browser.get(f"{address}?lang=cy&from=a&from=b")
    assert switched.text.startswith("cy Newid")
    assert "/second?lang=cy" in switched.text
    assert "?from=a&amp;from=b&amp;lang=en" in switched.text
    assert "kept" not in switched.text
    assert "Set-Cookie" not in switched.headers
    assert browser.get(address).text.startswith("en Change")


@pytest.mark.parametrize("site", [NOT_OFFERED], indirect=True)
def test_a_language_that_is_not_offered_is_not_spoken(site: tuple[str, FlaskClient]) -> None:
    address, browser = site
    shown = browser.get(f"{address}?lang=cy").text
    assert shown.startswith("en Change")
    assert "lang=cy" not in shown


@pytest.mark.parametrize("site", [ACCOUNT, OFFERED], indirect=True)
@pytest.mark.parametrize("asked", ["xx", "", "cy-GB", "<script>", "c" * 3000])
def test_nonsense_is_english(site: tuple[str, FlaskClient], asked: str) -> None:
    address, browser = site
    shown = browser.get(address, query_string={"lang": asked}).text
    assert shown.startswith("en Change")
    assert "<script>" not in shown
    assert len(shown) < 1000


def test_a_letter_speaks_what_it_is_told_to(app: Flask) -> None:
    with speaking("cy"):
        assert gettext("Change") == "Newid"
    assert gettext("Change") == "Change"
