"""The rule that blocks: questions whose answer could tell who gave it, or name somebody else."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import get_args

from pulse.domain.plain_text import Reading
from pulse.domain.sentences import Sentence
from pulse.domain.wording.folding import views
from pulse.domain.wording.forbidding import without_forbidden
from pulse.domain.wording.masking import any_of, pattern
from pulse.domain.wording.parts import Context, Finding, Question
from pulse.domain.wording.rules import finding
from pulse.domain.wording.traits import Trait
from pulse.domain.wording.traits_facts import FACTS, FACTS_ALONE
from pulse.domain.wording.traits_names import ALONE, NAME
from pulse.domain.wording.traits_welsh import ALONE_WELSH, WELSH
from pulse.domain.words import N_

#: (start, end) in the text as it was typed
Span = tuple[int, int]


def _compiled(*languages: Mapping[Trait, str]) -> dict[Trait, list[re.Pattern[str]]]:
    traits = get_args(Trait)
    return {trait: [pattern(words[trait]) for words in languages if trait in words] for trait in traits}


_PATTERNS = _compiled({"name": NAME}, FACTS, WELSH)
#: details by their names alone: asked for by a question, not by the label of an answer
_ALONE = _compiled({"name": ALONE}, FACTS_ALONE, ALONE_WELSH)
_SENTENCE = re.compile(r"[^.!?:;\n]+[.!?:;]*")
_MARKS = re.compile(r"^[\W_]+")
#: of these the staff list can say how many people share an answer
COUNTED: frozenset[Trait] = frozenset({"unit", "grade", "age", "service", "role", "hours"})
_WORDS: dict[Trait, str] = {
    "name": N_("who somebody is"),
    "unit": N_("where somebody works"),
    "grade": N_("grade or pay"),
    "age": N_("age"),
    "service": N_("length of service"),
    "role": N_("a job or post"),
    "hours": N_("hours or contract"),
    "personal": N_("a personal detail"),
    "alone": N_("something that few people share"),
}


_OPINION = any_of(
    """
    want|think|feel|know|like|agree|disagree|support|find|believe|trust|understand|get|need|expect|hope
    prefer
    mind
    enjoy|see|hear|read|plan|intend|look forward|recommend|value
    have (?:what|the|enough|time|access|a say|ideas?)
    have any (?:ideas?|other|comments?|suggestions?|concerns?|questions?)
    """
)
_STATE = any_of(
    """
    happy|satisfied|able|aware|willing|clear|sure|confident|ready|proud|told|asked|given|treated|helped|kept
    safe
    comfortable|worried|interested|planning|likely|free|encouraged|listened|allowed|supported|thanked
    trusted
    valued
    tired|stressed|busy|involved|consulted|informed|made|getting|going|looking|hoping|thinking|pleased|glad
    afraid
    invited|offered|shown|taught|trained|paid fairly|well|too|still|being
    """
)
#: beginnings of questions of fact, which ask for no opinion and no state of mind
_FACT = pattern(
    rf"""
    ^(?:are|were) you (?!(?:\w+ly )?(?:{_STATE})\b)\w+
    ^do you (?!(?:ever |really |still )?(?:{_OPINION})\b)\w+
    ^(?:which|what) (?:\w+ ){{1,3}}(?:are|do|did|were|have) you (?:\w+ )?(?:based|belong|in|on|at|work|live\
    |report|hold|sit|attend|come from|join|fall|identify|practise|speak)\b(?! (?:best|well)\b)
    ^what do you do\b
    ^how (?:far|long|many|much)\b.*\b(?:you live|you earn|children|years|you paid|do you own)\b
    ^what (?:is|are|was|were) your (?!\w+'s )(?!(?:\w+ ){{0,2}}(?:views?|opinions?|ideas?|experiences?\
    |reasons?\
    |feelings?|suggestions?|understanding|hopes?|worry|worries|concerns?|message|advice|thoughts?
    impressions?
    priority\
    |priorities|wish|wishes|questions?|favourite|aims?|goals?)\b)
    ^have you (?:ever )?(?:been|had) (?:off|sick|ill|a warning|warned|disciplined|suspended|pregnant\
    |a baby|promoted)\b
    ^who\b(?! else)(?!.*\bshould (?:do|decide|take|help|have|know|hear)\b)|\band who\b
    \bwho (?:it|they|he|she) (?:is|was|were|are)\b|\bcalled\?|\binitials\b
    """
)

#: the same as a statement to agree with
_FACT_SAID = pattern(
    r"""
    ^as an? (?!(?:rule|result|team|whole|service|group|council|matter|trust|school|employer)\b)\w+
    ^i (?:joined|started|transferred|came)\b(?! in with| an?\b).*\b(?:years?|months?|weeks?|ago|recently\
    |20\d\d)\b
    ^i am new (?:to|in|here)
    ^i am an? (?:\w+ )?(?:man|woman|parent|mother|father|carer|veteran|refugee|migrant\
    |graduate|widow|widower)\b
    """
)


def asks_about(text: str, *, label: bool = False) -> frozenset[Trait]:
    """What a question asks people to say of themselves or of others that could tell who they are."""
    return frozenset(trait for trait, _span in _asked(text, label))


def blocking(text: str, context: Context, *, label: bool = False) -> Finding | None:
    """Why a text that people are to read may not be asked, or None; the one test of it, for any text.

    `label`: of an answer, which asks for nothing by naming it, such as "E-mail address".
    """
    found = _known(text, context, label)
    return found if found is not None and found.is_blocking else None


def identifying(text: str, question: Question, context: Context) -> Iterator[Finding]:
    """An error for what is known to identify, unless the staff list counts it and no group is too small.

    A warning for any other fact about a person: whether few share it, only the editor knows.
    """
    if known := _known(text, context, False):
        yield known
        return
    if found := (_FACT if question.kind in ("choice", "text") else _FACT_SAID).search(text):
        why = N_(
            "It asks for a fact about a person; if few people share it, an answer could be traced to one."
        )
        yield finding("identifying", found.span(), why=why, level="warn")


def _known(text: str, context: Context, label: bool) -> Finding | None:
    """Of what the text asks for, the most serious: before all that the staff list can count."""
    found = sorted(_asked(text, label), key=lambda asked: asked[0] in COUNTED)
    return _found(*found[0], context) if found else None


@lru_cache(maxsize=8192)
def _asked(text: str, label: bool) -> tuple[tuple[Trait, Span], ...]:
    """Each trait that is asked for, in whatever way it is spelled, and where."""
    found: dict[Trait, Span] = {}
    for view in views(text):
        for piece in _pieces(view):
            for trait, span in _asked_in(piece, label):
                found.setdefault(trait, span)
    return tuple(found.items())


def _asked_in(piece: Reading, label: bool) -> Iterator[tuple[Trait, Span]]:
    text = without_forbidden(piece.text)
    for trait, patterns in _PATTERNS.items():
        for asks in (*patterns, *(() if label else _ALONE[trait])):
            if match := asks.search(text):
                yield trait, piece.typed(*match.span())


def _pieces(view: Reading) -> Iterator[Reading]:
    """The text as one, and sentence by sentence: what is asked may follow on what is said."""
    yield _without_marks(Reading(view.text.replace("\n", " "), view.places))
    sentences = list(_SENTENCE.finditer(view.text))
    for each in sentences if len(sentences) > 1 else ():
        yield _without_marks(Reading(each[0], view.places[each.start() : each.end() + 1]))


def _without_marks(piece: Reading) -> Reading:
    """Without what a list or a quotation begins with, so that a beginning is one."""
    bare = _MARKS.sub("", piece.text, 1)
    begins = len(piece.text) - len(bare)
    return Reading(bare, piece.places[begins:])


def _found(trait: Trait, span: tuple[int, int], context: Context) -> Finding:
    what = Sentence(_WORDS[trait])
    cell = context.smallest_cell if trait in COUNTED else None
    if cell is None:
        why = Sentence(N_("It asks for %(what)s, so an answer could be traced to one person."), what=what)
        return finding("identifying", span, why=why)
    if cell < context.k:
        return finding("identifying", span, why=_too_few(what, cell, context.k))
    few = N_("It asks for %(what)s; the smallest group in the staff list has 1 person.")
    more = N_("It asks for %(what)s; the smallest group in the staff list has %(people)s people.")
    why = Sentence(few if cell == 1 else more, what=what, people=cell)
    return finding("identifying", span, why=why, level="info")


def _too_few(what: Sentence, cell: int, k: int) -> Sentence:
    few = N_(
        "It asks for %(what)s; the smallest group in the staff list has 1 person, and nothing is shown of "
        "fewer than %(k)s."
    )
    more = N_(
        "It asks for %(what)s; the smallest group in the staff list has %(people)s people, and nothing is "
        "shown of fewer than %(k)s."
    )
    return Sentence(few if cell == 1 else more, what=what, people=cell, k=k)
