"""Questions tried on a few named people before anybody is surveyed. Never anonymous, and apart from waves."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime

TITLE_LENGTH = NAME_LENGTH = 120
NOTE_LENGTH = COMMENT_LENGTH = 2000


class Pilot(Base):
    """Some questions, frozen as they stood, that testers comment on one by one."""

    __tablename__ = "pilot"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    #: what the testers are told beside what every pilot says
    note: Mapped[str] = mapped_column(Text)
    #: frozen items, in order (domain.instrument.freezing)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: the last day on which comments are taken, in London
    closes_on: Mapped[date]
    #: of the form it was made with: the same form sent twice makes one pilot
    once: Mapped[str] = mapped_column(String(32), unique=True)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)


class PilotTester(Base):
    """A named person who was asked what the questions mean to them."""

    __tablename__ = "pilot_tester"
    __table_args__ = (UniqueConstraint("pilot_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(254), repr=False)
    #: SHA-256 of the token in the link, which only the mail holds
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, repr=False)
    #: when the mail server took the letter with this link; None until then
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)


class PilotComment(Base):
    """What one tester wrote about one question."""

    __tablename__ = "pilot_comment"
    __table_args__ = (UniqueConstraint("tester_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    tester_id: Mapped[int] = mapped_column(ForeignKey("pilot_tester.id"))
    item_id: Mapped[str] = mapped_column(String(40))
    #: what they think the question asks
    meaning: Mapped[str] = mapped_column(Text, repr=False)
    #: what was hard about it
    remark: Mapped[str] = mapped_column(Text, repr=False)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
