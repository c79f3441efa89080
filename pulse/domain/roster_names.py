"""Finding the names of a roster in a text: whole names and single ones, however they are typed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from pulse.domain.name_cues import MONTHS, is_asked, names_a_place, points_at_a_person
from pulse.domain.ordinary_words import LOWER_WORDS, PLACES, WORDS
from pulse.domain.plain_text import composed, readings
from pulse.domain.typed_names import PARTICLES, TITLES, Folded, fold, read_name, ways_to_type, with_nicknames

_ORDINARY = WORDS | PLACES
#: "wanting" is no Wan-Ting, but "adabrindlewood" is nothing else
_JOINED_IN_LOWER_CASE = 9

#: "karens desk"; of shorter ones too many are words, such as "jeans"
_LONG_ENOUGH_FOR_AN_S = 5

#: "brindlewood2"; shorter ones are codes, such as "MO1"
_LONG_ENOUGH_BY_A_DIGIT = 4

#: what may stand between two parts of one name; a comma is looked at apart
_INITIAL = r"(?:[b-hj-z](?:\.| )|[ai]\.)"
_GAP = re.compile(
    rf"[-_.]| {{1,4}}| {_INITIAL} ?(?:{_INITIAL} ?)?| [\"'(][\w-]+[\"')] | [\"'(]|[\"')] "
    rf"| ?(?:(?:{PARTICLES})[ -])+| (?:{PARTICLES})[ -']"
)
_COMMA = re.compile(r", ?")
#: what stands between people who are named together: "Rose and Priya", "Rose, Priya"
_AND = re.compile(r"(?:,? (?:and|&|or|nor) |, ?| ?/ ?)")
#: titles and initials that go with a name, for they may say who is meant
_BEFORE_NAME = re.compile(
    rf"(?<!\w)(?:(?:(?:{TITLES})\.?|(?:{PARTICLES})|(?-i:[A-HJ-ZÓÍ])) ?[ '-]|[a-z]\. ?)+$", re.IGNORECASE
)
#: and the digits of a user name: brindlewood2
_AFTER_NAME = re.compile(r"\d+| (?:[A-Z]\.|[A-HJ-Z])(?![\w'])")
#: titles and particles are short; so that a long text full of names is not gone through for each of them
_BACK = 60


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
        #: two parts of a name as one word, such as adabrindlewood
        self._joined: set[str] = set()
        #: whole names of ordinary words only, such as Mark Young
        self._pairs: set[tuple[str, str]] = set()
        for name in names:
            for reading in readings(composed(name)):
                self._add(reading.text)
        self._joined -= self._first | self._last | _ORDINARY | LOWER_WORDS
        self._automaton = _automaton(self._first | self._last | self._joined)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name in the text, titles and initials that belong to it included."""
        if self._automaton is None:
            return
        folded = fold(text)
        runs = list(_runs(list(self._hits(folded)), folded.plain))
        kept = [self._kept_of(run, folded) for run in runs]
        _keep_company(runs, kept, folded.plain)
        for run, kept_of_run in zip(runs, kept, strict=True):
            for start, end in self._names_in(run, kept_of_run, folded.plain):
                yield _with_company(text, folded.places[start], folded.places[end - 1] + 1)

    def _add(self, name: str) -> None:
        first, last, joined = read_name(name)
        if not first:
            return
        self._first |= with_nicknames(first)
        self._last.update(last)
        self._joined.update(joined)
        parts = [*first, *last]
        if all(len(part) <= 2 or part in _ORDINARY or part in LOWER_WORDS for part in parts):
            self._pairs.add((parts[0], parts[-1]))

    def _hits(self, text: Folded) -> Iterator[_Hit]:
        """Parts of names as whole words, the longest at each place, none inside another."""
        shouting = text.typed.isupper()
        found: dict[int, _Hit] = {}
        for last, (typed, part) in self._automaton.iter(text.plain):
            start, end = last - len(typed) + 1, last + 1
            if (start and text.plain[start - 1].isalpha()) or (start in found and found[start].end > end):
                continue
            original = text.typed[text.places[start] : text.places[last] + 1]
            sure = self._means_a_person(part, original, shouting)
            hit = _Hit(start, end, part, not original[0].islower(), sure)
            if _ends(text.plain, hit):
                found[start] = hit
        end = 0
        for start in sorted(found):
            if start >= end:
                yield found[start]
                end = found[start].end

    def _means_a_person(self, part: str, original: str, shouting: bool) -> bool:
        """Alone and by its shape only; what stands beside it is looked at later."""
        if part in _ORDINARY:
            return False
        if not original[0].islower():
            return len(part) > 2 or shouting or not original.isupper()
        if part in self._joined:
            return len(part) >= _JOINED_IN_LOWER_CASE
        # two letters in lower case are more likely a particle or a unit
        return len(part) > 2 and part not in LOWER_WORDS

    def _kept_of(self, run: list[_Hit], text: Folded) -> list[bool]:
        """Which parts of a run mean a person."""
        if len(run) == 1 and names_a_place(text, run[0].start, run[0].end, self._last):
            return [False]
        kept = [hit.sure or self._is_cued(hit, text) for hit in run]
        for left, right in _to_and_fro(len(run)):
            if not kept[right] and self._belong(run[left], run[right], kept[left], text.plain):
                kept[left] = kept[right] = True
        return kept

    def _names_in(self, run: list[_Hit], kept: list[bool], folded: str) -> Iterator[tuple[int, int]]:
        """The parts of a run that mean a person, put together where they stand together."""
        start = None
        for place, hit in enumerate(run):
            follows = place + 1 < len(run) and kept[place + 1] and self._one_name(hit, run[place + 1], folded)
            if kept[place]:
                start = hit.start if start is None else start
                if not follows:
                    yield start, hit.end
                    start = None

    def _is_cued(self, hit: _Hit, text: Folded) -> bool:
        """Whether the words beside one that is not sure show that a person is meant."""
        if not hit.capital and hit.part not in _ORDINARY and is_asked(text, hit.start):
            return True
        first, last = hit.part in self._first, hit.part in self._last
        return points_at_a_person(text, hit.start, hit.end, first=first, last=last)

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


def _with_company(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with titles and initials before it, and an initial after it."""
    before = _BEFORE_NAME.search(text, max(0, start - _BACK), start)
    after = _AFTER_NAME.match(text, end)
    return before.start() if before else start, after.end() if after else end


def _automaton(parts: set[str]) -> Any:
    """Aho and Corasick's machine over all parts and the ways they are typed; None without any part."""
    import ahocorasick  # noqa: PLC0415 - only the worker redacts

    machine = ahocorasick.Automaton()
    for part in parts:
        for typed in ways_to_type(part):
            machine.add_word(typed, (typed, part))
    if not parts:
        return None
    machine.make_automaton()
    return machine


def _ends(folded: str, hit: _Hit) -> bool:
    """At the end of a word, or before the s of a possessive whose apostrophe was left out.

    Digits on either side are those of a user name if the name is no short or ordinary word: "Page7", "MO1".
    """
    rest = folded[hit.end : hit.end + 2]
    if rest[:1].isdigit() or folded[hit.start - 1 : hit.start].isdigit():
        return hit.sure and len(hit.part) >= _LONG_ENOUGH_BY_A_DIGIT and not rest[:1].isalpha()
    if not rest[:1].isalpha():
        return True
    plural = rest[0] == "s" and not rest[1:].isalnum() and f"{hit.part}s" not in _ORDINARY | LOWER_WORDS
    return plural and hit.sure and (hit.capital or len(hit.part) >= _LONG_ENOUGH_FOR_AN_S)


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


def _keep_company(runs: list[list[_Hit]], kept: list[list[bool]], folded: str) -> None:
    """Keep an ordinary word beside which a person is named: of "Rose and Priya" both are people."""
    places = [(number, place) for number, run in enumerate(runs) for place in range(len(run))]
    near = [
        (one, other)
        for one, other in pairwise(places)
        if _AND.fullmatch(folded[runs[one[0]][one[1]].end : runs[other[0]][other[1]].start])
    ]
    and_back = ((other, one) for one, other in reversed(near))
    for (run, place), (other_run, other_place) in chain(near, and_back):
        hit, other = runs[run][place], runs[other_run][other_place]
        if kept[run][place] and hit.capital and other.capital and _may_be_a_person(other.part):
            kept[other_run][other_place] = True


def _may_be_a_person(part: str) -> bool:
    """Not so surely a place or a month that "April and Karen" would make it a person."""
    return len(part) > 2 and part not in PLACES and part not in MONTHS


def _to_and_fro(length: int) -> list[tuple[int, int]]:
    """Neighbours (known, other) from left to right and back: what is sure makes its neighbour sure."""
    there = list(pairwise(range(length)))
    return there + [(right, left) for left, right in reversed(there)]
