"""The box of sealed envelopes. Protected: only this package imports it."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from pulse.db import UNSAMPLED, Base


class Envelope(Base):
    """One sealed answer sheet. Random ids and no row numbers: the box has no order (SQLite WITHOUT ROWID)."""

    __tablename__ = "envelope"
    __table_args__ = ({"sqlite_with_rowid": False, "info": UNSAMPLED},)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    #: sealed(padded(answers, unit, attributes, comments)), one size a wave
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
