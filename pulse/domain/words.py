"""Marks words that a page will say, so that the catalogue of translations gathers them."""


def N_(words: str) -> str:  # noqa: N802 - the name that every tool of translators knows
    """The words as they are: whoever shows them says them through `pulse.languages.saying.gettext`."""
    return words
