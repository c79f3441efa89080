"""The SQL of accounts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, column, delete, select, table, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from pulse.accounts.models import Account, SignIn, SignInThrottle
from pulse.db import db
from pulse.web.access import Role

#: directory lies above accounts, so its model is out of reach; these are the columns needed of it
_unit = table("unit", column("id"), column("code"), column("name"), column("parent_id"), column("active"))


def get_account(account_id: int) -> Account:
    """The account; raises NoResultFound."""
    return db.session.get_one(Account, account_id)


def find_account(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def find_account_by_email(email: str) -> Account | None:
    """The account with this e-mail address, however it is capitalised or padded."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def list_accounts() -> list[tuple[Account, str | None]]:
    """Every account with the name of its unit, by e-mail address."""
    rows = select(Account, _unit.c.name).join(_unit, _unit.c.id == Account.unit_id, isouter=True)
    return [(account, unit) for account, unit in db.session.execute(rows.order_by(Account.email))]


def add_account(account: Account) -> Account:
    """Stored, with its id."""
    db.session.add(account)
    db.session.flush()
    return account


def list_administrator_ids() -> list[int]:
    """Administrators who can sign in, locked until the transaction ends: two cannot remove each other."""
    query = select(Account.id).where(Account.role == Role.ADMINISTRATOR, Account.active)
    return list(db.session.scalars(query.order_by(Account.id).with_for_update()))


def find_unit_id(code: str) -> int | None:
    """The open unit with the organisation's own reference `code`."""
    return db.session.scalar(select(_unit.c.id).where(_unit.c.code == code.strip(), _unit.c.active))


def find_unit_code(unit_id: int | None) -> str | None:
    return db.session.scalar(select(_unit.c.code).where(_unit.c.id == unit_id))


def list_unit_ids_below(unit_id: int) -> set[int]:
    """The unit and every unit below it, as the tree stands now."""
    tree = select(_unit.c.id).where(_unit.c.id == unit_id).cte("tree", recursive=True)
    # `union`, not `union_all`: a cycle in the tree ends instead of running for ever
    tree = tree.union(select(_unit.c.id).join(tree, _unit.c.parent_id == tree.c.id))
    return set(db.session.scalars(select(tree.c.id)))


def add_sign_in(sign_in: SignIn) -> None:
    db.session.add(sign_in)
    db.session.flush()


def find_sign_in(secret_hash: bytes, now: datetime) -> tuple[SignIn, Account] | None:
    """The live sign-in with its account; None when over, idle too long, or the account is disabled."""
    query = (
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.secret_hash == secret_hash, SignIn.expires_at > now, SignIn.idle_at > now)
        .where(Account.active)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def update_idle(secret_hash: bytes, idle_at: datetime) -> None:
    """Move the idle limit of one sign-in."""
    db.session.execute(update(SignIn).where(SignIn.secret_hash == secret_hash).values(idle_at=idle_at))


def delete_sign_in(secret_hash: bytes) -> None:
    db.session.execute(delete(SignIn).where(SignIn.secret_hash == secret_hash))


def delete_sign_ins_of(account_id: int) -> None:
    """Sign the account out of every browser."""
    db.session.execute(delete(SignIn).where(SignIn.account_id == account_id))


def claim_attempt(key_hash: bytes, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one attempt; False once more than `limit` were counted within the window.

    One statement that counts and reads, so that many processes at once cannot all see the last free place.
    """
    over = SignInThrottle.resets_at <= now
    values: Mapping[str, Any] = {
        "attempts": case((over, 1), else_=SignInThrottle.attempts + 1),
        "resets_at": case((over, now + window), else_=SignInThrottle.resets_at),
    }
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(SignInThrottle).values(key_hash=key_hash, attempts=1, resets_at=now + window)
    upsert = insert.on_conflict_do_update(index_elements=[SignInThrottle.key_hash], set_=values)
    attempts: int = db.session.execute(upsert.returning(SignInThrottle.attempts)).scalar_one()
    return attempts <= limit


def delete_attempts(key_hash: bytes) -> None:
    """Forget every attempt at this door."""
    db.session.execute(delete(SignInThrottle).where(SignInThrottle.key_hash == key_hash))


def give_back_attempt(key_hash: bytes) -> None:
    """Uncount one attempt, because it succeeded."""
    query = update(SignInThrottle).where(SignInThrottle.key_hash == key_hash, SignInThrottle.attempts > 0)
    db.session.execute(query.values(attempts=SignInThrottle.attempts - 1))


def delete_expired(now: datetime) -> int:
    """Remove sign-ins and throttle counts that are over; how many rows went."""
    over = (
        delete(SignIn).where((SignIn.expires_at <= now) | (SignIn.idle_at <= now)),
        delete(SignInThrottle).where(SignInThrottle.resets_at <= now),
    )
    return sum(_rows(db.session.execute(statement)) for statement in over)


def _rows(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
