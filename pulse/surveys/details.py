"""What may be set of a programme, as one value: typed on the pages or at the command line, checked, saved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pulse.domain.disclosure import DEFAULT_K, STANDARD
from pulse.surveys.declared import Pair, tidy_crosses
from pulse.surveys.models import BY_WAVE, EMAIL, SLIP, WORKER, Programme
from pulse.surveys.question_sets import KEEP


class ProgrammeError(Exception):
    """One sentence that says what to do; `field` is the field of Details it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Details:
    """What may be set of a programme.

    `question_set` is the id of a ready-made set, OWN (then `item_ids` holds the questions) or, for a change,
    KEEP. `rule` is an RFC 5545 rule of opening days; `reminder_days` are days after the opening.
    """

    name: str
    purpose: str
    organisation: str
    question_set: str
    rule: str
    starts_on: date
    item_ids: tuple[str, ...] = ()
    #: closed questions a wave of one's own list, which then takes turns; None asks the whole list every time
    a_wave: int | None = None
    opens_at_hour: int = 9
    zone: str = "Europe/London"
    open_days: int = 14
    reminder_days: tuple[int, ...] = (7,)
    #: a code of domain.working_days, or "" for no bank holidays; closed days are explained there
    nation: str = "ENG"
    weekdays: str = "MO,TU,WE,TH,FR"
    letters_from_hour: int = 8
    letters_until_hour: int = 18
    quiet_periods: tuple[tuple[str, str], ...] = ()
    cohorts: int = 1
    #: BY_WAVE or BY_PERSON
    rotate_by: str = BY_WAVE
    channels: tuple[str, ...] = (EMAIL, SLIP)
    #: codes of languages besides English
    languages: tuple[str, ...] = ()
    audience_unit_id: int | None = None
    k: int = DEFAULT_K
    ask_leaders: bool = False
    key_mode: str = WORKER
    #: STANDARD or NHS
    profile: str = STANDARD
    #: codes of the staff list's attributes, and pairs of them, that results are also shown by
    attributes: tuple[str, ...] = ()
    crosses: tuple[Pair, ...] = ()


#: columns that are the same in both
_SAME = (
    *("name", "organisation", "starts_on", "opens_at_hour", "zone", "open_days", "nation", "weekdays"),
    *("letters_from_hour", "letters_until_hour", "cohorts", "rotate_by", "audience_unit_id", "k"),
    *("ask_leaders", "key_mode", "profile"),
)


def columns_of(details: Details) -> dict[str, Any]:
    """The columns of the programme's row, all but what it asks."""
    return {name: getattr(details, name) for name in _SAME} | {
        "purpose": details.purpose.strip(),
        "rule": details.rule.strip(),
        "reminder_days": list(details.reminder_days),
        "quiet_periods": [list(period) for period in details.quiet_periods],
        "channels": list(details.channels),
        "languages": list(details.languages),
        "attributes": list(details.attributes),
        "crosses": tidy_crosses(details.attributes, details.crosses),
    }


def details_of(programme: Programme) -> Details:
    """What is set of a programme now; its questions are kept."""
    return Details(
        question_set=KEEP,
        purpose=programme.purpose,
        rule=programme.rule,
        reminder_days=tuple(programme.reminder_days),
        quiet_periods=tuple((first, last) for first, last in programme.quiet_periods),
        channels=tuple(programme.channels),
        languages=tuple(programme.languages),
        attributes=tuple(programme.attributes),
        crosses=tuple((one, other) for one, other in programme.crosses),
        **{name: getattr(programme, name) for name in _SAME},
    )


def programme_like(details: Details, rotation: list[list[str]], of: Programme | None = None) -> Programme:
    """A programme as these details would make it, for what is worked out from one; never saved.

    Its cohorts are those of the programme that it is `of`, if any.
    """
    like = Programme(rotation=rotation, **columns_of(details))
    like.draw_key = of.draw_key if of else ""
    return like
