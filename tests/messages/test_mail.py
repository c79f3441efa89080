"""A mail as bytes: readable by every mail client, and never more headers than were meant."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse.messages.mail import BadMailError, Mail, as_bytes
from tests.messages.factories import SENDER, make_mail

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
]


def parse(mail: Mail, sender: str = SENDER) -> EmailMessage:
    message = message_from_bytes(as_bytes(mail, sender, "example.org"), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_a_mail_reads_back_as_it_was_written() -> None:
    message = parse(make_mail())
    assert message["To"] == "jo.bloggs@example.org"
    assert message["From"] == SENDER
    assert message["Subject"] == "Staff survey: your questions"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == make_mail().text


def test_the_date_is_the_one_given() -> None:
    content = as_bytes(make_mail(), SENDER, "example.org", datetime(2027, 3, 28, 9, 0, tzinfo=UTC))
    assert b"\r\nDate: Sun, 28 Mar 2027 09:00:00 +0000\r\n" in content


@pytest.mark.parametrize(
    "text",
    [
        "Arolwg staff: sut mae'r gwaith? Tŷ, dŵr.\n",
        "a line that ends in a blank \nand one\ttab\n",
        "x" * 5000 + "\n",
        ".\n..\nFrom here\n",
        "\n",
    ],
)
def test_every_text_survives_the_way(text: str) -> None:
    content = as_bytes(make_mail(text=text), SENDER, "example.org")
    assert parse(make_mail(text=text)).get_content().replace("\r\n", "\n") == text
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_lines_end_in_crlf_whatever_they_ended_in() -> None:
    content = as_bytes(make_mail(text="one\ntwo\r\nthree\rfour"), SENDER, "example.org")
    assert content.endswith(b"\r\n\r\none\r\ntwo\r\nthree\r\nfour\r\n")


def test_a_subject_in_welsh_reads_back() -> None:
    subject = (
        "Arolwg staff Cyngor Sir Ynys Môn: eich cwestiynau am y tŷ a'r dŵr, gwanwyn dwy fil dau ddeg saith"
    )
    assert parse(make_mail(subject=subject))["Subject"] == subject


def test_a_sender_with_an_accent_or_a_comma_reads_back() -> None:
    assert parse(make_mail(), "Cyngor Môn <pulse@example.org>")["From"] == "Cyngor Môn <pulse@example.org>"
    message = parse(make_mail(), '"Council, Staff Survey" <pulse@example.org>')
    assert [address.addr_spec for address in message["From"].addresses] == ["pulse@example.org"]


def test_only_the_planned_headers_are_written_and_only_one_holds_the_recipient() -> None:
    message = parse(make_mail())
    assert message.keys() == HEADERS
    assert [name for name, value in message.items() if "bloggs" in value] == ["To"]


def test_the_kind_is_not_sent() -> None:
    assert b"reminder" not in as_bytes(make_mail(kind="reminder"), SENDER, "example.org")


def test_message_ids_differ_and_end_in_the_domain() -> None:
    ids = {parse(make_mail())["Message-ID"] for _ in range(20)}
    assert len(ids) == 20
    assert all(message_id.endswith("@example.org>") for message_id in ids)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x00", "\x85", "\u2028"])
def test_a_subject_cannot_begin_another_header(end: str) -> None:
    message = parse(make_mail(subject=f"Survey{end}Bcc: all@example.org{end}{end}Body"))
    assert message.keys() == HEADERS
    assert message["Subject"] == "Survey Bcc: all@example.org Body"


@pytest.mark.parametrize(
    "to",
    [
        "jo@example.org\r\nBcc: all@example.org",
        "jo@example.org\nSubject: other",
        "jo@example.org, all@example.org",
        "jo@example.org;all@example.org",
        "Jo <jo@example.org>",
        '"jo bloggs"@example.org',
        "jo@exam ple.org",
        "jo",
        "@example.org",
        "jo@",
        "jo@-example.org",
        "jo@example..org",
        "jø@example.org",
        f"{'x' * 250}@example.org",
        "",
    ],
)
def test_a_recipient_that_is_not_one_address_is_refused(to: str) -> None:
    with pytest.raises(BadMailError, match="not one e-mail address"):
        as_bytes(make_mail(to=to), SENDER, "example.org")


def test_a_recipient_in_a_domain_with_an_accent_is_written_in_ascii() -> None:
    assert parse(make_mail(to="jo@münchen.example"))["To"] == "jo@xn--mnchen-3ya.example"


@given(subject=st.text(max_size=300), text=st.text(max_size=300))
def test_no_subject_or_text_adds_a_header(subject: str, text: str) -> None:
    content = as_bytes(make_mail(subject=subject, text=text), SENDER, "example.org")
    head = content.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    assert [line.partition(b":")[0].decode() for line in head.split(b"\r\n")] == HEADERS


def test_a_mail_shown_in_a_log_shows_neither_recipient_nor_link() -> None:
    shown = repr(make_mail())
    assert "bloggs" not in shown
    assert "/a/" not in shown
