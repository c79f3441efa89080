"""Envelopes: what is in one, how it is padded to one size a wave, sealed, and opened again at close."""

import json
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

#: whoever can write to the database can seal something to the public key; it must not pass for an answer
NOT_A_SHEET = (
    "An envelope holds something other than answers to this wave's questions, so the database was changed "
    "by hand: nothing is released; compare it with its backup."
)


class EnvelopeDamaged(Exception):
    """An envelope cannot be opened with the wave's key, or holds no answer sheet."""


@dataclass(frozen=True)
class Sheet:
    """One person's answers as sealed: no person, no time.

    `answers` has one character for each closed item of the plan in order, leaders' items last.
    """

    unit_id: int
    answers: str
    attributes: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


def seal(sheet: Sheet, size: int, public_key: bytes) -> bytes:
    """Pad to `size` bytes and seal to the wave's public key; only the private half can open it.

    Raises ValueError if the sheet is larger than the wave allows.
    """
    parts = [sheet.unit_id, sheet.answers, sheet.attributes, sheet.comments]
    packed = json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()
    if len(packed) > size:
        raise ValueError("the sheet is larger than this wave's envelopes")
    return SealedBox(PublicKey(public_key)).encrypt(packed.ljust(size, b"\0"))


def open_envelope(sealed: bytes, private_key: PrivateKey) -> Sheet:
    """The sheet inside; raises EnvelopeDamaged if the key does not fit or a byte was changed."""
    try:
        packed = SealedBox(private_key).decrypt(sealed).rstrip(b"\0")
    except CryptoError as error:
        raise EnvelopeDamaged(
            "An envelope cannot be opened with this wave's key: nothing is released; put back the wave's own "
            "key file, or the database as its backup has it."
        ) from error
    try:
        unit_id, answers, attributes, comments = json.loads(packed)
    except (TypeError, ValueError):  # no cause is kept: it would quote what was inside
        raise EnvelopeDamaged(NOT_A_SHEET) from None
    if not isinstance(unit_id, int) or not isinstance(answers, str):
        raise EnvelopeDamaged(NOT_A_SHEET)
    return Sheet(unit_id, answers, attributes, comments)


def packed_bytes(text: str) -> int:
    """Bytes that a comment takes in a sheet: quotation marks take two, control characters six."""
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2
