"""A browser as far as a server can tell: one connection kept alive, and the cookies it was given.

Loopback only. For benchmarks and for the runs that provoke faults. Standard library only.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

_CSRF = b'name="csrf_token" value="'
FORM = "application/x-www-form-urlencoded"


class JourneyFailed(Exception):
    """A page answered otherwise than it does for a person who answers a survey."""


@dataclass(frozen=True)
class Reply:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class Visitor:
    """`headers` go with every request, and take the place of those that it would send by itself."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    def forget(self) -> None:
        """The next visitor uses the same connection and brings no cookie."""
        self.cookies.clear()

    async def get(self, path: str, status: int = 200) -> bytes:
        return _checked(await self.ask("GET", path), status)

    async def post(self, path: str, body: str, status: int = 303) -> bytes:
        return _checked(await self.ask("POST", path, body.encode(), FORM), status)

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
        """Any request; raises OSError or EOFError when the connection breaks, and then begins a new one."""
        try:
            await self.begin(method, path, len(body) if kind else None, kind)
            assert self._writer is not None  # noqa: S101 - for the type checker: begin has just connected
            self._writer.write(body)
            return await self.read(method)
        except (OSError, EOFError, asyncio.CancelledError):
            self.close()
            raise

    async def begin(self, method: str, path: str, length: int | None = None, kind: str = "") -> None:
        """Send a request's head; the body is the caller's affair."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        sent = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "gzip, br"} | dict(self.headers)
        if length is not None:
            sent |= {"Content-Type": kind, "Content-Length": str(length)}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        self._writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())

    async def write(self, part: bytes) -> None:
        """Send bytes as they are and wait until they have left."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(part)
        await self._writer.drain()

    async def read(self, method: str) -> Reply:
        """The reply to what was sent."""
        assert self._reader is not None  # noqa: S101 - for the type checker: something was sent
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        length = headers.get("content-length")
        if method == "HEAD":
            body = b""
        else:
            body = await (self._reader.readexactly(int(length)) if length else self._reader.read())
        if headers.get("connection") == "close" or (length is None and method != "HEAD"):
            self.close()
        return Reply(int(first.split()[1]), headers, body)

    def close(self) -> None:
        """Hang up, whatever was under way; the next request connects anew."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def _checked(reply: Reply, status: int) -> bytes:
    if reply.status != status:
        raise JourneyFailed(f"{reply.status} where {status} was due")
    return reply.body


def read_csrf(page: bytes) -> str:
    """The form token in a page; raises JourneyFailed when there is none."""
    _, found, rest = page.partition(_CSRF)
    if not found:
        raise JourneyFailed("a form came without its token")
    return rest.partition(b'"')[0].decode()
