"""People who send their answers until they are thanked, whatever breaks on the way."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import urlencode

from tests.attacks.faults_papers import Fields, Paper
from tools.visitor import FORM, Reply, Visitor, read_csrf

#: longest wait for any one reply; beyond it the person gives the connection up and tries again
PATIENCE = 60.0
_BROKEN = (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError, ValueError)
#: shapes of a request whose sender goes away before the reply: in its head, in its body, after its end
CUTS = ("head", "body", "reply")


class NotThanked(Exception):
    """A person was shown something that tells them neither to go on nor that they are done."""


@dataclass
class Diary:
    """What happened to everybody together."""

    #: answers that were sent whole, and those that broke off or were answered by an error page
    posts: int = 0
    cut: int = 0
    broken: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    #: links whose owners read that their answers are in
    thanked: set[str] = field(default_factory=set)
    #: seconds until each 503 page was there; those of the people who sent first; pages without what was typed
    waits: list[float] = field(default_factory=list)
    first_waits: list[float] = field(default_factory=list)
    forgetful_pages: int = 0


class _Hidden(HTMLParser):
    """The hidden fields of a page, as a browser without JavaScript sends them again."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"] or ""] = given.get("value") or ""


def hidden_fields(page: str) -> Fields:
    parser = _Hidden()
    parser.feed(page)
    return parser.fields


@dataclass
class Person:
    """One browser with one link."""

    port: int
    paper: Paper
    diary: Diary
    rng: Random
    pause: float = 0.2

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.port)
        self.csrf = ""
        #: the form as it will be sent: filled in by hand, or handed back by a page
        self.fields: Fields = {}

    async def answer(self) -> None:
        """Follow the link and send until thanked; each failure is waited out and tried again."""
        while self.paper.token not in self.diary.thanked:
            try:
                await asyncio.wait_for(self._attempt(), PATIENCE)
            except _BROKEN:
                self.diary.broken += 1
                await self._wait()
        self.visitor.close()

    async def open_form(self) -> None:
        """From the letter to the form, ready to send."""
        page = await self.visitor.ask("GET", f"/a/{self.paper.token}")
        if self._is_thanks(page) or not self._goes_on(page):
            return
        began = await self._post(f"/a/{self.paper.token}", {"csrf_token": read_csrf(page.body)})
        if self._is_thanks(began) or not self._goes_on(began):
            return
        form = await self.visitor.ask("GET", "/survey")
        if self._goes_on(form) and not self._is_thanks(form):
            self.fields = {"csrf_token": read_csrf(form.body)} | self.paper.fields

    async def send(self) -> Reply:
        """Send the form once. A 503 page is looked at, and what it hands back is what is sent next."""
        self.diary.posts += 1
        began = time.perf_counter()
        reply = await self._post("/survey", self.fields)
        if reply.status == 503:
            self.diary.waits.append(time.perf_counter() - began)
            handed_back = hidden_fields(reply.text)
            if handed_back | {"csrf_token": ""} != self.fields | {"csrf_token": ""}:
                self.diary.forgetful_pages += 1
            else:
                self.fields = handed_back
        return reply

    async def send_and_leave(self, where: str) -> None:
        """Break off in the middle: after half of the head, half of the body, or without waiting."""
        self.diary.cut += 1
        visitor = Visitor(self.port, cookies=dict(self.visitor.cookies))
        body = urlencode(self.fields).encode()
        try:
            if where == "head":
                await visitor.write(b"POST /survey HTTP/1.1\r\nHost: 127.0.0.1\r\nConte")
            else:
                await visitor.begin("POST", "/survey", len(body), FORM)
                await visitor.write(body if where == "reply" else body[: len(body) // 2])
        except OSError:
            pass  # the server was gone already
        visitor.close()

    async def _attempt(self) -> None:
        if not self.fields or self.rng.random() < 0.1:  # some begin again from their letter
            self.visitor.forget()
            self.fields = {}
            await self.open_form()
            if not self.fields:
                await self._wait()
                return
        reply = await self.send()
        if self._goes_on(reply) and not self._is_thanks(reply):
            raise NotThanked(f"{reply.status} {reply.headers.get('location', '')}")
        if self.paper.token not in self.diary.thanked:
            await self._wait()

    def _is_thanks(self, reply: Reply) -> bool:
        """The way to the thank-you page, or the page which says that this link's answers are in."""
        thanked = reply.status == 303 and reply.headers.get("location", "").startswith("/survey/thanks")
        thanked = thanked or (reply.status == 200 and b"Your answers are in" in reply.body)
        if thanked:
            self.diary.thanked.add(self.paper.token)
        return thanked

    def _goes_on(self, reply: Reply) -> bool:
        """False for a page that says to try again; raises NotThanked for one that is no help."""
        if reply.status == 503:
            self.diary.refused[503] += 1
            return False
        if reply.status >= 400:
            self.diary.refused[reply.status] += 1
            raise NotThanked(f"{reply.status}: {reply.text[:500]}")
        return True

    async def _post(self, path: str, fields: Fields) -> Reply:
        return await self.visitor.ask("POST", path, urlencode(fields).encode(), FORM)

    async def _wait(self) -> None:
        await asyncio.sleep(self.rng.uniform(0.1, 1.0) * self.pause)


async def send_at_once(person: Person, times: int) -> None:
    """The same form on `times` connections at the same moment; some hang up before the reply."""
    await person.open_form()
    await asyncio.gather(*(_one_of_many(person, number) for number in range(times)))
    person.visitor.close()


async def _one_of_many(person: Person, number: int) -> None:
    """Of every seven, three break off and four stay; who stays and is not thanked at once tries again."""
    if number % 7 < len(CUTS):
        await person.send_and_leave(CUTS[number % 7])
        return
    twin = Person(person.port, person.paper, person.diary, person.rng)
    twin.visitor.cookies, twin.fields = dict(person.visitor.cookies), dict(person.fields)
    reply = await asyncio.wait_for(twin.send(), PATIENCE)
    if not twin._is_thanks(reply):
        person.diary.refused[reply.status] += 1
        await twin.answer()
    twin.visitor.close()
