"""The SQL of keys for other programs."""

from datetime import date

from sqlalchemy import delete, func, select, update

from pulse.accounts.models import Account, ApiKey
from pulse.db import count_changed, db


def find_key(secret_hash: bytes, kind: str) -> tuple[ApiKey, Account] | None:
    """The key of this kind with its account, whatever their state."""
    query = (
        select(ApiKey, Account)
        .join(Account, Account.id == ApiKey.account_id)
        .where(ApiKey.secret_hash == secret_hash, ApiKey.kind == kind)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def list_keys_of(account_id: int) -> list[ApiKey]:
    """The newest first."""
    query = select(ApiKey).where(ApiKey.account_id == account_id).order_by(ApiKey.id.desc())
    return list(db.session.scalars(query))


def list_all_keys() -> list[tuple[ApiKey, Account]]:
    """Every key with its account, by e-mail address, the newest first."""
    query = select(ApiKey, Account).join(Account, Account.id == ApiKey.account_id)
    rows = db.session.execute(query.order_by(Account.email, ApiKey.id.desc()))
    return [(key, account) for key, account in rows]


def count_keys_of(account_id: int) -> int:
    query = select(func.count()).select_from(ApiKey).where(ApiKey.account_id == account_id)
    return db.session.scalar(query) or 0


def add_key(key: ApiKey) -> ApiKey:
    """Stored, with its id."""
    db.session.add(key)
    db.session.flush()
    return key


def delete_key(key_id: int, account_id: int | None) -> bool:
    """Of this account alone, if one is given; False where there is no such key."""
    statement = delete(ApiKey).where(ApiKey.id == key_id)
    if account_id is not None:
        statement = statement.where(ApiKey.account_id == account_id)
    return count_changed(statement) == 1


def update_last_used(key_id: int, day: date) -> None:
    db.session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_on=day))
