"""How hard a text is to read: the Flesch-Kincaid grade, a school year; add 5 for an age."""

import re

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(rf"[A-Za-z]+(?:['{_APOSTROPHE}-][A-Za-z]+)*")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
#: silent at the end: "envelope", "envelopes", "closed"; but not "people", "pages", "counted"
_SILENT = re.compile(r"(?:(?<![aeiouyl])e|(?<=[aeiouy]l)e|(?<![cgsxzhl])es|(?<![td])ed)$")


def count_syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; a rule of thumb, right for nine words of ten."""
    low = word.lower().replace(_APOSTROPHE, "'").partition("'")[0]
    return sum(max(1, len(_VOWELS.findall(_SILENT.sub("", part)))) for part in low.split("-") if part)


def grade(text: str) -> float:
    """0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975).

    Each line counts as a sentence at least, so that items of a list do not run into one another. Raises
    ValueError if there is no word.
    """
    sentences = [words for one in _SENTENCE.split(text) if (words := _WORD.findall(one))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        raise ValueError("There is no word to read.")
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
