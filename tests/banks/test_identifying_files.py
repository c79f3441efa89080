"""No file brings in what could tell who answers; the page says why in the words of the form."""

import json
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.banks.bringing_in import bring_in, preview
from pulse.banks.editing import retire_item
from pulse.banks.identifying import find_blocked
from pulse.banks.loading import get_supplied
from pulse.banks.revising import fingerprint
from pulse.banks.store import forget, get_library
from pulse.banks.writing import write_bank
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.banks.identified import ASKS, BANK, ED, WHY, let_in_before_the_rule, make_yaml, refused
from tests.banks.surveys import make_question, make_survey


def make_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "text", "scale"], ["Q1", "I am heard.", "agree5"], ["Q2", ASKS, "open"]):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "own.yaml": make_yaml,
    "own.csv": lambda: f"id,text,scale\nQ1,I am heard.,agree5\nQ2,{ASKS},open\n".encode(),
    "own.xlsx": make_xlsx,
    "own.lss": lambda: make_survey(**make_question("5", "T", "Please enter the number on your badge.")),
}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("name", FILES)
def test_no_file_brings_in_a_question_that_could_tell_who_answers(name: str) -> None:
    told = refused(lambda: preview(name, FILES[name]()))

    assert str(told).endswith(f": {WHY}")
    assert told.field == "file"


@pytest.fixture
def editor(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return sign_in(client, make_account(Role.OD_EDITOR))


def upload(client: FlaskClient, name: str, content: bytes) -> TestResponse:
    return client.post("/questions/import", data={"file": (BytesIO(content), name)})


def test_the_page_says_so_and_a_preview_that_was_tampered_with_keeps_nothing(editor: FlaskClient) -> None:
    page = upload(editor, "own.yaml", make_yaml())
    assert (page.status_code, WHY in page.text) == (422, True)

    documents = json.dumps({BANK: make_yaml().decode()})
    seen = fingerprint(get_library().bank(BANK))
    answer = editor.post(
        "/questions/import/keep",
        data={"documents": documents, f"seen-{BANK}": seen, "why": "x"},
        follow_redirects=True,
    )

    assert WHY in answer.text
    forget()
    assert get_library().bank(BANK) == get_supplied().bank(BANK)


@pytest.mark.usefixtures("app")
def test_a_scale_of_a_file_may_not_ask_who_somebody_is_either() -> None:
    content = "scales:\n  own:\n    kind: text\n    max_chars: 90\n    note: Please begin with your day.\n"
    asking = content.replace("begin with your day", "write your name").encode()

    assert str(refused(lambda: preview("scales.yaml", asking))) == f"own: {WHY}"
    assert preview("scales.yaml", content.encode()).documents.keys() == {"scales"}


@pytest.mark.usefixtures("app")
def test_what_was_let_in_before_the_rule_comes_back_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    let_in_before_the_rule(monkeypatch)
    before = get_library().bank(BANK)

    found = preview(f"{BANK}.yaml", write_bank(before).encode())
    assert bring_in(found.documents, {BANK: fingerprint(before)}, ED) == [BANK]
    retire_item(before.items[0].id, ED)
    assert find_blocked(get_library()) == []
