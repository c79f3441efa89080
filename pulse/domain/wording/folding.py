"""A question as its reader sees it, however it is spelled: what the rules that block look at.

Built on the readings of `plain_text`, which see through characters that cannot be seen, combining marks and
letters of other alphabets that look Latin (its tables say which). To these come words joined by - or _, one
letter at a time ("f u l l  n a m e"), digits for letters ("n4me") and text that is set to run backwards.
Each view knows where its characters were typed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from pulse.domain.plain_text import Reading, composed, readings
from pulse.domain.vocabulary import zipf

#: (character, its place in what it stands for)
Placed = Iterable[tuple[str, int]]

_BLANKS = re.compile(r"\s+")
_JOINED = re.compile(r"(?<=\w)[-_/\\|.*+~]+(?=\w)|_+")
#: four letters or more, each by itself, whatever stands between them
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[\s\-_/\\|.*+~,]+[^\W\d_](?![^\W_])){3,}")
_WITH_DIGITS = re.compile(r"(?<![^\W_])(?=[\w@$]*[^\W\d_])(?=[\w@$]*[\d@$])[\w@$]+")
#: digits and signs in place of the letters that they look like
_LETTERS = str.maketrans("013457@$", "oieastas")
_APOSTROPHE = "'"
#: as messages are typed, and as people speak
_SHORT = {
    "ur": "your",
    "yr": "your",
    "u": "you",
    "r": "are",
    "whats": "what's",
    "whos": "who's",
    "pls": "please",
    "ext": "extension",
    "whom": "who",
    "i'm": "i am",
    "'ch": " eich",
    "'dych": "ydych",
    "'r ydych": " ydych",
}
_SHORTENED = re.compile(
    rf"(?:(?<![^\W_])(?:{'|'.join(word for word in _SHORT if word[0] != _APOSTROPHE)})"
    rf"|{'|'.join(word for word in _SHORT if word[0] == _APOSTROPHE)})(?![^\W_])",
    re.IGNORECASE,
)
#: what sets words off and says nothing: brackets, quotation marks, and marks of a page
_SET_OFF = re.compile(
    r"</?[a-z][^<>\n]{0,80}>|[()\[\]{}\"*]|(?<![^\W_])'(?=\w)(?!(?:ch|r|n|dych)\b)|'(?!\w)", re.IGNORECASE
)
_BACKWARDS = re.compile("\u202e([^\u202c\n]*)\u202c?")
#: letters; longer runs and words are no question and no word
_LONGEST_RUN, _LONGEST_WORD = 200, 16
#: what each word costs beside its rarity, and each letter that is part of no word; on the scale of `zipf`
_A_WORD, _A_LETTER, _COMMON = 9.0, 12.0, 3.0


@lru_cache(maxsize=4096)
def views(text: str) -> tuple[Reading, ...]:
    """The ways in which the text can be read, the plainest first, each once; of ordinary text just one."""
    typed = composed(_BACKWARDS.sub(lambda found: found[1][::-1], text))
    found: dict[str, Reading] = {}
    for reading in readings(typed):
        for view in _views_of(reading):
            found.setdefault(view.text, view)
    return tuple(found.values())


def _views_of(reading: Reading) -> Iterator[Reading]:
    plain = _rewritten(reading, _BLANKS, lambda found: [("\n" if "\n" in found else " ", 0)])
    yield plain
    whole = _rewritten(plain, _SPACED, _joined)
    yield whole
    yield _rewritten(whole, _JOINED, lambda _found: [(" ", 0)])
    full = _rewritten(_rewritten(whole, _SET_OFF, lambda _found: ()), _SHORTENED, _in_full)
    yield full
    yield _rewritten(full, _WITH_DIGITS, _lettered)


def _rewritten(reading: Reading, pattern: re.Pattern[str], become: Callable[[str], Placed]) -> Reading:
    """With every match as `become` says it; the reading itself where there is none."""
    written: list[tuple[str, int]] = []
    end = 0
    for found in pattern.finditer(reading.text):
        written += zip(reading.text[end : found.start()], reading.places[end : found.start()], strict=True)
        written += [(one, reading.places[found.start() + at]) for one, at in become(found[0])]
        end = found.end()
    if not end:
        return reading
    written += zip(reading.text[end:], reading.places[end : len(reading.text)], strict=True)
    return Reading("".join(one for one, _ in written), [*(at for _, at in written), reading.places[-1]])


def _joined(found: str) -> Iterator[tuple[str, int]]:
    """The letters without what stands between them, and a blank between the words that they make."""
    letters = [(one, at) for at, one in enumerate(found) if one.isalpha()]
    ends = {sum(map(len, words)) for words in _prefixes(words_in("".join(one for one, _ in letters)))}
    for number, (one, at) in enumerate(letters):
        if number in ends:
            yield " ", at
        yield one, at


def _in_full(found: str) -> Placed:
    return ((one, 0) for one in _SHORT[found.lower()])


def _lettered(found: str) -> Placed:
    return ((one, at) for at, one in enumerate(found.translate(_LETTERS)))


def _prefixes(words: list[str]) -> Iterator[list[str]]:
    return (words[:count] for count in range(1, len(words)))


def words_in(letters: str) -> list[str]:
    """The likeliest words that letters without a blank make, by how often words are met."""
    if len(letters) > _LONGEST_RUN:
        return [letters]
    low = letters.lower()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(low) + 1):
        starts = range(max(0, end - _LONGEST_WORD), end)
        best.append(min((best[start][0] + _cost(low[start:end]), start) for start in starts))
    words, end = [], len(low)
    while end:
        start = best[end][1]
        words.append(letters[start:end])
        end = start
    return words[::-1]


def _cost(word: str) -> float:
    met = zipf(word)
    return _A_WORD - met if met >= _COMMON and (len(word) > 1 or word in "ai") else _A_LETTER * len(word)
