"""What a programme must keep before it is saved; each refusal is one sentence that says what to do.

The checks follow the steps of the wizard, so that each page tells what is wrong with what it asks.
"""

from datetime import datetime

from pulse.directory import queries as directory
from pulse.domain.disclosure import NHS, PROFILES, STANDARD
from pulse.domain.rotation import MIN_BY_PERSON
from pulse.surveys import queries
from pulse.surveys.declared import CannotDeclare, check_declared
from pulse.surveys.details import Details, ProgrammeError
from pulse.surveys.models import (
    BY_PERSON,
    BY_WAVE,
    CHANNELS,
    GUARDIAN,
    MOST_COHORTS,
    MOST_REMINDERS,
    WORKER,
    Programme,
)
from pulse.surveys.schedule_checks import LONGEST_FIELDWORK, check_schedule
from pulse.surveys.waves import count_audience, list_alike_asked

__all__ = [
    "HIGHEST_K",
    "LONGEST_FIELDWORK",
    "PROFILE_WORDS",
    "Details",
    "ProgrammeError",
    "check_details",
    "check_threshold",
]
#: a threshold above this hides nearly everything in an organisation that a survey like this is made for
HIGHEST_K = 100
PROFILE_WORDS = {
    STANDARD: f"Standard: k is {PROFILES[STANDARD]} or more",
    NHS: f"NHS: k is {PROFILES[NHS]} or more",
}
#: a cohort of fewer people says little, and units under 30 stay whole (measurement design, section 3)
LEAST_COHORT = 30
_LONGEST_NAME = 120


def check_details(
    details: Details, programme: Programme | None, rotation: list[list[str]], now: datetime
) -> None:
    """Raises ProgrammeError for the first thing wrong; `programme` is the one being changed, if any."""
    check_words(details, programme)
    check_protection(details, programme)
    check_schedule(details, programme, now)
    check_reminders(details)
    check_audience(details)
    check_turns(details, rotation)
    check_channels(details)


def check_words(details: Details, programme: Programme | None) -> None:
    """Name, purpose, who asks."""
    if not details.name.strip():
        raise ProgrammeError("name", "Give the survey a name.")
    if len(details.name.strip()) > _LONGEST_NAME:
        raise ProgrammeError("name", f"Shorten the name to {_LONGEST_NAME} characters or fewer.")
    other = queries.find_programme_named(details.name.strip())
    if other is not None and other is not programme:
        raise ProgrammeError("name", "There is already a survey with this name: choose another.")
    if not details.purpose.strip():
        raise ProgrammeError("purpose", "Say why people are asked: they read it first.")
    if not details.organisation.strip():
        raise ProgrammeError("organisation", "Name the organisation that asks, as it signs its letters.")
    if len(details.organisation.strip()) > _LONGEST_NAME:
        raise ProgrammeError("organisation", f"Shorten this to {_LONGEST_NAME} characters or fewer.")


def check_protection(details: Details, programme: Programme | None) -> None:
    """Threshold, profile, who holds the key."""
    check_threshold(details.k, details.profile, programme)
    if details.key_mode not in (WORKER, GUARDIAN):
        raise ProgrammeError("key_mode", "Choose who holds the key: the worker, or guardians.")


def has_opened(programme: Programme) -> bool:
    """Whether a wave of it ever opened: from then on its staff were promised something."""
    return any(wave.plan_sha256 for wave in queries.list_waves(programme.id))


def check_threshold(k: int, profile: str, programme: Programme | None) -> None:
    """Raises ProgrammeError unless k fits the profile, and neither goes below what staff were promised.

    Once a wave of the programme has opened they may only be raised; the database keeps the same rule
    (pulse.domain.frozen).
    """
    if profile not in PROFILES:
        raise ProgrammeError("profile", f"Choose one of these profiles: {', '.join(PROFILES)}.")
    if k < PROFILES[profile]:
        raise ProgrammeError(
            "k", f"Set k to {PROFILES[profile]} or more: figures of fewer people could point at one of them."
        )
    if k > HIGHEST_K:
        raise ProgrammeError("k", f"Set k to {HIGHEST_K} or less: above that hardly any team would be shown.")
    if programme is not None and has_opened(programme):
        _check_promises(k, profile, programme)


def _check_promises(k: int, profile: str, programme: Programme) -> None:
    if k < programme.k:
        raise ProgrammeError(
            "k",
            f"Keep k at {programme.k} or raise it: staff were promised so many when a wave of this survey "
            "opened.",
        )
    if PROFILES[profile] < PROFILES[programme.profile]:
        raise ProgrammeError(
            "profile", "Keep this profile: staff were promised it when a wave of this survey opened."
        )


def check_reminders(details: Details) -> None:
    """Rising, few, and before the close."""
    days = details.reminder_days
    if len(days) > MOST_REMINDERS or sorted(set(days)) != list(days):
        raise ProgrammeError(
            "reminder_days", f"Name up to {MOST_REMINDERS} days for reminders, rising, such as 4, 9."
        )
    if any(not 1 <= day < details.open_days for day in days):
        raise ProgrammeError(
            "reminder_days",
            "Send each reminder on a day before the survey closes; leave the days out for no reminder.",
        )


def check_channels(details: Details) -> None:
    """At least one way to reach people, and each once."""
    if not details.channels:
        raise ProgrammeError("channels", "Choose at least one way to reach people, such as e-mail.")
    unknown = next((channel for channel in details.channels if channel not in CHANNELS), None)
    if unknown is not None:
        raise ProgrammeError(
            "channels", f'There is no way "{unknown}" to reach people: choose among {", ".join(CHANNELS)}.'
        )
    if len(set(details.channels)) < len(details.channels):
        raise ProgrammeError("channels", "Name each way to reach people once: one of these stands twice.")


def check_audience(details: Details) -> None:
    """Somebody is there to be asked, and the attributes do not divide them too finely."""
    if details.audience_unit_id is not None and details.audience_unit_id not in {
        unit.id for unit in directory.list_units()
    }:
        raise ProgrammeError(
            "audience_unit_id", "There is no open unit of this kind: choose one of the list."
        )
    people = count_audience(details.audience_unit_id)
    if not people:
        raise ProgrammeError(
            "audience_unit_id", "Nobody is in this audience: import the staff list, or choose another unit."
        )
    _check_cohorts(details.cohorts, people)
    alike = list_alike_asked(details.audience_unit_id) if details.attributes else []
    try:
        check_declared(details.attributes, details.crosses, alike)
    except CannotDeclare as error:
        raise ProgrammeError(error.field, str(error)) from error


def _check_cohorts(cohorts: int, people: int) -> None:
    if not 1 <= cohorts <= MOST_COHORTS:
        raise ProgrammeError("cohorts", f"Ask in 1 to {MOST_COHORTS} cohorts; 1 asks everybody every time.")
    if cohorts > 1 and people // cohorts < LEAST_COHORT:
        most = max(1, people // LEAST_COHORT)
        raise ProgrammeError(
            "cohorts",
            f"{people:,} people are too few for {cohorts} cohorts of {LEAST_COHORT} or more: "
            + ("ask everybody every time, which is 1." if most == 1 else f"choose {most} or fewer."),
        )


def check_turns(details: Details, rotation: list[list[str]]) -> None:
    """Rotation by person only where it costs nobody their team's result, and where something rotates."""
    if details.rotate_by not in (BY_WAVE, BY_PERSON):
        raise ProgrammeError("rotate_by", "Choose whether questions rotate by wave or by person.")
    if details.rotate_by == BY_WAVE:
        return
    if len(rotation) < 2:
        raise ProgrammeError(
            "rotate_by", "These questions are the same in every wave: rotate by wave, or choose another set."
        )
    asked = count_audience(details.audience_unit_id) // max(1, details.cohorts)
    if asked < MIN_BY_PERSON:
        raise ProgrammeError(
            "rotate_by",
            f"A wave would ask {asked:,} people, and rotation by person needs {MIN_BY_PERSON} or more: "
            "rotate by wave.",
        )
