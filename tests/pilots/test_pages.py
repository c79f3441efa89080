"""The pages of a pilot: said first that it is never anonymous, and whatever is typed is shown as text."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.pilots import piloting, queries
from pulse.pilots.models import Pilot
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.pilots.factories import make_pilot, make_plan

pytestmark = pytest.mark.usefixtures("no_csrf")
MARKUP = "<script>alert('x')</script>"


@pytest.fixture
def no_csrf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def editor(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_account(Role.OD_EDITOR, full_name=f"Ed {MARKUP}"))


def letters(app: Flask) -> list[str]:
    folder = Path(app.config["PULSE"].mail_url.removeprefix("mailbox:"))
    files = sorted(folder.glob("*")) if folder.exists() else []
    return [text for path in files if "/pilot/" in (text := path.read_text(encoding="utf-8"))]


def typed(**values: str) -> dict[str, str]:
    plan = make_plan()
    return {
        "title": plan.title,
        "bank_id": "",
        "item_ids": "PTA-01",
        "testers": "Jo Tester, jo@example.org",
        "note": "",
        "closes_on": plan.closes_on.isoformat(),
        "once": plan.once,
    } | values


def only_pilot() -> Pilot:
    ((pilot, _testers, _finished),) = queries.list_pilots()
    return pilot


def test_each_tester_is_sent_one_letter_whose_link_leads_to_the_questions(
    app: Flask, editor: FlaskClient
) -> None:
    before = len(letters(app))
    form = typed(testers="Jo, jo1@example.org\nSam, sam1@example.org")
    for _press in range(2):
        assert editor.post("/pilots/new", data=form).status_code == 303
    sent = letters(app)[before:]
    assert len(sent) == 2
    link = re.search(r"/pilot/[\w-]+", sent[0].replace("=\n", ""))
    assert link is not None
    page = app.test_client().get(link.group()).text
    assert page.index("it is never anonymous") < page.index("what is this question asking?")
    assert MARKUP not in page
    assert "never anonymous" in sent[0].replace("=\n", "")


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("testers", "\n".join(f"T, t{n}@x.org" for n in range(13)), "12 testers at most"),
        ("item_ids", "NO-01", "There is no question"),
        ("closes_on", "2020-01-01", "This day is past"),
        ("title", "", "Give the pilot a title."),
    ],
)
def test_a_wrong_form_says_what_to_do_keeps_what_was_typed_and_makes_nothing(
    editor: FlaskClient, field: str, given: str, sentence: str
) -> None:
    answer = editor.post("/pilots/new", data=typed(**{field: given}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "jo@example.org" in answer.text or field == "testers"
    assert queries.list_pilots() == []


def test_what_a_tester_writes_stands_beside_their_name_as_text(app: Flask, editor: FlaskClient) -> None:
    pilot, (link,) = make_pilot()
    tester = app.test_client()
    written = {"meaning-PTA-01": MARKUP, "remark-PTA-01": "=1+1", "finish": "1"}
    assert tester.post(f"/pilot/{link.token}", data=written).status_code == 303
    page = editor.get(f"/pilots/{pilot.id}").text
    assert "Jo Tester" in page
    assert MARKUP not in page
    assert "&lt;script&gt;" in page
    assert "finished" in page
    table = editor.get(f"/pilots/{pilot.id}/comments.csv").text
    assert "'=1+1" in table


def test_a_comment_that_is_too_long_is_given_back_whole_and_not_kept(app: Flask) -> None:
    _pilot, (link,) = make_pilot()
    long = "x" * 2001
    answer = app.test_client().post(f"/pilot/{link.token}", data={"meaning-OPEN-01": long})
    assert answer.status_code == 422
    assert long in answer.text
    assert "OPEN-01: This is longer than 2000 characters: shorten it." in answer.text
    assert queries.list_comments_of(link.tester.id) == []


def test_a_closed_pilot_and_a_wrong_link_take_nothing(app: Flask, editor: FlaskClient) -> None:
    pilot, (link,) = make_pilot()
    editor.post(f"/pilots/{pilot.id}/close")
    tester = app.test_client()
    shut = tester.post(f"/pilot/{link.token}", data={"meaning-PTA-01": "late"})
    assert (shut.status_code, "This pilot has closed" in shut.text) == (410, True)
    assert tester.get("/pilot/wrong").status_code == 404
    assert queries.list_comments(pilot.id) == []


def test_a_letter_that_cannot_leave_is_said_and_can_be_sent_again(
    app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pulse.messages.mailers import NoMailer

    monkeypatch.setattr("pulse.pilots.letters.mailer_from", lambda settings: NoMailer())
    page = editor.post("/pilots/new", data=typed(), follow_redirects=True).text
    assert "No letter could be sent to Jo Tester" in page
    assert "no letter has left yet" in page
    monkeypatch.undo()
    app.config["WTF_CSRF_ENABLED"] = False
    pilot = only_pilot()
    (tester,) = queries.list_testers(pilot.id)
    address = f"/pilots/{pilot.id}/testers/{tester.id}/send"
    before = len(letters(app))
    for _press in range(2):
        editor.post(address, data={"seen": piloting.mark_of(tester) if not _press else "old"})
    assert len(letters(app)) == before + 1


def test_deleting_is_asked_first(editor: FlaskClient) -> None:
    pilot, _links = make_pilot()
    assert "Delete “New questions”?" in editor.get(f"/pilots/{pilot.id}/delete").text
    assert len(queries.list_pilots()) == 1
    editor.post(f"/pilots/{pilot.id}/delete")
    assert queries.list_pilots() == []
