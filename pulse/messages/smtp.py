"""Mail by SMTP: encrypted wherever the server can, one connection for many mails."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from pulse.config import ConfigError
from pulse.messages.mail import Mail, check_address, sender_address
from pulse.messages.transport import Forgetful, MailDelayed, MailRefused, MailUnavailable, domain_of, write

#: seconds for each step of a conversation with the server
TIMEOUT = 60.0
#: RFC 5321 section 3.8: the server is closing this connection; the next one may be welcome
_CLOSING = 421
_TAKEN, _WILL_FORWARD = 250, 251
_WRONG_URL = (
    "MAIL_URL must be smtp://user:password@host:587 (with ?starttls=require if you like), "
    "smtps://user:password@host:465 or mailbox:/folder."
)


@dataclass(frozen=True)
class SmtpServer:
    """Where and how to speak SMTP."""

    host: str
    port: int
    #: encrypted from the first byte (RFC 8314), as against STARTTLS
    tls: bool = False
    require_starttls: bool = False
    user: str = ""
    password: str = ""
    timeout: float = TIMEOUT

    def __repr__(self) -> str:
        return f"SmtpServer({self.host}:{self.port})"


class SmtpMailer(Forgetful):
    """One connection for many mails, opened at the first; a lost one is opened again once for each mail."""

    def __init__(self, server: SmtpServer, sender: str, context: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._sender = sender
        self._domain = domain_of(sender)
        self._envelope_sender = sender_address(sender)
        self._given_context = context
        self._smtp: smtplib.SMTP | None = None
        #: the MAIL command of the next mail is on its way
        self._said_mail = False
        #: the connection was lost while the mail at hand was on its way
        self._lost = False

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """Made when it is needed: reading the certificates takes as long as sending thirty mails."""
        return self._given_context or ssl.create_default_context()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None:
            try:
                if self._said_mail:
                    self._smtp.getreply()
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()  # everything sent was acknowledged: a rude goodbye loses nothing
            self._smtp = None

    def send(self, mail: Mail) -> None:
        # written once: a second try carries the same Message-ID, by which servers drop a double
        content = write(mail, self._sender, self._domain)
        recipient = check_address(mail.to)
        self._lost = False
        try:
            for _ in range(2):
                if self._smtp is None:
                    self._smtp = self._connect()
                if self._hand_over(self._smtp, recipient, content):
                    return
                self._drop()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MailUnavailable(_reason(error, self._server), perhaps_taken=self._lost) from None
        raise MailUnavailable(
            "The mail server keeps closing the connection: the mail will be tried again.",
            perhaps_taken=self._lost,
        )

    def _hand_over(self, smtp: smtplib.SMTP, recipient: str, content: bytes) -> bool:
        """True when taken, False when the connection was lost; raises when the server said no."""
        try:
            self._converse(smtp, recipient, content)
            return True
        except smtplib.SMTPServerDisconnected as error:
            if self._lost or isinstance(error.__context__, TimeoutError):
                raise  # the server may have taken the mail: no second one at once
            return False
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code != _CLOSING:
                raise  # about the sender, so about every mail: nobody may be marked as refused for it
            return False
        except smtplib.SMTPRecipientsRefused as error:
            code = error.recipients[recipient][0]
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
        # out here, so that no traceback of what is raised goes on to quote the server, and it the recipient
        return _judge(code)

    def _converse(self, smtp: smtplib.SMTP, recipient: str, content: bytes) -> None:
        """One mail. Its MAIL command was said when the one before was taken, and the next one's is said now:
        the server answers it while whoever sends notes what was sent.
        """
        code, _ = smtp.getreply() if self._said_mail else smtp.mail(self._envelope_sender)
        self._said_mail = False
        if code != _TAKEN:
            _begin_again(smtp, code)
            raise smtplib.SMTPSenderRefused(code, b"", self._envelope_sender)
        code, _ = smtp.rcpt(recipient)
        if code not in (_TAKEN, _WILL_FORWARD):
            _begin_again(smtp, code)
            raise smtplib.SMTPRecipientsRefused({recipient: (code, b"")})
        self._lost = True  # until the server says what it did with the mail
        code, _ = smtp.data(content)
        self._lost = False
        if code != _TAKEN:
            _begin_again(smtp, code)
            raise smtplib.SMTPDataError(code, b"")
        with suppress(OSError, smtplib.SMTPServerDisconnected):  # it was taken; the next mail finds out
            smtp.putcmd("mail", f"FROM:<{self._envelope_sender}>")
            self._said_mail = True

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=self._context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            self._secure_and_sign_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _secure_and_sign_in(self, smtp: smtplib.SMTP) -> None:
        """STARTTLS wherever it is offered; a password never travels in the clear."""
        server = self._server
        smtp.ehlo_or_helo_if_needed()
        encrypted = server.tls
        if not encrypted and smtp.has_extn("starttls"):
            smtp.starttls(context=self._context)
            smtp.ehlo_or_helo_if_needed()  # what was said in the clear does not count any more
            encrypted = True
        if not encrypted and (server.require_starttls or server.user):
            raise MailUnavailable(
                "The mail server offers no encryption, so nothing was sent to it: "
                "set MAIL_URL to a server with STARTTLS, or to smtps://host:465."
            )
        if server.user:
            smtp.login(server.user, server.password)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None
        self._said_mail = False


def _begin_again(smtp: smtplib.SMTP, code: int) -> None:
    """After a refusal: forget the mail at hand, unless the server is leaving."""
    if code == _CLOSING:
        smtp.close()
    else:
        with suppress(smtplib.SMTPServerDisconnected):
            smtp.rset()


def _judge(code: int) -> bool:
    """What a refusal of one mail means; False when the server is only closing the connection."""
    if code == _CLOSING:
        return False
    if code >= 500:
        raise MailRefused(f"The mail server refused this recipient for good (code {code}).")
    raise MailDelayed(f"The mail server cannot take mail for this recipient now (code {code}).")


def _reason(error: Exception, server: SmtpServer) -> str:
    """One sentence that says what to do, without the server's own words."""
    where = f"{server.host}:{server.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError):
        return f"The mail server {where} refused the user or the password in MAIL_URL."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"The mail server {where} refused the sender (code {error.smtp_code}): check MAIL_FROM."
    if isinstance(error, ssl.SSLError):
        return f"The mail server {where} has no certificate that fits: check it, and the host in MAIL_URL."
    return f"The mail server {where} cannot be reached: check MAIL_URL, and that the server is running."


def server_from(url: str) -> SmtpServer:
    """Host, port (587, or 465 for smtps), user and password of a MAIL_URL; raises ConfigError."""
    parts = urlsplit(url)
    options = parse_qs(parts.query, keep_blank_values=True)
    try:
        port = parts.port
    except ValueError:
        raise ConfigError(_WRONG_URL) from None
    known = options in ({}, {"starttls": ["require"]}) and parts.path in ("", "/")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not known:
        raise ConfigError(_WRONG_URL)
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        tls=tls,
        require_starttls=bool(options),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
