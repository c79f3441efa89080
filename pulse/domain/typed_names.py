"""How the names of a roster are read, and the ways in which people type them."""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from pulse.domain.nicknames import also_called

#: before a name on a roster or in a text; they go with it, for they may say who is meant
TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lady|lord|cllr|councillor|rev|reverend|fr|imam|rabbi"
PARTICLES = "van|von|der|den|de|del|della|da|dos|das|di|du|la|le|al|el|bin|binti|bint|ibn|abu|ap|st|ul|ur"
_AFTER_NAMES = frozenset({"jr", "sr", "obe", "mbe", "cbe", "phd", "msc", "bsc", "rn", "rgn", "ii", "iii"})
_JOINING = frozenset(PARTICLES.split("|"))
_NO_NAMES = frozenset(TITLES.split("|")) | _AFTER_NAMES
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FOLDED = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00df": "ss"}
    | {"\u00e6": "ae", "\u0153": "oe", "\u0131": "i", "\n": " ", "`": "'"}
)
#: "kayan" for Ka-Yan; what is shorter, such as "home" for Ho Me, is more likely a word
_JOINED_LETTERS = 5


class NameParts(NamedTuple):
    """One person's name, folded: first and middle names, last names, and two of them written as one word."""

    first: list[str]
    last: list[str]
    joined: list[str]


class Folded(NamedTuple):
    """A text in plain characters, in lower case without accents, and where each of those letters stood."""

    typed: str
    plain: str
    places: list[int]


def fold(text: str) -> Folded:
    """Of a text in plain characters: one kind of apostrophe, dash and space."""
    if text.isascii():
        plain = text.lower().replace("\n", " ").replace("`", "'")
        return Folded(text, plain, list(range(len(text))))
    letters, places = [], []
    for place, one in enumerate(text):
        for letter in unicodedata.normalize("NFKD", one.lower().translate(_FOLDED)):
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    return Folded(text, "".join(letters), places)


def read_name(name: str) -> NameParts:
    """The parts of "Mr Ada van Brindlewood" or "Brindlewood, Ada", in plain characters; empty if none."""
    folded = fold(name).plain
    last, comma, first = folded.partition(",")
    words = _LETTERS.findall(f"{first} {last}" if comma else folded)
    words = [word for word in words if word not in _NO_NAMES]
    neighbours = [*pairwise(words), (words[0], words[-1])] if len(words) > 1 else []
    joined = ["".join(pair) for pair in neighbours]
    parts = [
        word for place, word in enumerate(words) if len(word) > 1 and (place == 0 or word not in _JOINING)
    ]
    if not parts:
        return NameParts([], [], [])
    surnames = _LETTERS.findall(last if comma else folded.split()[-1])
    return NameParts(
        parts[:1] + parts[1:-1],
        [part for part in parts[1:] or parts if part in surnames],
        [word for word in joined if len(word) >= _JOINED_LETTERS],
    )


def ways_to_type(part: str) -> set[str]:
    """O'Neill, ONeill, O Neill and O' Neill; McBride, MacBride and Mc Bride."""
    ways = {part, *(part.replace("'", instead) for instead in ("", " ", "' "))}
    rest = re.sub(r"^ma?c", "", part)
    if rest != part and len(rest) >= 4:
        ways |= {prefix + space + rest for prefix in ("mc", "mac") for space in ("", " ")}
    return ways


def with_nicknames(first: list[str]) -> set[str]:
    """First names and what else people of these names are called."""
    return set(first).union(*map(also_called, first))
