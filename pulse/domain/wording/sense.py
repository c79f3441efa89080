"""Rules of sense: two questions in one, two people in one, negatives, and almost the same as another."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pulse.domain.sentences import Sentence
from pulse.domain.wording.masking import FIXED, any_of, mask, pattern
from pulse.domain.wording.parts import Finding, Level, Question
from pulse.domain.wording.reading import stem, words_of
from pulse.domain.wording.rules import finding
from pulse.domain.words import N_

_JOIN = r"(?:and/or|and|or|as well as|along with|&)"
_HEADS = any_of(
    """
    managers?|leaders?|supervisors?|boss|bosses|directors?|heads?(?: of \\w+)?|chief executive|councillors
    matron
    sister|foreman|officers|executives|trustees|governors|elected members|leadership|management|teams?|crew
    colleagues|co-?workers|workers|workmates|team-?mates|peers|departments?|directorate|wards?|employers?
    organisation|council|company|hospital|board|union|service
    nurses|doctors|surgeons
    consultants|teachers|patients|residents|clients|customers|parents|head ?teacher
    people (?:above|below|beside|around) (?:me|them|us)
    """
)
_WHOSE = "my|our|the|its|his|her|their|your|this|own|other"
_REFERENT = rf"(?:(?:(?:{_WHOSE}) ){{1,2}}(?:\w+ )?|\w+ )?(?:{_HEADS})"
_TRUST = r"(?:(?:the|our|my|this) trust)"
_SIDE = rf"(?:{_REFERENT}|{_TRUST}|(?-i:HR))"
_TWO_REFERENTS = re.compile(rf"\b{_SIDE}(?:,? {_JOIN} |/){_SIDE}\b", re.IGNORECASE)
#: what two do to each other, or do as one, is one thing
_TOGETHER = pattern(
    r"""
    \b(?:each other|one another|together|between|get on|agree with|in the same direction|alike)\b
    \bas (?:one|equals)\b
    """
)
_TWO_PARTS = pattern(
    r"""
    \b(?:and/or|and|or|as well as|along with|but|although|whereas|(?:even )?though)\b
    \byet (?!to\b)(?=(?:\w+ )?\w+\W*$)|(?<=[a-z ])/(?=[a-z ])|\bwhile (?:my|our|the|its)\b|(?<= )&(?= )|;(?= )
    , (?:which|so|plus|then) (?!far\b)
    """
)
#: in a question with its own answers these are the answers
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
#: a reason that one may not share; "because of" names a thing, and an amount can be of a reason
_REASON = re.compile(r"\bbecause (?!of\b)", re.IGNORECASE)

_STRONG = pattern(
    r"""
    \b(?:not|cannot|\w+n't|never|no|nobody|none|nothing|nowhere|neither|without|fail(?:s|ed)? to)\b
    \black(?:s|ed|ing)?\b
    \bun(?!paid|i(?!n|m|d)|der|til|less|cles?\b|do\b|does|lock|load|fold|wind|learn|veil|dertak|cover|box|pack)\w{3,}
    \bdis(?:satisf|agree|approv|believ|comfort|connect|courag|engag|honest|like|order|organis|respect|trust)\w*
    \bin(?:accura|adequa|appropria|capab|complet|consisten|correct|effective|efficien|flexib|secur|sensitiv)\w*
    \binsuffic\w*|\bim(?:possib|patien|polite|practic)\w*|\bir(?:regular|relevan|responsib)\w*
    \bmis(?:inform|led|lead|manag|treat|underst|us)\w*
    \bunder-?(?:valued|paid|staffed|used|funded|rated|resourced)\b|\bil(?:legal|legib|logic)\w*|\bnon-\w+
    """
)
#: negative in meaning: one is a plain word, but with a negative beside it people lose the thread
_WEAK = pattern(
    r"""
    \bignor(?:e|es|ed|ing)\b|\bprevent(?:s|ed|ing)?\b|\bavoid(?:s|ed|ing)?\b|\brefus(?:e|es|ed|ing)\b
    \bden(?:y|ies|ied)\b|\bneglect(?:s|ed)?\b|\bstop(?:s|ped)?\b|\b(?:power|help|use|point|hope|worth)less\b
    \bhardly\b|\bbarely\b|\bseldom\b|\brare(?:ly)?\b|\bwrong to\b|\bsay(?:ing)? no\b|\bforbid(?:s|den)?\b
    """
)
_NO_NEGATIVE = pattern(
    r"""
    \bnot (?:only|just|least|long ago|to mention)\b|\bor not\b|\bno (?:matter|doubt)\b|\bwhy not\b
    \bno\.(?: ?\d|$)
    \bbut not least\b|\bsay(?:ing)? no\b|\byes or no\b|\bthan not\b
    \bwithout (?:exception|fail|trouble|difficulty|delay|fear|fuss|worry(?:ing)?|problems?)\b
    \band none\b
    , \w+n't \w+\?|\bagree (?:or|nor|and) disagree\b|\bstrongly disagree\b|\bno later\b
    """
)

#: similarity from which two questions are told to be almost the same (measurement design, section 5)
LEAST_SIMILARITY = 0.8
_FILLERS = frozenset(("a", "an", "the", "that", "which", "very", "really", "these", "those", "this", "of"))
_SMALL = frozenset(
    (
        *(
            "i",
            "me",
            "my",
            "we",
            "us",
            "our",
            "you",
            "your",
            "it",
            "is",
            "am",
            "are",
            "be",
            "been",
            "when",
            "at",
        ),
        *("to", "in", "on", "for", "with", "have", "has", "had"),
    )
)
#: a word and what turns it round: two questions that differ in these ask for two things
_OPPOSITES = (
    *(
        ("good", "bad"),
        ("good", "poor"),
        ("right", "wrong"),
        ("more", "less"),
        ("better", "worse"),
        ("day", "night"),
    ),
    *(("hope", "worry"), ("hopeful", "worried"), ("start", "stop"), ("give", "get"), ("enough", "little")),
    *(("easy", "hard"), ("early", "late"), ("fair", "unfair"), ("safe", "unsafe"), ("many", "few")),
)
_ONE = re.compile(rf"^(?:{_HEADS}|manager|leader|team|department|trust|staff|people|colleague|employer)$")


def double_barrelled(text: str, question: Question) -> Iterator[Finding]:
    """A word that joins two parts, outside of fixed phrases; in a text box there is room to answer both."""
    rest = mask(mask(text, [_TWO_REFERENTS]), FIXED)
    if question.kind == "choice":
        rest = mask(rest, [_EITHER])
    found = _TWO_PARTS.search(rest) or (_REASON.search(rest) if question.kind == "bipolar" else None)
    if found:
        joined = found.group().strip(" ,")
        why = Sentence(
            N_('"%(word)s" may join two questions: somebody may agree with one part and not with the other.'),
            word=joined,
        )
        level: Level = "info" if question.kind == "text" else "warn"
        yield finding("double_barrelled", found.span(), why=why, level=level)


def two_referents(text: str, _: Question) -> Iterator[Finding]:
    """Two of manager, team, employer and the like, joined; not what they do with each other."""
    found = _TWO_REFERENTS.search(text)
    if found and not _TOGETHER.search(text):
        why = Sentence(
            N_('"%(said)s" are two: people may think well of one and badly of the other.'),
            said=found.group(),
        )
        yield finding("two_referents", found.span(), why=why)


def negation(text: str, _: Question) -> Iterator[Finding]:
    """One negative is worth a second look; of two, people lose track."""
    rest = mask(text, [_NO_NEGATIVE])
    strong = list(_STRONG.finditer(rest))
    weak = list(_WEAK.finditer(text))
    if not strong:
        return
    both = sorted((*strong, *weak), key=lambda found: found.start())
    said = [found.group() for found in both]
    if len(both) > 1:
        why = Sentence(
            N_(
                '"%(first)s" and "%(second)s" stand in one question, so people lose track of which answer '
                "means yes."
            ),
            first=said[0],
            second=said[1],
        )
        yield finding("double_negation", (both[0].start(), both[1].end()), why=why)
    else:
        why = Sentence(
            N_('"%(word)s" makes this a negative, which is easy to misread in a hurry.'), word=said[0]
        )
        yield finding("negation", both[0].span(), why=why)


def near_duplicate(text: str, question: Question) -> Iterator[Finding]:
    """The neighbour that shares most words, if it shares enough and speaks of the same people."""
    likest = max(question.neighbours, key=lambda other: similarity(text, other), default="")
    if likest and similarity(text, likest) >= LEAST_SIMILARITY:
        why = Sentence(N_('Another question says almost the same: "%(question)s"'), question=likest)
        yield finding("near_duplicate", why=why)


def similarity(text: str, beside: str) -> float:
    """Share of words in common, 0 to 1 (Dice): of all, or of those with a meaning in one order.

    0 if the two differ in whom they speak of. "I trust my manager" is not "My manager trusts me".
    """
    first, second = _tokens(text), _tokens(beside)
    full = [[word for word in words if word not in _SMALL] for words in (first, second)]
    common = [[word for word in words if word in full[1 - at]] for at, words in enumerate(full)]
    found = max(_dice(first, second), _dice(*full) if common[0] == common[1] else 0.0)
    return found if found < LEAST_SIMILARITY or not _turned(first, second) else 0.0


def _turned(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether what sets two questions apart is whom they speak of, or a word and its opposite."""
    apart = set(first) ^ set(second)
    return any({*pair} <= apart for pair in _OPPOSITES) or any(_ONE.match(word) for word in apart)


def _dice(first: Sequence[str], second: Sequence[str]) -> float:
    left = list(second)
    for word in first:
        if word in left:
            left.remove(word)
    total = len(first) + len(second)
    return 2 * (len(second) - len(left)) / total if total else 0.0


@lru_cache(maxsize=2_000)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words_of(text) if word not in _FILLERS)
