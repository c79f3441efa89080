"""The register: who was sent a paper, and, while the wave is open, who need not be reminded.

Protected: only this package imports it. It holds no time and no order, because either would let the register
be matched with the box of envelopes.
"""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import UNSAMPLED, Base
from pulse.surveys.models import EMAIL

#: how far the invitation has got: waiting, being sent, sent, refused by the mail server, no address held
WAITING, SENDING, SENT, REFUSED, NO_ADDRESS = range(5)


class Invitation(Base):
    """One person's invitation to one wave. At close all but its delivery is cleared."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "ix_invitation_waiting",
            "wave_id",
            sqlite_where=text("delivery = 0"),
            postgresql_where=text("delivery = 0"),
        ),
        Index("ix_invitation_code", "code_hash", unique=True),
        {"info": UNSAMPLED},
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    #: SHA-256 of the token; the token itself is never stored
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    #: an envelope was stored; None once the wave has closed
    spent: Mapped[bool | None] = mapped_column(default=False)
    reminders: Mapped[int | None] = mapped_column(default=0)
    delivery: Mapped[int] = mapped_column(default=WAITING)
    #: keyed hash of the address that the invitation goes, or went, to: no reminder goes to any other
    sent_to: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None)
    #: SHA-256 of the 60-bit code for people without an e-mail address; cleared at close like the token's
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None)
    #: by which of surveys.models.CHANNELS the invitation goes, or went
    channel: Mapped[str] = mapped_column(String(8), default=EMAIL, server_default=EMAIL)
    #: SHA-256 of the reference that GOV.UK Notify was given for the invitation; cleared at close
    reference_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True, default=None)
