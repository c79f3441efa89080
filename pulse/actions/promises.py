"""What may be promised, and what becomes of it: each refusal is one sentence beside the field it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pulse.actions import queries
from pulse.actions.models import DID_LENGTH, FINDING_LENGTH, OWNER_LENGTH, SAID_LENGTH, STATES, Action
from pulse.db import writing
from pulse.domain.plain_text import readings
from pulse.domain.redaction_numbers import Kind, find_numbers
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.web.formatting import format_date, one_line

#: said of what a text may not hold, the first thing found
_TAKE_OUT = {
    Kind.EMAIL: N_("Take out the e-mail address: everybody who is asked can read this without signing in."),
    Kind.PHONE: N_("Take out the phone number: everybody who is asked can read this without signing in."),
}


class PromiseError(Exception):
    """One sentence that says what to do; `field` is the form field it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Promise:
    """What one says about an action: the fields of `Action`; the programme follows from the wave."""

    wave_id: int
    said: str
    did: str
    owner: str
    due_on: date
    unit_id: int | None = None
    measure: str | None = None
    state: str = "promised"
    done_on: date | None = None
    #: what the results page said, in its words
    finding: str | None = None

    def tidied(self) -> "Promise":
        """Without blanks around words; no finding is None."""
        said, did, owner = map(one_line, (self.said, self.did, self.owner))
        return replace(self, said=said, did=did, owner=owner, finding=one_line(self.finding or "") or None)


@dataclass(frozen=True)
class Choices:
    """What an action of one programme may refer to: (value, words) each, in the order to show."""

    waves: list[tuple[int, str]]
    units: list[tuple[int, str]]
    measures: list[tuple[str, str]]


def list_faults(promise: Promise, now: datetime) -> list[PromiseError]:
    """All that is wrong with it, in the order of the form; empty for what `add_promise` takes."""
    promise = promise.tidied()
    found = list_faults_in_words(asdict(promise))
    try:
        wave = _answered(promise)
    except PromiseError as error:
        return [error, *found]
    return found + [PromiseError(*fault) for fault in _faults_in_place(promise, wave, now)]


def list_faults_in_words(texts: Mapping[str, str | None]) -> list[PromiseError]:
    """What is wrong with its texts alone, by the name of the field."""
    return [PromiseError(*fault) for fault in _faults_in_words(texts)]


def add_promise(promise: Promise, now: datetime) -> Action:
    """A new action; raises PromiseError, and then stores nothing."""
    promise = promise.tidied()
    with writing():
        wave = _check(promise, now)
        return queries.add_action(Action(programme_id=wave.programme_id, **asdict(promise)))


def change_promise(action_id: int, promise: Promise, now: datetime) -> Action:
    """Say it anew; raises PromiseError, and then changes nothing. An action stays in its programme."""
    promise = promise.tidied()
    with writing():
        action = queries.get_action(action_id)
        wave = _check(promise, now)
        if wave.programme_id != action.programme_id:
            raise PromiseError("wave_id", _("This wave belongs to another survey: choose one from the list."))
        if wave.id != action.wave_id:
            _require_last(surveys.get_wave(action.wave_id))
        for name, value in asdict(promise).items():
            setattr(action, name, value)
        return action


def _require_last(wave: Wave) -> None:
    """What let a later wave open stays where it did, or one old action would let every wave open."""
    later = (one for one in surveys.list_waves(wave.programme_id) if one.number > wave.number)
    if any(one.state not in ("planned", "cancelled") for one in later):
        raise PromiseError(
            "wave_id",
            _(
                "A later survey has opened, so this action stays with %(survey)s: add another instead.",
                survey=wave.label,
            ),
        )


def change_state(action_id: int, state: str, done_on: date | None, now: datetime) -> Action:
    """Say what became of a promise; `done_on` goes with "done" and with nothing else. Raises PromiseError."""
    return change_promise(
        action_id, replace(promise_of(queries.get_action(action_id)), state=state, done_on=done_on), now
    )


def promise_of(action: Action) -> Promise:
    """What is stored, ready to be said anew."""
    return Promise(**{name: getattr(action, name) for name in Promise.__dataclass_fields__})


def list_choices(programme_id: int) -> Choices:
    """Released waves newest first; the units and measures of any of them, the latest words for each."""
    waves = _released(programme_id)
    units = {unit.unit_id: unit.name for wave in waves for unit in surveys.list_wave_units(wave.id)}
    measures = {key: label for wave in waves for key, label in list_measures(wave.id)}
    return Choices(
        waves=[(wave.id, wave.label) for wave in reversed(waves)],
        units=sorted(units.items(), key=lambda unit: unit[1].casefold()),
        measures=list(measures.items()),
    )


def can_be_answered(programme_id: int) -> bool:
    """Whether any wave's results are out."""
    return bool(_released(programme_id))


def list_measures(wave_id: int) -> list[tuple[str, str]]:
    """The measures of a wave: (id, label), as frozen in its plan."""
    return [(measure["id"], measure["label"]) for measure in surveys.get_plan(wave_id).plan["measures"]]


def _released(programme_id: int) -> list[Wave]:
    return [wave for wave in surveys.list_waves(programme_id) if wave.state == "released"]


def _check(promise: Promise, now: datetime) -> Wave:
    """The wave answered; raises PromiseError for the first thing that is wrong."""
    wave = _answered(promise)
    for field, sentence in (*_faults_in_words(asdict(promise)), *_faults_in_place(promise, wave, now)):
        raise PromiseError(field, sentence)
    return wave


def _answered(promise: Promise) -> Wave:
    wave = surveys.find_wave(promise.wave_id)
    if wave is None:
        raise PromiseError("wave_id", _("There is no such wave: choose one from the list."))
    if wave.state != "released":
        raise PromiseError(
            "wave_id", _("The results of this wave are not out yet: choose one whose results are.")
        )
    return wave


def _faults_in_place(promise: Promise, wave: Wave, now: datetime) -> Iterator[tuple[str, str]]:
    yield from _faults_in_dates(promise, wave, now)
    if promise.unit_id is not None and promise.unit_id not in _unit_ids(wave.id):
        yield "unit_id", _("This wave did not ask that unit: choose another, or everyone.")
    if promise.measure is not None and promise.measure not in dict(list_measures(wave.id)):
        yield "measure", _("This wave did not measure that: choose another, or none.")


def _faults_in_words(texts: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    limits = {"said": SAID_LENGTH, "did": DID_LENGTH, "owner": OWNER_LENGTH, "finding": FINDING_LENGTH}
    missing = {
        "said": _("Write what people said."),
        "did": _("Write what is promised or was done."),
        "owner": _("Write who sees to it, as a role or a team."),
    }
    for field, limit in limits.items():
        text = one_line(texts[field] or "")
        if not text and field in missing:
            yield field, missing[field]
        if len(text) > limit:
            yield (
                field,
                _("Use %(limit)s characters or fewer; these are %(many)s.", limit=limit, many=len(text)),
            )
        elif kind := _shown_to_all(text):
            yield field, _(_TAKE_OUT[kind])


def _shown_to_all(text: str) -> Kind | None:
    """What a text holds that can be written or called to; an e-mail address before a phone number."""
    kinds = {span.kind for reading in readings(text) for span in find_numbers(reading.text)}
    return next((kind for kind in _TAKE_OUT if kind in kinds), None)


def _faults_in_dates(promise: Promise, wave: Wave, now: datetime) -> Iterator[tuple[str, str]]:
    zone = ZoneInfo(wave.programme.zone)
    closed_on, today = wave.closes_at.astimezone(zone).date(), now.astimezone(zone).date()
    closed = format_date(closed_on)
    if promise.state not in STATES:
        yield "state", _("Choose promised, under way, done or not done.")
    if promise.due_on < closed_on:
        yield "due_on", _("The due date is before the wave closed on %(day)s: give a later day.", day=closed)
    if promise.state == "done" and promise.done_on is None:
        yield "done_on", _("Give the day on which it was done.")
    if promise.done_on is None:
        return
    if promise.state != "done":
        yield "done_on", _("Only what is done has this day: remove it, or choose done.")
    if promise.done_on < closed_on:
        yield (
            "done_on",
            _("The day it was done is before the wave closed on %(day)s: give a later day.", day=closed),
        )
    if promise.done_on > today:
        yield (
            "done_on",
            _("The day it was done is still to come: give a day until today, or choose under way."),
        )


def _unit_ids(wave_id: int) -> set[int]:
    return {unit.unit_id for unit in surveys.list_wave_units(wave_id)}
