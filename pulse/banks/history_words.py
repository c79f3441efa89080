"""What was done to a bank, as its history keeps it in English, in the language of the page."""

import re

from pulse.domain.words import N_
from pulse.languages.saying import gettext as _

#: alone, or behind the id of what was changed
_ACTS = frozenset(
    (
        N_("as supplied"),
        N_("from a file"),
        N_("headings and words of the bank"),
        N_("words"),
        N_("new"),
        N_("new bank"),
        N_("notes"),
        N_("spelling"),
        N_("another term"),
        N_("another question"),
        N_("retired"),
        N_("offered again"),
        N_("deleted"),
        N_("up"),
        N_("down"),
        N_("new measure"),
        N_("measure"),
        N_("measure deleted"),
        N_("new pair"),
        N_("pair"),
        N_("pair deleted"),
        N_("new scale"),
        N_("scale"),
        N_("scale deleted"),
        N_("new document"),
        N_("new point"),
        N_("point"),
    )
)
_AGAIN = re.compile(r"version (\d+) again")


def say_what(what: str) -> str:
    """What one row of a history tells."""
    if again := _AGAIN.fullmatch(what):
        return _("version %(number)s again", number=again[1])
    subject, colon, act = what.rpartition(": ")
    return f"{subject}{colon}{_(act)}" if act in _ACTS else what
