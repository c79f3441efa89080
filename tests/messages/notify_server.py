"""A local stand-in of GOV.UK Notify's documented API: a real HTTP server, whose troubles a test chooses.

It checks the token of each request as Notify does, takes letters, lists them by reference, refuses what
Notify refuses, answers slowly, and cuts a connection after it has taken the letter.
"""

import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from pulse.config import NotifySettings

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"stand_in-{SERVICE}-{SECRET}"
CALLBACK_TOKEN = "the-token-that-notify-shows-with-a-receipt"
#: kind -> id of its template
TEMPLATES = {kind: str(uuid.UUID(int=number)) for number, kind in enumerate(("email", "sms", "letter"), 1)}
_FIELDS = {"email": ("subject", "body"), "sms": ("body",), "letter": ("subject", "body")}
_TO = {"email": "email_address", "sms": "phone_number"}
#: what Notify's page of errors says to a request: status, kind, sentence
TROUBLES = {
    "team key": (400, "BadRequestError", "Can't send to this recipient using a team-only API key"),
    "trial": (400, "BadRequestError", "Can't send to this recipient when service is in trial mode"),
    "abroad": (400, "BadRequestError", "Cannot send to international mobile numbers"),
    "bad recipient": (400, "ValidationError", "phone_number Not enough digits"),
    "letters by team key": (403, "BadRequestError", "Cannot send letters with a team api key"),
    "archived": (410, "BadRequestError", "Service is archived"),
    "rate": (429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
    "daily": (429, "TooManyRequestsError", "Exceeded send limits (250000) for today"),
    "broken": (500, "Exception", "Internal server error"),
}


@dataclass
class Notify:
    """What it has taken, and how it behaves."""

    #: every letter taken, in order: what the request said, with "id" and "kind"
    taken: list[dict[str, Any]] = field(default_factory=list)
    #: method and path of each request
    requests: list[str] = field(default_factory=list)
    #: what it replied each time it was asked for a reference: whether it had such a letter
    asked: list[bool] = field(default_factory=list)
    #: recipient, or "" for everybody -> key of TROUBLES
    troubles: dict[str, str] = field(default_factory=dict)
    #: kind -> what its template holds; replaced to try others
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: seconds before a question is answered
    before_answers: float = 0.0
    #: seconds before a letter is taken, and after that until the reply
    before_taking: float = 0.0
    before_reply: float = 0.0
    #: letters (counted from 1) after which the connection is cut without a reply
    cut_after: set[int] = field(default_factory=set)
    #: a reply that is not JSON
    garbled: bool = False
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        for kind, fields in _FIELDS.items():
            personalisation = {name: {"required": True} for name in fields}
            self.templates[TEMPLATES[kind]] = {"type": kind, "personalisation": personalisation}

    def settings(self, **changes: str) -> NotifySettings:
        """How to reach it."""
        values = {"key": KEY, "url": self.url, "callback_token": CALLBACK_TOKEN}
        values |= {"email_template": TEMPLATES["email"], "text_template": TEMPLATES["sms"]}
        return NotifySettings(**(values | {"letter_template": TEMPLATES["letter"]} | changes))

    def references(self) -> Counter[str]:
        """How often each reference was taken."""
        with self.lock:
            return Counter(str(one.get("reference")) for one in self.taken)

    def receipt(self, number: int, status: str) -> dict[str, Any]:
        """The delivery receipt of the letter taken as that number, from 0."""
        one = self.taken[number]
        return {
            **{"id": one["id"], "reference": one.get("reference"), "to": one["to"], "status": status},
            "created_at": "2026-10-05T09:00:00.000000Z",
            "completed_at": "2026-10-05T09:00:02.000000Z",
            "sent_at": "2026-10-05T09:00:01.000000Z",
            **{"notification_type": one["kind"], "template_id": one["template_id"], "template_version": 1},
        }


class _Handler(BaseHTTPRequestHandler):
    """One request; the server that it belongs to holds the Notify."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def notify(self) -> Notify:
        return self.server.notify  # type: ignore[attr-defined, no-any-return]

    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if not self._admitted():
            return
        time.sleep(self.notify.before_answers)
        if parts.path.startswith("/v2/template/"):
            template = self.notify.templates.get(parts.path.rpartition("/")[2])
            self._say(200, template) if template else self._refuse(404, "NoResultFound", "No result found")
            return
        (wanted,) = parse_qs(parts.query).get("reference", [""])
        with self.notify.lock:
            found = [{"id": one["id"]} for one in self.notify.taken if one.get("reference") == wanted]
            self.notify.asked.append(bool(found))
        self._say(200, {"notifications": found, "links": {"current": self.path}})

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind = self.path.rpartition("/")[2]
        if not self._admitted():
            return
        to = str(said.get(_TO.get(kind, ""), "")) or said["personalisation"].get("address_line_1", "")
        trouble = self.notify.troubles.get(to) or self.notify.troubles.get("")
        if trouble:
            self._refuse(*TROUBLES[trouble])
            return
        time.sleep(self.notify.before_taking)
        with self.notify.lock:
            one = {**said, "id": str(uuid.uuid4()), "kind": kind, "to": to}
            self.notify.taken.append(one)
            cut = len(self.notify.taken) in self.notify.cut_after
        time.sleep(self.notify.before_reply)
        if cut:
            self.close_connection = True
            return
        self._say(201, {"id": one["id"], "reference": said.get("reference"), "content": {}})

    def _admitted(self) -> bool:
        """Signed with our secret, by our service, within 30 seconds."""
        self.notify.requests.append(f"{self.command} {urlsplit(self.path).path}")
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(given, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            claims = {}
        if claims.get("iss") == SERVICE and abs(time.time() - claims.get("iat", 0)) <= 30:
            return True
        self._refuse(403, "AuthError", "Invalid token: API key not found")
        return False

    def _refuse(self, status: int, kind: str, sentence: str) -> None:
        self._say(status, {"status_code": status, "errors": [{"error": kind, "message": sentence}]})

    def _say(self, status: int, value: Any) -> None:
        body = b"<html>" if self.notify.garbled else json.dumps(value).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # whoever asked has gone
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    notify: Notify

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke in the middle is what these tests are about."""


@contextmanager
def serving(notify: Notify | None = None) -> Iterator[Notify]:
    """A running stand-in on a port of its own."""
    notify = notify or Notify()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.notify = notify
    notify.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
