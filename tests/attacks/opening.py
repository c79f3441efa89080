"""A copy's envelopes, and everything that is left on disk after the close: does any of it open them?

SealedBox is libsodium's own, not the product's use of it.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nacl.bindings import crypto_scalarmult_base
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from tests.attacks.raw import Raw

KEY = 32
_SEAL = 48
#: files up to this many bytes are tried window by window; larger ones are searched for the key itself
_SMALL = 8192


def candidates(files: Iterable[Path], databases: Sequence[Raw], wave_id: int) -> set[bytes]:
    """32 bytes at a time: every window of small files, every value of every row, and what is made of them."""
    found: set[bytes] = set()
    for path in files:
        if path.is_file() and KEY <= path.stat().st_size <= _SMALL:
            data = path.read_bytes()
            found |= set(_windows(data)) | {key for text in data.split() for key in _decoded(text)}
    for raw in databases:
        for table in raw.tables():
            for row in raw.rows(table):
                found |= {key for value in row.values() for key in _keys_in(value)}
    return found | {made for key in found for made in _made_of(key, wave_id)}


def _windows(data: bytes) -> Iterator[bytes]:
    for start in range(len(data) - KEY + 1):
        yield data[start : start + KEY]


def _keys_in(value: Any) -> Iterator[bytes]:
    """Of a stored value: its ends if it is bytes; what it spells if it is text."""
    if isinstance(value, bytes | memoryview):
        data = bytes(value)
        if len(data) >= KEY:
            yield from (data[:KEY], data[-KEY:])
    elif isinstance(value, str):
        yield from _decoded(value.encode())


def _decoded(text: bytes) -> Iterator[bytes]:
    for decode in (binascii.unhexlify, base64.b64decode, base64.urlsafe_b64decode, base64.b32decode):
        try:
            data = decode(text)
        except ValueError:
            continue
        if len(data) >= KEY:
            yield from (data[:KEY], data[-KEY:])


def _made_of(key: bytes, wave_id: int) -> Iterator[bytes]:
    """Keys that a careless program derives from another that it keeps."""
    yield hashlib.sha256(key).digest()
    for words in (f"{wave_id}", f"wave-{wave_id}", f"wave:{wave_id}", "wave"):
        yield hmac.new(key, words.encode(), hashlib.sha256).digest()


def passed_on(databases: Iterable[Raw], keys: Iterable[bytes]) -> set[bytes]:
    """Keys that lie sealed in a row, on their way to somebody, and that one of these keys opens."""
    values = {
        bytes(value)
        for raw in databases
        for table in raw.tables()
        for row in raw.rows(table)
        for value in row.values()
        if isinstance(value, bytes) and len(value) == _SEAL + KEY
    }
    return {key for one in values for mine in keys if (key := _unsealed(mine, one)) is not None}


def _unsealed(key: bytes, sealed: bytes) -> bytes | None:
    try:
        return SealedBox(PrivateKey(key)).decrypt(sealed)
    except CryptoError:
        return None


def opened(sealed: Sequence[bytes], public_key: bytes, keys: Iterable[bytes]) -> int:
    """How many of the envelopes one of the keys opens. Only the key whose public half this is can."""
    fitting = [key for key in keys if crypto_scalarmult_base(key) == public_key]
    return max((sum(_unsealed(key, one) is not None for one in sealed) for key in fitting), default=0)
