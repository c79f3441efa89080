"""The form: what is wrong is said with the typed answers kept; what is right is stored once."""

import html
import re

import pytest
from flask.testing import FlaskClient

from pulse.db import writing
from pulse.responses.sealing import Sheet, open_envelope
from pulse.surveys import queries as surveys
from tests.responses.answering import (
    CLOSED,
    FILLED,
    OPEN,
    SHEET,
    Open,
    count_stored,
    make_open,
    send,
    start,
    way_of,
)
from tests.results.factories import Site
from tests.support.rows import all_rows

#: each answer is claimed, sealed and stored from here
pytestmark = pytest.mark.both_databases


@pytest.fixture
def opened(site: Site) -> Open:
    return make_open(site)


def sheets(opened: Open) -> list[Sheet]:
    """What is in the box, opened with the wave's key."""
    key = opened.site.keyring.load_wave_key(opened.wave_id)
    return [open_envelope(bytes(row["sealed"]), key) for row in all_rows()["envelope"]]


def test_the_form_asks_each_question_with_nothing_chosen_and_writes_nothing(
    opened: Open, client: FlaskClient
) -> None:
    before = all_rows()
    page = start(client, opened.token)

    assert [name for name in CLOSED if f'name="{name}"' not in page] == []
    assert f'name="{OPEN}"' in page
    assert not re.search(r"<input[^>]*\schecked", page)
    assert opened.token not in page
    assert all_rows() == before


def test_answers_are_sealed_with_where_they_count_and_nobody_in_them(
    opened: Open, client: FlaskClient
) -> None:
    page = start(client, opened.token)
    sent = send(client, page, FILLED | {OPEN: "  More time.\r\nThank you 🙂 "})

    assert way_of(sent) == (303, "/survey/thanks")
    comments = {OPEN: "More time.\nThank you 🙂"}
    assert sheets(opened) == [Sheet(opened.council.units["A1"], SHEET, {}, comments)]
    assert "Your answers are in" in client.get(sent.location).text
    assert client.get_cookie("ballot") is None


def test_every_question_may_be_left_out_but_one(opened: Open, client: FlaskClient) -> None:
    assert send(client, start(client, opened.token), {"PTA-06": "2"}).status_code == 303
    assert [sheet.answers for sheet in sheets(opened)] == ["-2-----"]


def test_a_comment_alone_is_an_answer(opened: Open, client: FlaskClient) -> None:
    assert send(client, start(client, opened.token), {OPEN: "Only this."}).status_code == 303
    assert [sheet.answers for sheet in sheets(opened)] == ["-------"]


def test_sending_twice_stores_once_and_thanks_twice(opened: Open, client: FlaskClient) -> None:
    page = start(client, opened.token)
    first, second = send(client, page, FILLED), send(client, page, FILLED | {"PTA-01": "1"})

    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert count_stored() == (1, 1)
    assert [sheet.answers for sheet in sheets(opened)] == [SHEET]


WRONG: dict[str, tuple[object, str, str]] = {
    "an answer outside the scale": ([*FILLED.items(), ("SUR-01", "1"), ("TAA-G1", "6")], "TAA-G1", "Choose"),
    "a doubled answer": ([*FILLED.items(), ("PTA-06", "1")], "PTA-06", "Choose one of the answers shown"),
    "words for an answer": (FILLED | {"PTA-01": "agree"}, "PTA-01", "Choose one of the answers shown"),
    "does not apply where it cannot": (FILLED | {"PTA-01": "na"}, "PTA-01", "Choose one of the answers"),
    "an over-long text": (FILLED | {OPEN: "x" * 1001}, OPEN, "Shorten this to 1,000 characters or fewer."),
    "a text of control characters": (FILLED | {OPEN: "\x01" * 900}, OPEN, "it takes too much room."),
    "a text in three-byte letters and quotes": (
        FILLED | {OPEN: "€" * 500 + '"' * 500},
        OPEN,
        "it takes too much room.",
    ),
    "an empty form": ({OPEN: "  "}, "", "Answer at least one question, then send your answers."),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_form_says_so_on_top_keeps_what_was_typed_and_stores_nothing(
    wrong: str, opened: Open, client: FlaskClient
) -> None:
    answers, field, sentence = WRONG[wrong]
    answer = send(client, start(client, opened.token), answers)
    page = answer.text

    assert answer.status_code == 422
    assert "<title>Error: " in page
    summary = page.partition('govuk-error-summary"')[2].partition("</ul>")[0]
    assert sentence in summary
    if field:
        assert f'href="#{field}' in summary
        kept = {name: value for name, value in FILLED.items() if name != field}
        for name, value in kept.items():
            assert re.search(rf'<input[^>]*name="{name}"[^>]*value="{value}"[^>]*checked', page), name
    assert count_stored() == (0, 0)


def test_a_wrong_form_keeps_the_words_that_were_too_many(opened: Open, client: FlaskClient) -> None:
    words = "A <b>long</b> text & more. " * 40
    page = send(client, start(client, opened.token), {"PTA-01": "4", OPEN: words}).text

    assert words.strip() in html.unescape(page)
    assert "<b>long</b>" not in page


def test_a_text_of_a_thousand_letters_with_line_ends_fits_as_the_page_counts_it(
    opened: Open, client: FlaskClient
) -> None:
    """A browser counts a line end as one character and sends two."""
    text = "\r\n".join(["x" * 99] * 10)
    assert send(client, start(client, opened.token), {OPEN: text}).status_code == 303
    assert sheets(opened)[0].comments == {OPEN: text.replace("\r\n", "\n")}


@pytest.mark.parametrize("text", ['"' * 1000, "é" * 1000, "\\" * 1000, "\n" * 998 + "xx", "🙂" * 500])
def test_any_text_that_passes_fits_its_envelope(text: str, opened: Open, client: FlaskClient) -> None:
    assert send(client, start(client, opened.token), FILLED | {OPEN: text}).status_code == 303
    (row,) = all_rows()["envelope"]
    wave = surveys.get_wave(opened.wave_id)
    assert wave.sheet_bytes is not None
    assert len(row["sealed"]) == wave.sheet_bytes + 48


def test_a_form_without_its_token_is_refused_and_stores_nothing(opened: Open, client: FlaskClient) -> None:
    start(client, opened.token)
    assert client.post("/survey", data=FILLED).status_code == 400
    assert client.post("/survey", data=FILLED | {"csrf_token": "made-up"}).status_code == 400
    assert count_stored() == (0, 0)


def test_an_unknown_field_is_ignored(opened: Open, client: FlaskClient) -> None:
    assert send(client, start(client, opened.token), FILLED | {"unit_id": "1"}).status_code == 303
    assert sheets(opened)[0].unit_id == opened.council.units["A1"]


def test_only_people_who_lead_are_asked_and_can_answer_leaders_questions(
    site: Site, client: FlaskClient
) -> None:
    opened = make_open(site, ask_leaders=True)
    leader = next(i for i, voter in opened.council.people.items() if voter.leads)
    page = start(client, opened.token)
    assert "LDR-PTA-01" not in page
    send(client, page, FILLED | {"LDR-PTA-01": "5"})

    page = start(client, site.token(opened.wave_id, leader))
    assert 'name="LDR-PTA-01"' in page
    assert "You lead people." in page
    send(client, page, FILLED | {"LDR-PTA-01": "5"})
    assert sorted(sheet.answers[:8] for sheet in sheets(opened)) == [f"{SHEET}-", f"{SHEET}5"]


def test_without_a_cookie_the_form_says_where_to_begin(client: FlaskClient) -> None:
    page = client.get("/survey")
    assert page.status_code == 404
    assert "open the link in your mail again" in page.text


def set_state(opened: Open, state: str) -> None:
    with writing():
        surveys.get_wave(opened.wave_id).state = state


def test_a_form_sent_after_the_close_says_so_and_stores_nothing(opened: Open, client: FlaskClient) -> None:
    page = start(client, opened.token)
    set_state(opened, "closing")
    late = send(client, page, FILLED)

    assert late.status_code == 410
    assert "This survey has closed" in late.text
    assert count_stored() == (0, 0)


@pytest.mark.parametrize("when", ["before it was sent", "while it was being stored"])
def test_a_form_sent_to_a_wave_that_is_held_keeps_the_answers_until_it_is_open_again(
    when: str, opened: Open, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, filled = start(client, opened.token), FILLED | {OPEN: 'Say "yes" & <mean> it'}
    if when == "before it was sent":
        set_state(opened, "held")
        held = send(client, page, filled)
    else:
        with monkeypatch.context() as patched:
            patched.setattr(surveys, "lock_open_wave", lambda _wave_id: set_state(opened, "held"))
            held = send(client, page, filled)

    assert (held.status_code, count_stored()) == (503, (0, 0))
    assert "The survey is closed for now" in held.text
    given_back = fields_of(held.text)
    assert given_back == filled

    set_state(opened, "open")
    assert send(client, held.text, given_back).status_code == 303
    assert [(sheet.answers, sheet.comments[OPEN]) for sheet in sheets(opened)] == [(SHEET, filled[OPEN])]


def fields_of(page: str) -> dict[str, str]:
    """What the form on a page would send again, without its form token."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrf_token"}


@pytest.mark.parametrize("state", ["held", "closing"])
def test_the_form_of_a_wave_that_is_not_open_is_not_shown(
    state: str, opened: Open, client: FlaskClient
) -> None:
    start(client, opened.token)
    set_state(opened, state)
    status, told = {"held": (503, "closed for now"), "closing": (410, "has closed")}[state]
    page = client.get("/survey")
    assert (page.status_code, told in page.text) == (status, True)


def test_the_form_of_a_used_link_leads_to_the_thanks(opened: Open, client: FlaskClient) -> None:
    send(client, start(client, opened.token), FILLED)
    client.set_cookie("ballot", opened.token)
    again = client.get("/survey")
    assert way_of(again) == (303, "/survey/thanks")
