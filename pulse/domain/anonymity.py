"""What `pulse anonymity verify` looks at, in words for people who are not technicians, and what it may say.

The list is here, below every other layer, so that the public page and the command cannot tell different
stories.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pulse.domain.words import N_


class Verdict(StrEnum):
    """`UNKNOWN` is said where this machine cannot tell; it is never counted as a pass."""

    PASS = "pass"  # noqa: S105 - a word, not a password
    FAIL = "FAIL"
    UNKNOWN = "not checked"


#: each verdict as it is printed, and what it says
VERDICTS = (
    (Verdict.PASS, N_("This was looked at and is in order.")),
    (Verdict.FAIL, N_("This was looked at and is not in order. What is wrong stands below it.")),
    (
        Verdict.UNKNOWN,
        N_("This cannot be seen from here, or there is nothing to look at yet. The reason stands below it."),
    ),
)

CLOSED, OPEN, TABLES, PLACE = (
    N_("Surveys that have closed"),
    N_("Surveys that are open"),
    N_("What the database is able to hold"),
    N_("The machine it runs on"),
)

#: check -> (heading it stands under, what is so if it passes)
CHECKS: dict[str, tuple[str, str]] = {
    "envelopes": (CLOSED, N_("All answer sheets are gone")),
    "links": (CLOSED, N_("It is forgotten which link or code was whose")),
    "took_part": (CLOSED, N_("It is forgotten who took part and who was reminded")),
    "register_order": (CLOSED, N_("The list of people invited stands in no telling order")),
    "members": (CLOSED, N_("The copy of the staff list made for the survey is gone")),
    "keys": (CLOSED, N_("The keys that opened the answers are destroyed")),
    "removed": (CLOSED, N_("What was deleted is gone from the files of the database, too")),
    "threshold": (CLOSED, N_("The smallest group is still as large as it was at the count")),
    "groups": (CLOSED, N_("Every stored number describes enough people")),
    "digest": (CLOSED, N_("The results are still those that were first published")),
    "sizes": (OPEN, N_("All sealed answers look alike")),
    "order": (OPEN, N_("The sealed answers keep no order")),
    "stuffing": (OPEN, N_("There is one sealed answer for each used link")),
    "sealed_to": (OPEN, N_("Answers are sealed to the right key")),
    "shape": (TABLES, N_("No table can join a person or a time to an answer")),
    "strangers": (TABLES, N_("There is no table, column or view that Pulse does not know")),
    "copying": (TABLES, N_("Nothing copies rows elsewhere as they are written")),
    "frozen": (TABLES, N_("The database refuses to change what was promised or published")),
    "row_numbers": (TABLES, N_("Sealed answers have no row numbers")),
    "samples": (TABLES, N_("The database keeps no samples of links, codes or answers")),
    "free_space": (PLACE, N_("Freed space in the files of the database holds nothing")),
    "statements": (PLACE, N_("The database keeps no log of what is written to it")),
    "clock": (PLACE, N_("The database does not note the time of each write")),
    "archive": (PLACE, N_("The database passes no history of its writes on")),
    "file_rights": (PLACE, N_("Other users of this machine cannot read or change the database")),
    "key_rights": (PLACE, N_("Only one system user can read the keys")),
    "key_place": (PLACE, N_("The keys are kept apart from the database")),
    "website": (PLACE, N_("The website cannot read the keys")),
    "backups": (PLACE, N_("Old backups are deleted, and no keys are in them")),
    "web_logs": (PLACE, N_("The web server and the mail server keep no log of staff")),
    "program": (PLACE, N_("This is the published program, unchanged")),
}


#: what chance could do to n random ids once in 2^30 boxes, and how near two of a million may lie
_CHANCE_BITS, _NEAR_BITS = 30, 64


@dataclass(frozen=True)
class Finding:
    """The outcome of one check: `check` is a key of CHECKS, `found` a sentence or a count with its noun."""

    check: str
    verdict: Verdict
    found: str

    def __post_init__(self) -> None:
        if self.check not in CHECKS:
            raise ValueError(f"no such check: {self.check}")

    @property
    def statement(self) -> str:
        return CHECKS[self.check][1]


def passed(check: str, found: str) -> Finding:
    return Finding(check, Verdict.PASS, found)


def failed(check: str, found: str) -> Finding:
    return Finding(check, Verdict.FAIL, found)


def unknown(check: str, why: str) -> Finding:
    return Finding(check, Verdict.UNKNOWN, why)


def judge(check: str, problems: Iterable[str], otherwise: str) -> Finding:
    """A fail that lists every problem, or a pass that says `otherwise`."""
    listed = list(problems)
    return failed(check, " ".join(listed)) if listed else passed(check, otherwise)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Under their headings, as CHECKS has them; raises ValueError unless every check was answered once."""
    listed = list(findings)
    if sorted(one.check for one in listed) != sorted(CHECKS):
        raise ValueError("every check must be answered exactly once")
    places = {check: place for place, check in enumerate(CHECKS)}
    return sorted(listed, key=lambda one: places[one.check])


def order_in(ids: Iterable[bytes], size: int = 16) -> str | None:
    """What in these ids could keep an order (a counter, a clock), in words; None if they look random.

    Three looks, each of which n random ids fail less than once in a hundred million boxes of a million ids
    or fewer: do all begin with the same bits (by chance m bits with probability 2^-(n-1)m), are two of them
    close neighbours, is a bit nearly always the same (more than six standard deviations from half)? One id
    alone can have no order.
    """
    listed = sorted(ids)
    if any(len(one) != size for one in listed):
        return "some ids have the wrong length"
    if len(set(listed)) != len(listed):
        return "some ids stand there twice"
    numbers, bits = [int.from_bytes(one, "big") for one in listed], 8 * size
    if len(numbers) < 2:
        return None
    in_common = bits - (numbers[0] ^ numbers[-1]).bit_length()
    if in_common * (len(numbers) - 1) > _CHANCE_BITS:
        return "the ids begin alike, as numbers or times that count up would"
    if any(after - before < 2**_NEAR_BITS for before, after in pairwise(numbers)):
        return "some ids are close neighbours, as numbers that count up would be"
    return "the ids are not random" if _has_a_stuck_bit(numbers, bits) else None


def _has_a_stuck_bit(numbers: list[int], bits: int) -> bool:
    """From 40 ids on, before which chance alone could do it."""
    n = len(numbers)
    ones = (sum(number >> bit & 1 for number in numbers) for bit in range(bits))
    return n >= 40 and max(abs(count - n / 2) for count in ones) > 6 * (n / 4) ** 0.5 + 1
