"""The pages of a pilot: said first that it is never anonymous, and whatever is typed is shown as text."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from pulse.banks.store import get_library
from pulse.pilots import queries
from pulse.pilots.asking import MOST_QUESTIONS
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
    } | values


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
        ("title", " \t ", "Give the pilot a title."),
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
    assert "OPEN-01: Shorten this to 2,000 characters or fewer: nothing has been kept yet." in answer.text
    assert queries.list_comments_of(link.tester.id) == []


def test_a_closed_pilot_and_a_wrong_link_take_nothing(app: Flask, editor: FlaskClient) -> None:
    pilot, (link,) = make_pilot()
    editor.post(f"/pilots/{pilot.id}/close")
    tester = app.test_client()
    shut = tester.post(f"/pilot/{link.token}", data={"meaning-PTA-01": "late"})
    assert (shut.status_code, "This pilot has closed" in shut.text) == (410, True)
    assert tester.get("/pilot/wrong").status_code == 404
    assert queries.list_comments(pilot.id) == []


def test_deleting_is_asked_first(editor: FlaskClient) -> None:
    pilot, _links = make_pilot()
    assert "Delete “New questions”?" in editor.get(f"/pilots/{pilot.id}/delete").text
    assert len(queries.list_pilots()) == 1
    editor.post(f"/pilots/{pilot.id}/delete")
    assert queries.list_pilots() == []


def boxes(item_ids: list[str], text: str) -> dict[str, str]:
    return {f"{box}-{item_id}": text for item_id in item_ids for box in ("meaning", "remark")}


def test_the_longest_comments_on_the_most_questions_are_taken(app: Flask) -> None:
    ids = [item.id for item in get_library().all_items()][:MOST_QUESTIONS]
    pilot, (link,) = make_pilot(item_ids=tuple(ids))
    typed = boxes(ids, "\N{GRINNING FACE}" * 2000).items()
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in typed
    ]
    answer = app.test_client().post(
        f"/pilot/{link.token}",
        data="".join([*parts, "--x--\r\n"]).encode(),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 303
    assert len(queries.list_comments(pilot.id)) == MOST_QUESTIONS
    assert 'enctype="multipart/form-data"' in app.test_client().get(f"/pilot/{link.token}").text


def test_questions_look_as_staff_see_them_and_no_answer_is_inside_the_form(app: Flask) -> None:
    _pilot, (link,) = make_pilot()
    page = app.test_client().get(f"/pilot/{link.token}").text
    form = page[page.index("<form") : page.index("</form>")]
    assert page.count("<form") == 1
    assert page.count('type="radio"') == 6
    assert not re.search('type="radio"|govuk-textarea', form)
    assert re.search(r"<fieldset[^>]* disabled>\s*<div[^>]*data-screen=\"OPEN-01\"", page)
    assert all(f'name="{name}" form="comments"' in page for name in boxes(["PTA-01", "OPEN-01"], ""))


def test_both_windows_words_are_shown_where_they_clash(app: Flask) -> None:
    _pilot, (link,) = make_pilot()
    tester, address = app.test_client(), f"/pilot/{link.token}"
    tester.post(address, data={"meaning-PTA-01": "Mine first"})
    answer = tester.post(address, data={"meaning-PTA-01": "Mine second"})
    assert answer.status_code == 409
    assert "Mine first" in answer.text
    assert "Mine second" in answer.text
    (seen,) = re.findall(r'name="seen-PTA-01" value="(\w+)"', answer.text)
    tester.post(address, data={"meaning-PTA-01": "Mine second", "seen-PTA-01": seen})
    page = tester.get(address).text
    assert ("Mine first" in page, "Mine second" in page) == (False, True)


def test_what_was_typed_is_handed_back_when_the_database_is_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_hash: bytes) -> None:
        raise OperationalError("", {}, Exception())

    _pilot, (link,) = make_pilot()
    monkeypatch.setattr(queries, "find_tester", away)
    answer = app.test_client().post(f"/pilot/{link.token}", data={"meaning-PTA-01": f"Mine {MARKUP}"})
    assert answer.status_code == 503
    assert "Mine &lt;script&gt;" in answer.text


def test_no_log_holds_the_link_of_a_tester(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("gunicorn.error").error("Error handling request %s", "/pilot/abc123?x=1")
    assert caplog.messages == ["Error handling request /pilot/[hidden]?x=1"]


def test_a_tester_who_joins_later_is_sent_a_letter_and_a_wrong_one_is_taken_out(
    app: Flask, editor: FlaskClient
) -> None:
    pilot, (link,) = make_pilot()
    before, path = len(letters(app)), f"/pilots/{pilot.id}"

    for _press in range(2):
        answer = editor.post(path, data={"testers": "Late, late@example.org"}, follow_redirects=True)
    assert answer.status_code == 422
    assert "The address of Late is in this pilot already" in answer.text
    assert len(letters(app)) == before + 1
    assert "One a line" in editor.post(path, data={"testers": "nobody"}).text

    answer = editor.post(f"{path}/testers/{link.tester.id}/remove", follow_redirects=True)
    assert "taken out" in answer.text
    assert [tester.name for tester in queries.list_testers(pilot.id)] == ["Late"]


def test_of_two_presses_of_take_out_the_second_says_that_it_is_done(editor: FlaskClient) -> None:
    pilot, (link,) = make_pilot()
    path = f"/pilots/{pilot.id}/testers/{link.tester.id}/remove"
    editor.post(path)
    assert "This tester is not in the pilot any more." in editor.post(path, follow_redirects=True).text
    assert editor.post("/pilots/999/testers/1/remove").status_code == 404
