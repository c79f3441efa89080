"""Sentences of the domain made of words and values: in English, with their pieces for other languages."""


class Sentence(str):
    """The sentence in English; a page says `words` in its own language and puts the same values in.

    `words` are marked with `N_` where they stand. A value may be a sentence itself.
    """

    words: str
    values: dict[str, object]

    def __new__(cls, words: str, /, **values: object) -> "Sentence":
        made = super().__new__(cls, words % values if values else words)
        made.words, made.values = words, values
        return made
