"""Rules of plain words: length, jargon and capitals, rare words, and the grade of a whole scale."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pulse.domain.sentences import Sentence
from pulse.domain.vocabulary import zipf
from pulse.domain.wording.jargon import KNOWN_CAPITALS
from pulse.domain.wording.masking import mask
from pulse.domain.wording.parts import Context, Finding
from pulse.domain.wording.reading import WORD, is_rare, reading_grade, words_of
from pulse.domain.wording.rules import finding
from pulse.domain.words import N_

WARN_WORDS, MOST_WORDS = 18, 25
#: the school year of a 13-year-old; below so many words together a grade is noise
MOST_GRADE, LEAST_WORDS = 8.0, 30
#: of a word that everybody reads, so that its capitals shout it and stand for no others
_SHOUTED_ZIPF = 4.0
_CAPITALS = re.compile(r"(?<![\w&])[A-Z][A-Z&]*[A-Z](?:s\b|\d+|\b)(?!&)")
_SPACED = re.compile(r"\S*\w\S*")


def length(text: str) -> Iterator[Finding]:
    """Over 18 words a warning, over 25 an error."""
    count = len(_SPACED.findall(text))
    if count > WARN_WORDS:
        why = Sentence(
            N_("This has %(count)s words; over %(most)s the beginning is forgotten before the end is read."),
            count=count,
            most=WARN_WORDS,
        )
        yield finding("length", why=why, level="error" if count > MOST_WORDS else "warn")


def jargon(text: str, context: Context) -> Iterator[Finding]:
    """Words of the list, each once, and letters that stand for words; not an organisation's own terms."""
    rest = _without_terms(text, context)
    for known in _known_in(rest, context):
        if found := known.pattern.search(rest):
            said = found.group()
            why = Sentence(N_('"%(word)s" is jargon, which not everybody reads alike.'), word=said)
            instead = Sentence(N_('Say "%(plain)s" instead of "%(word)s".'), plain=known.plain, word=said)
            example = instead if known.plain else ""
            yield finding("jargon", found.span(), why=why, example=example)
            rest = rest[: found.start()] + "_" * len(said) + rest[found.end() :]
    yield from _capitals(rest)


def _capitals(text: str) -> Iterator[Finding]:
    for found in _CAPITALS.finditer(text):
        letters = found.group()
        if letters.rstrip("s") in KNOWN_CAPITALS:
            continue
        if zipf(letters.lower()) >= _SHOUTED_ZIPF and len(letters) > 2:
            why = Sentence(N_('"%(word)s" in capitals shouts.'), word=letters)
            example = Sentence(N_('Write "%(word)s".'), word=letters.lower())
        else:
            why = Sentence(N_('"%(word)s" stands for words that some people will not know.'), word=letters)
            example = Sentence(N_('Write the words that "%(word)s" stands for.'), word=letters)
        yield finding("jargon", found.span(), why=why, example=example)


def rare_word(text: str, context: Context) -> Iterator[Finding]:
    """The first word that few people meet; names and an organisation's own terms apart."""
    rest = _without_terms(text, context)
    rest = mask(rest, (known.pattern for known in _known_in(rest, context)))
    for found in WORD.finditer(rest):
        starts = found.start() == 0 or rest[: found.start()].rstrip()[-1:] in (".", "?", "!")
        is_name = found.group()[0].isupper() and not starts
        if not is_name and is_rare(found.group()):
            why = Sentence(N_('"%(word)s" is a word that some people will not know.'), word=found.group())
            yield finding("rare_word", found.span(), why=why)
            return


def grade_finding(texts: Sequence[str]) -> Iterator[Finding]:
    """Of questions that are read together, if they have words enough to tell."""
    if sum(len(words_of(text)) for text in texts) < LEAST_WORDS:
        return
    grade = reading_grade(texts)
    if grade > MOST_GRADE:
        why = Sentence(
            N_("Read together, these need %(years)s years of school; %(most)s are enough for most."),
            years=f"{grade:.0f}",
            most=f"{MOST_GRADE:.0f}",
        )
        yield finding("reading_grade", why=why)


def _without_terms(text: str, context: Context) -> str:
    for term in context.terms.values():
        if term:
            text = re.sub(re.escape(term), lambda found: "_" * len(found.group()), text, flags=re.IGNORECASE)
    return text


class _Known(NamedTuple):
    """One entry of the list. `start` must stand in a text, in small letters, for the pattern to be tried."""

    start: str
    pattern: re.Pattern[str]
    plain: str


def _known_in(text: str, context: Context) -> list[_Known]:
    """The entries that a text may hold: looking for letters first is far quicker."""
    low = text.lower()
    return [known for known in _patterns(tuple(context.jargon.items())) if known.start in low]


@lru_cache(maxsize=8)
def _patterns(entries: tuple[tuple[str, str], ...]) -> list[_Known]:
    """Longest first, so that "key stakeholder" is told as one."""
    ordered = sorted(((word.strip(), plain) for word, plain in entries), key=lambda entry: -len(entry[0]))
    return [_Known(_start(word), _pattern(word), plain) for word, plain in ordered if word]


def _start(phrase: str) -> str:
    """The first word without the letter that an ending may replace."""
    first = re.split(r"[\s-]+", phrase.lower())[0]
    return first[:-1] if len(first) >= 4 else first


def _pattern(phrase: str) -> re.Pattern[str]:
    """The phrase with ordinary endings on each word; a hyphen may be a space."""
    words = [_inflected(word) for word in re.split(r"[\s-]+", phrase.strip())]
    return re.compile(rf"\b{'[ -]'.join(words)}\b", re.IGNORECASE)


def _inflected(word: str) -> str:
    if len(word) < 4:
        return re.escape(word)
    if word.endswith("e"):
        return rf"{re.escape(word[:-1])}(?:e|es|ed|ing|ely)"
    if word.endswith("y"):
        return rf"{re.escape(word[:-1])}(?:y|ies|ied|ying|ily)"
    return rf"{re.escape(word)}(?:s|es|ly|ally|{word[-1]}?(?:ed|ing))?"
