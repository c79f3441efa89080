"""Words in place of others: a slip of the pen, or a word that turns what is asked.

A slip leaves no word that people know in place of another: of "heard" and "heart" or "team" and
"tea" one letter makes another sentence, however little it looks like an edit.
"""

import re
import unicodedata
from itertools import groupby

from pulse.domain.instrument.contraries import JOINTS, are_contrary
from pulse.domain.vocabulary import BEGINNINGS, LEAST_ZIPF, american_forms, base_forms, zipf

#: a word, or a number with what stands between its digits
_TOKEN = re.compile(r"[\w'\u2019{}-]+(?:(?<=\d)[.,:/](?=\d)[\w'\u2019{}-]+)*|[^\w\s]")
#: mathematical signs, currencies and pictures say something; points and dashes do not
_SAYING = ("Sm", "Sc", "So")
_NOT = (
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't "
    "hadn't needn't mustn't"
)
#: one of these more or fewer, and the question asks something else; without apostrophes
_TURNING = frozenset(
    {
        *("no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"),
        *("hardly", "rarely", "seldom", "sometimes", "often", "usually", "always"),
        *("only", "all", "every", "most", "many", "some", "few", "any", "more", "less", "least"),
        *("un", "dis", "non", "mis", "anti"),  # as in "un supported"
        *("too", "enough", "should", "must", "may", "might", "could", "would"),
        *_NOT.replace("'", "").split(),
    }
)
#: with an apostrophe they are two words, without it another
_CONTRACTED = frozenset({"i'll", "we'll", "he'll", "she'll", "we're", "who're", "i'd", "we'd", "she'd"})
#: beginnings that make a word of its own; frequency lists have few of these
_BEGINNINGS = (
    *BEGINNINGS,
    *("de", "up", "on", "off", "anti", "pro", "post", "hyper", "hypo", "micro", "macro", "inter", "intra"),
    *("bi", "sub", "super", "multi", "semi", "mal", "mid", "counter", "fore", "trans"),
    *("il", "ir", "ex"),
)
#: letters: shorter words are other words in America ("our", "or"), or as soon as a letter is another
_LEAST_AMERICAN, _LEAST_MISSPELT = 6, 3


def words_in(text: str) -> list[str]:
    """Words and signs in small letters, but for a word that alone is all capitals: "IT" is not "it"."""
    shouted = text.isupper()
    return [
        word if word.isupper() and len(word) > 1 and not shouted else word.casefold()
        for word in (found.replace("\u2019", "'") for found in _TOKEN.findall(text))
        if len(word) > 1 or word.isalnum() or word == "%" or unicodedata.category(word) in _SAYING
    ]


def turning(old: list[str], new: list[str]) -> set[str]:
    """Words more or fewer in the one than in the other that make the question ask something else."""
    bare = [{_bare(word): word for word in words} for words in (old, new)]
    differing = bare[0].keys() ^ bare[1].keys()
    found = {(bare[0] | bare[1])[word] for word in differing if word in _TURNING}
    contraries = {max(one, other, key=len) for one in old for other in new if are_contrary(one, other)}
    return found | contraries


def is_slip(one: str, other: str) -> bool:
    """A misspelt word and the word that it stands for, or the same word as others write it.

    Two words that people know are two words, however alike: "staying" is not "straying", "my manager" not
    "my managers". What a slip leaves is no word, and it begins as the word does.
    """
    short, long = sorted((word.translate(JOINTS) for word in (one, other)), key=len)
    if short == long:
        return _is_joined_otherwise(one, other)
    if not (short.isalpha() and long.isalpha()):
        return False  # another number, sign or term
    if one.isupper() and other.isupper():
        return False  # "ICB" is no misspelt "ICS"
    if len(short) >= _LEAST_AMERICAN and (short in american_forms(long) or long in american_forms(short)):
        return True
    if len(short) < _LEAST_MISSPELT or short[0] != long[0] or _distance(short, long) > 1:
        return False
    # letters doubled or swapped seldom part two words, and make the slips that are common
    if _runs(short) == _runs(long) and not (zipf(short) and zipf(long)):
        return True  # "commited"
    if sorted(short) == sorted(long) and min(zipf(short), zipf(long)) < LEAST_ZIPF:
        return not all(map(_is_made_of_words, (short, long)))  # "teh"
    return _is_word(short) != _is_word(long)


def _is_joined_otherwise(one: str, other: str) -> bool:
    """ "well-being" and "wellbeing", "don't" and "dont"; but not "re-sign", "1-2" or "I'll"."""
    if any(letter.isdigit() for letter in one) or {one, other} & _CONTRACTED:
        return False
    joined = next((word for word in (one, other) if "-" not in word), "")
    return not (any("re-" in word for word in (one, other)) and _is_word(joined))


def _is_word(word: str) -> bool:
    return zipf(word) > 0 or _is_made_of_words(word)


def _is_made_of_words(word: str) -> bool:
    return any(zipf(base) >= LEAST_ZIPF for base in (word, *base_forms(word, _BEGINNINGS)))


def _runs(word: str) -> list[str]:
    """Its letters in order, each that is doubled as one."""
    return [letter for letter, _run in groupby(word)]


def _bare(word: str) -> str:
    return word.translate(JOINTS).casefold()


def _distance(one: str, other: str) -> int:
    """Letters to put in, take out or replace, and neighbours to swap (Damerau 1964, Levenshtein 1966)."""
    rows = [list(range(len(other) + 1))]
    for down, letter in enumerate(one, 1):
        row = [down]
        for across, its in enumerate(other, 1):
            last = rows[-1]
            row.append(min(row[-1] + 1, last[across] + 1, last[across - 1] + (letter != its)))
            if down > 1 and across > 1 and letter == other[across - 2] and its == one[down - 2]:
                row[-1] = min(row[-1], rows[-2][across - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
