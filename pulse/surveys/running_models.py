"""What keeps programmes running: drafts, the burden agreed, announcements, and the worker's clock."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime

#: programs that take a message at an address of their own
TEAMS, SLACK = "teams", "slack"
#: when they are told, each once a wave
OCCASIONS = OPENED, CLOSING, RELEASED = ("opened", "closing", "released")


class ProgrammeDraft(Base):
    """What an editor has typed in the wizard so far; gone when it is saved, or a month old."""

    __tablename__ = "programme_draft"

    #: 128 random bits, in the address of the wizard's pages
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: the programme to change; None for a new one
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), default=None)
    #: name of a step -> its fields as they were typed
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)


class BurdenAgreement(Base):
    """How much of a person's time all programmes together may take in twelve weeks; one row."""

    __tablename__ = "burden_agreement"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("1 <= warn_minutes AND warn_minutes <= most_minutes", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: from here on the wizard warns
    warn_minutes: Mapped[int]
    #: above this nothing is saved
    most_minutes: Mapped[int]


class Webhook(Base):
    """A place in Microsoft Teams or Slack that is told of a programme: open links, never one's own."""

    __tablename__ = "webhook"
    __table_args__ = (CheckConstraint(f"kind IN {(TEAMS, SLACK)}", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    #: whoever has it can post there, so no page shows it whole
    url: Mapped[str] = mapped_column(Text, repr=False)


class WebhookPost(Base):
    """That one of them was told of one occasion: claimed before it is posted, so at most once."""

    __tablename__ = "webhook_post"
    __table_args__ = (
        CheckConstraint(f"occasion IN {OCCASIONS}", name="occasion"),
        CheckConstraint("state IN ('claimed', 'sent', 'failed')", name="state"),
    )

    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(10), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))


class UnitRate(Base):
    """Share of a unit's people who had answered by the wave's `rate_day`, rounded down; gone at close."""

    __tablename__ = "unit_rate"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    #: percent, of everybody asked in the unit and all below it
    rate: Mapped[int]


class WorkerBeat(Base):
    """When a worker last did a whole tick: tells that it runs, and a clock that went back. One row."""

    __tablename__ = "worker_beat"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticked_at: Mapped[datetime] = mapped_column(UTCDateTime)
