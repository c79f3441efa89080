"""The list of what was promised, and beside it whether staff see that anything changed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pulse.actions import holding, promises, summaries
from pulse.actions.holding import Unanswered
from pulse.actions.summaries import ActionRow
from pulse.domain.words import N_
from pulse.surveys import queries as surveys
from pulse.surveys.models import Programme, Wave

ALL, LATE = "all", "late"
#: what the list can be narrowed to, in words to say in the language of the page
SHOWN = {
    ALL: N_("All"),
    LATE: N_("Late"),
    "promised": N_("Promised"),
    "doing": N_("Under way"),
    "done": N_("Done"),
    "not_done": N_("Not done"),
}


@dataclass(frozen=True)
class ProgrammeList:
    """The actions of one survey."""

    programme: Programme
    #: those that the reader chose to see
    rows: list[ActionRow]
    #: of all, how many there are of each kind in SHOWN
    counts: Counter[str]
    has_results: bool
    #: the last wave, if nobody has said what was done about it
    unanswered: Unanswered | None
    #: whether the next wave waits for that
    holds: bool
    #: dashboards.earlier_surveys.SaidChanged, newest first
    said_changed: Sequence[object]


def shown_from(text: str) -> str:
    """A kind of SHOWN; anything else is all of them."""
    return text if text in SHOWN else ALL


def read_list(
    programme: Programme,
    shown: str,
    today: date,
    something_changed: Callable[[int], Sequence[object]],
    may_read: Callable[[int, int | None], bool],
) -> ProgrammeList:
    """Every action of a survey that is of the kind `shown`, newest wave first.

    `may_read` says of a wave and a unit whether this reader may know what its results say: the finding that
    an action answers is part of them.
    """
    rows = [_for_reader(row, may_read) for row in summaries.list_for_programme(programme.id, today)]
    counts = Counter(kind for row in rows for kind in _kinds(row))
    return ProgrammeList(
        programme=programme,
        rows=[row for row in rows if shown in _kinds(row)],
        counts=counts,
        has_results=promises.can_be_answered(programme.id),
        unanswered=holding.find_unanswered(programme.id),
        holds=_holds(surveys.list_waves(programme.id)),
        said_changed=something_changed(programme.id),
    )


def _for_reader(row: ActionRow, may_read: Callable[[int, int | None], bool]) -> ActionRow:
    return row if not row.finding or may_read(row.wave_id, row.unit_id) else replace(row, finding="")


def _holds(waves: Sequence[Wave]) -> bool:
    """Whether the next wave is one that waits: none is under way, and none was given a reason to open."""
    return not any(
        wave.state in holding.RUNNING or (wave.state == "planned" and wave.opens_unanswered is not None)
        for wave in waves
    )


def _kinds(row: ActionRow) -> tuple[str, ...]:
    return (ALL, row.state, LATE) if row.late else (ALL, row.state)
