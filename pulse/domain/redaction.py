"""Taking out of a text what would say who is meant: numbers, e-mail and web addresses, and roster names.

It finds what has a shape or stands in the staff list, and the usual short forms of first names, also in
characters that look alike (see plain_text). It does not know misspelt names, initials, nicknames, job titles,
places of work or a turn of phrase that only one person uses; nor a name written so as to be told only by a
reader: letters put apart (B.r.i.n.d), replaced (Br1nd, Br*nd), turned round or glued to other words, letters
like Latin ones of an alphabet other than Greek and Cyrillic, and numbers in words. A reader has to look for
those.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pulse.domain.plain_text import Reading, composed, readings, without_invisible
from pulse.domain.redaction_numbers import Kind, Span, StaffNumbers, find_numbers
from pulse.domain.roster_names import RosterNames

__all__ = ["Kind", "Redacted", "Redactor", "without_invisible"]


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
        typed = composed(text)
        spans = _joined(span for reading in readings(typed) for span in self._find(reading))
        pieces, done = [], 0
        for span in spans:
            pieces += [typed[done : span.start], f"[{span.kind}]"]
            done = span.end
        kept = without_invisible("".join([*pieces, typed[done:]]))
        return Redacted(kept, Counter(span.kind for span in spans))

    def _find(self, reading: Reading) -> Iterator[Span]:
        """What is found in one reading of a text, as spans of the text that was typed."""
        plain = reading.text
        names = (Span(start, end, Kind.NAME) for start, end in self._names.find(plain))
        for start, end, kind in chain(find_numbers(plain), self._staff_numbers.find(plain), names):
            yield Span(*reading.typed(start, end), kind)


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
