"""Passwords: kept as Argon2 hashes, compared in the same time whether or not the account exists."""

import functools
import secrets
import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

#: Argon2id with 32 MiB, two passes, one lane: above the OWASP Password Storage Cheat Sheet's minimum of
#: 19 MiB, and low enough that eight sign-ins at once fit into a small server's memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1, type=Type.ID)

#: without letters and figures that look alike
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """The Argon2 hash to store."""
    return HASHER.hash(_normal(password))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. None (no such account) costs the same work and never fits."""
    known = password_hash is not None
    try:
        fits = HASHER.verify(password_hash if password_hash is not None else _dummy_hash(), _normal(password))
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    return fits and known


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def random_password() -> str:
    """A one-time password of about 99 random bits, in groups that can be read out over the telephone."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def _normal(password: str) -> str:
    """The same characters however the keyboard composed them (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@functools.cache
def _dummy_hash() -> str:
    """What an unknown account's password is compared with: made once, of a password nobody has."""
    return HASHER.hash(secrets.token_urlsafe(32))
