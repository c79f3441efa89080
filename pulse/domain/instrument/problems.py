"""A mistake in a question bank, as one sentence that says where it is and what to do."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pulse.domain.instrument.parts import Place
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_


@dataclass(frozen=True)
class Problem:
    """One mistake. `subject` is the id it concerns, or empty for a whole file.

    Words made of pieces are a `Sentence`, which pages say in their language.
    """

    place: Place | None
    subject: str
    message: str
    #: the same for people who edit on pages and have no file; empty where the message does for both
    on_page: str = ""
    #: which fields of a form may mend it, the likeliest first
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = ", ".join(part for part in (str(self.place or ""), self.subject) if part)
        return f"{where}: {self.message}" if where else self.message

    @property
    def order(self) -> tuple[str, int]:
        """Sorts problems as a reader meets them: by file, then by line."""
        return (self.place.file, self.place.line) if self.place else ("", 0)


def at(place: Place | None, key: str) -> Place | None:
    """The line of one key of an entry, when it is known where the entry was written."""
    return place.at(key) if place else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """ "; did you mean X?" when a known word is near, otherwise "; " and what there is to choose from."""
    words = tuple(sorted(known))
    near = _nearest(word[:_LONGEST], words) if len(words) <= _MOST else ""
    if near:
        return Sentence(N_("did you mean %(near)s?"), near=near)
    listed = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")
    return (
        Sentence(N_("use one of %(listed)s."), listed=listed) if words else Sentence(N_("none is defined."))
    )


#: a name is no longer, and nobody mistypes one of so many: a hostile file would make every slip cost a second
_LONGEST, _MOST = 60, 2_000


@lru_cache(maxsize=256)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """The nearest known word, or ""; the same slip met a thousand times is looked up once."""
    return next(iter(difflib.get_close_matches(word, known, n=1)), "")
