"""Every SQL statement about the register. None of them returns who has, or has not, answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from pulse.db import count_changed, db, read_without_transaction
from pulse.invitations.models import NO_ADDRESS, REFUSED, SENDING, SENT, WAITING, Invitation
from pulse.surveys.models import LETTER, Wave, WaveMember, WaveUnit

#: the two statements of every answer, on the table and not on the class: that halves what they cost
_register, _wave, _member = (cast(Table, model.__table__) for model in (Invitation, Wave, WaveMember))
#: a link and a paper code lead to the same entry, and whichever comes first uses it up
_is_behind = (_register.c.token_hash == bindparam("link")) | (_register.c.code_hash == bindparam("link"))
_ENTRY = (
    select(
        *(_register.c.wave_id, _register.c.person_id, _register.c.spent),
        *(_wave.c.state, _wave.c.plan_sha256, _wave.c.public_key, _wave.c.sheet_bytes),
        *(_member.c.unit_id, _member.c.leads, _member.c.block, _member.c.attributes),
    )
    .join_from(_register, _wave, _wave.c.id == _register.c.wave_id)
    .outerjoin(
        _member,
        (_member.c.wave_id == _register.c.wave_id) & (_member.c.person_id == _register.c.person_id),
    )
    .where(_is_behind)
)
_CLAIM_SPENT = update(_register).where(_is_behind, _register.c.spent.is_(False)).values(spent=True)


@dataclass(frozen=True)
class Entry:
    """What a link leads to, in one row: the register's entry, its wave, and where the person is counted.

    `unit_id` is None for somebody who is not in the wave's frozen population (any more).
    """

    wave_id: int
    person_id: int
    spent: bool
    wave_state: str
    plan_sha256: str | None
    public_key: bytes | None
    sheet_bytes: int | None
    unit_id: int | None
    leads: bool
    #: which block of the plan's questions this person is asked; 0 where the plan has none
    block: int
    attributes: dict[str, Any]


def add_invitations(rows: Sequence[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(Invitation), rows)


def find_entry(token_hash: bytes) -> Entry | None:
    """The register's entry for a link or a paper code, or None; it writes nothing."""
    read_without_transaction()
    row = db.session.execute(_ENTRY, {"link": token_hash}).one_or_none()
    if row is None:
        return None
    return Entry(
        *(row.wave_id, row.person_id, bool(row.spent)),
        *(row.state, row.plan_sha256, row.public_key, row.sheet_bytes),
        *(row.unit_id, bool(row.leads)),
        block=row.block or 0,
        attributes=row.attributes or {},
    )


def claim_spent(token_hash: bytes) -> bool:
    """Mark the link as used; False if it was used before. The one write that decides who counts."""
    return cast(CursorResult[Any], db.session.execute(_CLAIM_SPENT, {"link": token_hash})).rowcount == 1


def count_spent(wave_id: int) -> int:
    return _count(wave_id, Invitation.spent.is_(True))


def count_delivered(wave_id: int) -> int:
    """Invitations that reached a mail server, or a person who was handed a link otherwise."""
    return _count(wave_id, Invitation.delivery == SENT)


def count_asked(wave_id: int) -> int:
    """Everybody entered in the wave's register."""
    return _count(wave_id, true())


def count_unreached(wave_id: int) -> int:
    """People without an address, or whose mail server refused the letter for good."""
    return _count(wave_id, Invitation.delivery.in_((REFUSED, NO_ADDRESS)))


def _count(wave_id: int, condition: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(Invitation).where(Invitation.wave_id == wave_id, condition)
    return db.session.scalar(statement) or 0


@dataclass(frozen=True)
class Traces:
    """What registers still hold of waves that are over: hashes of links, codes and addresses, and notes."""

    links: int
    notes: int


def count_traces(wave_ids: Iterable[int]) -> Traces:
    """How many entries of these waves still tell a link, a code, an address, a use or a reminder."""
    hashes = (Invitation.token_hash, Invitation.code_hash, Invitation.sent_to, Invitation.reference_hash)
    linked = or_(*(column.is_not(None) for column in hashes))
    noted = Invitation.spent.is_not(None) | Invitation.reminders.is_not(None)
    statement = select(func.count().filter(linked), func.count().filter(noted)).select_from(Invitation)
    row = db.session.execute(statement.where(Invitation.wave_id.in_(list(wave_ids)))).one()
    return Traces(links=row[0], notes=row[1])


def set_delivery(wave_id: int, person_ids: Sequence[int], delivery: int) -> None:
    if delivery not in (WAITING, SENDING, SENT, REFUSED, NO_ADDRESS):
        raise ValueError(f"no such delivery state: {delivery}")
    _update(wave_id, person_ids, delivery=delivery)


def _update(wave_id: int, person_ids: Sequence[int], **values: int) -> None:
    statement = update(Invitation).where(
        Invitation.wave_id == wave_id, Invitation.person_id.in_(list(person_ids))
    )
    if person_ids:
        db.session.execute(statement.values(**values).execution_options(synchronize_session=False))


def delete_register(wave_id: int) -> None:
    """Of a wave that was given up nothing is kept, not even who was asked."""
    db.session.execute(delete(Invitation).where(Invitation.wave_id == wave_id))


def clear_register(wave_id: int) -> None:
    """After close no row says who took part, who was reminded, which link was whose, or where it was sent."""
    statement = update(Invitation).where(Invitation.wave_id == wave_id)
    links = dict.fromkeys(("token_hash", "code_hash", "sent_to", "reference_hash"))
    cleared = statement.values(**links, spent=None, reminders=None)
    db.session.execute(cleared.execution_options(synchronize_session=False))


_unreached = Invitation.delivery.in_((REFUSED, NO_ADDRESS))
#: letters on paper bear a code, as slips do
_by_post = Invitation.channel == LETTER


def list_without_code(wave_id: int, limit: int) -> list[int]:
    """Up to `limit` people of an open wave asked on paper, by slip or by post, who have no code yet."""
    statement = (
        select(Invitation.person_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(Invitation.wave_id == wave_id, Wave.state == "open", _unreached | _by_post)
        .where(Invitation.token_hash.is_not(None), Invitation.code_hash.is_(None))
    )
    return list(db.session.scalars(statement.limit(limit)))


def set_codes(wave_id: int, hashes: dict[int, bytes]) -> int:
    """Enter the hash of each person's code, unless there is one; how many were entered."""
    entered = 0
    for person_id, code_hash in hashes.items():
        statement = update(Invitation).where(
            Invitation.wave_id == wave_id, Invitation.person_id == person_id, Invitation.code_hash.is_(None)
        )
        entered += count_changed(statement.values(code_hash=code_hash))
    return entered


def list_unreached(wave_id: int) -> list[tuple[int, str]]:
    """(person, name of the unit) of everybody whom no letter reaches, whether or not they have answered."""
    statement = (
        select(Invitation.person_id, WaveUnit.name)
        .join(
            WaveMember,
            (WaveMember.wave_id == Invitation.wave_id) & (WaveMember.person_id == Invitation.person_id),
        )
        .join(WaveUnit, (WaveUnit.wave_id == WaveMember.wave_id) & (WaveUnit.unit_id == WaveMember.unit_id))
        .where(Invitation.wave_id == wave_id, _unreached)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def list_code_salts() -> list[bytes]:
    """The public keys of waves in which somebody has a code: what codes of that wave were hashed with."""
    read_without_transaction()
    coded = select(Invitation.wave_id).where(Invitation.wave_id == Wave.id, Invitation.code_hash.is_not(None))
    statement = select(Wave.public_key).where(Wave.public_key.is_not(None), coded.exists())
    return [salt for salt in db.session.scalars(statement.order_by(Wave.id)) if salt is not None]
