"""The SQL of the translation pages that knows accounts."""

from collections.abc import Collection

from sqlalchemy import select

from pulse.accounts.models import Account
from pulse.db import db

_AT_ONCE = 500


def names_of(account_ids: Collection[int | None]) -> dict[int, str]:
    """Account id -> the name it goes by."""
    wanted = sorted({account_id for account_id in account_ids if account_id is not None})
    names: dict[int, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        chosen = Account.id.in_(wanted[start : start + _AT_ONCE])
        names |= {
            row[0]: row[1] for row in db.session.execute(select(Account.id, Account.full_name).where(chosen))
        }
    return names
