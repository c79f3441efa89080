"""GOV.UK Notify through its official client, against a server that answers as its documentation says."""

import logging
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulse.messages import notify as module
from pulse.messages.mailers import MailboxMailer, carriers_from
from pulse.messages.notify import NotifyMailer
from pulse.messages.transport import MailDelayed, MailRefused, MailUnavailable
from tests.conftest import make_settings
from tests.messages.factories import make_mail
from tests.messages.notify_server import KEY, TEMPLATES, Notify, serving

#: channel -> a recipient
TO = {
    "email": "jo.bloggs@example.org",
    "text": "+447700900123",
    "letter": "Jo Bloggs\n1 Sample Road\nSampleton\nZZ1 1ZZ",
}
LINK = "http://localhost/a/abcdefgh"
REFERENCE = "opaque" * 5


@pytest.fixture
def notify() -> Iterator[Notify]:
    with serving() as running:
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits as long for a reply as the tests can."""
    monkeypatch.setattr(module, "TIMEOUT", 0.3)


def send(notify: Notify, channel: str = "text", **changes: str) -> None:
    with NotifyMailer(notify.settings(), channel) as mailer:
        mailer.send(make_mail(**({"to": TO[channel], "reference": "r1"} | changes)))


def test_a_mail_is_sent_with_its_template_its_two_fields_and_its_reference(notify: Notify) -> None:
    send(notify, "email")
    (taken,) = notify.taken
    assert (taken["kind"], taken["template_id"]) == ("email", TEMPLATES["email"])
    assert (taken["email_address"], taken["reference"]) == ("jo.bloggs@example.org", "r1")
    assert taken["personalisation"]["subject"] == "Staff survey: your questions"
    assert LINK in taken["personalisation"]["body"]


def test_a_text_goes_to_the_number(notify: Notify) -> None:
    send(notify, "text")
    assert (notify.taken[0]["kind"], notify.taken[0]["phone_number"]) == ("sms", "+447700900123")


def test_a_posted_letter_has_its_lines_in_the_envelope(notify: Notify) -> None:
    send(notify, "letter")
    fields = notify.taken[0]["personalisation"]
    lines = [fields[f"address_line_{n}"] for n in range(1, 5)]
    assert "\n".join(lines) == TO["letter"]
    assert "address_line_5" not in fields


def test_a_letter_without_a_reference_leaves_without_one(notify: Notify) -> None:
    send(notify, "email", reference="")
    assert "reference" not in notify.taken[0]


def test_the_template_is_looked_at_once_for_many_letters(notify: Notify) -> None:
    with NotifyMailer(notify.settings(), "text") as mailer:
        for number in range(3):
            mailer.send(make_mail(to=TO["text"], reference=f"r{number}"))
    assert [request.partition(" ")[0] for request in notify.requests] == ["GET", "POST", "POST", "POST"]


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        ("email", "jo at example.org"),
        ("text", "07700 900123"),
        ("letter", "Jo Bloggs\nZZ1 1ZZ"),
        ("letter", "\n".join("abcdefgh")),
    ],
)
def test_a_recipient_that_cannot_be_one_is_refused_before_anybody_is_asked(
    notify: Notify, channel: str, to: str
) -> None:
    with pytest.raises(MailRefused):
        send(notify, channel, to=to)
    assert notify.requests == []


#: trouble -> what is raised, what it says
RAISED: dict[str, tuple[type[Exception], str]] = {
    "bad recipient": (MailRefused, "refused this recipient for good"),
    "trial": (MailUnavailable, "that the service is live"),
    "team key": (MailUnavailable, "that the service is live"),
    "letters by team key": (MailUnavailable, "set it to a live key"),
    "archived": (MailUnavailable, "set it to a live key"),
    "rate": (MailUnavailable, "no more letters this minute"),
    "daily": (MailUnavailable, "no more letters today"),
    "broken": (MailUnavailable, "code 500"),
}


@pytest.mark.parametrize("trouble", RAISED)
def test_each_documented_error_is_what_it_means_and_is_not_tried_again_at_once(
    notify: Notify, trouble: str
) -> None:
    expected, words = RAISED[trouble]
    notify.troubles[""] = trouble
    with pytest.raises(expected, match=words) as raised:
        send(notify)
    assert not isinstance(raised.value, MailDelayed)
    assert getattr(raised.value, "perhaps_taken", False) is (trouble == "broken")
    assert len(notify.requests) == 2
    assert notify.taken == []


def test_a_number_abroad_that_the_service_may_not_text_holds_up_nobody_else(notify: Notify) -> None:
    notify.troubles["+33612345678"] = "abroad"
    with pytest.raises(MailRefused):
        send(notify, to="+33612345678")
    send(notify)
    assert len(notify.taken) == 1


def test_a_key_that_notify_does_not_know_says_which_setting_to_make(notify: Notify) -> None:
    settings = notify.settings(key=KEY[:-1] + "9")
    with NotifyMailer(settings, "text") as mailer, pytest.raises(MailUnavailable, match="NOTIFY_API_KEY"):
        mailer.send(make_mail(to=TO["text"]))


def test_a_template_that_does_not_fit_says_which_setting_to_make(notify: Notify) -> None:
    del notify.templates[TEMPLATES["sms"]]
    with pytest.raises(MailUnavailable, match="no template with the id in NOTIFY_TEXT_TEMPLATE"):
        send(notify)
    notify.templates[TEMPLATES["sms"]] = {"type": "email"}
    with pytest.raises(MailUnavailable, match="NOTIFY_TEXT_TEMPLATE is of another kind"):
        send(notify)
    notify.templates[TEMPLATES["letter"]]["personalisation"] = {"Subject": {}}
    with pytest.raises(MailUnavailable, match=r"NOTIFY_LETTER_TEMPLATE lacks a field: it needs \(\(body\)\)"):
        send(notify, "letter")
    assert notify.taken == []


@pytest.mark.usefixtures("impatient")
def test_a_reply_that_does_not_come_in_time_may_have_been_taken(notify: Notify) -> None:
    notify.before_reply = 1.0
    with pytest.raises(MailUnavailable, match="did not reply in time") as raised:
        send(notify)
    assert raised.value.perhaps_taken
    assert notify.references() == {"r1": 1}


@pytest.mark.usefixtures("impatient")
def test_a_template_that_is_not_told_of_in_time_has_carried_no_letter(notify: Notify) -> None:
    notify.before_answers = 1.0
    with pytest.raises(MailUnavailable, match="did not reply in time") as raised:
        send(notify)
    assert not raised.value.perhaps_taken


def test_a_connection_cut_after_taking_may_have_been_taken(notify: Notify) -> None:
    notify.cut_after = {1}
    with pytest.raises(MailUnavailable) as raised:
        send(notify)
    assert raised.value.perhaps_taken
    assert notify.references() == {"r1": 1}


def test_a_server_that_is_not_there_has_taken_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        absent = Notify(url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(MailUnavailable, match="cannot be reached") as raised:
            send(absent)
    assert not raised.value.perhaps_taken


def test_a_reply_that_is_not_notifys_is_one_sentence(notify: Notify) -> None:
    notify.garbled = True
    with pytest.raises(MailUnavailable, match="check NOTIFY_URL"):
        send(notify)


def test_notify_says_whether_it_has_a_letter(notify: Notify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRAGGLES", 0.05)
    send(notify)
    with NotifyMailer(notify.settings(), "text") as mailer:
        assert mailer.was_taken("r1") is True
        assert mailer.was_taken("r2") is False
    notify.garbled = True
    with NotifyMailer(notify.settings(), "text") as mailer, pytest.raises(MailUnavailable):
        mailer.was_taken("r1")


@pytest.mark.usefixtures("impatient")
def test_a_letter_still_on_its_way_when_its_worker_died_is_found(
    notify: Notify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its request reaches Notify after the next worker has asked for the first time."""
    notify.before_taking = 0.5
    with pytest.raises(MailUnavailable):
        send(notify)
    assert not notify.taken
    monkeypatch.setattr(module, "STRAGGLES", 0.6)
    with NotifyMailer(notify.settings(), "text") as mailer:
        assert mailer.was_taken("r1") is True


@pytest.mark.parametrize("trouble", [*RAISED, "no reply", "cut"])
def test_no_error_and_no_log_quotes_recipient_key_link_or_reference(
    notify: Notify, trouble: str, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.DEBUG)
    if trouble == "no reply":
        request.getfixturevalue("impatient")
    if trouble in RAISED:
        notify.troubles[""] = trouble
    notify.before_reply, notify.cut_after = (1.0 if trouble == "no reply" else 0.0), {1}
    with pytest.raises((MailRefused, MailUnavailable)) as raised:
        send(notify, reference=REFERENCE)
    if notify.taken:
        with NotifyMailer(notify.settings(), "text") as mailer:
            assert mailer.was_taken(REFERENCE)
    said = caplog.text + "".join(traceback.format_exception(raised.value)) + repr(notify.settings())
    for secret in ("7700900123", KEY, KEY[-36:], LINK, REFERENCE, "Not enough"):
        assert secret not in said


def test_settings_decide_what_each_channel_is_carried_by(notify: Notify, tmp_path: Path) -> None:
    all_set = make_settings(tmp_path, mail_url="notify:", notify=notify.settings())
    with carriers_from(all_set) as carriers:
        assert {type(carrier) for carrier in carriers.values()} == {NotifyMailer}
        carriers["letter"].send(make_mail(to=TO["letter"]))
    assert notify.taken[0]["kind"] == "letter"
    with carriers_from(make_settings(tmp_path, notify=notify.settings(letter_template=""))) as carriers:
        assert isinstance(carriers["email"], MailboxMailer)
        assert isinstance(carriers["text"], NotifyMailer)
        with pytest.raises(MailUnavailable, match="set NOTIFY_API_KEY and NOTIFY_LETTER_TEMPLATE"):
            carriers["letter"].send(make_mail())


def test_a_no_is_believed_no_sooner_than_one_would_wait_for_a_reply() -> None:
    assert module.STRAGGLES >= module.TIMEOUT == 30.0
