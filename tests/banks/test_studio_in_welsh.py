"""The studio and the translation pages in Welsh; what they keep and give away speaks English all the same."""

import pytest
from flask.testing import FlaskClient

from pulse.banks import queries
from tests.banks.test_studio_views import BANK, MEANING, SPELLING, TERM, edit, editor, form_of, page

__all__ = ["editor"]  # the fixture
NEVER = "I am never treated as a whole person at work."
COMPLETE = "I am treated as a complete person at work."
NEW = {"id": "OWN-1", "section": "people", "scale": "agree5", "audience": "staff", "note": "Our own"}


@pytest.fixture
def welsh(editor: FlaskClient) -> FlaskClient:
    page(editor, f"/questions/{BANK}/copy", why="To word it our way")
    editor.get("/questions/?lang=cy")
    return editor


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/questions/new-bank", "Ychwanegu banc"),
        ("/questions/words", "Geiriau eich sefydliad"),
        (f"/questions/{BANK}/new", "Ychwanegu cwestiwn"),
        ("/questions/items/PEO-01/edit", "Newid PEO-01"),
        ("/questions/items/PEO-01/retire", "Tynnu PEO-01 yn ôl"),
        ("/translations/cy", "Popeth sydd i\u2019w gyfieithu"),
        ("/translations/cy/scales", "Atebion a graddfeydd: Cymraeg"),
        ("/translations/cy/scales/review", "Adolygu sawl testun"),
        ("/translations/cy/import", "Dod â ffeil gan gyfieithydd i mewn"),
    ],
)
def test_a_page_speaks_welsh(address: str, heading: str, welsh: FlaskClient) -> None:
    assert '<html lang="cy"' in welsh.get(address).text
    assert heading in page(welsh, address)


def test_a_question_in_its_own_words_is_marked_as_english_for_a_screen_reader(welsh: FlaskClient) -> None:
    asked = "I am treated as a whole person at work."
    assert f'<span lang="en">{asked}</span>' in welsh.get(f"/questions/{BANK}").text
    assert f'Nawr: <span lang="en">{asked}</span>' in welsh.get("/questions/items/PEO-01/edit").text

    welsh.get("/questions/?lang=en")
    assert f'lang="en">{asked}' not in welsh.get(f"/questions/{BANK}").text


def test_what_an_edit_means_is_told_in_welsh(welsh: FlaskClient) -> None:
    told = edit(welsh, "PEO-01", text=NEVER, check="1")

    assert "Cwestiwn arall yw hwn: mae “never” yn newid yr hyn a ofynnir." in told
    assert "chaiff PEO-01 ei dynnu\u2019n ôl" in told
    assert "Dewiswch pa fath o newid yw hwn" in edit(welsh, "PEO-01", text=NEVER)
    assert "Mae hyn yn fwy na sillafu: mae “never”" in edit(welsh, "PEO-01", text=NEVER, declared=SPELLING)


def test_what_is_refused_is_refused_in_welsh(welsh: FlaskClient) -> None:
    add = f"/questions/{BANK}/new"

    assert "Nid yw {no} yn un o dermau eich sefydliad" in page(
        welsh, add, **NEW, text="I feel {no} fear here."
    )
    assert "Mae\u2019n gofyn am hyn: oedran." in page(welsh, add, **NEW, text="What is your age?")
    assert "Nid oes cwestiwn NO-1" in page(welsh, "/questions/items/NO-1/edit")
    mine = form_of(welsh, "PEO-01", text=NEVER, declared=MEANING)
    edit(welsh, "PEO-01", text=COMPLETE, declared=TERM, why="They are one")
    assert "Mae rhywun arall wedi newid hyn" in page(welsh, "/questions/items/PEO-01/edit", **mine)


def test_the_history_of_acts_on_welsh_pages_is_kept_in_english(welsh: FlaskClient) -> None:
    told = edit(welsh, "PEO-01", text=COMPLETE, declared=TERM, why="They are one")
    assert "Cadwyd PEO-01." in told
    page(welsh, f"/questions/{BANK}/new", **NEW, text="I am heard by people here.")
    edit(welsh, "PEO-03", text="What I never use is valued here.", declared=MEANING)
    page(welsh, "/questions/items/PEO-02/retire", why="Nobody asks it")

    kept = [row.what for row, _who in queries.list_revisions(BANK)]

    assert kept == [
        "PEO-02: retired",
        "PEO-03: another question",
        "OWN-1: new",
        "PEO-01: another term",
        "as supplied",
    ]
    assert "PEO-02: wedi\u2019i dynnu\u2019n ôl" in page(welsh, f"/questions/{BANK}/history")


@pytest.mark.parametrize("group", ["staff", "scales", f"bank-{BANK}"])
def test_a_file_for_a_translator_is_the_same_in_every_language(group: str, editor: FlaskClient) -> None:
    address = f"/translations/cy/{group}/download.csv"

    assert editor.get(f"{address}?lang=cy").data == editor.get(f"{address}?lang=en").data
