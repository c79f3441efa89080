"""Words in place of others: a slip of the pen, or a word that turns what is asked.

A slip leaves no word that people know in place of another: of "heard" and "heart", "team" and "tea" or
"employees" and "employers" one letter makes another sentence, however little it looks like an edit.
"""

import re
import unicodedata

from pulse.domain.instrument.contraries import are_contrary
from pulse.domain.vocabulary import LEAST_ZIPF, american_forms, zipf

_TOKEN = re.compile(r"[\w'\u2019{}-]+|[^\w\s]")
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
        *("too", "enough", "should", "must", "may", "might", "could", "would"),
        *_NOT.replace("'", "").split(),
    }
)


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
    """One letter in a short word, two in a long one; or the same word as others write it.

    One and several are no slip: "my manager" is not "my managers".
    """
    short, long = sorted((word.replace("'", "").replace("-", "") for word in (one, other)), key=len)
    if long == short:
        return True
    if not (short.isalpha() and long.isalpha()):
        return False  # another number, sign or term
    if one.isupper() and other.isupper():
        return False  # "ICB" is no misspelt "ICS"
    if zipf(short) >= LEAST_ZIPF <= zipf(long):
        return short in american_forms(long) or long in american_forms(short)
    return _distance(short, long) <= (2 if len(long) >= 8 else 1 if len(long) >= 3 else 0)


def _bare(word: str) -> str:
    return word.replace("'", "").casefold()


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
