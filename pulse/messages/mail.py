"""A mail is a value; turning it into bytes is a pure matter of RFC 5322. Who sends it is in `mailers`."""

import binascii
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache

#: RFC 5321 section 4.5.3.1: no path is longer
_LONGEST_ADDRESS = 254
#: RFC 5322 section 2.1.1: no line is longer
_LONGEST_LINE = 998
#: the form browsers accept in `<input type=email>`: no quotes, spaces, commas or comments that could hide a
#: second recipient
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PLAIN = re.compile(r"[\t\r\n\x20-\x7e]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


class BadMailError(ValueError):
    """The mail cannot be written so that it reaches this one recipient and nobody else."""


@dataclass(frozen=True)
class Mail:
    """One plain-text letter to one person. Its repr shows no recipient and no link, so that no log can."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    #: what it is, such as "invitation"; for counts, never sent
    kind: str
    #: opaque, and the same whenever the same letter is tried again, so that a double can be told; "": none.
    #: At most 64 letters, figures and dashes
    reference: str = field(default="", repr=False)


def as_bytes(mail: Mail, sender: str, message_id_domain: str, now: datetime | None = None) -> bytes:
    """The message as RFC 5322 has it: UTF-8 plain text, CRLF line ends, nothing personal in it but `To`.

    The Message-ID is the mail's reference, or random: without that reference's key it leads to no row. A
    server that looks can drop another mail with the same one. Raises BadMailError when `mail.to` or `sender`
    is not one e-mail address.
    """
    body, encoding = _encode_body(mail.text)
    head = (
        f"From: {_sender_header(sender)}\r\n"
        f"To: {check_address(mail.to)}\r\n"
        f"Subject: {_subject_header(mail.subject)}\r\n"
        f"Date: {format_datetime(now or datetime.now(UTC))}\r\n"
        f"Message-ID: <{mail.reference or secrets.token_hex(16)}@{message_id_domain}>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode("ascii") + body


def check_address(given: str) -> str:
    """The one e-mail address in `given`, its domain in ASCII; raises BadMailError.

    Control characters are not stripped but refused: a second header would begin after one.
    """
    local, at, domain = given.strip(" ").rpartition("@")
    try:
        address = f"{local}{at}{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        address = ""
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise BadMailError("This is not one e-mail address: write it as person@example.gov.uk.")
    return address


def sender_address(sender: str) -> str:
    """The bare address in a sender such as "Pulse <pulse@example.org>"; raises BadMailError."""
    return check_address(parseaddr(_CONTROL.sub(" ", sender))[1])


@lru_cache(maxsize=8)
def _sender_header(sender: str) -> str:
    """Quoted or encoded as the display name needs; the same for every mail of a process."""
    name = parseaddr(_CONTROL.sub(" ", sender))[0]
    return formataddr((name, sender_address(sender)))


@lru_cache(maxsize=32)
def _subject_header(subject: str) -> str:
    """One logical line, whatever the programme is called; encoded only where it is not plain."""
    line = " ".join(_CONTROL.sub(" ", subject).split())
    charset = "us-ascii" if line.isascii() and "=?" not in line else "utf-8"
    return Header(line, charset, header_name="Subject").encode(linesep="\r\n")


def _encode_body(text: str) -> tuple[bytes, str]:
    """As it is when every mail server can carry it, else quoted-printable (RFC 2045)."""
    lines = _LINE_END.split(text.removesuffix("\n"))
    body = "\r\n".join(lines) + "\r\n"
    if _PLAIN.fullmatch(body) and max(map(len, lines)) <= _LONGEST_LINE:
        return body.encode("ascii"), "7bit"
    return binascii.b2a_qp(body.encode("utf-8"), istext=True), "quoted-printable"
