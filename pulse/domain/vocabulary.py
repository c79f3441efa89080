"""Which words people know: how often a word is met, and how it is written across the Atlantic."""

from functools import lru_cache

#: words a billion on a logarithmic scale; below it stand words such as "onerous"
LEAST_ZIPF = 3.3
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
