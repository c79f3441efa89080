"""The letters of a pilot: one for each link, and said where one did not leave."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.messages.mail import Mail
from pulse.messages.transport import Entered, MailRefused, MailUnavailable
from pulse.pilots import letters, piloting, queries
from pulse.pilots.models import PilotTester
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.pilots.factories import JO, SAM, make_pilot

MARKUP = "<b>bold</b>"


class Server(Entered):
    """Takes mail, except to Jo, who meets `trouble`."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.tried: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.tried.append(mail)
        if self.trouble is not None and mail.to == JO.email:
            raise self.trouble


@pytest.fixture
def editor(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return sign_in(client, make_account(Role.OD_EDITOR))


def press(editor: FlaskClient, tester: PilotTester, seen: str) -> str:
    address = f"/pilots/{tester.pilot_id}/testers/{tester.id}/send"
    return editor.post(address, data={"seen": seen}, follow_redirects=True).text


def test_a_letter_says_that_it_is_never_anonymous_who_reads_it_and_what_follows(app: Flask) -> None:
    asker = make_account(Role.OD_EDITOR, full_name="Ed\r\nBcc: x@example.org")
    pilot, (link,) = make_pilot(asker, title=f"New\nBcc: y@example.org {MARKUP}", note=MARKUP)
    mail = letters.letter_to(link, pilot, asker, "https://pulse.example.org")  # type: ignore[arg-type]
    for words in (
        "This is not a survey, and it is never anonymous",
        "Ed Bcc: x@example.org and everybody here who looks after the questions",
        "until one of them deletes the pilot",
        MARKUP,
        f"https://pulse.example.org/pilot/{link.token}\n",
    ):
        assert words in mail.text
    assert mail.subject == f"Please try some questions: New Bcc: y@example.org {MARKUP}"
    assert link.token not in repr(mail) + repr(link.tester)


@pytest.mark.parametrize(
    ("trouble", "told", "tries", "sentence"),
    [
        (None, ["Jo Tester", "Sam Tester"], 2, "Sent: 2 letters."),
        (MailRefused(), ["Sam Tester"], 2, "refused the address of Jo Tester"),
        (
            MailUnavailable("Set MAIL_URL."),
            [],
            1,
            "No letter has left to Jo Tester, Sam Tester. Set MAIL_URL.",
        ),
        (
            MailUnavailable("Gone.", perhaps_taken=True),
            ["Jo Tester"],
            1,
            "Ask Jo Tester whether the letter came",
        ),
    ],
)
def test_what_became_of_each_letter_is_told_and_a_server_that_is_away_is_tried_once(
    app: Flask,
    editor: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception | None,
    told: list[str],
    tries: int,
    sentence: str,
) -> None:
    server = Server(trouble)
    monkeypatch.setattr(letters, "mailer_from", lambda _settings: server)
    form = {
        "title": "T",
        "item_ids": "PTA-01",
        "closes_on": datetime.now(UTC).date().isoformat(),
    }
    form["bank_id"] = ""
    form["testers"] = "\n".join(f"{each.name}, {each.email}" for each in (JO, SAM))
    page = editor.post("/pilots/new", data=form, follow_redirects=True).text
    assert sentence in page
    assert len(server.tried) == tries
    ((pilot, _, _),) = queries.list_pilots()
    assert [each.name for each in queries.list_testers(pilot.id) if each.told_at is not None] == told
    editor.post("/pilots/new", data=form)
    assert len(server.tried) == tries


def test_a_link_is_sent_again_once_however_often_it_is_pressed_and_never_when_closed(
    app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, (pilot, (link,)) = Server(), make_pilot()
    monkeypatch.setattr(letters, "mailer_from", lambda _settings: server)
    seen = piloting.mark_of(link.tester)
    assert "Sent: 1 letter." in press(editor, link.tester, seen)
    assert "sent again a moment ago" in press(editor, link.tester, seen)
    piloting.close_pilot(pilot.id, datetime.now(UTC))
    assert "so no link was sent" in press(editor, link.tester, piloting.mark_of(link.tester))
    assert len(server.tried) == 1
