"""A text in plain characters: what the search for names and numbers looks at.

A name is hidden from a search, but not from a reader, by characters that cannot be seen, by letters in
circles or in bold, and by letters of another alphabet that look the same. The text that is kept stays as it
was typed but for what cannot be seen, so that a half or a trade mark stays one; names and numbers are looked
for in readings of it, which know where each of their characters stood.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: what need not be shown: Default_Ignorable_Code_Point in DerivedCoreProperties.txt of the Unicode Character
#: Database 14.0 (Unicode Standard Annex 44); at the end three more that show as a blank or as nothing, namely
#: the empty Braille pattern, the null notehead and the object replacement character
_IGNORABLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2800\U0001d159\ufffc]"
)
_PRINTED = re.compile(r"[\n -~]*")
#: one kind of apostrophe, quotation mark, minus, dot, star and stroke; dashes and spaces go by their category
_ONE_KIND = (
    dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02c8\u2032\u00b4\u055a\ua78c", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2212\u2043\u02d7", "-")
    | dict.fromkeys("\u00b7\u2022\u2219\u22c5\u2027\u30fb\u3002", ".")
    | {"\u2217": "*", "\u2044": "/", "\u2215": "/"}
)
_CIRCLED = re.compile(r"LATIN (?:(?:CAPITAL|SMALL) LETTER|(LETTER SMALL CAPITAL)) ([A-Z])$")
_NAMED = re.compile(r"(LATIN|CYRILLIC|GREEK) (CAPITAL|SMALL) LETTER (.+?)(?: WITH .+)?$")
_FLAG = re.compile(r"REGIONAL INDICATOR SYMBOL LETTER ([A-Z])$")
#: Unicode names of letters and the Latin ones that they look like in either case; a part of what Unicode
#: Technical Standard 39 lists (confusables.txt)
_LOOKS_LIKE = {
    "LATIN": {letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    | {"ALPHA": "A", "OPEN E": "E", "SCRIPT G": "G", "DOTLESS I": "I", "IOTA": "I", "LONG S": "S"},
    "CYRILLIC": {"A": "A", "VE": "B", "ES": "C", "KOMI DE": "D", "IE": "E", "IO": "E", "EN": "H", "SHHA": "H"}
    | {"BYELORUSSIAN-UKRAINIAN I": "I", "YI": "I", "JE": "J", "KA": "K", "PALOCHKA": "L", "EM": "M", "O": "O"}
    | {"ER": "P", "QA": "Q", "DZE": "S", "TE": "T", "IZHITSA": "V", "WE": "W", "HA": "X", "U": "Y"}
    | {"STRAIGHT U": "Y", "SOFT SIGN": "B"},
    "GREEK": {"ALPHA": "A", "BETA": "B", "EPSILON": "E", "ETA": "H", "IOTA": "I", "YOT": "J", "KAPPA": "K"}
    | {"MU": "M", "NU": "N", "OMICRON": "O", "RHO": "P", "TAU": "T", "UPSILON": "Y", "CHI": "X", "ZETA": "Z"},
}
#: small Greek letters that look like another letter than their capitals do
_SMALL_GREEK = {"ETA": "n", "NU": "v", "MU": "u", "UPSILON": "u", "GAMMA": "y", "OMEGA": "w", "SIGMA": "o"}
_FOR_DIGITS = str.maketrans("OoIl", "0011")
#: a word of digits and letters that look like some: O77OO
_LETTERS_FOR_DIGITS = re.compile(r"(?<![^\W_])(?:(?=[OoIl]*\d)[\dOoIl]+|[Oo]{2,})(?![^\W_])")


class Reading(NamedTuple):
    """A text in plain characters, and where each stood in the text as it was typed; its end comes last."""

    text: str
    places: Sequence[int]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] was typed, together with the marks and unseen characters on its last one."""
        return self.places[start], max(self.places[end - 1] + 1, self.places[end])


#: they turn the reading direction of everything after them, or end a line where none is seen
_TURNING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def first_unseen(text: str) -> int:
    """The place, from 1, of the first character that shows as nothing and has no use; 0 if there is none.

    A line break has its use, and so has what joins the parts of a picture.
    """
    unseen = (
        place
        for place, one in enumerate(text, 1)
        if one != "\n" and (unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") or one in _TURNING)
    )
    return next(unseen, 0)


def composed(text: str) -> str:
    """With composed accents, and line feeds for all line ends: what readings are made of."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text.replace("\t", " ")))


def without_invisible(text: str) -> str:
    """Composed accents, plain line ends, and no character that is not to be seen.

    A soft hyphen or a filler inside a name would hide it; text that runs backwards would upset the page; a
    lone surrogate cannot be stored. Emoji lose what joins and colours them: a heart may turn black.
    """
    text = composed(text)
    if _PRINTED.fullmatch(text):
        return text
    # what stood between a letter and its accent may have kept them apart
    return unicodedata.normalize("NFC", "".join(one for one in text if not _is_hidden(one)))


def in_plain_characters(text: str) -> str:
    """The first reading alone, for what is searched for."""
    return next(readings(composed(text))).text


def as_seen(text: str) -> str:
    """What a reader tells texts apart by: the same for two that look alike or differ by a mark at the end."""
    *_, looked = _and_as_it_looks(_read(composed(text), ""))
    seen = " ".join(looked.text.casefold().split())
    return seen.rstrip(" .,;:!?\u2026") or seen


def readings(text: str) -> Iterator[Reading]:
    """Of a composed text: in plain characters and, where that differs, as it looks.

    What cannot be seen is read as nothing and as a space, since it may split a name or end it.
    """
    plain = _read(text, "")
    yield from _and_as_it_looks(plain)
    spaced = _read(text, " ")
    if spaced.text != plain.text:
        yield from _and_as_it_looks(spaced)


def _and_as_it_looks(plain: Reading) -> Iterator[Reading]:
    yield plain
    looks = plain.text if plain.text.isascii() else "".join(map(_as_it_looks, plain.text))
    looks = _LETTERS_FOR_DIGITS.sub(lambda match: match[0].translate(_FOR_DIGITS), looks)
    if looks != plain.text:
        yield Reading(looks, plain.places)


def _read(text: str, hidden: str) -> Reading:
    """`hidden` stands for each character that cannot be seen."""
    if _PRINTED.fullmatch(text):
        return Reading(text, range(len(text) + 1))
    pieces = [_plainly(one, hidden) for one in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return Reading("".join(pieces), [*places, len(text)])


def _is_hidden(one: str) -> bool:
    return one != "\n" and (unicodedata.category(one).startswith("C") or bool(_IGNORABLE.match(one)))


@lru_cache(maxsize=4096)
def _plainly(one: str, hidden: str) -> str:
    """One character in the plainest way: a digit for one in a circle, nothing for a stroke through it."""
    if _is_hidden(one):
        return hidden
    if one.isascii() or one in _ONE_KIND:
        return _ONE_KIND.get(one, one)
    category, digit = unicodedata.category(one), unicodedata.digit(one, None)
    if digit is not None:
        return str(digit)
    if category in ("Zs", "Pd"):
        return " " if category == "Zs" else "-"
    if category in ("Mn", "Me"):
        return ""
    circled = _CIRCLED.search(unicodedata.name(one, ""))
    if circled:
        small = circled[1] or "SMALL LETTER" in circled[0]
        return circled[2].lower() if small else circled[2]
    compatible = unicodedata.normalize("NFKC", one)
    # 2½ would be 21/2
    if compatible == one or unicodedata.decomposition(one).startswith("<fraction>"):
        return one
    return "".join(_plainly(part, hidden) for part in compatible)


@lru_cache(maxsize=4096)
def _as_it_looks(one: str) -> str:
    """The Latin letter that this one looks like, of the same case; itself if there is none."""
    name = unicodedata.name(one, "")
    flag = _FLAG.match(name)
    if flag:
        return flag[1]
    letter = _NAMED.match(name)
    if not letter:
        return one
    script, case, called = letter.groups()
    if script == "GREEK" and case == "SMALL" and called in _SMALL_GREEK:
        return _SMALL_GREEK[called]
    looks = _LOOKS_LIKE[script].get(called, one)
    return looks.lower() if case == "SMALL" else looks
