"""Reading the folder that `MailboxMailer` writes: a mail client for the demo, never for real mail."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

#: what `MailboxMailer` writes; no dot, slash or drive letter can pass
_NAME = re.compile(r"[0-9a-f]{32}\.eml")
_LINK = re.compile(r"https?://[^\s<>\"]+")
#: ends a sentence, not a link
_AFTER_LINK = ".,;:!?)'"
#: as `mail.as_bytes` writes it: ASCII, on one line
_TO = re.compile(rb"^To: ([^\r\n]*)", re.MULTILINE)
_HEAD_BYTES = 2048


@dataclass(frozen=True)
class Envelope:
    """One mail as a list shows it."""

    name: str
    to: str
    subject: str
    written_at: datetime


@dataclass(frozen=True)
class Piece:
    """A stretch of a mail's text; `is_link` when it is an http address and nothing else."""

    text: str
    is_link: bool


@dataclass(frozen=True)
class Letter:
    """One mail as a page shows it."""

    envelope: Envelope
    sender: str
    pieces: list[Piece]


def list_envelopes(folder: Path, recipient: str = "", limit: int = 50) -> list[Envelope]:
    """The newest mails first, at most `limit`; with `recipient`, those whose recipient contains it."""
    wanted, found = recipient.strip().lower().encode(), []
    for written, path in sorted(_files(folder), reverse=True):
        head = _read_head(path)
        to = _TO.search(head)  # parsing costs twenty times as much, so only what is shown is parsed
        if to and wanted in to.group(1).lower():
            found.append(_envelope(path.name, _parse(head), written))
        if len(found) == limit:
            break
    return found


def find_letter(folder: Path, name: str) -> Letter | None:
    """The mail in the file `name`; None for any name that is not exactly one the mailer writes."""
    if not _NAME.fullmatch(name):
        return None
    path = folder / name
    try:
        if path.is_symlink():  # a planted link must not open a file elsewhere
            return None
        message = _parse(path.read_bytes())
        envelope = _envelope(name, message, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None
    return Letter(envelope, str(message["From"] or ""), split_links(message.get_content()))


def split_links(text: str) -> list[Piece]:
    """The text in pieces, each http address a piece of its own, so that a page can escape both."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        link = match.group().rstrip(_AFTER_LINK)
        pieces += [Piece(text[end : match.start()], False), Piece(link, True)]
        end = match.start() + len(link)
    pieces.append(Piece(text[end:], False))
    return [piece for piece in pieces if piece.text]


def _files(folder: Path) -> list[tuple[int, Path]]:
    """Each mail with the time it was written, in nanoseconds."""
    files = []
    for path in folder.glob("*.eml"):
        if _NAME.fullmatch(path.name) and not path.is_symlink():
            try:
                files.append((path.stat().st_mtime_ns, path))
            except FileNotFoundError:  # removed since it was listed
                continue
    return files


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES).partition(b"\r\n\r\n")[0]
    except FileNotFoundError:
        return b""


def _envelope(name: str, message: EmailMessage, written_ns: int) -> Envelope:
    return Envelope(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        written_at=datetime.fromtimestamp(written_ns / 1e9, UTC),
    )


def _parse(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    return message
