"""What a ready-made question set is meant for: how often it is asked, and of how many cohorts."""

from typing import NamedTuple

from pulse.banks.store import get_library

#: weeks between waves, at least -> the rule that comes nearest, the longest first
_RULES = (
    (40, "FREQ=YEARLY"),
    (20, "FREQ=MONTHLY;INTERVAL=6"),
    (10, "FREQ=MONTHLY;INTERVAL=3"),
    (0, "FREQ=MONTHLY"),
)


class Usual(NamedTuple):
    """A repeat rule, and the number of cohorts."""

    rule: str
    cohorts: int


def find_usual(set_id: str) -> Usual | None:
    """What the bank says of a ready-made set; None for one's own list, or what is asked now."""
    found = next((each for each in get_library().rotations if each.id == set_id), None)
    if found is None:
        return None
    rule = next(rule for weeks, rule in _RULES if found.weeks_between_waves >= weeks)
    return Usual(rule, found.cohorts)
