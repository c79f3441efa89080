"""Texts in other languages: every version that ever stood, with who translated it and who reviewed it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import Base, UTCDateTime

DRAFT, REVIEWED = "draft", "reviewed"


class Translation(Base):
    """One version of one text. The newest number counts; older ones are the history, never changed.

    A text is found by its context and its English words: change the English, and it has no translation yet.
    """

    __tablename__ = "translation"
    __table_args__ = (
        UniqueConstraint("language", "context", "source_sha256", "number", name="uq_translation_language"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(f"state IN {(DRAFT, REVIEWED)}", name="state"),
        CheckConstraint("state = 'draft' OR reviewer_id IS NOT NULL", name="reviewed_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    #: a code of LANGUAGES, not "en"
    language: Mapped[str] = mapped_column(String(5))
    #: where it stands: "page", "item PTA-01", "scale agreement", "bank weir_six", "programme 3" ...
    context: Mapped[str] = mapped_column(String(80))
    source_sha256: Mapped[str] = mapped_column(String(64))
    #: from 1
    number: Mapped[int]
    #: the English words
    source: Mapped[str] = mapped_column(Text)
    #: of a text with plural forms, one form a line
    text: Mapped[str] = mapped_column(Text)
    #: DRAFT or REVIEWED
    state: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: what the translator or reviewer wants the next person to know
    note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    #: None for the program's own machine draft, or an import
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), default=None)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), default=None)
    #: of a reversed question, whose sense is easily lost: nobody's own translation, nor the first reviewer's
    second_reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), default=None)
