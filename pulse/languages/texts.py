"""A text that needs a translation, and how it is named in the table of translations. Pure values."""

import hashlib
from typing import NamedTuple

#: language -> its own name; English is what everything is written in
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
ENGLISH = "en"
#: context of a string of the program's own pages, and of one with plural forms
PAGE, PAGE_PLURAL = "page", "page plural"


class Text(NamedTuple):
    """English words in their place. `twice`: two people must review it, as for a reversed question."""

    context: str
    source: str
    twice: bool = False

    @property
    def sha256(self) -> str:
        """Names the English words in the table."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    @property
    def key(self) -> tuple[str, str]:
        """What finds it: place and words."""
        return self.context, self.source


def plural_text(one: str, many: str) -> Text:
    """The text of a page string with plural forms: English has two lines, a translation one a form."""
    return Text(PAGE_PLURAL, f"{one}\n{many}")
