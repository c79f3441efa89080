"""What a programme must keep before it is saved; each refusal is one sentence that says what to do."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from pulse.directory import queries as directory
from pulse.domain.disclosure import DEFAULT_K, NHS, PROFILES, STANDARD
from pulse.domain.recurrence import RecurrenceError, occurrences
from pulse.surveys import queries
from pulse.surveys.declared import CannotDeclare, Pair, check_declared
from pulse.surveys.models import BY_WAVE, EMAIL, GUARDIAN, MOST_REMINDERS, SLIP, WORKER, Programme
from pulse.surveys.waves import list_people_asked

#: a threshold above this hides nearly everything in an organisation that a survey like this is made for
HIGHEST_K = 100
LONGEST_FIELDWORK = 60
PROFILE_WORDS = {
    STANDARD: f"Standard: k is {PROFILES[STANDARD]} or more",
    NHS: f"NHS: k is {PROFILES[NHS]} or more",
}
_LONGEST_NAME = 120
_LONGEST_RULE = 200
_YEARS = range(2000, 2100)
#: dates looked at: two years of a monthly rule, so that leap years and short months are among them
_DATES = 24


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
    audience_unit_id: int | None = None
    k: int = DEFAULT_K
    ask_leaders: bool = False
    key_mode: str = WORKER
    #: STANDARD or NHS
    profile: str = STANDARD
    #: codes of the staff list's attributes, and pairs of them, that results are also shown by
    attributes: tuple[str, ...] = ()
    crosses: tuple[Pair, ...] = ()


def check_details(details: Details, programme: Programme | None, now: datetime) -> None:
    """Raises ProgrammeError for the first thing wrong; `programme` is the one being changed, if any."""
    _check_words(details, programme)
    check_threshold(details.k, details.profile, programme)
    _check_numbers(details)
    _check_calendar(details, programme, now)
    _check_audience(details)
    if details.key_mode not in (WORKER, GUARDIAN):
        raise ProgrammeError("key_mode", "Choose who holds the key: the worker, or guardians.")


def _check_words(details: Details, programme: Programme | None) -> None:
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
    if programme is not None and any(wave.plan_sha256 for wave in queries.list_waves(programme.id)):
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


def _check_numbers(details: Details) -> None:
    if not 1 <= details.open_days <= LONGEST_FIELDWORK:
        raise ProgrammeError("open_days", f"Keep the survey open for 1 to {LONGEST_FIELDWORK} days.")
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
    if not 0 <= details.opens_at_hour <= 23:
        raise ProgrammeError("opens_at_hour", "Choose an hour from 0 to 23.")


def _check_calendar(details: Details, programme: Programme | None, now: datetime) -> None:
    _check_zone(details.zone)
    if details.starts_on.year not in _YEARS:
        raise ProgrammeError("starts_on", "Choose a first day between 2000 and 2099.")
    start = datetime.combine(details.starts_on, time(), ZoneInfo(details.zone))
    dates = _dates(details, start - timedelta(days=1), _DATES)
    if _schedule_changes(details, programme) and not _dates(
        details, now - timedelta(days=details.open_days), 1
    ):
        raise ProgrammeError(
            "rule", "This rule gives no date from today on: change the rule or the first day."
        )
    gap = min((later - earlier for earlier, later in pairwise(dates)), default=None)
    if gap is not None and gap < timedelta(days=details.open_days):
        raise ProgrammeError(
            "open_days",
            f"The survey would still be open when it starts again after {gap.days} days: "
            "keep it open for less time, or leave more time between openings.",
        )


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):  # LookupError: not found; the others: not even a possible name
        raise ProgrammeError("zone", "Name a time zone such as Europe/London.") from None


def _dates(details: Details, after: datetime, count: int) -> tuple[datetime, ...]:
    if not details.rule.strip() or len(details.rule) > _LONGEST_RULE:
        raise ProgrammeError("rule", "Write a rule such as FREQ=MONTHLY;INTERVAL=3.")
    try:
        return occurrences(
            details.rule,
            details.starts_on,
            time(details.opens_at_hour),
            after=after,
            count=count,
            zone=ZoneInfo(details.zone),
        )
    except RecurrenceError as error:
        raise ProgrammeError("rule", str(error)) from error


def _schedule_changes(details: Details, programme: Programme | None) -> bool:
    """A series that is over may still have its words mended."""
    return programme is None or (details.rule, details.starts_on) != (programme.rule, programme.starts_on)


def _check_audience(details: Details) -> None:
    if details.audience_unit_id is not None and details.audience_unit_id not in {
        unit.id for unit in directory.list_units()
    }:
        raise ProgrammeError(
            "audience_unit_id", "There is no open unit of this kind: choose one of the list."
        )
    people = list_people_asked(details.audience_unit_id)
    if not people:
        raise ProgrammeError(
            "audience_unit_id", "Nobody is in this audience: import the staff list, or choose another unit."
        )
    try:
        check_declared(details.attributes, details.crosses, people)
    except CannotDeclare as error:
        raise ProgrammeError(error.field, str(error)) from error
