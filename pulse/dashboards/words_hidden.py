"""Why something is hidden, in the language of the page: a score, or a unit without a result of its own."""

import re

from pulse.domain.disclosure.wording import HIDDEN_MEASURE, HIDDEN_TURN, REASONS
from pulse.languages.saying import gettext as _

_VALUE = re.compile(r"%\((\w+)\)s")


def why_hidden(k: int) -> str:
    """Of a score or a question that one group does not show."""
    return _(HIDDEN_MEASURE, k=k)


def why_hidden_turn(k: int) -> str:
    """Of what only some people were asked, where questions rotate by person."""
    return _(HIDDEN_TURN, k=k)


def reason_said(told: str) -> str:
    """A unit's reason, which a release keeps in English; one in words that we do not know stays as it is."""
    for words in REASONS:
        found = re.fullmatch(_pattern(words), told)
        if found:
            return _(words, **found.groupdict())
    return told


def _pattern(words: str) -> str:
    """The words with any text where a value stands."""
    parts = _VALUE.split(words)
    return "".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
