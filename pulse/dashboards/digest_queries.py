"""Every SQL statement about digests: whose has been sent, and whose waits."""

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pulse.accounts.models import Account
from pulse.dashboards.models import DigestMail
from pulse.db import count_changed, db
from pulse.web.access import Role

_LEADS = (Account.role == Role.LEADER, Account.active)


def list_waiting(wave_id: int) -> list[int]:
    """The ids of leaders who can sign in and whose digest of this wave nobody has begun to send."""
    begun = exists().where(DigestMail.wave_id == wave_id, DigestMail.account_id == Account.id)
    statement = select(Account.id).where(*_LEADS, ~begun)
    return list(db.session.scalars(statement.order_by(Account.id)))


def find_leader(account_id: int) -> Account | None:
    """The account as the database has it now, if it still is of a leader who can sign in."""
    statement = select(Account).where(Account.id == account_id, *_LEADS)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def claim_digest(wave_id: int, account_id: int) -> bool:
    """Take one digest for sending, before it is sent; False if somebody has."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    row = {"wave_id": wave_id, "account_id": account_id, "state": "claimed"}
    taking = dialect.insert(DigestMail).values(row).on_conflict_do_nothing()
    return db.session.execute(taking.returning(DigestMail.account_id)).first() is not None


def set_digest_state(wave_id: int, account_id: int, state: str) -> None:
    """What became of a digest that was claimed."""
    count_changed(update(DigestMail).where(*_one(wave_id, account_id)).values(state=state))


def give_back_digest(wave_id: int, account_id: int) -> None:
    """Let a digest that was claimed, and has not left for certain, be tried again."""
    count_changed(delete(DigestMail).where(*_one(wave_id, account_id), DigestMail.state == "claimed"))


def _one(wave_id: int, account_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DigestMail.wave_id == wave_id, DigestMail.account_id == account_id
