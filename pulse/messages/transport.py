"""What every mailer promises, and the three ways in which a mail does not leave.

No message of an error here holds what the server replied: replies quote the recipient, and errors reach logs.
"""

from types import TracebackType
from typing import Protocol, Self

from pulse.config import ConfigError
from pulse.messages.mail import BadMailError, Mail, as_bytes, sender_address

#: how a letter can travel; what each is set up with is in `mailers`
EMAIL, TEXT, LETTER = "email", "text", "letter"


class MailRefused(Exception):
    """This mail will never reach this recipient; others may."""


class MailUnavailable(Exception):
    """Mail cannot leave now, for anybody; try all of it again later.

    `perhaps_taken`: the connection was lost while the mail was handed over, so the server may have it.
    """

    def __init__(self, sentence: str, *, perhaps_taken: bool = False) -> None:
        super().__init__(sentence)
        self.perhaps_taken = perhaps_taken


class MailDelayed(MailUnavailable):
    """Only this recipient has to be tried again later (a full or greylisting mailbox); others may go on."""


class Mailer(Protocol):
    """Sends mail one by one; as a context manager it holds one connection for all of them."""

    #: it says later what became of a mail, by its reference: whoever sends keeps the SHA-256 of that
    calls_back: bool

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, mail: Mail) -> None:
        """Hand the mail over; returns when it was taken. Raises MailRefused or MailUnavailable."""
        ...

    def was_taken(self, reference: str) -> bool | None:
        """Whether a mail with this reference was taken before; None if this carrier cannot tell.

        Asked before a letter is sent again that a worker may have handed over just before it died. Raises
        MailUnavailable.
        """
        ...


class Forgetful:
    """A mailer that cannot tell what it took, now or later: SMTP has no such question."""

    calls_back = False

    def was_taken(self, reference: str) -> bool | None:  # noqa: ARG002 - the protocol's
        return None


class Entered(Forgetful):
    """A mailer with nothing to open or close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def write(mail: Mail, sender: str, domain: str) -> bytes:
    """The bytes to send; raises MailRefused for a recipient that no header can carry."""
    try:
        return as_bytes(mail, sender, domain)
    except BadMailError as error:
        raise MailRefused(str(error)) from None


def domain_of(sender: str) -> str:
    """The sender's domain, for Message-IDs; raises ConfigError, because the sender is a setting."""
    try:
        return sender_address(sender).rpartition("@")[2]
    except BadMailError:
        raise ConfigError(
            "MAIL_FROM must be one e-mail address, such as Pulse <pulse@example.gov.uk>."
        ) from None
