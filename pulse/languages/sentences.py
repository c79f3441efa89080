"""Sentences that the domain made, said in the language of the page."""

from pulse.domain.sentences import Sentence
from pulse.languages.saying import gettext


def say(words: str) -> str:
    """A sentence with its values, each said too; anything else by the catalogue, or as it is."""
    if not isinstance(words, Sentence):
        return gettext(words)
    values = {
        name: say(value) if isinstance(value, Sentence) else value for name, value in words.values.items()
    }
    return gettext(words.words, **values)
