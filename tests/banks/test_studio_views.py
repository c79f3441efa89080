"""The studio's pages: what an editor is told before anything is kept, and what is kept."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import queries
from pulse.banks.loading import get_supplied
from pulse.banks.store import forget, get_library
from pulse.domain.instrument.changing import Change
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in

BANK = "weir_six"
SPELLING, TERM, MEANING = (str(int(each)) for each in (Change.SPELLING, Change.TERM, Change.MEANING))


@pytest.fixture
def editor(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return sign_in(client, make_account(Role.OD_EDITOR))


def page(client: FlaskClient, path: str, **typed: object) -> str:
    """What a reader sees of a page; with `typed`, of the answer to a form."""
    answer = client.post(path, data=typed, follow_redirects=True) if typed else client.get(path)
    forget()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def form_of(client: FlaskClient, item_id: str, **typed: str) -> dict[str, object]:
    """The form of a question as a browser would send it, with what was typed over it."""
    html = client.get(f"/questions/items/{item_id}/edit").get_data(as_text=True)
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', html)
    assert seen
    item = get_library().item(item_id)
    values = {"text": item.text, "section": item.section, "scale": item.scale, "audience": item.audience}
    flags = {name: "y" for name in ("reverse", "na", "reserve") if getattr(item, name)}
    return values | flags | {"sources": list(item.sources), "seen": seen[1], "note": item.note} | typed


def edit(client: FlaskClient, item_id: str, **typed: str) -> str:
    return page(client, f"/questions/items/{item_id}/edit", **form_of(client, item_id, **typed))


def versions() -> dict[str, int]:
    return dict(queries.list_newest())


def test_a_question_that_goes_under_another_heading_tells_which_measures_change_and_asks_why(
    editor: FlaskClient,
) -> None:
    told = edit(editor, "PEO-04", section="development", check="1")
    assert "It counts in “People” no more" in told
    assert "It counts in “Development” from the next wave on" in told

    assert "Say why: it counts in other measures then" in edit(editor, "PEO-04", section="development")
    assert versions() == {}
    assert "PEO-04 is saved" in edit(editor, "PEO-04", section="development", why="It fits there")
    assert get_library().item("PEO-04").section == "development"


def test_a_supplied_bank_is_made_ones_own_by_a_button(editor: FlaskClient) -> None:
    assert "As supplied" in page(editor, f"/questions/{BANK}")

    told = page(editor, f"/questions/{BANK}/copy", why="To word it our way")

    assert "yours to change now" in told
    assert "Changed here" in told
    assert versions() == {BANK: 1}


def test_what_an_edit_means_is_told_before_it_is_kept(editor: FlaskClient) -> None:
    told = edit(editor, "PEO-04", text="What I know about this borough is put to good use.", check="1")

    assert "One term is another now" in told
    assert "It counts in “People”" in told
    assert "664 in all" in told
    assert versions() == {}


def test_an_edit_is_kept_only_when_its_kind_was_chosen(editor: FlaskClient) -> None:
    text = "What I know about this borough is put to good use."

    assert "Choose what kind of change this is" in edit(editor, "PEO-04", text=text)
    assert "Say why the new term means the same" in edit(editor, "PEO-04", text=text, declared=TERM)
    assert versions() == {}
    assert "PEO-04 is saved" in edit(editor, "PEO-04", text=text, declared=TERM, why="We say borough")

    assert get_library().item("PEO-04").wording == 2


def test_another_question_is_saved_under_its_own_id(editor: FlaskClient) -> None:
    told = edit(editor, "PEO-02", text="My job changes the place where I live.", declared=MEANING)

    assert "PEO-06 is saved as a question of its own, and PEO-02 is retired" in told


def test_of_two_editors_the_second_sees_both_versions_and_loses_nothing(editor: FlaskClient) -> None:
    mine = form_of(editor, "PEO-01", text="I am treated as a full person at work.", declared=TERM, why="x")
    edit(editor, "PEO-01", text="I am treated as an entire person at work.", declared=MEANING)

    for pressed in ({"declared": MEANING}, {"declared": SPELLING}, {"declared": ""}, {"check": "1"}):
        told = page(editor, "/questions/items/PEO-01/edit", **(mine | pressed))

        assert "Somebody else has changed this since you opened it" in told
        assert "Error:" not in told
    assert get_library().item("PEO-01").retired
    assert versions() == {BANK: 1}


def test_markup_is_shown_as_text_and_a_question_of_5000_characters_is_refused(editor: FlaskClient) -> None:
    new = {"id": "OWN-01", "section": "people", "scale": "agree5", "audience": "staff", "note": "our own"}

    assert "Write up to 160 characters" in page(editor, f"/questions/{BANK}/new", **new, text="x" * 5000)
    page(editor, f"/questions/{BANK}/new", **new, text="<script>alert(1)</script> is fine here.")

    html = editor.get(f"/questions/{BANK}").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_remarks_on_the_wording_may_be_overridden_with_a_reason_that_is_shown(editor: FlaskClient) -> None:
    new = {"id": "OWN-02", "section": "people", "scale": "agree5", "audience": "staff", "note": "our own"}
    text = "My manager listens and acts."

    assert "on the wording" in page(editor, f"/questions/{BANK}/new", **new, text=text, check="1")
    assert versions() == {}
    told = page(editor, f"/questions/{BANK}/new", **new, text=text, waive="one habit, our managers say")

    assert "was overridden: one habit, our managers say" in told


def test_remarks_come_while_one_types(editor: FlaskClient) -> None:
    typed = {"text": "My manager listens and acts.", "scale": "agree5"}

    assert "1 remark on the wording" in page(editor, "/questions/wording", **typed)
    assert page(editor, "/questions/wording", **(typed | {"text": "I am heard."})) == ""
    own = {"text": get_supplied().item("PEO-01").text, "scale": "agree5"}
    assert page(editor, "/questions/wording?id=PEO-01", **own) == ""
    assert "remark" in page(editor, "/questions/wording", **own)
    assert page(editor, "/questions/wording", text="{nothing}", scale="none") == ""


def test_a_question_that_could_tell_who_answers_is_refused(editor: FlaskClient) -> None:
    new = {"id": "OWN-03", "section": "people", "scale": "open", "audience": "staff", "note": "our own"}

    page(editor, f"/questions/{BANK}/new", **new, text="What is your job title?", waive="we want it")

    assert versions() == {}


def test_questions_are_moved_retired_and_offered_again(editor: FlaskClient) -> None:
    page(editor, "/questions/items/PEO-02/move", to="up")
    assert [item.id for item in get_library().bank(BANK).items][:2] == ["PEO-02", "PEO-01"]

    assert "Say why it is retired" in page(editor, "/questions/items/PEO-02/retire", why="")
    page(editor, "/questions/items/PEO-02/retire", why="Nobody knows what it asks")
    page(editor, "/questions/items/PEO-02/retire", why="Nobody knows, says a second editor")
    assert get_library().item("PEO-02").retired
    page(editor, "/questions/items/PEO-02/retire", why="It was us", again="1")

    assert not get_library().item("PEO-02").retired


def test_a_bank_of_ones_own_begins_with_a_heading(editor: FlaskClient) -> None:
    bank = {"title": "Being thanked", "id": "thanks", "section": "Thanks", "about": "thanks"}

    assert "Add its questions now" in page(editor, "/questions/new-bank", **bank)
    assert "There is a bank called thanks already" in page(editor, "/questions/new-bank", **bank)
    assert "small letters" in page(editor, "/questions/new-bank", **(bank | {"id": "../etc"}))


def test_the_organisations_words_are_set_once_for_every_question(editor: FlaskClient) -> None:
    html = editor.get("/questions/words").get_data(as_text=True)
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', html)
    assert seen
    words = {
        "seen": seen[1],
        "terms": "approach = neighbourhood working",
        "swaps": "local people = residents",
    }

    assert "charts are marked" in page(editor, "/questions/words", **words)
    assert "Line 1: write two words" in page(editor, "/questions/words", **(words | {"swaps": "residents"}))
    assert "{approach} is not a term of your organisation" in page(
        editor, "/questions/words", **(words | {"terms": ""}), why="x"
    )
    assert versions() == {}
    told = page(editor, "/questions/words", **words, why="We say residents")

    assert "will read otherwise" in told
    assert get_library().fill("local people") == "residents"


def test_the_history_tells_who_what_and_why_and_goes_back(editor: FlaskClient) -> None:
    edit(
        editor, "PEO-04", text="What I know about this borough is put to good use.", declared=TERM, why="Ours"
    )

    told = page(editor, f"/questions/{BANK}/history")
    assert "PEO-04: another term" in told
    assert "Ours" in told
    compared = page(editor, f"/questions/{BANK}/compare?before=0&after=1")
    assert "about the local area" in compared
    assert "about this borough" in compared
    page(editor, f"/questions/{BANK}/restore/0", why="Back")

    again = get_library().item("PEO-04")
    assert (again.text, again.wording) == (get_supplied().item("PEO-04").text, 3)
    assert "no such version" in page(editor, f"/questions/{BANK}/compare?before=9&after=1")


@pytest.mark.parametrize(
    "path", ["/questions/items/NO-1/edit", "/questions/nothing/new", "/questions/no/history"]
)
def test_what_is_not_there_is_told_in_a_sentence(editor: FlaskClient, path: str) -> None:
    told = page(editor, f"/questions/{path}")

    assert "There is no such" in told or "There is no question" in told
