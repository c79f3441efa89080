"""Keys with which other programs read what an account may read: made, shown once, used, revoked.

A key stands for its account as that is when the key is used: a change of role or unit changes what it opens,
and of an account that is disabled or has a one-time password every key is dead.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import OperationalError

from pulse.accounts import key_queries, queries
from pulse.accounts.identity import SignedIn, as_signed_in
from pulse.accounts.managing import AccountError, require_own_password
from pulse.accounts.models import KEY_KINDS, ApiKey
from pulse.accounts.signing_in import (
    ATTEMPTS_PER_NETWORK,
    WINDOW,
    SignInRefusedError,
    TooManyAttemptsError,
    door,
    hash_secret,
    network_prefix,
)
from pulse.db import writing
from pulse.languages.saying import gettext as _
from pulse.web.formatting import LONDON

#: so that a program that looks for secrets in files and mails knows one when it sees it
PREFIX = "pulse_"
#: a key that nobody renews ends
DAYS = (30, 90, 365)
MOST_KEYS = 20


@dataclass(frozen=True)
class KeyWish:
    """What somebody asks for; `password` is their own, so that an unlocked computer is not enough."""

    name: str
    kind: str
    days: int
    password: str


def make_key(account_id: int, wish: KeyWish, *, key: str, now: datetime) -> tuple[ApiKey, str]:
    """A new key and its secret, which is told here once and stored nowhere; raises AccountError.

    `key` hides the account in the throttle.
    """
    require_own_password(account_id, wish.password, field="password", key=key, now=now)
    if wish.kind not in KEY_KINDS or wish.days not in DAYS:
        raise AccountError("kind", _("Choose what the key opens and for how long from the lists."))
    secret = PREFIX + secrets.token_urlsafe(32)
    with writing():
        queries.get_account(account_id)
        if key_queries.count_keys_of(account_id) >= MOST_KEYS:
            sentence = _("You have %(keys)s keys: revoke one that is not needed any more.", keys=MOST_KEYS)
            raise AccountError("name", sentence)
        made = ApiKey(
            account_id=account_id,
            name=wish.name.strip(),
            kind=wish.kind,
            secret_hash=hash_secret(secret),
            created_at=now,
            expires_on=_day(now) + timedelta(days=wish.days),
        )
        return key_queries.add_key(made), secret


def open_with(secret: str, kind: str, *, network: str, key: str, now: datetime) -> SignedIn:
    """Whose eyes a program reads with; raises SignInRefusedError, or TooManyAttemptsError.

    A good key is found first and never counted, so nobody on the same network can lock it out. `key` hides
    the name of the network in the throttle.
    """
    account = _find(secret, kind, now)
    if account is not None:
        return account
    with writing():
        free = queries.claim_attempt(
            door(key, "wrong key", network_prefix(network)), ATTEMPTS_PER_NETWORK, WINDOW, now
        )
    raise SignInRefusedError if free else TooManyAttemptsError


def revoke(key_id: int, account_id: int | None = None) -> bool:
    """End a key at once, of this account alone if one is given; False where there is no such key."""
    with writing():
        return key_queries.delete_key(key_id, account_id)


def is_over(key: ApiKey, now: datetime) -> bool:
    """It opens to the end of its last day, by the clocks in London."""
    return _day(now) > key.expires_on


def _find(secret: str, kind: str, now: datetime) -> SignedIn | None:
    found = key_queries.find_key(hash_secret(secret), kind) if secret.startswith(PREFIX) else None
    if found is None:
        return None
    key, account = found
    if is_over(key, now) or not account.active or account.password_is_temporary:
        return None
    who = as_signed_in(account)
    if key.last_used_on != _day(now):
        key_id = key.id
        # a database too busy to write may still be read; the day is noted by a later call
        with suppress(OperationalError), writing():
            key_queries.update_last_used(key_id, _day(now))
    return who


def _day(now: datetime) -> date:
    return now.astimezone(LONDON).date()
