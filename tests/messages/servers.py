"""A real SMTP server in a thread, which a test can tell to refuse, to delay or to hang up."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as Transaction

from pulse.messages.smtp import SmtpServer

USER, PASSWORD = "pulse", "p@ss/word: of the mail server"


@dataclass
class Post:
    """What the server took, and how it behaves."""

    #: (recipient, message as bytes) in order
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    signed_in: int = 0
    #: recipient -> reply to RCPT TO
    replies: dict[str, str] = field(default_factory=dict)
    sender_reply: str = "250 OK"
    #: replies to the end of DATA, one a mail, then 250
    data_replies: list[str] = field(default_factory=list)
    #: hang up on these mails (counted from 1) when they are to be sent, before they are taken
    hang_up_on: set[int] = field(default_factory=set)
    #: take every mail, and hang up before saying so
    cut_after_taking: bool = False
    #: seconds between the end of a mail and the reply
    wait_before_taking: float = 0.0
    attempts: int = 0
    port: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Any, transaction: Transaction, name: str, lines: list[str]
    ) -> list[str]:
        session.host_name = name
        if not session.ssl:  # the second EHLO of a connection follows STARTTLS
            self.connections += 1
        return lines

    async def handle_MAIL(
        self, server: SMTP, session: Any, transaction: Transaction, sender: str, options: list[str]
    ) -> str:
        if self.sender_reply.startswith("250"):
            transaction.mail_from = sender
        return self.sender_reply

    async def handle_RCPT(
        self, server: SMTP, session: Any, transaction: Transaction, recipient: str, options: list[str]
    ) -> str:
        self.attempts += 1
        if self.attempts in self.hang_up_on:
            assert server.transport is not None
            server.transport.close()
            return "421 going"
        reply = self.replies.get(recipient, "250 OK")
        if reply.startswith("250"):
            transaction.rcpt_tos.append(recipient)
        return reply

    async def handle_DATA(self, server: SMTP, session: Any, transaction: Transaction) -> str:
        await asyncio.sleep(self.wait_before_taking)
        reply = self.data_replies.pop(0) if self.data_replies else "250 OK"
        if reply.startswith("250"):
            assert isinstance(transaction.content, bytes)
            self.taken += [(recipient, transaction.content) for recipient in transaction.rcpt_tos]
        if self.cut_after_taking:
            assert server.transport is not None
            server.transport.close()
        return reply

    def authenticate(
        self, server: SMTP, session: Any, transaction: Transaction, how: str, data: Any
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        self.signed_in += right
        return AuthResult(success=right, handled=False)

    def server(self, **changes: Any) -> SmtpServer:
        """How to reach it."""
        values: dict[str, Any] = {"host": "127.0.0.1", "port": self.port, "timeout": 5.0}
        return SmtpServer(**(values | changes))


class _Running:
    """The event loop of one server, in a thread of its own."""

    def __init__(self, post: Post, tls: ssl.SSLContext | None, options: dict[str, Any]) -> None:
        self._post, self._tls, self._options = post, tls, options
        self._protocols: list[SMTP] = []
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10), "the mail server did not start"

    def stop(self) -> None:
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(self._connected, "127.0.0.1", self._post.port, ssl=self._tls)
        self._post.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for protocol in self._protocols:
            if protocol.transport is not None:
                protocol.transport.abort()  # type: ignore[attr-defined]  # socket transports have it
        for _ in range(5):  # each layer of a transport lets go in a turn of its own
            await asyncio.sleep(0)

    def _connected(self) -> SMTP:
        protocol = SMTP(self._post, loop=self._loop, **self._options)
        self._protocols.append(protocol)
        return protocol


@contextmanager
def serving(
    post: Post | None = None,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    **options: Any,
) -> Iterator[Post]:
    """A running server: plain, encrypted from the first byte (`tls`) or offering STARTTLS (`starttls`)."""
    post = post or Post()
    fixed = {"tls_context": starttls, "authenticator": post.authenticate, "hostname": "test"}
    running = _Running(post, tls, fixed | options)
    running.start()
    try:
        yield post
    finally:
        running.stop()
