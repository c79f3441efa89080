"""Finding the names of a roster in a text: whole names and single ones, however they are typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pulse.domain.ordinary_words import LOWER_WORDS, PLACES, WORDS

#: before a name on a roster or in a text; they go with it, for they may say who is meant
_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lady|lord|cllr|councillor|rev|reverend|fr|imam|rabbi"
_AFTER_NAMES = frozenset({"jr", "sr", "obe", "mbe", "cbe", "phd", "msc", "bsc", "rn", "rgn", "ii", "iii"})
_PARTICLES = "van|von|der|den|de|del|della|da|dos|das|di|du|la|le|al|el|bin|binti|bint|ibn|abu|ap|st|ul|ur"
_JOINING = frozenset(_PARTICLES.split("|"))
_NO_WORDS = frozenset(_TITLES.split("|")) | _AFTER_NAMES
_ORDINARY = WORDS | PLACES
_MONTHS = frozenset({"april", "may", "june", "august", "friday", "christmas", "easter"})
_FOLDED = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00df": "ss"}
    | {"\u00e6": "ae", "\u0153": "oe", "\u0131": "i", "\u00a0": " ", "\n": " "}
    | dict.fromkeys("\u2018\u2019\u02bc\u02bb\u00b4", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)

#: what may stand between two parts of one name; a comma is looked at apart
_INITIAL = r"(?:[b-hj-z](?:\.| )|[ai]\.)"
_GAP = re.compile(
    rf"[-_.]| {{1,2}}| {_INITIAL} ?(?:{_INITIAL} ?)?| [\"'(][\w-]+[\"')] "
    rf"| ?(?:(?:{_PARTICLES})[ -])+| (?:{_PARTICLES})[ -']"
)
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_COMMA = re.compile(r", ?")
_TITLE_BEFORE = re.compile(
    rf"\b(?:{_TITLES}|sister|nurse|matron|doctor|auntie|uncle)\.? $|(?<![\w.])[a-z]\. $"
)
#: words of dealing with people: a capital after one of them is a name, if it is no month or place
_CUE_BEFORE = re.compile(
    r"\b(?:manager|boss|supervisor|colleague|director|leader|deputy|foreman|mentor|ask|asked|asking|told|tell"
    r"|telling|thank|thanks|thanks to|thanked|called|named|by name|spoke to|speak to|talk to|talked to) $"
)
#: a capital in mid-sentence with no other beside it, and not after an article ("the Price Review")
_MID_SENTENCE = re.compile(
    r"(?<![\w'-])(?!(?:the|an?|our|your|this|that|each|every|my|their|no)\b)[a-z']+,? $"
)
_ALONE = re.compile(r"(?!(?: |-)[A-Z])")
_CUE_AFTER = re.compile(r"'s\b| (?:said|says|told|asked|who|himself|herself|and i)\b")
_BEFORE_NAME = re.compile(
    rf"(?<!\w)(?:(?:(?:{_TITLES})\.?|(?:{_PARTICLES})|[a-z]\.|(?-i:[A-HJ-Z])) ?[ '-])+$", re.IGNORECASE
)
_INITIAL_AFTER = re.compile(r" (?:[A-Z]\.|[A-HJ-Z])(?![\w'])")


@dataclass(frozen=True)
class _Hit:
    """A part of some name at this place. `sure`: it means a person even alone."""

    start: int
    end: int
    part: str
    capital: bool
    sure: bool


class RosterNames:
    """All names of a roster, ready to be looked for in one pass over a text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._first: set[str] = set()
        self._last: set[str] = set()
        #: whole names of ordinary words only, such as Mark Young
        self._pairs: set[tuple[str, str]] = set()
        for name in names:
            self._add(name)
        self._automaton = _automaton(self._first | self._last)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name in the text, titles and initials that belong to it included."""
        if self._automaton is None:
            return
        folded, places = fold(text)
        hits = list(self._hits(text, folded, places))
        for run in _runs(hits, folded):
            for start, end in self._names_in(run, folded, text, places):
                yield _with_company(text, places[start], places[end - 1] + 1)

    def _add(self, name: str) -> None:
        folded = fold(name)[0]
        last, comma, first = folded.partition(",")
        words = _LETTERS.findall(f"{first} {last}" if comma else folded)
        words = [word for word in words if word not in _NO_WORDS and len(word) > 1]
        parts = [word for place, word in enumerate(words) if place == 0 or word not in _JOINING]
        if not parts:
            return
        surnames = _LETTERS.findall(last if comma else folded.split()[-1])
        self._last.update(part for part in parts[1:] or parts if part in surnames)
        self._first.update(part for part in parts[:1] + parts[1:-1])
        if all(len(part) <= 2 or part in _ORDINARY or part in LOWER_WORDS for part in parts):
            self._pairs.add((parts[0], parts[-1]))

    def _hits(self, text: str, folded: str, places: list[int]) -> Iterator[_Hit]:
        """Parts of names as whole words, the longest at each place, none inside another."""
        shouting = text.isupper()
        found: dict[int, _Hit] = {}
        for last, part in self._automaton.iter(folded):
            start, end = last - len(part[0]) + 1, last + 1
            if (start and folded[start - 1].isalnum()) or (start in found and found[start].end > end):
                continue
            original = text[places[start] : places[last] + 1]
            sure = _means_a_person(part[1], original, shouting)
            hit = _Hit(start, end, part[1], not original[0].islower(), sure)
            if _ends(folded, hit):
                found[start] = hit
        end = 0
        for start in sorted(found):
            if start >= end:
                yield found[start]
                end = found[start].end

    def _names_in(
        self, run: list[_Hit], folded: str, text: str, places: list[int]
    ) -> Iterator[tuple[int, int]]:
        """The parts of a run that mean a person, put together where they stand together."""
        kept = [hit.sure or self._is_cued(hit, folded, text, places) for hit in run]
        for left, right in _to_and_fro(len(run)):
            if not kept[right] and self._belong(run[left], run[right], kept[left], folded):
                kept[left] = kept[right] = True
        start = None
        for place, hit in enumerate(run):
            follows = place + 1 < len(run) and kept[place + 1] and self._one_name(hit, run[place + 1], folded)
            if kept[place]:
                start = hit.start if start is None else start
                if not follows:
                    yield start, hit.end
                    start = None

    def _belong(self, one: _Hit, other: _Hit, sure: bool, folded: str) -> bool:
        """Whether `other`, an ordinary word, is a part of the same name as its neighbour `one`."""
        left, right = sorted((one, other), key=lambda hit: hit.start)
        if not self._one_name(left, right, folded):
            return False
        if sure:
            return other.capital or not one.capital
        if _COMMA.fullmatch(folded[left.end : right.start]):
            left, right = right, left
        if (left.part, right.part) in self._pairs:
            return True
        return left.capital and right.capital and left.part in self._first and right.part in self._last

    def _one_name(self, left: _Hit, right: _Hit, folded: str) -> bool:
        """Joined by more than a comma, or surname first: "Brindlewood, Ada"."""
        if not _COMMA.fullmatch(folded[left.end : right.start]):
            return True
        surname_first = left.part in self._last - self._first and right.part in self._first
        return left.capital and right.capital and surname_first

    def _is_cued(self, hit: _Hit, folded: str, text: str, places: list[int]) -> bool:
        """Whether the words beside an ordinary word show that a person is meant."""
        before = folded[max(0, hit.start - 24) : hit.start]
        if _TITLE_BEFORE.search(before):
            return True
        if not hit.capital or hit.part in PLACES or hit.part in _MONTHS:
            return False
        if _CUE_BEFORE.search(before) or _CUE_AFTER.match(folded, hit.end):
            return True
        return bool(
            _MID_SENTENCE.search(text, 0, places[hit.start]) and _ALONE.match(text, places[hit.end - 1] + 1)
        )


def _with_company(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with titles and initials before it, and an initial after it."""
    before = _BEFORE_NAME.search(text, 0, start)
    after = _INITIAL_AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end


def fold(text: str) -> tuple[str, list[int]]:
    """The text in lower case without accents, and where each of its characters stood."""
    if text.isascii():
        return text.lower().replace("\n", " "), list(range(len(text)))
    letters, places = [], []
    for place, one in enumerate(text):
        for letter in unicodedata.normalize("NFKD", one.lower().translate(_FOLDED)):
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _automaton(parts: set[str]) -> Any:
    """Aho and Corasick's machine over all parts and the ways they are typed; None without any part."""
    import ahocorasick  # noqa: PLC0415 - only the worker redacts

    machine = ahocorasick.Automaton()
    for part in parts:
        for typed in _ways_to_type(part):
            machine.add_word(typed, (typed, part))
    if not parts:
        return None
    machine.make_automaton()
    return machine


def _ways_to_type(part: str) -> set[str]:
    """O'Neill, ONeill and O Neill; McBride, MacBride and Mc Bride."""
    ways = {part, part.replace("'", ""), part.replace("'", " ")}
    rest = re.sub(r"^ma?c", "", part)
    if rest != part and len(rest) >= 4:
        ways |= {prefix + space + rest for prefix in ("mc", "mac") for space in ("", " ")}
    return ways


def _means_a_person(part: str, original: str, shouting: bool) -> bool:
    """Alone and by its shape only; what stands beside it is looked at later."""
    if part in _ORDINARY:
        return False
    if original[0].islower():
        return len(part) > 2 and part not in LOWER_WORDS
    return len(part) > 2 or shouting or not original.isupper()


def _ends(folded: str, hit: _Hit) -> bool:
    """At the end of a word, or before the s of a possessive whose apostrophe was left out."""
    rest = folded[hit.end : hit.end + 2]
    if not rest[:1].isalnum():
        return True
    plural = rest[0] == "s" and not rest[1:].isalnum() and f"{hit.part}s" not in _ORDINARY | LOWER_WORDS
    return plural and hit.sure and hit.capital and len(hit.part) > 2


def _runs(hits: list[_Hit], folded: str) -> Iterator[list[_Hit]]:
    """Hits that stand so close that they may be one name."""
    run: list[_Hit] = hits[:1]
    for left, right in pairwise(hits):
        gap = folded[left.end : right.start]
        if not (_GAP.fullmatch(gap) or _COMMA.fullmatch(gap)):
            yield run
            run = []
        run.append(right)
    if run:
        yield run


def _to_and_fro(length: int) -> list[tuple[int, int]]:
    """Neighbours (known, other) from left to right and back: what is sure makes its neighbour sure."""
    there = list(pairwise(range(length)))
    return there + [(right, left) for left, right in reversed(there)]
