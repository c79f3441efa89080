"""Links that cannot be guessed and of which only a hash is kept."""

import base64
import hashlib
import hmac
import re

_BYTES = 20  # 160 bits
_FORM = re.compile(r"[a-z2-7]{32}\Z")


def make_token(token_key: bytes, wave_id: int, person_id: int) -> str:
    """HMAC-SHA256(token key, wave, person) cut to 160 bits, in 32 characters of base32.

    Made again from the same three values, so that a reminder carries the same link and none is stored.
    """
    message = f"{wave_id}:{person_id}".encode()
    digest = hmac.new(token_key, message, hashlib.sha256).digest()[:_BYTES]
    return base64.b32encode(digest).decode().lower()


def hash_token(token: str) -> bytes:
    """What the register keeps: SHA-256. No salt or stretching is needed on 160 random-looking bits."""
    return hashlib.sha256(token.encode()).digest()


def is_well_formed(token: str) -> bool:
    """Whether a link's code could be one of ours; anything else is turned away without a query."""
    return _FORM.match(token) is not None
