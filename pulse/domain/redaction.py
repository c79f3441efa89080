"""Taking out of a text what would say who is meant: numbers, e-mail and web addresses, and roster names.

It finds what has a shape or stands in the staff list, and the usual short forms of first names. It does not
know misspelt names, initials, nicknames, job titles, places of work or a turn of phrase that only one person
uses: a reader has to look for those.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pulse.domain.redaction_numbers import Kind, Span, StaffNumbers, find_numbers
from pulse.domain.roster_names import RosterNames

__all__ = ["Kind", "Redacted", "Redactor"]


@dataclass(frozen=True)
class Redacted:
    """The text with marks in place of what was taken out, such as [name], and how many of each kind."""

    text: str
    marks: Counter[Kind]


class Redactor:
    """Made once from everybody's full names (and staff numbers), then used on any number of texts."""

    def __init__(self, names: Iterable[str], staff_numbers: Iterable[str] = ()) -> None:
        self._names = RosterNames(names)
        self._staff_numbers = StaffNumbers(staff_numbers)

    def redact(self, text: str) -> Redacted:
        """The text as it may be read by others. Characters that cannot be seen are taken out as well."""
        plain = without_invisible(text)
        names = (Span(start, end, Kind.NAME) for start, end in self._names.find(plain))
        spans = _joined(chain(find_numbers(plain), self._staff_numbers.find(plain), names))
        pieces, done = [], 0
        for span in spans:
            pieces += [plain[done : span.start], f"[{span.kind}]"]
            done = span.end
        return Redacted("".join([*pieces, plain[done:]]), Counter(span.kind for span in spans))


def without_invisible(text: str) -> str:
    """Composed accents, plain line ends, and no character that is not to be seen.

    A soft hyphen or a zero-width space inside a name would hide it; text that runs backwards would upset
    the page; a lone surrogate cannot be stored.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(one for one in lines if one == "\n" or not unicodedata.category(one).startswith("C"))


def _joined(found: Iterable[Span]) -> list[Span]:
    """Overlapping spans become one, so that no rest of either is left; it is named after the surer kind."""
    spans: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if spans and span.start < spans[-1].end:
            last = spans.pop()
            kind = min(last.kind, span.kind, key=list(Kind).index)
            span = Span(last.start, max(last.end, span.end), kind)
        spans.append(span)
    return spans
