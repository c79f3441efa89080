"""Somebody answers in Welsh: the same answers, and no trace of the language in anything that is kept."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks.store import get_library
from pulse.responses.sealing import open_envelope
from pulse.surveys import queries as surveys
from tests.languages.factories import WELSH
from tests.languages.reviewed import forget_pages, review_all, welsh, withdraw
from tests.responses.answering import CLOSED, FILLED, OPEN, SHEET, Open, csrf_of
from tests.results.factories import Site, make_council, make_quarterly, make_sent_wave
from tests.support.rows import all_rows


def make_open_in_welsh(site: Site, *, reviewed: bool = True) -> Open:
    forget_pages()
    council = make_council()
    programme = make_quarterly(rotation=[[*CLOSED, OPEN]], languages=[WELSH])
    texts = review_all(programme)
    if not reviewed:
        withdraw(next(text for text in texts if text.context == "item PTA-01"))
    return Open(site, council, make_sent_wave(site, programme))


@pytest.fixture
def opened(site: Site) -> Open:
    return make_open_in_welsh(site)


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)"', page)
    assert found
    return found[1]


def links_to_other_languages(page: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)" lang="\w+" hreflang', page)


def test_the_first_page_offers_welsh_and_says_the_survey_in_it(opened: Open, client: FlaskClient) -> None:
    programme = surveys.get_wave(opened.wave_id).programme
    english = client.get(f"/a/{opened.token}").text
    assert (language_of(english), welsh(programme.name) in english) == ("en", False)
    assert links_to_other_languages(english) == [f"/a/{opened.token}?lang=cy"]

    page = client.get(f"/a/{opened.token}?lang=cy").text
    assert language_of(page) == "cy"
    assert welsh(programme.name) in page
    assert welsh(programme.purpose) in page
    assert links_to_other_languages(page) == [f"/a/{opened.token}?lang=en"]
    assert f"/r/{programme.results_key}?lang=cy" in page


def test_answers_in_welsh_are_the_very_sheet_that_english_makes_and_nothing_keeps_the_language(
    opened: Open, client: FlaskClient
) -> None:
    first = client.get(f"/a/{opened.token}?lang=cy").text
    began = client.post(f"/a/{opened.token}?lang=cy", data={"csrf_token": csrf_of(first)})
    assert began.location == "/survey?lang=cy"
    form = client.get(began.location).text
    assert language_of(form) == "cy"
    assert links_to_other_languages(form) == []  # whoever left would lose what they chose
    assert welsh(get_library().item("TAA-G1").text) in html.unescape(form)

    before = all_rows()
    answers = {"csrf_token": csrf_of(form)} | FILLED | {OPEN: "Mwy o amser."}
    sent = client.post("/survey?lang=cy", data=answers)
    assert (sent.status_code, sent.location.endswith("&lang=cy")) == (303, True)
    thanks = client.get(sent.location)
    assert language_of(thanks.text) == "cy"

    [envelope] = all_rows()["envelope"]
    key = opened.site.keyring.load_wave_key(opened.wave_id)
    sheet = open_envelope(bytes(envelope["sealed"]), key)
    assert (sheet.answers, sheet.comments, sheet.attributes) == (SHEET, {OPEN: "Mwy o amser."}, {})
    after = all_rows()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"envelope", "invitation"}
    [was, now] = [
        next(row for row in rows["invitation"] if row["person_id"] == opened.person_id)
        for rows in (before, after)
    ]
    assert {name for name in now if now[name] != was[name]} == {"spent"}
    cookies = " ".join(began.headers.getlist("Set-Cookie") + thanks.headers.getlist("Set-Cookie"))
    with client.session_transaction() as session:
        assert (WELSH not in cookies.replace("=", " ").split(), "lang" in session) == (True, False)


def test_the_same_answers_in_two_languages_are_one_sheet_and_envelopes_of_one_size(
    opened: Open, app: Flask
) -> None:
    people = [i for i, voter in opened.council.people.items() if (voter.unit, voter.leads) == ("A1", False)]
    for person, lang in zip(people[:2], ("", "?lang=cy"), strict=True):
        client, address = app.test_client(), f"/a/{opened.site.token(opened.wave_id, person)}{lang}"
        began = client.post(address, data={"csrf_token": csrf_of(client.get(address).text)})
        form = client.get(began.location).text
        assert client.post(began.location, data={"csrf_token": csrf_of(form)} | FILLED).status_code == 303
    key = opened.site.keyring.load_wave_key(opened.wave_id)
    sealed = [bytes(row["sealed"]) for row in all_rows()["envelope"]]
    assert len({len(one) for one in sealed}) == 1
    english, in_welsh = (open_envelope(one, key) for one in sealed)
    assert english == in_welsh
    assert english.answers == SHEET


def test_a_wrong_answer_is_told_in_welsh_with_the_typed_answers_kept(
    opened: Open, client: FlaskClient
) -> None:
    client.post(
        f"/a/{opened.token}?lang=cy", data={"csrf_token": csrf_of(client.get(f"/a/{opened.token}").text)}
    )
    form = client.get("/survey?lang=cy").text
    refused = client.post("/survey?lang=cy", data={"csrf_token": csrf_of(form), "PTA-01": "99", OPEN: "Wir."})
    assert (refused.status_code, language_of(refused.text)) == (422, "cy")
    assert "Wir." in refused.text


@pytest.mark.parametrize("wanted", ["xx", "cy'", "", "en"])
def test_a_language_that_nobody_speaks_stays_english(opened: Open, client: FlaskClient, wanted: str) -> None:
    page = client.get(f"/a/{opened.token}", query_string={"lang": wanted}).text
    assert (language_of(page), "Cym: " in page) == ("en", False)


def test_welsh_that_is_not_offered_stays_english_on_every_page(site: Site, client: FlaskClient) -> None:
    opened = make_open_in_welsh(site, reviewed=False)
    first = client.get(f"/a/{opened.token}?lang=cy").text
    began = client.post(f"/a/{opened.token}?lang=cy", data={"csrf_token": csrf_of(first)})
    pages = [first, client.get(f"{began.location}?lang=cy").text, client.get("/code?lang=cy").text]
    assert [(language_of(page), links_to_other_languages(page)) for page in pages] == [("en", [])] * 3


def test_codes_kiosks_results_and_closed_doors_speak_it_too(
    opened: Open, client: FlaskClient, app: Flask
) -> None:
    key = surveys.get_wave(opened.wave_id).programme.results_key
    for address in ("/code", f"/r/{key}", "/kiosk", f"/kiosk/{key}"):
        assert links_to_other_languages(app.test_client().get(address).text) == [f"{address}?lang=cy"]
        assert language_of(app.test_client().get(f"{address}?lang=cy").text) == "cy"
    kiosk = app.test_client().get(f"/kiosk/{key}?lang=cy").text
    assert f'action="/kiosk/{key}?lang=cy"' in kiosk
    assert f'data-kiosk="/kiosk/{key}"' in kiosk  # the next person begins in English again

    form = client.get(
        client.post(
            f"/a/{opened.token}", data={"csrf_token": csrf_of(client.get(f"/a/{opened.token}").text)}
        ).location
    ).text
    client.post("/survey", data={"csrf_token": csrf_of(form)} | FILLED)
    spent = client.get(f"/a/{opened.token}?lang=cy").text
    assert language_of(spent) == "cy"
