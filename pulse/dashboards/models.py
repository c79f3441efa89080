"""Which digests of released waves have been sent: the only thing that dashboards ever write."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base

#: claimed before it is sent, so that a crash sends one too few and never one too many
DIGEST_STATES = ("claimed", "sent", "failed")


class DigestMail(Base):
    """One leader's mail about one released wave."""

    __tablename__ = "digest_mail"
    __table_args__ = (CheckConstraint(f"state IN {DIGEST_STATES}", name="state"),)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="claimed")
