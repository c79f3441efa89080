"""The question banks as this organisation changed them: every version that ever stood, the newest in use."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime

#: what was done to a document: `act` of a revision
ACTS = ("copied", "created", "edited", "imported", "restored", "retired")


class BankRevision(Base):
    """A document of the library as somebody left it. Never changed and never deleted: it is the history."""

    __tablename__ = "bank_revision"
    __table_args__ = (
        UniqueConstraint("document", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(f"act IN {ACTS}", name="act"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    #: the id of a bank, or "scales" or "sources"
    document: Mapped[str] = mapped_column(String(40))
    #: from 1; the supplied file, if there is one, is what stood before
    number: Mapped[int]
    #: YAML in the format of question_banks/
    content: Mapped[str] = mapped_column(Text, repr=False)
    act: Mapped[str] = mapped_column(String(10))
    #: what was changed, in the program's words: "PEO-03: spelling"
    what: Mapped[str] = mapped_column(String(300))
    #: why, in the editor's own words
    why: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: None for a command on the server
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), default=None)
