"""Where letters go: an SMTP server, GOV.UK Notify, a folder of .eml files, or nowhere, with the reason."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pulse.config import Settings
from pulse.messages.mail import Mail
from pulse.messages.notify import NotifyMailer
from pulse.messages.smtp import SmtpMailer, server_from
from pulse.messages.transport import (
    EMAIL,
    LETTER,
    TEXT,
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
    "carriers_from",
    "mailbox_folder",
    "mailer_from",
]

NOT_SET_UP = "Mail is not set up: set MAIL_URL to smtp://user:password@host:587 and start again."
NO_TEXTS = "Texts are not set up: set NOTIFY_API_KEY and NOTIFY_TEXT_TEMPLATE and start again."
NO_POST = "Letters by post are not set up: set NOTIFY_API_KEY and NOTIFY_LETTER_TEMPLATE and start again."


class NoMailer(Entered):
    """A way to send that is not set up; `sentence` says which setting to make."""

    def __init__(self, sentence: str = NOT_SET_UP) -> None:
        self._sentence = sentence

    def send(self, mail: Mail) -> None:  # noqa: ARG002 - the protocol's
        raise MailUnavailable(self._sentence)


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
    if settings.mail_url == "notify:":
        return NotifyMailer(settings.notify, EMAIL)
    folder = mailbox_folder(settings)
    if folder is not None:
        return MailboxMailer(folder, settings.mail_from)
    return SmtpMailer(server_from(settings.mail_url), settings.mail_from)


@contextmanager
def carriers_from(settings: Settings) -> Iterator[Mapping[str, Mailer]]:
    """Channel -> who carries it, each holding its connection until the block ends; raises ConfigError.

    Every channel has one: what is not set up says so when something is sent.
    """
    with ExitStack() as held:
        yield {
            EMAIL: held.enter_context(mailer_from(settings)),
            TEXT: held.enter_context(_by_notify(settings, TEXT, NO_TEXTS)),
            LETTER: held.enter_context(_by_notify(settings, LETTER, NO_POST)),
        }


def _by_notify(settings: Settings, channel: str, not_set_up: str) -> Mailer:
    """Texts and posted letters go whenever there is a template for them."""
    template = getattr(settings.notify, f"{channel}_template")
    return NotifyMailer(settings.notify, channel) if template else NoMailer(not_set_up)
