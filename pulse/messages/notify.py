"""Letters by GOV.UK Notify, through its official client: e-mail, texts, and letters that it prints and posts.

Notify keeps the reference of each letter, so that it can be asked whether it has one before that is sent
again. It keeps them for 7 days unless its settings say otherwise. It prints words only: there is no QR code.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pulse.config import NotifySettings
from pulse.messages import notify_replies as replies
from pulse.messages.mail import BadMailError, Mail, check_address
from pulse.messages.notify_recipients import check_lines, check_phone
from pulse.messages.transport import EMAIL, LETTER, TEXT, MailRefused, MailUnavailable

if TYPE_CHECKING:
    from notifications_python_client.notifications import NotificationsAPIClient

#: seconds to wait for a reply
TIMEOUT = 30.0
#: seconds after which a request has reached Notify or never will, though whoever made it died meanwhile
STRAGGLES = 30.0
_HOME = "https://api.notifications.service.gov.uk"
#: channel -> the setting that names its template, and what Notify calls its kind
_TEMPLATES = {
    EMAIL: ("NOTIFY_EMAIL_TEMPLATE", "email"),
    TEXT: ("NOTIFY_TEXT_TEMPLATE", "sms"),
    LETTER: ("NOTIFY_LETTER_TEMPLATE", "letter"),
}


class NotifyMailer:
    """One channel of one Notify account. It is asked about its template once, before the first letter: what
    is wrong after that is wrong with one recipient, and can be told from a wrong setting.
    """

    #: by delivery receipts (invitations.receipts)
    calls_back = True

    def __init__(self, notify: NotifySettings, channel: str) -> None:
        self._notify = notify
        self._channel = channel
        self._setting, self._kind = _TEMPLATES[channel]
        self._template: str = getattr(notify, f"{channel}_template")
        self._client: NotificationsAPIClient | None = None
        self._template_fits = False
        self._entered = time.monotonic()

    def __enter__(self) -> Self:
        self._entered = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.request_session.close()
            self._client = None

    def send(self, mail: Mail) -> None:
        try:
            arguments = _recipient(self._channel, mail)
        except BadMailError as error:
            raise MailRefused(str(error)) from None
        self._check_template()
        personalisation = arguments.pop("personalisation", {})
        self._ask(
            getattr(self._connected(), f"send_{self._kind}_notification"),
            hands_over=True,
            template_id=self._template,
            personalisation={**personalisation, "subject": mail.subject, "body": mail.text},
            reference=mail.reference or None,
            **arguments,
        )

    def was_taken(self, reference: str) -> bool:
        """Whether Notify has a letter with this reference; raises MailUnavailable when it cannot be asked.

        A worker that died, or gave up waiting, may have left a request behind that reaches Notify later than
        the question. So a "no" counts only STRAGGLES after this mailer was entered; it waits for that at most
        once.
        """
        if self._has(reference):
            return True
        left = self._entered + STRAGGLES - time.monotonic()
        if left <= 0:
            return False
        time.sleep(left)
        return self._has(reference)

    def _has(self, reference: str) -> bool:
        found = self._ask(self._connected().get_all_notifications, reference=reference)
        return bool(replies.read_notifications(found))

    def _check_template(self) -> None:
        """Raises MailUnavailable unless the template is there, of the right kind, and has the two fields."""
        if self._template_fits:
            return
        found = self._ask(self._connected().get_template, template_id=self._template)
        replies.check_template(found, self._setting, self._kind)
        self._template_fits = True

    def _connected(self) -> "NotificationsAPIClient":
        if self._client is None:
            # it brings requests along, which the website, where this module is loaded too, never uses
            from notifications_python_client.notifications import NotificationsAPIClient  # noqa: PLC0415

            replies.keep_quiet()
            self._client = NotificationsAPIClient(  # type: ignore[no-untyped-call]  # its types are missing
                self._notify.key, self._notify.url or _HOME, timeout=TIMEOUT
            )
        return self._client

    def _ask(self, call: Callable[..., Any], *, hands_over: bool = False, **arguments: Any) -> Any:
        """What Notify replies; raises what `replies` makes of an error, which holds nothing of the letter."""
        from notifications_python_client.errors import APIError  # noqa: PLC0415 - for the reason above

        try:
            return call(**arguments)
        except APIError as error:
            problem = replies.judge(error, self._setting, arguments.get("phone_number", ""))
        if isinstance(problem, MailUnavailable) and not hands_over:
            problem.perhaps_taken = False  # a question that got no answer carried no letter
        # out here, so that no traceback of it goes on to quote Notify, and Notify the recipient
        raise problem


def _recipient(channel: str, mail: Mail) -> dict[str, Any]:
    """The arguments of the client that say where to; raises BadMailError."""
    if channel == EMAIL:
        return {"email_address": check_address(mail.to)}
    if channel == TEXT:
        return {"phone_number": check_phone(mail.to)}
    return {"personalisation": check_lines(mail.to)}
