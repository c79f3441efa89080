"""What a first visit costs a phone: bytes and requests, fetched as a browser fetches them."""

import gzip
import http.client
import re
from dataclasses import dataclass

from tools.bench_figures import Line
from tools.visitor import read_csrf

MOST_BYTES, MOST_REQUESTS, MOST_FORM_BYTES = 34_000, 4, 4_000
_ENCODINGS = "gzip, deflate, br"
#: whatever a browser fetches by itself: styles, icons, scripts, pictures
_LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')


@dataclass(frozen=True)
class Weight:
    """Of the page behind a link: bytes on the wire and requests. Of the form: bytes sent, and if gzipped."""

    first_bytes: int
    first_requests: int
    form_bytes: int
    form_gzipped: int

    def lines(self) -> list[Line]:
        return [
            Line("first visit", self.first_bytes, None, "bytes", MOST_BYTES),
            Line("first visit, requests", self.first_requests, None, "", MOST_REQUESTS),
            Line("form page, gzipped", self.form_gzipped, None, "bytes", MOST_FORM_BYTES),
            Line("form page, as sent", self.form_bytes, None, "bytes"),
        ]


@dataclass(frozen=True)
class _Answer:
    body: bytes
    headers: http.client.HTTPMessage


def linked(page: str) -> list[str]:
    """Addresses that the page makes a browser fetch, each once, in order."""
    return list(
        dict.fromkeys(address for address in _LINKED.findall(page) if not address.startswith("data:"))
    )


def weigh(port: int, token: str) -> Weight:
    """Visit a link for the first time, then start the survey and look at its form; nothing is sent."""
    first = _ask(port, "GET", f"/a/{token}")
    others = [_ask(port, "GET", address) for address in linked(_text(first))]
    started = _ask(port, "POST", f"/a/{token}", first, f"csrf_token={read_csrf(_plain(first))}")
    form = _ask(port, "GET", "/survey", started)
    return Weight(
        first_bytes=sum(len(answer.body) for answer in (first, *others)),
        first_requests=1 + len(others),
        form_bytes=len(form.body),
        form_gzipped=len(gzip.compress(_plain(form), 6, mtime=0)),
    )


def _ask(port: int, method: str, path: str, before: _Answer | None = None, body: str = "") -> _Answer:
    """One request, with the cookies that the answer before it set."""
    set_before = before.headers.get_all("Set-Cookie") or [] if before else []
    headers = {"Accept-Encoding": _ENCODINGS, "Cookie": "; ".join(c.split(";")[0] for c in set_before)}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    found = _Answer(answer.read(), answer.headers)
    connection.close()
    if answer.status >= 400:
        raise RuntimeError(f"a page of the first visit answered {answer.status}")
    return found


def _plain(answer: _Answer) -> bytes:
    """The page itself; pages are never sent in brotli, which would need more than the standard library."""
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(answer.body) if packed else answer.body


def _text(answer: _Answer) -> str:
    return _plain(answer).decode()
