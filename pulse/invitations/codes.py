"""Links that cannot be guessed, and short codes for paper slips; of both only a hash is kept."""

import base64
import hashlib
import hmac
import re

from argon2.low_level import Type, hash_secret_raw

from pulse.languages.saying import gettext

_BYTES = 20  # 160 bits
_FORM = re.compile(r"[a-z2-7]{32}\Z")

#: 32 figures and letters without I, L, O and U, so that no two look alike and few words come out
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_CHARACTERS, _BITS_EACH, _GROUP = 12, 5, 4
#: what people write for characters that are not in the alphabet
_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.\-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}_/]+")
#: Argon2id: passes, KiB and lanes; the OWASP Password Storage Cheat Sheet's minimum, for the reasons below
_PASSES, _KIB, _LANES = 2, 19 * 1024, 1


def make_token(token_key: bytes, wave_id: int, person_id: int) -> str:
    """HMAC-SHA256(token key, wave, person) cut to 160 bits, in 32 characters of base32.

    Made again from the same three values, so that a reminder carries the same link and none is stored.
    """
    return _as_token(_mac(token_key, f"{wave_id}:{person_id}")[:_BYTES])


def mark_address(token_key: bytes, wave_id: int, person_id: int, address: str) -> bytes:
    """What the register keeps of the address that an invitation went to, whatever its capitals: an HMAC.

    Under a label of its own. Whoever has the database alone cannot try addresses on it.
    """
    return _mac(token_key, f"sent to:{wave_id}:{person_id}:{address.lower()}")


def make_reference(token_key: bytes, wave_id: int, person_id: int, step: int) -> str:
    """What a letter is called: the invitation (step 0) or one of the reminders, the same when tried again.

    128 bits under a label of its own: it leads to no link, and without the key to no person.
    """
    return _mac(token_key, f"letter:{wave_id}:{person_id}:{step}")[:16].hex()


def hash_token(token: str) -> bytes:
    """What the register keeps: SHA-256. No salt or stretching is needed on 160 random-looking bits."""
    return hashlib.sha256(token.encode()).digest()


def is_well_formed(token: str) -> bool:
    """Whether a link's code could be one of ours; anything else is turned away without a query."""
    return _FORM.match(token) is not None


def make_code(token_key: bytes, wave_id: int, person_id: int) -> str:
    """60 bits of an HMAC of the same values under another label, as three groups such as "7K3M 9QXT B2WF".

    Nothing about the person's link follows from it, and it can be made again for a second slip.
    """
    number = int.from_bytes(_mac(token_key, f"code:{wave_id}:{person_id}")[:8], "big") >> 4
    places = range(_BITS_EACH * (_CODE_CHARACTERS - 1), -1, -_BITS_EACH)
    characters = "".join(_ALPHABET[number >> place & 31] for place in places)
    return " ".join(characters[at : at + _GROUP] for at in range(0, _CODE_CHARACTERS, _GROUP))


def read_code(typed: str) -> str | None:
    """The code as its 12 characters, however it was typed (case, spaces, dashes, O for 0, I or L for 1).

    None if it cannot be one of ours.
    """
    plain = _BETWEEN.sub("", typed).upper().translate(_MISREAD)
    fits = len(plain) == _CODE_CHARACTERS and all(character in _ALPHABET for character in plain)
    return plain if fits else None


def misfit(typed: str) -> str:
    """Why what was typed cannot be a code, in one sentence for whoever typed it."""
    plain = _BETWEEN.sub("", typed).upper()
    if len(plain) != _CODE_CHARACTERS:
        return gettext(
            "A code has %(right)s letters and figures, and you typed %(typed)s: compare it with your slip.",
            right=_CODE_CHARACTERS,
            typed=len(plain),
        )
    odd = next((one for one in plain if one.translate(_MISREAD) not in _ALPHABET), "")
    return gettext("No code has the character %(odd)s in it: compare it with your slip.", odd=odd)


def token_of_code(code: str, salt: bytes) -> str:
    """What a code as `read_code` gives it stands for in one wave: as long as a link's token, slow to make.

    The register keeps the SHA-256 of this, as it does of a token: whoever steals the register can neither
    use a hash as a code nor look codes up. A plain hash of 60 bits would not do. With 3,000 slips out, one of
    them is found after some 2^60 / 3,000 = 4 * 10^14 tries: 11 hours at the 10^10 SHA-256 a second of one
    graphics card, while a wave is open for two weeks. Argon2id with 19 MiB and two passes takes some 50 ms
    here; at a generous 10^5 a second it needs 120 years. `salt` is the wave's public key, random and known
    to website and worker alike, so that work spent on one wave helps with no other. A keyed hash would be
    as good against a thief, but the only key the website has is SECRET_KEY: whoever changed it would make
    waste paper of every slip. The price is those 50 ms for each person without an e-mail address at the
    opening (outside any transaction), and for each code that is typed, which `brake` limits.
    """
    stretched = hash_secret_raw(code.encode(), salt, _PASSES, _KIB, _LANES, _BYTES, Type.ID)
    return _as_token(stretched)


def _mac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")


def _as_token(digest: bytes) -> str:
    return base64.b32encode(digest).decode().lower()
