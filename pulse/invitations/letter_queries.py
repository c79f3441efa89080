"""The SQL of sending: who waits, who is taken and what became of it, one letter at a time.

None of it returns who has answered, but for the one person whose reminder is being decided.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Integer, LargeBinary, Select, Table, Update, bindparam, case, func, or_, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.engine import Connection

from pulse.db import db
from pulse.invitations.models import SENDING, SENT, WAITING, Invitation
from pulse.surveys.models import Wave

_register = cast(Table, Invitation.__table__)
_columns = _register.c
_HIS = (_columns.wave_id == bindparam("wave")) & (_columns.person_id == bindparam("person"))
_NEXT = _columns.person_id == bindparam("person")
#: nobody has closed the wave, or moved its close forward, since its round of letters began
_OPEN = (
    select(Wave.id)
    .where(Wave.id == bindparam("wave"), Wave.state == "open", Wave.closes_at >= bindparam("closes"))
    .exists()
)
_CLOSES = select(Wave.closes_at).where(Wave.id == bindparam("wave"))
#: takes one letter and notes that the one before was sent: together they cost what either does
_CLAIM = (
    update(_register)
    .where(_columns.wave_id == bindparam("wave"))
    .where(_columns.person_id.in_([bindparam("person"), bindparam("done")]))
    .where(_columns.delivery == case((_NEXT, WAITING), else_=SENDING), or_(~_NEXT, _OPEN))
    .values(
        delivery=case((_NEXT, SENDING), else_=SENT),
        sent_to=case((_NEXT, bindparam("mark", type_=LargeBinary)), else_=_columns.sent_to),
        reminders=case((_NEXT, bindparam("step", type_=Integer)), else_=_columns.reminders),
        reference_hash=case(
            (_NEXT, bindparam("reference", type_=LargeBinary)), else_=_columns.reference_hash
        ),
    )
    .returning(_columns.person_id)
)
_FINISH = update(_register).where(_HIS, _columns.delivery == SENDING).returning(_columns.person_id)
_SENT = _FINISH.values(delivery=SENT)
_NOT_SENT = _FINISH.values(delivery=bindparam("outcome"), sent_to=None, reference_hash=None)
_CLAIM_REMINDER = (
    update(_register)
    .where(_HIS, _columns.delivery == SENT, _columns.reminders < bindparam("step"), _OPEN)
    .values(reminders=bindparam("step"))
    .returning(_columns.spent)
)
_RETURN_REMINDER = (
    update(_register)
    .where(_HIS, _columns.reminders == bindparam("step"))
    .values(reminders=bindparam("before"))
    .returning(_columns.person_id)
)

#: with the wave: numbers that no other program locks in the same PostgreSQL database
_THESE_LETTERS = (bindparam("lock", 7_085_732, Integer), bindparam("wave", type_=Integer))
_HOLD = select(func.pg_try_advisory_lock(*_THESE_LETTERS))
_LET_GO = select(func.pg_advisory_unlock(*_THESE_LETTERS))


class TakenByAnother(Exception):
    """Another worker has this wave's letters in hand just now."""


class Addressee(NamedTuple):
    """Somebody to write to; `sent_to` is the mark of the address that a letter has gone to, if any."""

    person_id: int
    channel: str
    sent_to: bytes | None
    #: steps of reminding that are behind them
    reminders: int


def list_waiting(wave_id: int, channel: str, after: int, limit: int) -> list[Addressee]:
    """Up to `limit` people whose invitation waits, beyond person `after`."""
    return _list(wave_id, limit, _columns.delivery == WAITING, *_page(channel, after))


def list_interrupted(wave_id: int) -> list[Addressee]:
    """Whose invitation may have left: taken by a worker that died, or lost on its way to the server.

    Certain only while nobody else can have it in hand: after `Marks.begin`.
    """
    return _list(wave_id, None, _columns.delivery == SENDING)


def list_to_remind(wave_id: int, channel: str, step: int, after: int, limit: int) -> list[Addressee]:
    """Up to `limit` people beyond `after` who were invited and are not yet at `step`, answered or not."""
    due = (_columns.delivery == SENT) & (_columns.reminders < step)
    return _list(wave_id, limit, due, *_page(channel, after))


def _page(channel: str, after: int) -> tuple[Any, Any]:
    return _columns.channel == channel, _columns.person_id > after


def _list(wave_id: int, limit: int | None, *conditions: Any) -> list[Addressee]:
    """Ends the read at once: one left open while letters leave would keep the database's log growing."""
    chosen = (_columns.person_id, _columns.channel, _columns.sent_to, _columns.reminders)
    statement = select(*chosen).where(_columns.wave_id == wave_id, *conditions)
    rows = db.session.execute(statement.order_by(_columns.person_id).limit(limit)).all()
    db.session.rollback()
    return [Addressee(*row) for row in rows]


@dataclass
class Marks:
    """Notes on letters, each committed by itself before the next thing happens. For one wave."""

    wave_id: int
    #: opened at the first note: most ticks have none to make
    _connection: Connection | None = field(default=None, repr=False)
    _cursor: Any = field(default=None, repr=False)
    #: whose letter was taken just now, and is not noted yet
    _sent: int | None = None
    #: when the wave was to close as the round began, as the driver has it
    _closes: Any = None
    #: nobody else can have these letters in hand
    _held: bool = False

    def claim(self, person_id: int, mark: bytes, step: int, reference: bytes | None) -> bool:
        """Take a waiting invitation for sending; False if it does not wait, or its wave is over.

        It counts as having had the reminders up to `step`, whose time is over: nobody gets two letters at
        once. `reference` is the hash by which a carrier's later word on it is found.
        """
        done, self._sent = self._sent, None
        given = {"mark": mark, "step": step, "reference": reference, "done": done or 0}
        return (person_id,) in self._execute(_CLAIM, person_id, given)

    def set_sent(self, person_id: int) -> None:
        """It was taken by its carrier; noted with the next note, which has to follow at once."""
        self.finish()
        self._sent = person_id

    def finish(self) -> None:
        """Note what waits for the next note, where none follows at once."""
        sent, self._sent = self._sent, None
        if sent is not None:
            self._execute(_SENT, sent, {})

    def begin(self) -> None:
        """Be ready to note what is sent, before it is; raises TakenByAnother."""
        if self._connection is None:
            self._connection = _connect()
            self._cursor = self._connection.connection.cursor()
            self._hold()
            self._closes = self._run(_CLOSES, {"wave": self.wave_id})[0][0]

    def _hold(self) -> None:
        """Take the wave's letters, on the very connection that notes them: whoever loses it notes no more.

        A worker that lost its lead may still have a letter in hand, and to the next that looks like one whose
        sender died. SQLite's lead is a lock of the process, which nothing takes away.
        """
        if db.engine.dialect.name == "postgresql":
            self._held = self._run(_HOLD, {"wave": self.wave_id})[0][0]
            if not self._held:
                raise TakenByAnother

    def set_not_sent(self, person_id: int, outcome: int) -> None:
        """It did not leave, and waits again or never will: nothing has gone to any address."""
        self._note(_NOT_SENT, person_id, outcome=outcome)

    def claim_reminder(self, person_id: int, step: int) -> bool | None:
        """Take a person's reminder; whether it shall go to them: False if they have answered by now.

        None if it was taken before, or the wave is not open any more.
        """
        found = self._note(_CLAIM_REMINDER, person_id, step=step)
        return not found[0][0] if found else None

    def return_reminder(self, person_id: int, step: int, before: int) -> None:
        """It did not leave: the person has had `before` so far."""
        self._note(_RETURN_REMINDER, person_id, step=step, before=before)

    def _note(self, statement: Update, person_id: int, **values: object) -> list[Any]:
        self.finish()
        return self._execute(statement, person_id, values)

    def _execute(self, statement: Update, person_id: int, values: dict[str, Any]) -> list[Any]:
        """By the driver itself: SQLAlchemy on top would cost three times as much as the note."""
        self.begin()
        given = {"wave": self.wave_id, "closes": self._closes, "person": person_id}
        return self._run(statement, given | values)

    def _run(self, statement: Update | Select[Any], values: dict[str, Any]) -> list[Any]:
        text, fixed = _compile(statement, db.engine.dialect.name)
        self._cursor.execute(text, fixed | values)
        rows: list[Any] = self._cursor.fetchall()
        return rows

    def close(self) -> None:
        try:
            self.finish()
            if self._held:  # a server that is told nothing would notice the end a moment later
                self._run(_LET_GO, {"wave": self.wave_id})
        finally:
            if self._connection is not None:
                self._cursor.close()
                self._connection.close()


@lru_cache
def _compile(statement: Update | Select[Any], dialect: str) -> tuple[str, dict[str, Any]]:
    """A statement as its driver takes it, and the values that are always the same."""
    driver = sqlite.dialect(paramstyle="named") if dialect == "sqlite" else psycopg.dialect()  # type: ignore[no-untyped-call]
    compiled = statement.compile(dialect=driver)
    return str(compiled), dict(compiled.params)


@contextmanager
def marking(wave_id: int) -> Iterator[Marks]:
    """Notes that cost little enough to make one for each letter, on a connection of their own.

    A commit here does not wait for the disk: it outlives this process however it dies, not a power cut of the
    machine that the database is on. After one, letters of its last second may go out a second time. Every
    other write of Pulse waits, and takes what was noted before it to the disk with it.
    """
    marks = Marks(wave_id)
    try:
        yield marks
    finally:
        marks.close()


def _connect() -> Connection:
    """Each statement on it is a transaction of its own."""
    connection = db.engine.connect()
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()  # closed at the end, so that its setting reaches nobody else
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        raw.isolation_level = None  # whoever had it before may have left Python's own transactions on
        raw.execute("PRAGMA synchronous = NORMAL")
    else:
        raw.execute("SET synchronous_commit = off")
    return connection
