"""Any wave as people will see it: nothing can be sent, drafts of a translation are shown and said to be."""

import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from pulse.languages.standing import draft
from pulse.languages.texts import Text
from pulse.surveys.models import Programme
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.surveys.factories import make_programme

ASKED = [["PTA-01", "OPEN-01"], ["PTA-02"]]
MARKUP = "<i>Why</i>"


@pytest.fixture
def programme(app: Flask) -> Programme:
    return make_programme(rotation=ASKED, purpose=MARKUP, ask_leaders=True)


@pytest.fixture
def editor(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_account(Role.OD_EDITOR))


def test_each_wave_of_the_rotation_is_shown_with_minutes_and_cannot_be_sent(
    programme: Programme, editor: FlaskClient
) -> None:
    first = editor.get(f"/programmes/{programme.id}/preview").text
    assert "PTA-01" in first
    assert "preview--phone" in first
    assert "minute" in first
    assert 'method="post"' not in first
    assert MARKUP not in first
    second = editor.get(f"/programmes/{programme.id}/preview?wave=2&screen=desk").text
    assert 'name="PTA-02"' in second
    assert 'name="PTA-01"' not in second
    assert "preview--desk" in second


def test_in_welsh_drafts_are_shown_and_what_is_not_reviewed_is_counted(
    programme: Programme, editor: FlaskClient
) -> None:
    english = editor.get(f"/programmes/{programme.id}/preview").text
    source = "I have permission to act when I see a better way."
    assert source in english
    words = "Mae gennyf ganiatad i weithredu."
    draft("cy", Text("item PTA-01", source), words, "", None, datetime.now(UTC), seen=0)
    welsh = editor.get(f"/programmes/{programme.id}/preview?language=cy").text
    assert words in welsh
    assert source not in welsh
    assert "are not reviewed in this language" in welsh


@pytest.mark.parametrize("query", ["wave=99&language=xx&screen=tv", "wave=x", f"wave={10**30}"])
def test_nonsense_shows_the_next_wave_in_english(
    programme: Programme, editor: FlaskClient, query: str
) -> None:
    shown = editor.get(f"/programmes/{programme.id}/preview?{query}")
    assert shown.status_code == 200
    assert 'name="PTA-01"' in shown.text
    assert editor.get("/programmes/999/preview").status_code == 404


@pytest.mark.both_databases
def test_on_paper_it_says_that_it_is_not_counted(programme: Programme, editor: FlaskClient) -> None:
    answer = editor.get(f"/programmes/{programme.id}/preview/paper.pdf")
    assert answer.content_type == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "is not counted" in " ".join(text.split())
    assert "permission to act" in " ".join(text.split())
