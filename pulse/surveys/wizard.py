"""The steps of setting up a programme, and what is wrong with what was typed on them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pulse.domain.disclosure import PROFILES
from pulse.domain.words import N_
from pulse.surveys import programme_checks as checks
from pulse.surveys import programmes
from pulse.surveys.burden import check_burden
from pulse.surveys.details import Details, ProgrammeError, details_of
from pulse.surveys.forms import StepForm, Typed, WhatForm, WhoForm
from pulse.surveys.models import Programme
from pulse.surveys.protection_forms import ProtectionForm
from pulse.surveys.schedule_checks import check_schedule
from pulse.surveys.schedule_forms import ReachForm, WhenForm
from pulse.surveys.usual import find_usual

#: each step with its form, in the order in which they are asked
STEPS: dict[str, type[StepForm]] = {
    "what": WhatForm,
    "when": WhenForm,
    "who": WhoForm,
    "reach": ReachForm,
    "protection": ProtectionForm,
}
#: what each page is headed by
TITLES = {
    "what": N_("What is asked"),
    "when": N_("When people are asked"),
    "who": N_("Who is asked"),
    "reach": N_("How people are reached"),
    "protection": N_("How people are protected"),
}
#: in place of what has not been typed yet
_EMPTY: dict[str, Any] = {"name": "", "purpose": "", "organisation": "", "question_set": "own"}
AllTyped = dict[str, Typed]


class Problem(NamedTuple):
    """What is wrong with a draft: on which step, at which field of its form ("" for none)."""

    step: str
    place: str
    sentence: str


@dataclass(frozen=True)
class Reading:
    """What was typed, as it reads now. `details` are there once every step was typed and nothing is wrong."""

    programme: Programme | None
    forms: dict[str, StepForm]
    details: Details | None
    #: the same as far as it goes, with what is usual in the gaps
    so_far: Details
    rotation: list[list[str]]
    missing: list[str]
    problems: list[Problem] = field(default_factory=list)

    @property
    def raises_k(self) -> bool:
        """Whether saving it sets what can never be lowered again: a promise to staff who were asked."""
        now, new = self.programme, self.details
        if now is None or new is None or not checks.has_opened(now):
            return False
        return new.k > now.k or PROFILES[new.profile] > PROFILES[now.profile]


def typed_from(programme: Programme) -> AllTyped:
    """What somebody would type to get the programme as it is."""
    details = details_of(programme)
    return {step: form.typed_of(details) for step, form in STEPS.items()}


def read_typed(typed: AllTyped, programme: Programme | None, now: datetime) -> Reading:
    """The same of what was typed on any of the steps."""
    offered = _suggested(typed) | typed
    forms = {step: form(offered.get(step, {}), programme) for step, form in STEPS.items()}
    values: dict[str, Any] = {**_EMPTY, "rule": "", "starts_on": now.date()}
    wrong: list[Problem] = []
    for step in typed:
        if forms[step].validate():
            values |= forms[step].values()
        wrong += _errors_of(step, forms[step])
    details = Details(**values)
    wrong_steps = {problem.step for problem in wrong}
    rotation: list[list[str]] = []
    for step, error in _refusals(
        [step for step in typed if step not in wrong_steps], details, programme, now
    ):
        wrong.append(_place(error, step, forms))
    if "what" in typed and "what" not in {problem.step for problem in wrong}:
        rotation = programmes.rotation_for(details, programme)
    missing = [step for step in STEPS if step not in typed]
    whole = details if not missing and not wrong else None
    return Reading(programme, forms, whole, details, rotation, missing, _in_order(wrong))


def _suggested(typed: AllTyped) -> AllTyped:
    """What a ready-made set is meant for, on the steps that follow it."""
    chosen = next(iter(typed.get("what", {}).get("question_set", [])), "")
    meant = find_usual(chosen)
    if meant is None:
        return {}
    usual = Details(**{**_EMPTY, "rule": meant.rule, "starts_on": date(2000, 1, 1), "cohorts": meant.cohorts})
    when = WhenForm.typed_of(usual) | {"starts_on": []}
    return {"when": when, "who": WhoForm.typed_of(usual)}


def _errors_of(step: str, form: StepForm) -> list[Problem]:
    return [
        Problem(step, name, str(found)) for name, errors in form.errors.items() for found in errors if name
    ]


def _refusals(
    steps: list[str], details: Details, programme: Programme | None, now: datetime
) -> Iterator[tuple[str, ProgrammeError]]:
    """What the checks of these steps say; each step has its own, so that one does not hide another."""

    def turns() -> None:
        checks.check_turns(details, programmes.rotation_for(details, programme))

    of_step: dict[str, list[Callable[[], object]]] = {
        "what": [
            lambda: checks.check_words(details, programme),
            lambda: programmes.rotation_for(details, programme),
        ],
        "when": [lambda: check_schedule(details, programme, now)],
        "who": [lambda: checks.check_audience(details), *([turns] if "what" in steps else [])],
        "reach": [
            lambda: checks.check_channels(details),
            *([lambda: checks.check_reminders(details)] if "when" in steps else []),
        ],
        "protection": [lambda: checks.check_protection(details, programme)],
    }
    for step in steps:
        for check in of_step[step]:
            try:
                check()
            except ProgrammeError as error:
                yield step, error


def _place(error: ProgrammeError, step: str, forms: dict[str, StepForm]) -> Problem:
    """Where a refusal belongs: beside its field, on whichever step that is."""
    owner = next((name for name, form in forms.items() if form.field_of(error.field)), step)
    before = {name: len(entry.errors) for name, entry in forms[owner]._fields.items()}
    forms[owner].show_error(error)
    place = next((name for name, was in before.items() if len(forms[owner][name].errors) > was), "")
    return Problem(owner, place, str(error))


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems), key=lambda problem: list(STEPS).index(problem.step))


def check_time_taken(reading: Reading, now: datetime) -> str:
    """Why it would ask too much of somebody's time, or ""."""
    if reading.details is None or (reading.programme is not None and not reading.programme.active):
        return ""
    try:
        check_burden(reading.details, reading.rotation, reading.programme, now)
    except ProgrammeError as error:
        return str(error)
    return ""
