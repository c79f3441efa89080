"""Where mail goes: an SMTP server, a folder of .eml files, or nowhere, with the reason."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pulse.config import Settings
from pulse.messages.mail import Mail
from pulse.messages.smtp import SmtpMailer, server_from
from pulse.messages.transport import (
    Entered,
    MailDelayed,
    Mailer,
    MailRefused,
    MailUnavailable,
    domain_of,
    write,
)

__all__ = [
    "MailDelayed",
    "MailRefused",
    "MailUnavailable",
    "MailboxMailer",
    "Mailer",
    "NoMailer",
    "SmtpMailer",
    "mailbox_folder",
    "mailer_from",
]

NOT_SET_UP = "Mail is not set up: set MAIL_URL to smtp://user:password@host:587 and start again."


class NoMailer(Entered):
    """Mail is not set up."""

    def send(self, mail: Mail) -> None:  # noqa: ARG002 - the protocol's
        raise MailUnavailable(NOT_SET_UP)


class MailboxMailer(Entered):
    """Writes each mail as one .eml file, whole or not at all, readable by this account only."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self._sender = sender
        self._domain = domain_of(sender)

    def send(self, mail: Mail) -> None:
        content = write(mail, self._sender, self._domain)
        name = secrets.token_hex(16)  # random: names in order would show who was written to after whom
        unfinished = self.folder / f"{name}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
            unfinished.replace(self.folder / f"{name}.eml")
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise MailUnavailable(
                "The mail folder in MAIL_URL cannot be written to: check that it exists and has room."
            ) from error


def mailbox_folder(settings: Settings) -> Path | None:
    """The folder in a MAIL_URL such as mailbox:/folder; None when mail goes elsewhere."""
    scheme, _, rest = settings.mail_url.partition(":")
    return Path(rest.removeprefix("//")) if scheme == "mailbox" and rest else None


def mailer_from(settings: Settings) -> Mailer:
    """The mailer that MAIL_URL asks for; raises ConfigError in one sentence when it cannot be read."""
    if not settings.mail_url:
        return NoMailer()
    folder = mailbox_folder(settings)
    if folder is not None:
        return MailboxMailer(folder, settings.mail_from)
    return SmtpMailer(server_from(settings.mail_url), settings.mail_from)
