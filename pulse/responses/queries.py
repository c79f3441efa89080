"""Every SQL statement about the box of envelopes. Importable by responses and results alone."""

import secrets
from collections.abc import Generator, Iterable
from typing import cast

from sqlalchemy import Table, delete, func, insert, select

from pulse.db import db
from pulse.responses.models import Envelope

#: on the table and not on the class: that halves what each answer costs
_ADD = insert(cast(Table, Envelope.__table__))


def add_envelope(wave_id: int, sealed: bytes) -> None:
    """Put one envelope in the box under a random id."""
    row = {"wave_id": wave_id, "id": secrets.token_bytes(16), "sealed": sealed}
    db.session.execute(_ADD, row)


def count_envelopes(wave_id: int) -> int:
    statement = select(func.count()).select_from(Envelope).where(Envelope.wave_id == wave_id)
    return db.session.scalar(statement) or 0


def list_sealed(wave_id: int) -> Generator[bytes, None, None]:
    """The envelopes in the order of their random ids, a few thousand in memory at a time.

    Close it when not all are read: PostgreSQL keeps a cursor open for it.
    """
    statement = select(Envelope.sealed).where(Envelope.wave_id == wave_id).order_by(Envelope.id)
    found = db.session.scalars(statement.execution_options(yield_per=2000))
    try:
        yield from found
    finally:
        found.close()


def delete_envelopes(wave_id: int) -> None:
    db.session.execute(delete(Envelope).where(Envelope.wave_id == wave_id))


def count_envelopes_of(wave_ids: Iterable[int]) -> int:
    """Envelopes of any of these waves."""
    statement = select(func.count()).select_from(Envelope).where(Envelope.wave_id.in_(list(wave_ids)))
    return db.session.scalar(statement) or 0


def list_sizes(wave_id: int) -> list[int]:
    """The different lengths of the wave's envelopes, in bytes."""
    return list(
        db.session.scalars(select(func.length(Envelope.sealed)).where(Envelope.wave_id == wave_id).distinct())
    )


def list_ids(wave_id: int) -> list[bytes]:
    """The envelopes' ids, in their own order."""
    return list(
        db.session.scalars(select(Envelope.id).where(Envelope.wave_id == wave_id).order_by(Envelope.id))
    )
