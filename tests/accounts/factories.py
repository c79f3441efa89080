"""Accounts, units and signed-in browsers for tests."""

import functools
import itertools
from datetime import UTC, datetime

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from pulse.accounts import queries, signing_in
from pulse.accounts.models import Account
from pulse.db import db, writing
from pulse.directory.models import Unit
from pulse.web.access import Role

PASSWORD = "seven green kettles on a barge"
_numbers = itertools.count(1)


@functools.cache
def cheap_hash(password: str) -> str:
    """An Argon2 hash that takes no time; the first sign-in with it makes a proper one."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


def make_unit(code: str | None = None, parent: Unit | None = None, **values: object) -> Unit:
    """A stored unit."""
    code = code or f"unit-{next(_numbers)}"
    with writing():
        unit = Unit(code=code, name=f"Unit {code}", parent_id=parent.id if parent else None, **values)  # type: ignore[arg-type]
        db.session.add(unit)
        db.session.flush()
    return unit


def make_account(role: Role = Role.ADMINISTRATOR, *, password: str = PASSWORD, **values: object) -> Account:
    """A stored account; a leader gets a unit of its own unless `unit_id` is given."""
    number = next(_numbers)
    if role is Role.LEADER and "unit_id" not in values:
        values["unit_id"] = make_unit().id
    defaults: dict[str, object] = {
        "email": f"{role.value}.{number}@example.org",
        "full_name": f"Test Person {number}",
        "password_hash": cheap_hash(password),
        "created_at": datetime.now(UTC),
    }
    with writing():
        return queries.add_account(Account(role=role, **(defaults | values)))  # type: ignore[arg-type]


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """The same client, signed in as the account without going through the sign-in page."""
    with writing():
        secret = signing_in.begin(account.id, datetime.now(UTC))
    with client.session_transaction() as cookie:
        cookie[signing_in.COOKIE_FIELD] = secret
    return client
