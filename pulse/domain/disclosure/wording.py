"""The names of joined groups and the one sentence that tells a unit why it is shown as it is.

A sentence is the same for a unit that was too small and for the larger one that took it in, so that it
tells nothing about either. No count but the threshold appears.
"""

from collections.abc import Sequence

from pulse.domain.words import N_

#: A joined name longer than this is cut to its first part and how many more there are.
LONGEST_NAME = 60


def direct_people(unit: str) -> str:
    """People of a unit with teams who are in none of them."""
    return f"{unit}: people not in a team"


def placed(unit: str, parent: str) -> str:
    """A unit counted far from home, told apart from namesakes."""
    return f"{unit} ({parent})"


def joined(parts: Sequence[str]) -> str:
    """ "Team A + Team B", or "Team A + 3 small teams" when the full name is too long to read."""
    name = " + ".join(parts)
    if len(parts) < 3 or len(name) <= LONGEST_NAME:
        return name
    return f"{parts[0]} + {len(parts) - 1} small teams"


OWN = N_("Has its own result.")
OWN_WITHOUT = N_(
    "Has its own result; a small group of its people is counted at a higher level, so that no figure stands "
    "for fewer than %(k)s people."
)
OWN_WITH = N_(
    "Has its own result, which also counts a small group from elsewhere, so that no figure stands for fewer "
    "than %(k)s people."
)
ONLY_IN = N_(
    "Shown only together with others, in \u201c%(group)s\u201d, so that no figure stands for fewer than "
    "%(k)s people."
)
COUNTED_IN = N_(
    "Counted in the result for \u201c%(unit)s\u201d, so that no figure stands for fewer than %(k)s people."
)
LEFT_OUT = N_("Not counted in any result of this wave, so that no figure stands for fewer than %(k)s people.")
#: why a unit is shown as it is: a release keeps it in English, a page says it in its own language
REASONS = (OWN, OWN_WITHOUT, OWN_WITH, ONLY_IN, COUNTED_IN, LEFT_OUT)
HIDDEN_MEASURE = N_(
    "Hidden to protect people: fewer than %(k)s answered this here, or in a team whose figure would reveal "
    "it."
)
HIDDEN_TURN = N_(
    "Hidden to protect people: questions take turns here, so only some people were asked this, and fewer "
    "than %(k)s answered one of the sets of questions, here or in a team whose figure would reveal it."
)
#: of a cell of an attribute table, which needs `least` people: the same whichever of the rules hid it
HIDDEN_CELL = N_(
    "Hidden to protect people: fewer than %(least)s answered here, or a figure beside it would reveal fewer "
    "than %(k)s."
)


def own_result(k: int, *, without_some: bool, with_others: bool) -> str:
    if without_some:
        return OWN_WITHOUT % {"k": k}
    return OWN_WITH % {"k": k} if with_others else OWN


def only_in(group: str, k: int) -> str:
    return ONLY_IN % {"group": group, "k": k}


def counted_in(unit: str, k: int) -> str:
    return COUNTED_IN % {"unit": unit, "k": k}


def left_out(k: int) -> str:
    return LEFT_OUT % {"k": k}


def hidden_measure(k: int) -> str:
    """Of a score or a question that one group does not show: the same whichever of the rules hid it."""
    return HIDDEN_MEASURE % {"k": k}


def hidden_turn(k: int) -> str:
    """Of what only some people were asked, where questions rotate by person: every set of questions that was
    given out needs k people, whoever answered this one.
    """
    return HIDDEN_TURN % {"k": k}
