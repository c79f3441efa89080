"""What the calendar of a programme must keep; each refusal is one sentence that says what to do."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from pulse.domain.recurrence import RecurrenceError, occurrences
from pulse.domain.working_days import OpenTimesError
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say
from pulse.surveys.details import Details, ProgrammeError
from pulse.surveys.models import Programme
from pulse.surveys.planning import list_openings, open_times
from pulse.web.formatting import format_date

LONGEST_FIELDWORK = 60
#: nobody knows today what else will be asked of people later: their time could not be budgeted
LONGEST_WAIT = timedelta(days=5 * 366)
_LONGEST_RULE = 200
_YEARS = range(2000, 2100)
#: dates looked at: two years of a monthly rule, so that leap years and short months are among them
_DATES = 24


def check_schedule(details: Details, programme: Programme | None, now: datetime) -> None:
    """Raises ProgrammeError for the first thing wrong with days, hours and closed days."""
    if not 1 <= details.open_days <= LONGEST_FIELDWORK:
        raise ProgrammeError(
            "open_days", _("Keep the survey open for 1 to %(most)s days.", most=LONGEST_FIELDWORK)
        )
    if not 0 <= details.opens_at_hour <= 23:
        raise ProgrammeError("opens_at_hour", _("Choose an hour from 0 to 23."))
    check_zone(details.zone)
    if details.starts_on.year not in _YEARS:
        raise ProgrammeError("starts_on", _("Choose a first day between 2000 and 2099."))
    start = datetime.combine(details.starts_on, time(), ZoneInfo(details.zone)) - timedelta(days=1)
    try:
        open_times(details)
        _check_rule(details, start)
        _check_gaps(details, start)
        if _schedule_changes(details, programme):
            _check_goes_on(details, now)
    except OpenTimesError as error:
        raise ProgrammeError(error.field, say(error.sentence)) from error


def check_zone(zone: str) -> None:
    """Raises ProgrammeError unless the clock of this place is known."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):  # LookupError: not found; the others: not even a possible name
        raise ProgrammeError("zone", _("Name a time zone such as Europe/London.")) from None


def _check_rule(details: Details, start: datetime) -> None:
    if not details.rule.strip() or len(details.rule) > _LONGEST_RULE:
        raise ProgrammeError("rule", _("Write a rule such as FREQ=MONTHLY;INTERVAL=3."))
    zone, hour = ZoneInfo(details.zone), time(details.opens_at_hour)
    try:
        dates = occurrences(details.rule, details.starts_on, hour, after=start, count=_DATES, zone=zone)
    except RecurrenceError as error:
        raise ProgrammeError("rule", say(error.sentence)) from error
    gap = min((later - earlier for earlier, later in pairwise(dates)), default=None)
    if gap is not None and gap < timedelta(days=details.open_days):
        _too_long(gap)


def _check_gaps(details: Details, start: datetime) -> None:
    """The same once dates have moved to open days."""
    for one, after in pairwise(list_openings(details, start, _DATES)):
        if one.closes_at > after.opens_at:
            _too_long(after.opens_at - one.opens_at)


def _too_long(gap: timedelta) -> None:
    raise ProgrammeError(
        "open_days",
        _(
            "The survey would still be open when it starts again after %(days)s days: "
            "keep it open for less time, or leave more time between openings.",
            days=gap.days,
        ),
    )


def _check_goes_on(details: Details, now: datetime) -> None:
    openings = list_openings(details, now - timedelta(days=details.open_days), 1)
    if not openings:
        raise ProgrammeError(
            "rule", _("This rule gives no date from today on: change the rule or the first day.")
        )
    if openings[0].opens_at > now + LONGEST_WAIT:
        raise ProgrammeError(
            "starts_on",
            _(
                "The first date would be %(day)s: choose one within five years.",
                day=format_date(openings[0].opens_at.date()),
            ),
        )


def _schedule_changes(details: Details, programme: Programme | None) -> bool:
    """A series that is over may still have its words mended."""
    return programme is None or (details.rule, details.starts_on) != (programme.rule, programme.starts_on)
