"""The pages of questions in Welsh; what is kept, and what is taken away, speaks English all the same."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.banks import queries
from pulse.banks.loading import get_supplied
from pulse.banks.writing import write_bank
from pulse.domain.sentences import Sentence
from pulse.languages.choosing import speaking
from pulse.languages.sentences import say
from tests.banks.test_file_views import BANK, editor, keep, upload

__all__ = ["editor"]  # the fixture
SLIP = "bank: ours\ntitle: Ours\nversion: one\nbogus: 1\n"


@pytest.fixture
def welsh(editor: FlaskClient) -> FlaskClient:
    editor.get("/questions/?lang=cy")
    return editor


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/questions/", "Cwestiynau"),
        ("/questions/?q=manager", "Daethpwyd o hyd i "),
        (f"/questions/{BANK}", "Fel y\u2019i darparwyd."),
        (f"/questions/{BANK}/history", "Hanes: "),
        (f"/questions/{BANK}/preview", "Rhagolwg o "),
        ("/questions/import", "Dod â ffeil i mewn"),
    ],
)
def test_a_page_speaks_welsh(address: str, heading: str, welsh: FlaskClient) -> None:
    shown = unescape(welsh.get(address).text)

    assert 'lang="cy"' in shown
    assert heading in shown


def test_remarks_on_a_wording_are_said_in_welsh_with_the_words_that_were_typed(welsh: FlaskClient) -> None:
    shown = unescape(
        welsh.post("/questions/wording", data={"text": "What is your age?", "scale": "agree5"}).text
    )

    assert "Mae\u2019n gofyn am hyn: oedran." in shown
    assert "For example" not in shown


def test_what_is_wrong_with_a_file_is_said_in_welsh_with_its_place(welsh: FlaskClient) -> None:
    shown = unescape(upload(welsh, "ours.yaml", SLIP.encode()).text)

    assert "ours.yaml, llinell 3: version: “one” sydd yno" in shown
    assert "(1 arall i\u2019w gywiro ar ei ôl)" in shown


def test_a_problem_of_the_whole_library_is_said_in_welsh(welsh: FlaskClient) -> None:
    text = write_bank(get_supplied().bank(BANK)).replace("scale: agree5", "scale: agree6")

    shown = unescape(upload(welsh, f"{BANK}.yaml", text.encode()).text)

    assert "nid yw\u2019r raddfa “agree6” yn scales.yaml" in shown


@pytest.mark.parametrize("ending", ["yaml", "csv", "lss"])
def test_what_is_taken_away_is_the_same_in_every_language(ending: str, editor: FlaskClient) -> None:
    address = f"/questions/{BANK}/download.{ending}"

    assert editor.get(f"{address}?lang=cy").data == editor.get(f"{address}?lang=en").data


def test_what_an_editor_keeps_on_a_welsh_page_is_kept_in_english(welsh: FlaskClient) -> None:
    told = keep(welsh, upload(welsh, "ours.csv", b"id,text,scale\nOUR-1,I am heard.,agree5\n"))

    assert "Daethpwyd â\u2019r ffeil i mewn." in told
    [(kept, _who)] = queries.list_revisions("ours")
    assert kept.what == "from a file"
    assert "brought in from a file; say where it comes from" in kept.content
    assert "o ffeil" in welsh.get("/questions/ours/history").text


def test_a_sentence_says_its_pieces_too(app: Flask) -> None:
    asked = Sentence(
        "It asks for %(what)s, so an answer could be traced to one person.", what=Sentence("age")
    )

    assert say(asked) == asked == "It asks for age, so an answer could be traced to one person."
    with speaking("cy"):
        assert say(asked) == "Mae\u2019n gofyn am hyn: oedran. Felly gellid olrhain ateb i un person."
