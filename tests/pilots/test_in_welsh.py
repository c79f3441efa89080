"""Pilots in Welsh: the pages speak it, what is tried and what is sent stays in English."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.accounts.identity import as_signed_in
from pulse.languages.choosing import current_language, speaking
from pulse.pilots.letters import letter_to
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.pilots.factories import make_pilot

WELSH = "cy"


def test_the_pages_of_pilots_speak_welsh(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    editor = make_account(Role.OD_EDITOR)
    pilot, _links = make_pilot(editor)
    browser = sign_in(client, editor)

    told = browser.get(f"/pilots/{pilot.id}?lang=cy").text
    assert '<html lang="cy"' in told
    assert "Profwyr" in told
    assert "Dechrau peilot" in browser.get("/pilots/new").text
    refused = browser.post("/pilots/new", data={"title": ""})
    assert "Rhowch deitl" in refused.text


def test_a_tester_reads_welsh_around_the_english_questions_and_the_choice_stays_in_addresses(
    client: FlaskClient,
) -> None:
    pilot, (link,) = make_pilot(make_account(Role.OD_EDITOR))

    told = client.get(f"/pilot/{link.token}?lang=cy").text

    assert "nid yw byth yn ddienw" in told
    for english in (pilot.questions[0]["text"], pilot.questions[0]["options"][0][1]):
        assert f'<span lang="en">{english}</span>' in told
    assert pilot.questions[0]["text"] in told
    assert f'action="/pilot/{link.token}?lang=cy"' in told
    assert "Rwyf wedi gorffen" not in client.get(f"/pilot/{link.token}").text


def test_a_letter_is_in_english_whatever_the_page_speaks_that_sends_it(app: Flask) -> None:
    editor = make_account(Role.OD_EDITOR)
    pilot, (link,) = make_pilot(editor)
    asker = as_signed_in(editor)

    with speaking(WELSH):
        assert current_language() == WELSH
        assert letter_to(link, pilot, asker, "https://x.example").text.startswith("Hello ")
        told = letter_to(link, pilot, asker, "https://x.example").text

    assert told == letter_to(link, pilot, asker, "https://x.example").text
