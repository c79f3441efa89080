"""A private key as text that people write down and type back: whole, or as two shares that need each other.

Each text is 56 characters of Crockford's base32 in groups of four: no letter that looks like a digit, and
capitals do not matter. A text holds which part it is, 32 bytes, and two bytes of checksum, so that a slip of
the pen is found at once and told from a key that is another wave's.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence

from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

KEY_BYTES = 32
_CHECK_BYTES = 2
_CHARACTERS = (1 + KEY_BYTES + _CHECK_BYTES) * 8 // 5
_WHOLE, _FIRST, _SECOND = range(3)
_RFC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WRITE = str.maketrans(_RFC, _CROCKFORD)
#: what people take for a digit is read as that digit; gaps and hyphens are theirs to set
_READ = str.maketrans(_CROCKFORD + "OIL", _RFC + "ABB")


class KeyTextError(Exception):
    """What was typed is no key; one sentence says what to do, and never quotes what was typed.

    `place` is which of the typed texts it is about, from 0.
    """

    def __init__(self, words: str, place: int = 0, **values: object) -> None:
        self.sentence = Sentence(words, **values)
        super().__init__(self.sentence)
        self.place = place


def write_key(key: bytes, holders: int, random_bytes: Callable[[int], bytes]) -> list[str]:
    """The texts for one or two holders. Either share alone is 32 random bytes and says nothing of the key."""
    if len(key) != KEY_BYTES or holders not in (1, 2):
        raise ValueError("a key has 32 bytes and one or two holders")
    if holders == 1:
        return [_write(_WHOLE, key)]
    first = random_bytes(KEY_BYTES)
    return [_write(_FIRST, first), _write(_SECOND, _xor(first, key))]


def read_key(texts: Sequence[str]) -> bytes:
    """The key behind one text, or behind two shares in any order; raises KeyTextError."""
    parts = [_read(text, place) for place, text in enumerate(map(_without_gaps, texts)) if text]
    kinds = sorted(kind for kind, _ in parts)
    if kinds == [_WHOLE]:
        return parts[0][1]
    if kinds == [_FIRST, _SECOND]:
        return _xor(parts[0][1], parts[1][1])
    raise KeyTextError(_what_is_wrong(kinds))


def _what_is_wrong(kinds: list[int]) -> str:
    if not kinds:
        return N_("Type the key, or both of its shares.")
    if kinds in ([_FIRST], [_SECOND]):
        return N_("This is one of two shares: type the other one too.")
    if _WHOLE in kinds:
        return N_("A whole key was typed together with another text: type the key alone.")
    return N_("The same one of the two shares was typed twice: type the other one too.")


def _write(kind: int, content: bytes) -> str:
    payload = bytes([kind]) + content
    text = base64.b32encode(payload + _checksum(payload)).decode().translate(_WRITE)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _without_gaps(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def _read(packed: str, place: int) -> tuple[int, bytes]:
    if len(packed) != _CHARACTERS:
        raise KeyTextError(
            N_(
                "A key has %(characters)s letters and digits, in %(groups)s groups of four, and %(typed)s "
                "were typed: compare it group by group with what was written down."
            ),
            place,
            characters=_CHARACTERS,
            groups=_CHARACTERS // 4,
            typed=len(packed),
        )
    if not set(packed) <= set(_CROCKFORD + "OIL"):
        raise KeyTextError(
            N_("A key has letters and digits only, and never a U: compare it group by group."), place
        )
    payload = base64.b32decode(packed.translate(_READ))
    content, check = payload[:-_CHECK_BYTES], payload[-_CHECK_BYTES:]
    if not hmac.compare_digest(check, _checksum(content)) or content[0] > _SECOND:
        raise KeyTextError(N_("A character of the key is wrong: compare it group by group."), place)
    return content[0], content[1:]


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(b"pulse key text" + payload).digest()[:_CHECK_BYTES]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def fingerprint_of(public_key: bytes) -> str:
    """Twenty characters that name a public key, in groups of four, for people to compare (100 bits)."""
    digest = hashlib.sha256(b"pulse public key" + public_key).digest()
    text = base64.b32encode(digest).decode().translate(_WRITE)[:20]
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
