"""What may be logged: where in the code something failed, never who asked, for what, or with which values.

An access log would show when a respondent's link was opened. gunicorn writes none unless told to
(`accesslog = None` is its default: leave it so); Werkzeug's own request lines are dropped here.
"""

import logging
import re
import traceback

from flask import Flask, has_request_context, request

#: the link of a respondent, a calendar, a kiosk, a pilot or the results for staff, wherever it turns up
_LINK = re.compile(r"/(a|calendar|kiosk|pilot|r)/[^\s\"'?#\]]+")
#: in which language somebody reads, behind the address of a page
_LANGUAGE = re.compile(r"[?&]lang=[^\s&\"'#\]]*")
_KEY = re.compile(r"pulse_[\w-]{20,}")
#: how Werkzeug and gunicorn begin a request line: an internet address and two dashes
_REQUEST_LINE = re.compile(r"^\S+ (-|%\S+) (-|%\S+) \[?")
#: gunicorn quotes what it could not read, which may be anything: a cookie, a link, somebody's answers
_MALFORMED = re.compile(r"^Invalid request from ip=.*", re.DOTALL)
_ACCESS_LOGGERS = ("werkzeug", "gunicorn.access")
_LOGGERS = ("pulse", "werkzeug", "gunicorn.error", "gunicorn.access", "flask_wtf.csrf")


def init_app(app: Flask) -> None:
    """Filter the loggers that write while requests are served; doing it twice changes nothing."""
    for name in {app.logger.name, *_LOGGERS}:
        logger = logging.getLogger(name)
        if not any(isinstance(existing, _Discreet) for existing in logger.filters):
            logger.addFilter(_Discreet(drops_request_lines=name in _ACCESS_LOGGERS))


def describe(error: BaseException) -> str:
    """Types and places in the code, causes first. Messages are left out: a database puts values in them."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(parts) < 10:
        frames = "".join(traceback.format_tb(cause.__traceback__))
        parts.append(f"{frames}{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n\nwhich led to:\n\n".join(reversed(parts))


class _Discreet(logging.Filter):
    """Rewrites a record before any handler sees it."""

    def __init__(self, *, drops_request_lines: bool) -> None:
        super().__init__()
        self._drops_request_lines = drops_request_lines

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if self._drops_request_lines and _REQUEST_LINE.match(message):
            return False
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            message = f"{_subject(message)}\n{describe(error)}"
        message = _MALFORMED.sub("Invalid request: it was not HTTP, and was refused", message)
        message = _KEY.sub("[hidden]", _LINK.sub(r"/\1/[hidden]", _LANGUAGE.sub("", message)))
        record.msg, record.args = message, None
        record.exc_info = record.exc_text = None
        return True


def _subject(message: str) -> str:
    """Flask names the path of the request that failed; the endpoint says as much about the code."""
    if message.startswith("Exception on ") and has_request_context():
        return f"Unhandled exception in {request.endpoint}"
    return message
