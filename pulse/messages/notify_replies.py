"""What GOV.UK Notify replies, in this project's words: https://docs.notifications.service.gov.uk/python.html

Notify asks programs to go by status and kind of error and not by its sentences, which change. No sentence
made here quotes one: they can hold an address or a number.
"""

import logging
from typing import TYPE_CHECKING, Any

from pulse.messages.transport import MailRefused, MailUnavailable

if TYPE_CHECKING:
    from notifications_python_client.errors import APIError

_BAD_KEY = (
    "GOV.UK Notify refused NOTIFY_API_KEY: set it to a live key of your service, and check that the clock of "
    "this machine is right."
)
_BUSY = "GOV.UK Notify takes no more letters this minute: the others leave after it."
_DAILY = (
    "GOV.UK Notify takes no more letters today: the others leave tomorrow, or ask Notify for a higher limit."
)
_AWAY = "GOV.UK Notify cannot be reached: letters wait until it can; check NOTIFY_URL if it is set."
_SLOW = "GOV.UK Notify did not reply in time: what it has not taken is sent later."
_BROKEN = "GOV.UK Notify replied with an error of its own (code {status}): letters wait until it is mended."
_ODD = "GOV.UK Notify replied what this program does not know (code {status}): check NOTIFY_URL."
_SETTINGS = (
    "GOV.UK Notify takes no such letters from this service: check on its pages that the service is live, "
    "that it may send letters of this kind, and that the template in {setting} has no other fields."
)
_NO_TEMPLATE = "GOV.UK Notify has no template with the id in {setting}: set it to one of your service."
_OTHER_KIND = "The template in {setting} is of another kind: set it to the id of one for {kind}."
_NO_FIELDS = "The template in {setting} lacks a field: it needs (({field})) in it."
_KINDS = {"email": "e-mail", "sms": "texts", "letter": "letters"}
#: a number of the country where every service may send texts
_AT_HOME = "+44"


def keep_quiet() -> None:
    """The client logs what Notify replied, and requests what was asked for: neither may reach a log."""
    logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL + 1)
    logging.getLogger("urllib3").setLevel(logging.ERROR)


def judge(error: "APIError", setting: str, phone: str) -> Exception:
    """What a refusal, or no reply, means: for this recipient alone, or for all, and what to do.

    Of `phone`, the number that a text was for, only the country is looked at.
    """
    if error.response is None:
        taken = _perhaps_taken(error.__cause__)
        return MailUnavailable(_SLOW if taken else _AWAY, perhaps_taken=taken)
    status, kind = error.status_code, _kind_of(error)
    if status == 400:
        return _bad_request(kind, setting, abroad=bool(phone) and not phone.startswith(_AT_HOME))
    if status in (401, 403, 410):
        return MailUnavailable(_BAD_KEY)
    if status == 404:
        return MailUnavailable(_NO_TEMPLATE.format(setting=setting))
    if status == 429:
        return MailUnavailable(_DAILY if kind == "TooManyRequestsError" else _BUSY)
    words = _BROKEN if status >= 500 else _ODD
    return MailUnavailable(words.format(status=status), perhaps_taken=status >= 500 or status < 300)


def _bad_request(kind: str, setting: str, *, abroad: bool) -> Exception:
    """ValidationError is about the recipient, since template and fields were looked at before.

    BadRequestError is about the service (on trial, a team's key), or says that it sends no texts abroad; for
    a number abroad the latter, so that one such number does not keep everybody's letters waiting.
    """
    if kind == "ValidationError" or abroad:
        return MailRefused("GOV.UK Notify refused this recipient for good.")
    return MailUnavailable(_SETTINGS.format(setting=setting))


def _kind_of(error: "APIError") -> str:
    """The kind of error, such as "RateLimitError"; "" if the reply is not as documented."""
    try:
        kind = error.response.json()["errors"][0]["error"]  # type: ignore[union-attr]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    return str(kind)


def _perhaps_taken(cause: BaseException | None) -> bool:
    """False only if the request cannot have reached Notify: it was never connected."""
    from requests import ConnectTimeout  # noqa: PLC0415 - loaded by now, and only where letters are sent
    from requests.exceptions import SSLError  # noqa: PLC0415
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415

    inner = cause.args[0] if cause is not None and cause.args else None
    never = isinstance(getattr(inner, "reason", None), NewConnectionError)
    return not never and not isinstance(cause, ConnectTimeout | SSLError)


def read_notifications(found: Any) -> list[Any]:
    """The letters in a reply; raises MailUnavailable if it is not one of Notify's."""
    listed = found.get("notifications") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise MailUnavailable(_ODD.format(status=200))
    return listed


def check_template(found: Any, setting: str, kind: str) -> None:
    """Raises MailUnavailable unless the template is of this kind and has the fields that letters fill in."""
    if not isinstance(found, dict) or found.get("type") != kind:
        raise MailUnavailable(_OTHER_KIND.format(setting=setting, kind=_KINDS[kind]))
    fields = [str(name).strip().lower() for name in found.get("personalisation") or ()]
    for field in ("body",) if kind == "sms" else ("subject", "body"):
        if field not in fields:
            raise MailUnavailable(_NO_FIELDS.format(setting=setting, field=field))
