"""The studio's forms: the answer stands where the eye is, and nothing need be known from memory."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.banks.creating import copy_bank, create_bank
from pulse.banks.proposing import next_question
from pulse.banks.store import forget, get_library
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.banks.test_shaping import ED

BANK = "weir_six"


@pytest.fixture
def editor(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    copy_bank(BANK, ED)
    return sign_in(client, make_account(Role.OD_EDITOR))


def send(client: FlaskClient, path: str, **typed: object) -> TestResponse:
    answer = client.post(path, data=typed)
    forget()
    return answer


def make_question(**typed: object) -> dict[str, object]:
    """The form of a new question as a browser would send it."""
    fields = {"id": "OWN-01", "section": "people", "scale": "agree5", "audience": "staff", "note": "our own"}
    return fields | {"text": "I am heard here."} | typed


def make_edit(client: FlaskClient, **typed: object) -> dict[str, object]:
    """The form of PEO-04."""
    html = client.get("/questions/items/PEO-04/edit").text
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', html)
    assert seen
    item = get_library().item("PEO-04")
    fields = {name: getattr(item, name) for name in ("text", "section", "scale", "audience", "note")}
    return fields | {"na": "y", "sources": list(item.sources), "seen": seen[1]} | typed


def seen_in(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def hides(html: str, element_id: str) -> bool:
    found = re.search(rf'<div id="{element_id}"[^>]*>', html)
    assert found
    return " hidden" in found[0]


def test_what_a_change_means_stands_before_the_fields_with_the_choice_and_takes_the_focus(
    editor: FlaskClient,
) -> None:
    typed = make_edit(editor, text="What I know about this borough is put to good use.", check="1")
    html = send(editor, "/questions/items/PEO-04/edit", **typed).text

    [answer] = re.findall(r'<section[^>]*id="weighed"[^>]*>.*?</section>', html, re.DOTALL)
    assert "autofocus" in answer
    assert 'tabindex="-1"' in answer
    assert all(f'name="{name}"' in answer for name in ("declared", "why"))
    assert html.index(answer) < html.index('name="text"')
    assert html.count('name="why"') == 1


def test_of_a_refused_change_the_summary_takes_the_focus(editor: FlaskClient) -> None:
    typed = make_edit(editor, text="What I know about this borough is put to good use.")
    answer = send(editor, "/questions/items/PEO-04/edit", **typed)

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert "autofocus" not in answer.text


def test_a_check_of_the_wording_says_so_when_there_is_no_remark(editor: FlaskClient) -> None:
    html = send(editor, f"/questions/{BANK}/new", **make_question(check="1")).text

    assert "No remark on the wording. Nothing is saved yet." in seen_in(html)
    assert re.search(r'id="findings"[^>]*tabindex="-1" autofocus', html)


@pytest.mark.parametrize(
    "path",
    [
        "new-bank",
        f"{BANK}/new",
        f"{BANK}/pairs/new",
        f"{BANK}/measures/new",
        f"{BANK}/headings",
        "answers/new",
    ],
)
def test_a_form_that_is_refused_answers_with_422_and_a_summary(editor: FlaskClient, path: str) -> None:
    answer = send(editor, f"/questions/{path}", id="?", why="")

    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_a_reason_to_keep_the_wording_is_asked_only_when_there_is_a_remark(editor: FlaskClient) -> None:
    assert hides(editor.get(f"/questions/{BANK}/new").text, "keep-wording")
    assert hides(editor.get("/questions/items/PEO-04/edit").text, "keep-wording")
    double = make_question(text="My manager listens and acts.", check="1")
    html = send(editor, f"/questions/{BANK}/new", **double).text
    assert not hides(html, "keep-wording")
    assert "data-may-keep" in send(editor, "/questions/wording", text="My manager listens and acts.",
                                   scale="agree5").text  # fmt: skip


def test_of_a_question_that_may_not_be_asked_no_reason_to_keep_it_is_asked(editor: FlaskClient) -> None:
    typed = make_question(text="What is your job title?", scale="open", check="1")

    assert hides(send(editor, f"/questions/{BANK}/new", **typed).text, "keep-wording")


def test_sources_are_chosen_from_those_there_are_and_keep_their_order(editor: FlaskClient) -> None:
    before = get_library().item("PEO-04").sources
    html = editor.get("/questions/items/PEO-04/edit").text
    ticked = re.findall(r'name="sources" type="checkbox" value="([^"]+)" checked', html)
    assert ticked == list(before)
    assert html.count('name="sources"') == len(get_library().sources)

    answer = send(
        editor, "/questions/items/PEO-04/edit", **make_edit(editor, sources=["W-PEO-1", *reversed(before)])
    )
    assert answer.status_code == 303
    assert get_library().item("PEO-04").sources == (*before, "W-PEO-1")


def test_a_source_that_is_not_there_is_refused_at_its_field(editor: FlaskClient) -> None:
    answer = send(editor, f"/questions/{BANK}/new", **make_question(sources=["NO-1"]))

    assert answer.status_code == 422
    assert '<a href="#sources">Choose sources from the list' in answer.text


def test_the_next_free_id_is_proposed_under_the_heading_of_the_last_question(editor: FlaskClient) -> None:
    library = get_library()
    assert next_question(library, library.bank(BANK)) == ("AST-07", "assets")
    assert next_question(library, library.bank("treated_as_assets")) == ("TAA-G3", "global")
    create_bank("thanks", "Being thanked", "x", "Thanks", ED)
    forget()

    for own_id in ("OWN-01", "OWN-02"):
        html = editor.get("/questions/thanks/new").text
        assert re.search(rf'id="id"[^>]*value="{own_id}"', html)
        assert send(editor, "/questions/thanks/new", **make_question(id=own_id, section="thanks",
                    text=f"I am thanked for work of sort {own_id[-1]}.")).status_code == 303  # fmt: skip


def test_what_a_bank_is_about_is_shown_as_it_was_written(editor: FlaskClient) -> None:
    create_bank("thanks", "Being thanked", "x", "Thanks", ED)

    assert "About: x " in seen_in(editor.get("/questions/thanks").text)


def test_the_buttons_that_move_a_question_name_it_and_are_buttons_of_the_product(editor: FlaskClient) -> None:
    html = editor.get(f"/questions/{BANK}").text

    assert "Move down PEO-01" in seen_in(html)
    assert re.search(r'class="govuk-button govuk-button--secondary" name="to" value="up"', html)


def test_each_version_stands_with_its_reason_in_a_row_of_its_own(editor: FlaskClient) -> None:
    told = seen_in(editor.get(f"/questions/{BANK}/history").text)

    assert f"Version 1 as supplied Why: {ED.why}" in told
