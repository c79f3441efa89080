"""What a programme must keep before it is saved; each refusal is one sentence that says what to do.

The checks follow the steps of the wizard, so that each page tells what is wrong with what it asks.
"""

from datetime import datetime

from pulse.banks.identifying import why_blocked
from pulse.banks.store import get_library
from pulse.directory import queries as directory
from pulse.domain.disclosure import NHS, PROFILES, STANDARD
from pulse.domain.rotation import MIN_BY_PERSON
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
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
    STANDARD: lazy("Standard: k is %(k)s or more", k=PROFILES[STANDARD]),
    NHS: lazy("NHS: k is %(k)s or more", k=PROFILES[NHS]),
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
        raise ProgrammeError("name", _("Give the survey a name."))
    if len(details.name.strip()) > _LONGEST_NAME:
        raise ProgrammeError(
            "name", _("Shorten the name to %(most)s characters or fewer.", most=_LONGEST_NAME)
        )
    other = queries.find_programme_named(details.name.strip())
    if other is not None and other is not programme:
        raise ProgrammeError("name", _("There is already a survey with this name: choose another."))
    if not details.purpose.strip():
        raise ProgrammeError("purpose", _("Say why people are asked: they read it first."))
    if not details.organisation.strip():
        raise ProgrammeError("organisation", _("Name the organisation that asks, as it signs its letters."))
    if len(details.organisation.strip()) > _LONGEST_NAME:
        raise ProgrammeError(
            "organisation", _("Shorten this to %(limit)s characters or fewer.", limit=_LONGEST_NAME)
        )
    for field in ("name", "purpose", "organisation"):
        if why := why_blocked(getattr(details, field), get_library()):
            raise ProgrammeError(field, why)


def check_protection(details: Details, programme: Programme | None) -> None:
    """Threshold, profile, who holds the key."""
    check_threshold(details.k, details.profile, programme)
    if details.key_mode not in (WORKER, GUARDIAN):
        raise ProgrammeError("key_mode", _("Choose who holds the key: the worker, or guardians."))


def has_opened(programme: Programme) -> bool:
    """Whether a wave of it ever opened: from then on its staff were promised something."""
    return any(wave.plan_sha256 for wave in queries.list_waves(programme.id))


def check_threshold(k: int, profile: str, programme: Programme | None) -> None:
    """Raises ProgrammeError unless k fits the profile, and neither goes below what staff were promised.

    Once a wave of the programme has opened they may only be raised; the database keeps the same rule
    (pulse.domain.frozen).
    """
    if profile not in PROFILES:
        profiles = ", ".join(PROFILES)
        raise ProgrammeError("profile", _("Choose one of these profiles: %(profiles)s.", profiles=profiles))
    if k < PROFILES[profile]:
        raise ProgrammeError(
            "k",
            _(
                "Set k to %(least)s or more: figures of fewer people could point at one of them.",
                least=PROFILES[profile],
            ),
        )
    if k > HIGHEST_K:
        raise ProgrammeError(
            "k", _("Set k to %(most)s or less: above that hardly any team would be shown.", most=HIGHEST_K)
        )
    if programme is not None and has_opened(programme):
        _check_promises(k, profile, programme)


def _check_promises(k: int, profile: str, programme: Programme) -> None:
    if k < programme.k:
        raise ProgrammeError(
            "k",
            _(
                "Keep k at %(k)s or raise it: staff were promised so many when a wave of this survey opened.",
                k=programme.k,
            ),
        )
    if PROFILES[profile] < PROFILES[programme.profile]:
        raise ProgrammeError(
            "profile", _("Keep this profile: staff were promised it when a wave of this survey opened.")
        )


def check_reminders(details: Details) -> None:
    """Rising, few, and before the close."""
    days = details.reminder_days
    if len(days) > MOST_REMINDERS or sorted(set(days)) != list(days):
        raise ProgrammeError(
            "reminder_days",
            _("Name up to %(most)s days for reminders, rising, such as 4, 9.", most=MOST_REMINDERS),
        )
    if any(not 1 <= day < details.open_days for day in days):
        raise ProgrammeError(
            "reminder_days",
            _("Send each reminder on a day before the survey closes; leave the days out for no reminder."),
        )


def check_channels(details: Details) -> None:
    """At least one way to reach people, and each once."""
    if not details.channels:
        raise ProgrammeError("channels", _("Choose at least one way to reach people, such as e-mail."))
    unknown = next((channel for channel in details.channels if channel not in CHANNELS), None)
    if unknown is not None:
        raise ProgrammeError(
            "channels",
            _(
                'There is no way "%(way)s" to reach people: choose among %(ways)s.',
                way=unknown,
                ways=", ".join(CHANNELS),
            ),
        )
    if len(set(details.channels)) < len(details.channels):
        raise ProgrammeError("channels", _("Name each way to reach people once: one of these stands twice."))


def check_audience(details: Details) -> None:
    """Somebody is there to be asked, and the attributes do not divide them too finely."""
    if details.audience_unit_id is not None and details.audience_unit_id not in {
        unit.id for unit in directory.list_units()
    }:
        raise ProgrammeError(
            "audience_unit_id", _("There is no open unit of this kind: choose one of the list.")
        )
    people = count_audience(details.audience_unit_id)
    if not people:
        raise ProgrammeError(
            "audience_unit_id",
            _("Nobody is in this audience: import the staff list, or choose another unit."),
        )
    _check_cohorts(details.cohorts, people)
    alike = list_alike_asked(details.audience_unit_id) if details.attributes else []
    try:
        check_declared(details.attributes, details.crosses, alike)
    except CannotDeclare as error:
        raise ProgrammeError(error.field, str(error)) from error


def _check_cohorts(cohorts: int, people: int) -> None:
    if not 1 <= cohorts <= MOST_COHORTS:
        raise ProgrammeError(
            "cohorts", _("Ask in 1 to %(most)s cohorts; 1 asks everybody every time.", most=MOST_COHORTS)
        )
    if cohorts > 1 and people // cohorts < LEAST_COHORT:
        most = max(1, people // LEAST_COHORT)
        values = {"people": f"{people:,}", "cohorts": cohorts, "least": LEAST_COHORT}
        raise ProgrammeError("cohorts", _too_few(most, values))


def _too_few(most: int, values: dict[str, object]) -> str:
    if most == 1:
        return _(
            "%(people)s people are too few for %(cohorts)s cohorts of %(least)s or more: ask everybody every "
            "time, which is 1.",
            **values,
        )
    return _(
        "%(people)s people are too few for %(cohorts)s cohorts of %(least)s or more: choose %(most)s or "
        "fewer.",
        most=most,
        **values,
    )


def check_turns(details: Details, rotation: list[list[str]]) -> None:
    """Rotation by person only where it costs nobody their team's result, and where something rotates."""
    if details.rotate_by not in (BY_WAVE, BY_PERSON):
        raise ProgrammeError("rotate_by", _("Choose whether questions rotate by wave or by person."))
    if details.rotate_by == BY_WAVE:
        return
    if len(rotation) < 2:
        raise ProgrammeError(
            "rotate_by",
            _("These questions are the same in every wave: rotate by wave, or choose another set."),
        )
    asked = count_audience(details.audience_unit_id) // max(1, details.cohorts)
    if asked < MIN_BY_PERSON:
        raise ProgrammeError(
            "rotate_by",
            _(
                "A wave would ask %(asked)s people, and rotation by person needs %(least)s or more: rotate "
                "by wave.",
                asked=f"{asked:,}",
                least=MIN_BY_PERSON,
            ),
        )
