"""What stands beside an ordinary word, such as Grace or Mark, and shows that a person is meant."""

import re

from pulse.domain.ordinary_words import PLACES
from pulse.domain.typed_names import TITLES, Folded

_MONTHS = frozenset({"april", "may", "june", "august", "friday", "christmas", "easter"})
_TITLE_BEFORE = re.compile(
    rf"\b(?:{TITLES}|sister|nurse|matron|doctor|auntie|uncle)\.? $|(?<![\w.])[a-z]\. $"
)
#: words of asking and leading: what follows is a person, be it called like a month or a town
_ASKING = (
    "manager|boss|supervisor|colleague|director|leader|deputy|foreman|mentor|lead|ask|asked|asking|told"
    "|told by|tell|telling|thank|thanks|thanked|called|named|by name|spoke to|speak to|talk to|talked to"
    "|led by|run by|managed by|work for|works for"
)
_ASKING_BEFORE = re.compile(rf"\b(?:{_ASKING}),? $")
#: these go with things as well: "thanks to April's weather"
_DEALING_BEFORE = re.compile(r"\b(?:let|give|gave|thanks to|trust|trusts|trusted) $")
_DOING_AFTER = re.compile(
    r" (?:said|says|told|asked|who|himself|herself|and i|never|always|decides|decided|listens|listened|shouts"
    r"|shouted|thinks|refuses|refused|resigned|retired|(?:is|was) (?:brilliant|great|lovely|rude|leaving))\b"
)
_POSSESSIVE = re.compile(r"'s\b")
#: a capital in mid-sentence with no other beside it, and not after an article ("the Price Review")
_MID_SENTENCE = re.compile(
    r"(?<![\w'-])(?!(?:the|an?|our|your|this|that|each|every|my|their|no)\b)[a-z']+,? $"
)
_ALONE = re.compile(r"(?!(?: |-)[A-Z]| \d)")
#: "N Banks", but not "A Day"
_INITIAL_BEFORE = re.compile(r"(?<![\w.'-])[B-HJ-Z] $")
_INITIAL_AFTER = re.compile(r" (?:[A-Z]\.|[B-HJ-Z])(?![\w'])")
#: the longest run of letters that a pattern for what stands before looks back over
_BACK = 24


def points_at_a_person(text: Folded, start: int, end: int, *, first: bool, last: bool) -> bool:
    """Whether a person is meant by the ordinary word text.plain[start:end], which is somebody's name.

    `first`, `last`: as which name the roster has it.
    """
    before = text.plain[max(0, start - _BACK) : start]
    if _TITLE_BEFORE.search(before):
        return True
    begins, ends = text.places[start], text.places[end - 1] + 1
    if not text.typed[begins].isupper():
        return False
    alone = _ALONE.match(text.typed, ends)
    if (alone and _ASKING_BEFORE.search(before)) or _DOING_AFTER.match(text.plain, end):
        return True
    if first and _INITIAL_AFTER.match(text.typed, ends):
        return True
    if last and _INITIAL_BEFORE.search(text.typed, 0, begins):
        return True
    word = text.plain[start:end]
    if word in PLACES or word in _MONTHS:
        return False
    if _POSSESSIVE.match(text.plain, end):
        return True
    return bool(alone and (_DEALING_BEFORE.search(before) or _MID_SENTENCE.search(text.typed, 0, begins)))


def is_asked(text: Folded, start: int) -> bool:
    """Whether what begins here, in lower case, follows a word of asking or leading: "ask walker"."""
    return bool(_ASKING_BEFORE.search(text.plain[max(0, start - _BACK) : start]))
