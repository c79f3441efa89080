"""The mail server, in a process of its own: it takes, refuses, puts off or is away, and keeps the letters."""

import email
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.header import decode_header, make_header
from multiprocessing.connection import Connection
from random import Random
from typing import Any, NamedTuple

from tests.messages.servers import Post, _Running

#: one letter in so many is put off at its first try
_PUT_OFF = 25
_SUBJECT = re.compile(r"(Programme .+): (your questions|still open)")


class Letter(NamedTuple):
    """One letter that the server took."""

    at: datetime
    to: str
    programme: str
    is_reminder: bool
    message_id: str


@dataclass
class Office(Post):
    """A server whose clock is the simulation's."""

    now: datetime | None = None
    letters: list[Letter] = field(default_factory=list)
    put_off: int = 0
    refused: int = 0
    rng: Random = field(default_factory=lambda: Random(1))
    #: whose letter was put off and has not come again
    awaited: set[str] = field(default_factory=set)

    async def handle_RCPT(
        self, server: Any, session: Any, transaction: Any, recipient: str, options: list[str]
    ) -> str:
        """Whoever is called refused is refused for good; some are put off once, until a later tick.

        Put off at every try until its wave closes, a letter would wait for ever, and no sender could mend it.
        """
        assert self.now is not None
        if recipient.startswith("refused"):
            self.refused += 1
            return "550 no such mailbox"
        if recipient not in self.awaited and self.rng.randrange(_PUT_OFF) == 0:
            self.put_off += 1
            self.awaited.add(recipient)
            return "451 try again later"
        self.awaited.discard(recipient)
        transaction.rcpt_tos.append(recipient)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, transaction: Any) -> str:
        assert self.now is not None
        head = email.message_from_bytes(transaction.content)
        found = _SUBJECT.fullmatch(str(make_header(decode_header(head["Subject"]))))
        (recipient,) = transaction.rcpt_tos
        if found:  # a digest to a leader is none of ours
            kind = found[2] == "still open"
            self.letters.append(Letter(self.now, recipient, found[1], kind, head["Message-ID"]))
        return "250 OK"


def _serve(told: Connection) -> None:
    """Do what the simulation says: at a time, away or there, until it wants the letters."""
    office = Office()
    running = _Running(office, None, {"hostname": "office"})
    running.start()
    told.send(office.port)
    here = True
    while (order := told.recv()) is not None:
        if order == "count":
            told.send(len(office.letters))
            continue
        office.now = order[0]
        if here and order[1]:
            running.stop()
        if not here and not order[1]:
            running = _Running(office, None, {"hostname": "office"})
            running.start()
        here = not order[1]
        told.send(True)
    told.send((office.letters, office.put_off, office.refused))
    if here:
        running.stop()


@dataclass
class OfficeDesk:
    """How the simulation speaks to it."""

    port: int
    _line: Connection

    def set_clock(self, now: datetime, away: bool) -> None:
        """What is taken from now on is taken at `now`; away, no connection is accepted."""
        self._line.send((now, away))
        self._line.recv()

    def count(self) -> int:
        """How many letters it has taken."""
        self._line.send("count")
        taken: int = self._line.recv()
        return taken

    def close(self) -> tuple[list[Letter], int, int]:
        """All letters in order, how many were put off, and how many refused for good."""
        self._line.send(None)
        found: tuple[list[Letter], int, int] = self._line.recv()
        return found


@contextmanager
def post_office() -> Iterator[OfficeDesk]:
    context = multiprocessing.get_context("fork")  # has no threads yet, and has loaded everything
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield OfficeDesk(ours.recv(), ours)
    finally:
        process.join(0.5)
        process.kill()
        process.join()
