"""Runs every rule on one question, or the grade on the questions of a scale."""

from collections.abc import Iterator, Sequence
from itertools import chain

from pulse.domain.wording.identity import identifying
from pulse.domain.wording.parts import Context, Finding, Question
from pulse.domain.wording.plainness import grade_finding, jargon, length, rare_word
from pulse.domain.wording.reading import APOSTROPHE
from pulse.domain.wording.sense import double_barrelled, near_duplicate, negation, two_referents
from pulse.domain.wording.tone import absolutes, leading, presupposes, scale_mismatch, vague_frequency

#: longer texts are no questions; the rules read so much of them
MOST_CHARACTERS = 1_000
_ORDER = {"error": 0, "warn": 1, "info": 2}


def check_wording(question: Question, context: Context) -> list[Finding]:
    """What the rules notice, the most serious first; empty for a question that is well worded."""
    text = fill(question.text, context)[:MOST_CHARACTERS].replace(APOSTROPHE, "'")
    if not text:
        return []
    return sorted(_findings(text, question, context), key=lambda found: _ORDER[found.level])


def check_scale(texts: Sequence[str], context: Context) -> list[Finding]:
    """What is noticed of questions only together: the reading grade, which of one question is noise."""
    return list(grade_finding([fill(text, context)[:MOST_CHARACTERS] for text in texts]))


def fill(text: str, context: Context) -> str:
    """The text as it is read: the organisation's terms put in as far as known, no space around it."""
    for placeholder, words in context.terms.items():
        text = text.replace(f"{{{placeholder}}}", words)
    return text.strip()


def _findings(text: str, question: Question, context: Context) -> Iterator[Finding]:
    of_question = (
        *(double_barrelled, two_referents, negation, leading, absolutes, vague_frequency),
        *(scale_mismatch, presupposes, near_duplicate),
    )
    return chain(
        identifying(text, question, context),
        *(rule(text, question) for rule in of_question),
        length(text),
        jargon(text, context),
        rare_word(text, context),
    )
