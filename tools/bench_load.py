"""Visitors: 8 at once, each on a connection kept alive, in a process of their own. Standard library only.

`python -m tools.bench_load` reads one job as JSON (`Job`) and prints what it saw as JSON (`Seen`). Loopback
only, as many journeys as the job names and no more, and no request may take longer than 30 s.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field

CLIENTS = 8
_SECONDS = 30
_CSRF = b'name="csrf_token" value="'


class JourneyFailed(Exception):
    """A page answered otherwise than it does for a person who answers a survey."""


@dataclass(frozen=True)
class Job:
    """Which server, which links (empty strings for the bare side, which has none), and the answers' body."""

    port: int
    tokens: list[str]
    body: str
    bare: bool


@dataclass(frozen=True)
class Seen:
    """Seconds from first to last journey, and seconds of each."""

    seconds: float
    journeys: list[float] = field(default_factory=list)


class Visitor:
    """One browser as far as a server can tell: a connection, and the cookies it was given."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    def forget(self) -> None:
        """The next visitor uses the same connection and brings no cookie."""
        self._cookies.clear()

    async def get(self, path: str, status: int = 200) -> bytes:
        return await self._ask(f"GET {path} HTTP/1.1\r\n", "", status)

    async def post(self, path: str, body: str, status: int = 303) -> bytes:
        form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return await self._ask(f"POST {path} HTTP/1.1\r\n{form}", body, status)

    async def _ask(self, head: str, body: str, status: int) -> bytes:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        lines = f"{head}Host: 127.0.0.1:{self._port}\r\nAccept-Encoding: gzip, br\r\n"
        lines += f"Cookie: {cookies}\r\n" if cookies else ""
        self._writer.write(f"{lines}\r\n{body}".encode())
        return await self._answer(status)

    async def _answer(self, status: int) -> bytes:
        assert self._reader is not None  # noqa: S101 - for the type checker: _ask has just connected
        head = (await self._reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        length = 0
        for line in head[1:]:
            name, _, value = line.partition(b": ")
            if name == b"Content-Length":
                length = int(value)
            elif name == b"Set-Cookie":
                key, _, kept = value.partition(b";")[0].decode().partition("=")
                self._cookies[key] = kept
            elif name == b"Connection" and value == b"close":
                self._writer = None
        page = await self._reader.readexactly(length)
        if int(head[0].split()[1]) != status:
            raise JourneyFailed(f"{head[0].decode()} where {status} was due")
        return page

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def read_csrf(page: bytes) -> str:
    """The form token in a page; raises JourneyFailed when there is none."""
    _, found, rest = page.partition(_CSRF)
    if not found:
        raise JourneyFailed("a form came without its token")
    return rest.partition(b'"')[0].decode()


async def answer_pulse(visitor: Visitor, token: str, body: str) -> None:
    """Open the link, start, read the form, send the answers, read the thank-you page."""
    visitor.forget()
    start = await visitor.get(f"/a/{token}")
    await visitor.post(f"/a/{token}", f"csrf_token={read_csrf(start)}")
    form = await visitor.get("/survey")
    await visitor.post("/survey", f"csrf_token={read_csrf(form)}&{body}")
    await visitor.get("/survey/thanks")


async def answer_bare(visitor: Visitor, _token: str, body: str) -> None:
    """Read the form, send the answers, read the thank-you page."""
    visitor.forget()
    await visitor.get("/")
    await visitor.post("/", body)
    await visitor.get("/thanks")


async def run(job: Job) -> Seen:
    """Every journey of the job once; raises JourneyFailed at the first that goes wrong."""
    waiting = iter(job.tokens)
    journeys: list[float] = []
    walk = answer_bare if job.bare else answer_pulse

    async def visit() -> None:
        visitor = Visitor(job.port)
        for token in waiting:
            began = time.perf_counter()
            await asyncio.wait_for(walk(visitor, token, job.body), _SECONDS)
            journeys.append(time.perf_counter() - began)
        visitor.close()

    began = time.perf_counter()
    await asyncio.gather(*(visit() for _ in range(CLIENTS)))
    return Seen(time.perf_counter() - began, journeys)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(run(Job(**json.load(sys.stdin)))))))
