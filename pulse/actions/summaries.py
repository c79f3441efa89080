"""Actions as others read them: the survey's first page, the results pages, the trend charts, the list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pulse.actions import queries
from pulse.actions.models import Action
from pulse.actions.promises import list_measures
from pulse.languages.saying import gettext as _
from pulse.web.formatting import format_date


@dataclass(frozen=True)
class ActionSummary:
    """You said, we did, in words for everyone."""

    said: str
    did: str
    #: such as "done, January 2026" or "promised by March 2027"
    state_label: str
    #: the wave in which it was said
    wave_label: str
    owner: str
    #: None is everyone who was asked
    unit: str | None


class Flag(NamedTuple):
    """Something done on a day, for a trend chart; `measure` is the one it should move, or None.

    `unit_id` is the part of the organisation in which it was done; None is all of it.
    """

    done_on: date
    #: all of what was done: charts show a number, and the note below them says this
    label: str
    measure: str | None
    unit_id: int | None
    #: the name of that part
    unit: str | None = None


@dataclass(frozen=True)
class ActionRow:
    """An action as those who see to it read it."""

    id: int
    summary: ActionSummary
    owner: str
    #: None is everyone who was asked
    unit: str | None
    #: in words
    measure: str | None
    #: promised for a day that has passed
    late: bool
    #: promised, doing, done or not_done
    state: str
    #: what it answers, in the words of the results page; "" for no single finding
    finding: str
    wave_id: int
    unit_id: int | None


@dataclass(frozen=True)
class NextPromise:
    """What is still to be done, and first."""

    did: str
    owner: str
    due_on: date
    late: bool


def find_next_promise(programme_id: int, units: Collection[int | None], today: date) -> NextPromise | None:
    """The open promise with the earliest day, late ones first, among those for any of these units.

    None among `units` stands for everyone.
    """
    for action in queries.list_open(programme_id):
        if action.unit_id in units:
            return NextPromise(action.did, action.owner, action.due_on, late=action.due_on < today)
    return None


def find_foremost(programme_id: int, units: Collection[int | None]) -> ActionSummary | None:
    """What is due next for any of these units; where nothing is open, what was done last.

    None among `units` stands for everyone.
    """
    listed = [entry for entry in queries.list_actions(programme_id) if entry.action.unit_id in units]
    still_open = [entry for entry in listed if entry.action.state in ("promised", "doing")]
    done = [entry for entry in listed if entry.action.done_on is not None]
    if still_open:
        return _summary(min(still_open, key=lambda entry: (entry.action.due_on, entry.action.id)))
    return _summary(max(done, key=lambda one: (one.action.done_on, one.action.id))) if done else None


def answers_to(wave_id: int) -> list[ActionSummary]:
    """What was said to be done about one wave, the action entered last first."""
    return [_summary(listed) for listed in queries.list_answers(wave_id)]


def latest_actions(programme_id: int, limit: int = 3) -> list[ActionSummary]:
    """The actions on the newest waves first; promises that were not kept among them."""
    return [_summary(listed) for listed in queries.list_actions(programme_id, limit)]


def list_flags(programme_id: int) -> list[Flag]:
    """What was done and when, oldest first."""
    return [
        Flag(
            action.done_on,
            action.did,
            action.measure,
            action.unit_id,
            entry.unit_name,
        )
        for entry in queries.list_done(programme_id)
        if (action := entry.action).done_on is not None
    ]


def list_for_programme(programme_id: int, today: date) -> list[ActionRow]:
    """Every action of a programme, newest first; `today` decides what is late."""
    listed = queries.list_actions(programme_id)
    labels = {
        wave_id: dict(list_measures(wave_id))
        for wave_id in {entry.action.wave_id for entry in listed if entry.action.measure}
    }
    return [
        ActionRow(
            id=entry.action.id,
            summary=_summary(entry),
            owner=entry.action.owner,
            unit=entry.unit_name,
            measure=labels[entry.action.wave_id].get(entry.action.measure) if entry.action.measure else None,
            late=entry.action.state in ("promised", "doing") and entry.action.due_on < today,
            state=entry.action.state,
            finding=entry.action.finding or "",
            wave_id=entry.action.wave_id,
            unit_id=entry.action.unit_id,
        )
        for entry in listed
    ]


def describe_state(action: Action) -> str:
    """The state in plain words; a month is as exact as a promise should look."""
    if action.state == "done":
        return _("done, %(month)s", month=_month(action.done_on))
    if action.state == "doing":
        return _("under way, due %(month)s", month=_month(action.due_on))
    if action.state == "promised":
        return _("promised by %(month)s", month=_month(action.due_on))
    return _("not done")


def _month(day: date | None) -> str:
    return format_date(day).partition(" ")[2]


def _summary(listed: queries.Listed) -> ActionSummary:
    action = listed.action
    return ActionSummary(
        said=action.said,
        did=action.did,
        state_label=describe_state(action),
        wave_label=listed.wave_label,
        owner=action.owner,
        unit=listed.unit_name,
    )
