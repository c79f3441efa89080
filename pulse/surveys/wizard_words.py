"""A programme's settings in words: on the check page, on its own page, and by `pulse programme show`."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from pulse.domain.quiet_text import write_quiet_period
from pulse.domain.working_days import BANK_HOLIDAYS_SOURCE, NATIONS
from pulse.languages.saying import gettext as _
from pulse.languages.saying import lazy_gettext as lazy
from pulse.languages.sentences import say
from pulse.surveys import overview, waves
from pulse.surveys.declared import describe_declared
from pulse.surveys.details import Details, programme_like
from pulse.surveys.language_words import describe_languages
from pulse.surveys.models import BY_PERSON, LETTER, Programme
from pulse.surveys.programme_checks import PROFILE_WORDS
from pulse.surveys.protection_forms import KEY_HOLDERS
from pulse.surveys.schedule_forms import CADENCES, CHANNEL_WORDS, WEEKDAYS
from pulse.web.formatting import format_date, plural

#: how a wave moves off a closed day, in the words of every page that shows dates
CLOSED_DAYS_RULE = lazy(
    "An opening on a closed day moves to the same hour of the next open day; one that would then reach the "
    "next date is left out. A wave that would end on a closed day stays open until the same hour of the next "
    "open day, and reminders move in the same way. Letters leave only on open days. %(source)s",
    source=lazy(BANK_HOLIDAYS_SOURCE),
)


class Line(NamedTuple):
    """One setting: the step and field where it is typed, and both in words."""

    step: str
    field: str
    label: str
    words: str


def describe(details: Details, rotation: list[list[str]]) -> list[Line]:
    """Every setting in the order of the steps."""
    programme = programme_like(details, rotation)
    return [
        *_what(details, programme),
        *_when(details),
        *_who(details, programme),
        *_reach(details),
        *_protection(details),
    ]


def _what(details: Details, programme: Programme) -> list[Line]:
    asked = (
        overview.describe_questions(programme)
        if programme.rotation
        else _("Questions that are in no bank any more")
    )
    lines = [
        Line("what", "name", _("Name"), details.name),
        Line("what", "purpose", _("Why people are asked"), details.purpose),
        Line("what", "organisation", _("Who asks"), details.organisation),
        Line("what", "question_set", _("What is asked"), asked),
    ]
    if len(programme.rotation) > 1:
        turns = describe_turns(details.rotate_by)
        lines.append(Line("what", "rotate_by", _("How questions take turns"), turns))
    return lines


def describe_turns(rotate_by: str) -> str:
    """Who rotates, in words."""
    if rotate_by == BY_PERSON:
        return _("By person: each wave covers the whole set, and each person is asked a part")
    return _("By wave: everybody is asked the same")


def _when(details: Details) -> list[Line]:
    often = (
        _(CADENCES[details.rule])
        if details.rule in CADENCES
        else _("By the rule %(rule)s", rule=details.rule)
    )
    hours = _(
        "%(first)s:00 to %(last)s:00 on open days",
        first=details.letters_from_hour,
        last=details.letters_until_hour,
    )
    nation = _(NATIONS[details.nation]) if details.nation else _("Nowhere")
    quiet = "; ".join(say(write_quiet_period(period)) for period in details.quiet_periods)
    return [
        Line("when", "cadence", _("How often"), often),
        Line("when", "starts_on", _("First day"), format_date(details.starts_on)),
        Line("when", "opens_at_hour", _("Opens at"), f"{details.opens_at_hour}:00, {details.zone}"),
        Line("when", "open_days", _("Open for"), plural(details.open_days, "day")),
        Line("when", "nation", _("Bank holidays of"), nation),
        Line("when", "weekdays", _("Open days"), _weekdays(details.weekdays)),
        Line("when", "letters_from_hour", _("Letters leave"), hours),
        Line("when", "quiet_periods", _("Quiet periods"), quiet or _("None")),
    ]


def _weekdays(codes: str) -> str:
    days = [code for code in WEEKDAYS if code in codes.split(",")]
    places = [list(WEEKDAYS).index(code) for code in days]
    if len(days) > 2 and places == list(range(places[0], places[-1] + 1)):
        first, last = _(WEEKDAYS[days[0]]), _(WEEKDAYS[days[-1]])
        return _("%(first_day)s to %(last_day)s", first_day=first, last_day=last)
    return in_a_row([_(WEEKDAYS[code]) for code in days]) or _("None")


def _who(details: Details, programme: Programme) -> list[Line]:
    people = waves.count_audience(details.audience_unit_id)
    asked = _(
        "%(audience)s: %(people)s today",
        audience=overview.describe_audience(programme),
        people=plural(people, "person", "people"),
    )
    leaders = (
        _("Asked up to four more questions") if details.ask_leaders else _("Asked the same as everybody")
    )
    return [
        Line("who", "audience_unit_id", _("Who is asked"), asked),
        Line("who", "cohorts", _("Cohorts"), describe_cohorts(details.cohorts, people)),
        Line("who", "ask_leaders", _("People who lead"), leaders),
    ]


def describe_cohorts(cohorts: int, people: int) -> str:
    """Whether all are asked each time, in words."""
    if cohorts == 1:
        return _("Everybody is asked every time")
    return _(
        "%(cohorts)s: about %(people)s people a wave, each person about once in %(cohorts)s waves",
        cohorts=cohorts,
        people=f"{round(people / cohorts):,}",
    )


def _reach(details: Details) -> list[Line]:
    return [
        Line("reach", "channel_1", _("How people are reached"), describe_channels(details.channels)),
        Line("reach", "reminder_days", _("Reminders"), describe_reminders(details)),
        Line("reach", "languages", _("Languages"), describe_languages(details.languages)),
    ]


def describe_channels(channels: Sequence[str]) -> str:
    """The ways in their order."""
    first, *others = [_(CHANNEL_WORDS[channel]) for channel in channels]
    lower = (word[0].lower() + word[1:] for word in others)
    return reduce(lambda before, word: _("%(before)s, then %(next)s", before=before, next=word), lower, first)


def describe_reminders(details: Details) -> str:
    """When, and who gets one."""
    days = details.reminder_days
    if not days:
        return _("None")
    one, many = _("After 1 day"), _("After %(days)s days", days=in_a_row([str(day) for day in days]))
    after = one if list(days) == [1] else many
    if LETTER in details.channels:
        return _(
            "%(after)s, to those who have not answered and whose address has not changed; posted letters get "
            "none",
            after=after,
        )
    return _("%(after)s, to those who have not answered and whose address has not changed", after=after)


def _protection(details: Details) -> list[Line]:
    return [
        Line("protection", "profile", _("Profile"), str(PROFILE_WORDS[details.profile])),
        Line("protection", "k", _("Fewest answers shown (k)"), str(details.k)),
        Line(
            "protection",
            "attributes",
            _("Results shown by"),
            describe_declared(details.attributes, details.crosses),
        ),
        Line("protection", "key_mode", _("Who can open the answers"), _(KEY_HOLDERS[details.key_mode])),
    ]


def in_a_row(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s", some=", ".join(words[:-1]), last=words[-1])
