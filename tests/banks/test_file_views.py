"""Banks as files by the pages: what goes out comes back, and what a file would do is told first."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pulse.banks import queries
from pulse.banks.loading import get_supplied
from pulse.banks.store import forget, get_library
from pulse.banks.writing import write_bank
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in

BANK = "letting_go"


@pytest.fixture
def editor(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return sign_in(client, make_account(Role.OD_EDITOR))


def upload(client: FlaskClient, name: str, content: bytes) -> TestResponse:
    return client.post("/questions/import", data={"file": (BytesIO(content), name)})


def keep(client: FlaskClient, preview: TestResponse, why: str = "From the file") -> str:
    """Send the preview on, as its button does."""
    fields = re.findall(r'name="(documents|seen-[a-z_]+)" value="([^"]*)"', preview.text)
    answer = client.post(
        "/questions/import/keep",
        data={name: unescape(value) for name, value in fields} | {"why": why},
        follow_redirects=True,
    )
    forget()
    return unescape(answer.text)


@pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx", "lss"])
def test_what_is_taken_away_and_brought_back_changes_nothing(ending: str, editor: FlaskClient) -> None:
    content = editor.get(f"/questions/{BANK}/download.{ending}").data

    shown = upload(editor, f"{BANK}.{ending}", content)

    assert "7 questions as they are" in shown.text
    assert "The file is brought in" in keep(editor, shown)
    assert get_library().bank(BANK) == get_supplied().bank(BANK)


def test_what_a_file_does_to_the_bank_itself_is_told_first_and_another_kind_of_score_refused(
    editor: FlaskClient,
) -> None:
    text = write_bank(get_supplied().bank(BANK))
    lead_in = get_supplied().bank(BANK).lead_in
    assert "need: 3" in text

    shown = upload(
        editor, f"{BANK}.yaml", text.replace("need: 3", "need: 2").replace(lead_in, "Go on.").encode()
    )
    assert "Read first: changed" in shown.text
    assert "How many to answer: <del>3</del><br><ins>2</ins>" in shown.text
    assert "The file is brought in" in keep(editor, shown)
    assert {item.wording for item in get_library().bank(BANK).items} == {2}

    other = text.replace("method: mean\n", "method: mean_of_facets\n    need_facets: 1\n")
    assert "score of another kind" in upload(editor, f"{BANK}.yaml", other.encode()).text


def test_a_file_raises_wordings_adds_and_retires(editor: FlaskClient) -> None:
    text = write_bank(get_supplied().bank(BANK))
    text = text.replace("kinder", "nicer")
    new = 'LET-90\n        text: "I like to share the work."\n        note: "our own"'
    added = text.replace("      - id: LET-02", f"      - id: {new}\n      - id: LET-02")

    shown = upload(editor, "letting_go.yaml", added.encode())
    assert "LET-02: another term" in shown.text
    assert "LET-90: new" in shown.text
    keep(editor, shown)

    assert get_library().item("LET-02").wording == 2
    assert "LET-90" in get_library()
    keep(editor, upload(editor, "letting_go.yaml", text.encode()))
    assert get_library().item("LET-90").retired


def test_a_file_that_changes_what_is_asked_needs_a_reason_and_is_shown_again_until_it_has_one(
    editor: FlaskClient,
) -> None:
    text = write_bank(get_supplied().bank(BANK))
    shown = upload(editor, f"{BANK}.yaml", text.replace("kinder", "nicer").encode())

    again = keep(editor, shown, why=" ")
    assert "Say why: whoever looks for what is changed here will want to know." in again
    assert "LET-02: another term" in again
    assert queries.list_newest() == ()

    ours = 'LET-90\n        text: "I like to share the work."\n        note: "{}"\n      - id: LET-02'
    new, noted = (text.replace("LET-02", ours.format(note), 1) for note in ("Our own", "From the unions"))
    for harmless in (text, new, noted):
        assert "brought in" in keep(editor, upload(editor, f"{BANK}.yaml", harmless.encode()), why="")


def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(editor: FlaskClient) -> None:
    assert "must end in .yaml, .csv, .xlsx or .lss" in upload(editor, "questions.pdf", b"x").text
    entities = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><document>&b;</document>'
    assert "declares entities" in upload(editor, "a.lss", entities).text
    assert "Choose a file" in editor.post("/questions/import", data={}).text
    assert queries.list_newest() == ()


def test_what_was_changed_meanwhile_is_not_written_over(editor: FlaskClient) -> None:
    content = write_bank(get_supplied().bank(BANK)).encode()
    shown = upload(editor, "letting_go.yaml", content)
    keep(editor, upload(editor, "letting_go.yaml", content.replace(b"kinder", b"nicer")))

    assert "Somebody else has changed this bank meanwhile" in keep(editor, shown)


@pytest.mark.parametrize(
    "documents",
    [
        *("", "[]", "3", "null", "[1]", "[" * 100_000, '{"x": "\\ud800"}', '{"scales": "\\ud800"}'),
        *(json.dumps({"x": text}) for text in (1, "bank: y", "[" * 1000, "bank: y\nsections: [3]")),
        *(json.dumps({"scales": text}) for text in (None, "3", "scales: {a: 3}", "bank: y", "[" * 1000)),
    ],
)
def test_a_preview_that_was_tampered_with_is_refused(documents: str, editor: FlaskClient) -> None:
    answer = editor.post("/questions/import/keep", data={"documents": documents}, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.text.count("govuk-notification-banner__heading") == 1
    assert "The file is brought in" not in answer.text
    assert queries.list_newest() == ()
