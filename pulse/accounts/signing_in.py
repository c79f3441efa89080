"""Signing in and out: what is checked, how often it may be tried, and how long it lasts.

Every refusal reads the same and does the same work, so that the page does not tell which e-mail addresses
have an account.
"""

import hashlib
import hmac
import ipaddress
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from pulse.accounts import passwords, queries
from pulse.accounts.models import Account, SignIn
from pulse.db import writing

#: where the secret lies in Flask's signed cookie
COOKIE_FIELD = "sign_in"
LASTS = timedelta(hours=12)
IDLE = timedelta(hours=2)
#: the idle limit is moved at most this often, so that reading pages seldom writes
IDLE_STEP = timedelta(minutes=5)

WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_ACCOUNT = 10
#: a whole council may share one address, so a network gets more than one person needs
ATTEMPTS_PER_NETWORK = 100


class SignInRefusedError(Exception):
    """The e-mail address and the password do not open an account; says no more than that."""


class TooManyAttemptsError(Exception):
    """This account or this network was tried too often lately."""


def sign_in(email: str, password: str, *, network: str, key: str, now: datetime) -> str:
    """Check the password and begin a signed-in period; returns the secret for the browser's cookie.

    Raises SignInRefusedError, or TooManyAttemptsError. `key` hides the names of doors in the throttle.
    """
    doors = door(key, "account", email.strip().lower()), door(key, "network", network_prefix(network))
    _knock(doors, now)
    account = queries.find_account_by_email(email)
    fits = passwords.verify_password(account.password_hash if account else None, password)
    if account is None or not fits or not account.active:
        raise SignInRefusedError
    rehashed = _rehash(account, password)
    with writing():
        account = queries.get_account(account.id)
        account.password_hash = rehashed or account.password_hash
        queries.delete_attempts(doors[0])
        queries.give_back_attempt(doors[1])
        queries.delete_expired(now)
        return begin(account.id, now)


def check_own_password(account_id: int, password: str, *, key: str, now: datetime) -> bool:
    """Whether somebody who is signed in knows the password; raises TooManyAttemptsError.

    Who sits at an unlocked computer could try it here as often as they like. These attempts have a door of
    their own, so that they cannot shut its owner out at the sign-in page.
    """
    own = door(key, "own password", str(account_id))
    with writing():
        free = queries.claim_attempt(own, ATTEMPTS_PER_ACCOUNT, WINDOW, now)
    if not free:
        raise TooManyAttemptsError
    fits = passwords.verify_password(queries.get_account(account_id).password_hash, password)
    if fits:
        with writing():
            queries.delete_attempts(own)
    return fits


def begin(account_id: int, now: datetime) -> str:
    """A new signed-in period for the account, inside the caller's `writing()`; returns its secret."""
    secret = secrets.token_urlsafe(32)
    queries.add_sign_in(
        SignIn(
            secret_hash=hash_secret(secret), account_id=account_id, expires_at=now + LASTS, idle_at=now + IDLE
        )
    )
    return secret


def resume(secret: str, now: datetime) -> Account | None:
    """The account that this secret is signed in as, or None; moves the idle limit when it is due."""
    found = queries.find_sign_in(hash_secret(secret), now)
    if found is None:
        return None
    sign_in_row, account = found
    if sign_in_row.idle_at < now + IDLE - IDLE_STEP:
        # a database too busy to write may still be read; the limit is moved by a later page
        with suppress(OperationalError), writing():
            queries.update_idle(hash_secret(secret), now + IDLE)
        account = queries.get_account(account.id)
    return account


def sign_out(secret: str) -> None:
    """End the signed-in period on the server; the cookie opens nothing any more, and ending twice is fine."""
    with writing():
        queries.delete_sign_in(hash_secret(secret))


def purge(now: datetime) -> int:
    """Remove what is over; how many rows went. Safe to run at any time."""
    with writing():
        return queries.delete_expired(now)


def hash_secret(secret: str) -> bytes:
    """What the database keeps of a cookie's secret."""
    return hashlib.sha256(secret.encode()).digest()


def network_prefix(remote: str) -> str:
    """The part of an internet address that one household or office shares: /24, or /56 for IPv6."""
    try:
        address = ipaddress.ip_address(remote.partition("%")[0])
    except ValueError:
        return "unknown"
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    length = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network((address, length), strict=False))


def door(key: str, kind: str, name: str) -> bytes:
    """A keyed hash: the throttle's table names no person and no network, even to who holds a backup."""
    return hmac.digest(key.encode(), f"sign-in {kind}\0{name}".encode(), "sha256")


def _knock(doors: tuple[bytes, bytes], now: datetime) -> None:
    """Count the attempt before looking at the password: a check after it would lose a race."""
    with writing():
        account_free = queries.claim_attempt(doors[0], ATTEMPTS_PER_ACCOUNT, WINDOW, now)
        network_free = queries.claim_attempt(doors[1], ATTEMPTS_PER_NETWORK, WINDOW, now)
    if not (account_free and network_free):
        raise TooManyAttemptsError


def _rehash(account: Account, password: str) -> str | None:
    """A new hash when the parameters have changed; made outside the transaction, because it is slow."""
    return passwords.hash_password(password) if passwords.needs_rehash(account.password_hash) else None
