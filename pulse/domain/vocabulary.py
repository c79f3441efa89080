"""Which words people know: how often a word is met, and how it is written across the Atlantic."""

from collections.abc import Iterable
from functools import lru_cache

#: words a billion on a logarithmic scale; below it stand words such as "onerous"
LEAST_ZIPF = 3.3
#: beginnings that turn or repeat a word that people know
BEGINNINGS = ("un", "in", "im", "dis", "re", "non", "mis", "over", "under", "out", "co", "pre")
#: endings and what stands there in the base form, for words that are rare only in this form
_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")),
    *(("ly", ""), ("er", "e"), ("er", ""), ("ers", "e"), ("ers", ""), ("ness", "")),
    *(("ee", ""), ("ee", "e"), ("ees", ""), ("ees", "e"), ("able", ""), ("able", "e"), ("lessly", "")),
    *(("less", ""), ("ship", ""), ("iness", "y"), ("ily", "y"), ("ally", ""), ("est", "")),
)
#: British endings as American corpora write them
_AMERICAN = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("our", "or"), ("yse", "yze"))


@lru_cache(maxsize=20_000)
def zipf(word: str) -> float:
    """How often a word is met: the logarithm of its number in a billion words, 0 if it was not counted."""
    from wordfreq import zipf_frequency  # noqa: PLC0415 - a quarter of a second that few processes need

    return zipf_frequency(word, "en", wordlist="small")


def american_forms(word: str) -> list[str]:
    """The word as American corpora may write it; none for most words."""
    return [word.replace(british, american) for british, american in _AMERICAN if british in word]


def base_forms(word: str, beginnings: Iterable[str] = BEGINNINGS) -> list[str]:
    """What the word may be made of, without its ending, a beginning or both; not all of these are words."""
    found = [
        word[: -len(end)] + base for end, base in _ENDINGS if word.endswith(end) and len(word) > len(end) + 3
    ]
    # "planned" comes of "plan"
    found += [base[:-1] for base in found if len(base) > 3 and base[-1] == base[-2]]
    return found + [
        form.removeprefix(start)
        for form in (word, *found)
        for start in beginnings
        if form.startswith(start) and len(form) > len(start) + 3
    ]
