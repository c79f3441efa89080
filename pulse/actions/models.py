"""You said, we did: what was promised after a wave, by whom, and what became of it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base

STATES = ("promised", "doing", "done", "not_done")
SAID_LENGTH = 300
DID_LENGTH = 2000
OWNER_LENGTH = 120
FINDING_LENGTH = 300


class Action(Base):
    """One promise, attached to what people said in a released wave."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    #: the wave in which it was said
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    said: Mapped[str] = mapped_column(String(SAID_LENGTH))
    did: Mapped[str] = mapped_column(Text)
    #: a role or a team, such as Head of Housing
    owner: Mapped[str] = mapped_column(String(OWNER_LENGTH))
    due_on: Mapped[date]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), default=None)
    #: the measure it should move, such as PTA
    measure: Mapped[str | None] = mapped_column(String(40), default=None)
    state: Mapped[str] = mapped_column(String(12), default="promised")
    done_on: Mapped[date | None] = mapped_column(default=None)
    #: the finding that it answers, in the words of the results page at the time
    finding: Mapped[str | None] = mapped_column(String(FINDING_LENGTH), default=None)
