"""What the pages of the wizard show beside its fields: dates, reminders, waves, and the time they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import current_app

from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.sentences import say
from pulse.surveys import coverage_words, queries
from pulse.surveys.ahead import minutes_of, next_number, plan_ahead, questions_of
from pulse.surveys.burden import Burden, burden_with
from pulse.surveys.burden_words import describe_gap, describe_worst
from pulse.surveys.details import Details, programme_like
from pulse.surveys.forecast import NOTHING_BEFORE, summarise
from pulse.surveys.forecast_words import headline
from pulse.surveys.language_words import NAMES, Standing, ahead_in
from pulse.surveys.models import BY_PERSON, Programme
from pulse.surveys.planning import Opening, list_openings, reminders_of
from pulse.surveys.rotations import coverage_of
from pulse.surveys.wizard import Reading, check_time_taken
from pulse.web.formatting import format_date, plural

DATES_SHOWN = 12
_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class DateRow(NamedTuple):
    """One date to come, in words; `moved` says from which day and why, if it did."""

    opens: str
    closes: str
    wave: str
    moved: str


@dataclass(frozen=True)
class Check:
    """All that the check page tells of a draft in which nothing is wrong."""

    dates: list[DateRow]
    waves: list[list[str]]
    #: numbers of the waves of a cycle, each with a preview
    numbers: list[int]
    coverage: dict[str, Any]
    forecast: str
    burden: Burden
    burden_words: list[str]
    #: why it would be too much, or ""
    too_much: str


def moment_words(moment: datetime, zone: str) -> str:
    """ "Mon 5 October 2026 at 9:00am", by the clock of the survey's own place."""
    local = moment.astimezone(ZoneInfo(zone))
    half = _("am") if local.hour < 12 else _("pm")
    clock = f"{local.hour % 12 or 12}:{local.minute:02d}{half}"
    return _("%(day)s at %(time)s", day=_day_words(local.date()), time=clock)


def _day_words(day: date) -> str:
    return f"{_(_DAYS[day.weekday()])} {format_date(day)}"


def date_rows(of: Programme | Details, number: int, openings: Sequence[Opening]) -> list[DateRow]:
    """A row for each opening; `number` is that of the first wave."""
    return [
        DateRow(
            opens=moment_words(opening.opens_at, of.zone),
            closes=moment_words(opening.closes_at, of.zone),
            wave=_wave_words(place, of.cohorts),
            moved=_why_moved(opening),
        )
        for place, opening in enumerate(openings, number)
    ]


def _wave_words(number: int, cohorts: int) -> str:
    if cohorts == 1:
        return _("Wave %(number)s", number=number)
    turn = (number - 1) % cohorts + 1
    return _("Wave %(number)s, cohort %(cohort)s of %(cohorts)s", number=number, cohort=turn, cohorts=cohorts)


def _why_moved(opening: Opening) -> str:
    if opening.moved_from is None:
        return ""
    return _("moved from %(day)s: %(why)s", day=_day_words(opening.moved_from), why=say(opening.why))


def dates_ahead(reading: Reading, now: datetime) -> list[DateRow]:
    """The next 12 dates of what was typed; none while something is wrong with the calendar."""
    if "when" in reading.missing or any(problem.step == "when" for problem in reading.problems):
        return []
    openings = list_openings(reading.so_far, now, DATES_SHOWN)
    return date_rows(reading.so_far, first_number(reading), openings)


def reminders_ahead(reading: Reading, now: datetime) -> list[str]:
    """When the reminders of the next wave would go; none while something about them is wrong."""
    steps = {"when", "reach"}
    if steps & set(reading.missing) or any(problem.step in steps for problem in reading.problems):
        return []
    of = reading.so_far
    return [
        moment_words(moment, of.zone)
        for opening in list_openings(of, now, 1)
        for moment in reminders_of(of, opening.opens_at, opening.closes_at)
    ]


def languages_ahead(reading: Reading) -> list[Standing]:
    """What keeps the survey as typed from each other language; of words that are not saved, all are new."""
    if "what" in reading.missing:
        return []
    like = programme_like(reading.so_far, reading.rotation)
    if reading.programme is not None:
        like.id = reading.programme.id
    return [ahead_in(like, language) for language in NAMES]


def first_number(reading: Reading) -> int:
    """The number of the wave that opens next."""
    return next_number(queries.list_waves(reading.programme.id)) if reading.programme else 1


def cycle_numbers(programme: Programme, number: int) -> list[int]:
    """Numbers of the waves until the questions come round again, from the next on."""
    return list(range(number, number + len(programme.rotation)))


def wave_rows(programme: Programme, numbers: Sequence[int]) -> list[list[str]]:
    """For each wave: how many questions, and how long they take, for people who lead too if they get more."""
    rows = []
    for number in numbers:
        plan, problem = plan_ahead(programme, number)
        leaders = [_about(minutes_of(plan, leads=True))] if programme.ask_leaders else []
        told = [str(questions_of(plan)), _about(minutes_of(plan)), *leaders]
        rows.append([_wave_words(number, 1), *([problem, "", ""][: len(told)] if problem else told)])
    return rows


def _about(minutes: int) -> str:
    return _("about %(minutes)s", minutes=plural(minutes, "minute"))


def wave_headings(programme: Programme) -> list[str]:
    questions = _("Questions a person") if programme.rotate_by == BY_PERSON else _("Questions")
    return [_("Wave"), questions, _("Time"), *([_("People who lead")] if programme.ask_leaders else [])]


def coverage_values(programme: Programme) -> dict[str, Any]:
    """What a cycle of waves covers of each measure; nothing where every wave asks the same."""
    if len(programme.rotation) == 1:
        return {}
    try:
        found = coverage_of(programme.rotation)
    except KeyError:  # a question has left its bank, which is told beside its wave
        return {}
    return {
        "sentence": coverage_words.cycle_sentence(programme, found),
        "headings": [_(words) for words in coverage_words.MEASURE_HEADINGS],
        "rows": coverage_words.measure_rows(found),
    }


def check_of(reading: Reading, now: datetime) -> Check | None:
    """What saving it would mean; None while something is wrong or missing."""
    details = reading.details
    if details is None:
        return None
    programme, number = programme_like(details, reading.rotation, reading.programme), first_number(reading)
    numbers = cycle_numbers(programme, number)
    burden = burden_with(details, reading.rotation, reading.programme, now)
    return Check(
        dates=dates_ahead(reading, now),
        waves=wave_rows(programme, numbers),
        numbers=numbers,
        coverage=coverage_values(programme),
        forecast=_forecast(programme, reading.programme),
        burden=burden,
        burden_words=[words for words in (describe_worst(burden), describe_gap(burden)) if words],
        too_much=check_time_taken(reading, now),
    )


def _forecast(like: Programme, programme: Programme | None) -> str:
    """In one sentence; what was released lies above this package, so the application lends it."""
    before = current_app.extensions["pulse.last_release"](programme.id) if programme else NOTHING_BEFORE
    found = summarise(like, before)
    return headline(found) if found else ""
