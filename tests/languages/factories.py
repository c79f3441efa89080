"""Translations as the tests need them."""

from datetime import UTC, datetime

from pulse.languages import standing
from pulse.languages.standing import Standing
from pulse.languages.texts import Text

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
WELSH = "cy"


def save(text: Text, words: str, by: int | None, *, note: str = "", seen: int | None = None) -> Standing:
    """A draft by this account, of the newest version unless another was seen."""
    number = standing.find_one(WELSH, text).number if seen is None else seen
    return standing.draft(WELSH, text, words, note, by, NOW, seen=number)


def read(text: Text, by: int, *, seen: int | None = None) -> Standing:
    """A review by this account."""
    number = standing.find_one(WELSH, text).number if seen is None else seen
    return standing.review(WELSH, text, by, NOW, seen=number)
