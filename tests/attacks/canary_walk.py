"""Planted people walk through everything: the survey, every page, and every way to an error page."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.attacks.canary_planted import Planted
from tests.attacks.faults_people import hidden_fields
from tools.visitor import FORM, Reply, Visitor, read_csrf

HOST = "pulse.example.org"
#: the open question
COMMENT = "OPEN-01"
#: more than any form may hold
_TOO_LARGE = 600 * 1024
_FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*?\bname="([^"]+)"')


@dataclass(frozen=True)
class Seen:
    """One reply and whose browser it went to; None is the office."""

    owner: int | None
    what: str
    reply: Reply

    def as_bytes(self) -> bytes:
        head = "\n".join(f"{name}: {value}" for name, value in self.reply.headers.items())
        return f"{self.reply.status}\n{head}\n".encode() + self.reply.body


@dataclass
class Album:
    """Every reply, and how often each status came."""

    seen: list[Seen] = field(default_factory=list)

    def statuses(self) -> set[int]:
        return {one.reply.status for one in self.seen}


class Browser:
    """One person's browser as it reaches gunicorn through the proxy of the README."""

    def __init__(self, port: int, album: Album, owner: Planted | None, more: dict[str, str]) -> None:
        self._album, self._owner = album, owner
        forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": HOST, "Host": HOST}
        self.visitor = Visitor(port, forwarded | {"Accept-Encoding": "identity"} | more)

    async def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, **more: str
    ) -> Reply | None:
        """The reply, or None when the server hung up; `more` are headers with _ for -."""
        before = dict(self.visitor.headers)
        self.visitor.headers = before | {name.replace("_", "-"): value for name, value in more.items()}
        body = urlencode(fields).encode() if fields is not None else b""
        try:
            reply = await self.visitor.ask(method, path, body, FORM if fields is not None else "")
        except (OSError, EOFError):
            return None
        finally:
            self.visitor.headers = before
        self.keep(f"{method} {path.partition('?')[0]}", reply)
        return reply

    def keep(self, what: str, reply: Reply) -> None:
        """Put a reply into the album. The address it was asked for is the visitor's own, and is left out."""
        owner = None if self._owner is None else self._owner.number
        self._album.seen.append(Seen(owner, what, reply))

    async def raw(self, text: str) -> None:
        """What no browser sends; gunicorn itself answers."""
        self.visitor.close()
        try:
            await self.visitor.write(text.encode())
            self.keep("malformed", await asyncio.wait_for(self.visitor.read("GET"), 10))
        except (OSError, EOFError, TimeoutError):
            pass
        self.visitor.close()


def browser_of(one: Planted, port: int, album: Album) -> Browser:
    """It says what it is and where it came from, as browsers do."""
    came_from = f"https://{HOST}/a/{one.link}"
    more = {"User-Agent": one.browser, "X-Forwarded-For": one.network, "Referer": came_from}
    return Browser(port, album, one, more)


async def begin(one: Planted, browser: Browser) -> str:
    """From the letter to the form, with every wrong turn on the way; the form's token."""
    link = f"/a/{one.link}"
    first = await browser.ask("GET", link)
    assert first is not None
    assert first.status == 200, first.text
    await browser.ask("HEAD", link)
    await browser.ask("POST", link, {"words": one.words})  # 400: no form token
    await browser.ask("PUT", link, {"words": one.words})  # 405
    await browser.ask("GET", f"{link}x")  # 404
    await browser.ask("GET", f"/{one.words}/{one.address}?who={one.name.replace(' ', '+')}")
    await browser.ask("GET", "/survey")  # 404: no cookie yet
    if one.slip:
        await _type_code(one, browser)
    began = await browser.ask("POST", link, {"csrf_token": read_csrf(first.body)})
    assert began is not None
    assert began.status == 303, began.text
    form = await browser.ask("GET", "/survey")
    assert form is not None
    return read_csrf(form.body)


async def _type_code(one: Planted, browser: Browser) -> None:
    """A slip leads to the same survey as a link."""
    page = await browser.ask("GET", "/code")
    assert page is not None
    typed = await browser.ask("POST", "/code", {"code": one.slip, "csrf_token": read_csrf(page.body)})
    assert typed is not None
    assert typed.status == 303, typed.text
    await browser.ask("GET", "/code/start")


async def go_wrong(one: Planted, browser: Browser, csrf: str) -> None:
    """Every error that a form can end in."""
    typed = answers_of(one) | {"csrf_token": csrf}
    first = next(iter(one.chosen))
    await browser.ask("POST", "/survey", answers_of(one))
    await browser.ask("POST", "/survey", typed | {"csrf_token": one.words})
    await browser.ask("PATCH", "/survey", typed)
    await browser.ask("POST", "/survey", typed | {COMMENT: one.words * (_TOO_LARGE // len(one.words))})
    await browser.ask("POST", "/survey", typed | {first: one.words})  # 422
    await browser.ask("POST", "/survey", typed | {COMMENT: f"{one.words} " * 200})  # 422
    await browser.ask("POST", "/survey", typed | {COMMENT: f"{one.words}\0"})  # 400
    await browser.ask("POST", "/survey", typed, Sec_Fetch_Site="cross-site")  # 400
    await browser.ask("POST", "/survey", typed, Host=f"{one.words}.example.org", X_Forwarded_Host=one.words)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.visitor.cookies.items())
    await browser.raw(f"GET /a/{one.link} HTTP/7.7\r\nHost: {HOST}\r\n\r\n")
    await browser.raw(f"GET /survey HTTP/1.1\r\nHost: {HOST}\r\nCookie {cookies} {one.browser}\r\n\r\n")
    await browser.raw(f"{one.words} /a/{one.link}\r\n\r\n")
    body = urlencode(typed)
    sent = f"Host: {HOST}\r\nX-Forwarded-Host: {HOST}\r\nCookie: {cookies}\r\nContent-Type: {FORM}"
    await browser.raw(f"POST /survey HTTP/1.1\r\n{sent}\r\nContent-Length: {'9' * 12}\r\n\r\n{body}")  # 413
    await browser.raw(f"POST /survey HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookies}\r\n{body}\r\n\r\n")


async def hang_up(one: Planted, browser: Browser, csrf: str) -> None:
    """The connection breaks in the middle of the answers."""
    body = urlencode(answers_of(one) | {"csrf_token": csrf}).encode()
    await browser.visitor.begin("POST", "/survey", len(body), FORM)
    await browser.visitor.write(body[: len(body) // 2])
    browser.visitor.close()


async def finish(one: Planted, browser: Browser, csrf: str) -> None:
    """Send for good, then once more; and look whether there is anything else to see."""
    typed = answers_of(one) | {"csrf_token": csrf}
    sent = await browser.ask("POST", "/survey", typed)
    assert sent is not None
    thanks = sent.headers.get("location", "")
    assert (sent.status, thanks.partition("?survey=")[0]) == (303, "/survey/thanks"), sent.text
    await browser.ask("POST", "/survey", typed)
    await browser.ask("GET", thanks)
    await browser.ask("GET", f"/a/{one.link}")
    for page in ("/privacy", "/cookies", "/accessibility", "/readyz", f"/static/{one.words}"):
        await browser.ask("GET", page)
    door = await browser.ask("GET", f"/sign-in?next=/a/{one.link}")
    assert door is not None
    wrong_code = {"code": one.slip or one.words, "csrf_token": read_csrf(door.body)}
    await browser.ask("POST", "/code", wrong_code)
    wrong = {"email": one.address, "password": one.words, "csrf_token": read_csrf(door.body)}
    await browser.ask("POST", f"/sign-in?next=/a/{one.link}", wrong)
    browser.visitor.close()


async def stumble(one: Planted, browser: Browser) -> None:
    """Follow the link while the survey cannot be read."""
    page = await browser.ask("GET", f"/a/{one.link}")
    assert page is not None
    assert page.status == 500, page.text


async def fail(one: Planted, browser: Browser, csrf: str) -> None:
    """Send while the service cannot store it; the page that hands the answers back is sent again once."""
    typed = answers_of(one) | {"csrf_token": csrf}
    failed = await browser.ask("POST", "/survey", typed)
    assert failed is not None
    assert failed.status == 503, failed.text
    assert hidden_fields(failed.text).keys() == typed.keys()
    await browser.ask("POST", "/survey", hidden_fields(failed.text))
    await browser.ask("GET", f"/a/{one.link}")


def answers_of(one: Planted) -> dict[str, str]:
    """The form as the person fills it in. The comment names its author, as people do."""
    comment = f"{one.words} said {one.name}, {one.address}"
    return one.chosen | {COMMENT: comment}


def fields_in(page: str) -> Iterable[str]:
    """Names of everything that a page's forms send."""
    return dict.fromkeys(_FIELD.findall(page))
