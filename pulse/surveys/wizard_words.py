"""A programme's settings in words: on the check page, on its own page, and by `pulse programme show`."""

from collections.abc import Sequence
from typing import NamedTuple

from pulse.domain.quiet_text import write_quiet_period
from pulse.domain.working_days import BANK_HOLIDAYS_SOURCE, NATIONS
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
CLOSED_DAYS_RULE = (
    "An opening on a closed day moves to the same hour of the next open day; one that would then reach the "
    "next date is left out. A wave that would end on a closed day stays open until the same hour of the next "
    "open day, and reminders move in the same way. Letters leave only on open days. " + BANK_HOLIDAYS_SOURCE
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
        else "Questions that are in no bank any more"
    )
    lines = [
        Line("what", "name", "Name", details.name),
        Line("what", "purpose", "Why people are asked", details.purpose),
        Line("what", "organisation", "Who asks", details.organisation),
        Line("what", "question_set", "What is asked", asked),
    ]
    if len(programme.rotation) > 1:
        lines.append(Line("what", "rotate_by", "How questions take turns", describe_turns(details.rotate_by)))
    return lines


def describe_turns(rotate_by: str) -> str:
    """Who rotates, in words."""
    if rotate_by == BY_PERSON:
        return "By person: each wave covers the whole set, and each person is asked a part"
    return "By wave: everybody is asked the same"


def _when(details: Details) -> list[Line]:
    hours = f"{details.letters_from_hour}:00 to {details.letters_until_hour}:00 on open days"
    quiet = "; ".join(map(write_quiet_period, details.quiet_periods))
    return [
        Line("when", "cadence", "How often", CADENCES.get(details.rule, f"By the rule {details.rule}")),
        Line("when", "starts_on", "First day", format_date(details.starts_on)),
        Line("when", "opens_at_hour", "Opens at", f"{details.opens_at_hour}:00, {details.zone}"),
        Line("when", "open_days", "Open for", plural(details.open_days, "day")),
        Line("when", "nation", "Bank holidays of", NATIONS[details.nation] if details.nation else "Nowhere"),
        Line("when", "weekdays", "Open days", _weekdays(details.weekdays)),
        Line("when", "letters_from_hour", "Letters leave", hours),
        Line("when", "quiet_periods", "Quiet periods", quiet or "None"),
    ]


def _weekdays(codes: str) -> str:
    days = [code for code in WEEKDAYS if code in codes.split(",")]
    places = [list(WEEKDAYS).index(code) for code in days]
    if len(days) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return in_a_row([WEEKDAYS[code] for code in days]) or "None"


def _who(details: Details, programme: Programme) -> list[Line]:
    people = waves.count_audience(details.audience_unit_id)
    asked = f"{overview.describe_audience(programme)}: {plural(people, 'person', 'people')} today"
    leaders = "Asked up to four more questions" if details.ask_leaders else "Asked the same as everybody"
    return [
        Line("who", "audience_unit_id", "Who is asked", asked),
        Line("who", "cohorts", "Cohorts", describe_cohorts(details.cohorts, people)),
        Line("who", "ask_leaders", "People who lead", leaders),
    ]


def describe_cohorts(cohorts: int, people: int) -> str:
    """Whether all are asked each time, in words."""
    if cohorts == 1:
        return "Everybody is asked every time"
    a_wave = f"about {round(people / cohorts):,} people a wave"
    return f"{cohorts}: {a_wave}, each person about once in {cohorts} waves"


def _reach(details: Details) -> list[Line]:
    return [
        Line("reach", "channel_1", "How people are reached", describe_channels(details.channels)),
        Line("reach", "reminder_days", "Reminders", describe_reminders(details)),
        Line("reach", "languages", "Languages", describe_languages(details.languages)),
    ]


def describe_channels(channels: Sequence[str]) -> str:
    """The ways in their order."""
    words = [CHANNEL_WORDS[channel] for channel in channels]
    return ", then ".join([words[0], *(word[0].lower() + word[1:] for word in words[1:])])


def describe_reminders(details: Details) -> str:
    """When, and who gets one."""
    days = details.reminder_days
    if not days:
        return "None"
    after = f"After {in_a_row([str(day) for day in days])} {'day' if list(days) == [1] else 'days'}"
    by_post = "; posted letters get none" if LETTER in details.channels else ""
    return f"{after}, to those who have not answered and whose address has not changed{by_post}"


def _protection(details: Details) -> list[Line]:
    return [
        Line("protection", "profile", "Profile", PROFILE_WORDS[details.profile]),
        Line("protection", "k", "Fewest answers shown (k)", str(details.k)),
        Line(
            "protection",
            "attributes",
            "Results shown by",
            describe_declared(details.attributes, details.crosses),
        ),
        Line("protection", "key_mode", "Who can open the answers", KEY_HOLDERS[details.key_mode]),
    ]


def in_a_row(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
