"""The options of `pulse programme add` and `pulse programme change`, and what they set."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import click

from pulse.directory import queries as directory
from pulse.domain.disclosure import PROFILES
from pulse.domain.quiet_text import QuietTextError, read_quiet_periods
from pulse.domain.working_days import NATIONS
from pulse.surveys.details import Details
from pulse.surveys.language_words import NAMES
from pulse.surveys.models import BY_PERSON, BY_WAVE, CHANNELS, GUARDIAN, WORKER
from pulse.surveys.question_sets import OWN
from pulse.surveys.schedule_forms import WEEKDAYS

_NONE = "none"
Command = Callable[..., None]


def _nations() -> list[str]:
    return [*(code for code in NATIONS if code), _NONE]


#: of both commands; None, or nothing where an option may be given again and again, is "not given"
_OPTIONS = (
    click.option("--purpose", help="Why people are asked; they read it first."),
    click.option("--questions", "question_set", help="A ready-made set; quarterly for a new survey."),
    click.option(
        "--a-wave", type=int, help="With --item: so many closed questions a wave, which take turns."
    ),
    click.option(
        "--item", "items", multiple=True, help="Ask these questions instead; once for each id, in order."
    ),
    click.option(
        "--rotate-by",
        type=click.Choice([BY_WAVE, BY_PERSON]),
        help="Everybody is asked the same, or each person a part; person needs 300 people a wave.",
    ),
    click.option("--rule", help="RFC 5545 rule of openings; every quarter for a new survey."),
    click.option(
        "--starts-on", type=click.DateTime(["%Y-%m-%d"]), help="First day; tomorrow for a new survey."
    ),
    click.option("--hour", "opens_at_hour", type=int, help="Hour of opening; 9 for a new survey."),
    click.option("--zone", help=f"Time zone of the hours; {Details.zone} for a new survey."),
    click.option("--open-days", type=int, help="Days a wave is open; 14 for a new survey."),
    click.option(
        "--nation",
        type=click.Choice(_nations()),
        help="Whose bank holidays are closed days; ENG for a new one.",
    ),
    click.option(
        "--weekday",
        "weekdays",
        multiple=True,
        type=click.Choice(list(WEEKDAYS)),
        help="A day of the week that is open; once for each. Monday to Friday for a new survey.",
    ),
    click.option(
        "--quiet",
        "quiet",
        multiple=True,
        help='A spell without a survey: "24 August to 31 August", with years for once. Or none.',
    ),
    click.option("--letters-from", "letters_from_hour", type=int, help="Hour from which letters leave; 8."),
    click.option("--letters-until", "letters_until_hour", type=int, help="Hour until which they leave; 18."),
    click.option(
        "--remind-after",
        "reminder_days",
        multiple=True,
        type=int,
        help="Days after the opening; once for each reminder, 0 for none. 7 for a new survey.",
    ),
    click.option(
        "--channel",
        "channels",
        multiple=True,
        type=click.Choice(CHANNELS),
        help="How people are reached, first choice first; once for each. email, slip for a new survey.",
    ),
    click.option(
        "--language",
        "languages",
        multiple=True,
        type=click.Choice([*NAMES, _NONE]),
        help="A language besides English, offered once all that staff see is reviewed. Or none.",
    ),
    click.option("--unit", help=f"Code of the unit that is asked, with all below it; {_NONE} for everyone."),
    click.option("--cohorts", type=int, help="In how many turns people are asked; 1 asks everybody."),
    click.option(
        "--profile",
        type=click.Choice(list(PROFILES)),
        help="The least that k may ever be: 10 (standard) or 11 (nhs).",
    ),
    click.option(
        "--k",
        type=int,
        help="Fewest answers that any figure is shown for; the profile's least for a new one.",
    ),
    click.option(
        "--attribute",
        "attributes",
        multiple=True,
        help=f"Code of an attribute of the staff list to show results by, too; four at most, or {_NONE}.",
    ),
    click.option(
        "--cross",
        "crosses",
        multiple=True,
        help="Two of these codes with a comma between, to show results by both together; two at most, "
        f"or {_NONE}.",
    ),
    click.option(
        "--key-mode",
        type=click.Choice([WORKER, GUARDIAN]),
        help="Who holds the key of the answers. If guardians lose it, the wave is lost.",
    ),
    click.option(
        "--ask-leaders/--no-ask-leaders", default=None, help="Ask people who lead a few more questions."
    ),
)


def with_options(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def changed(details: Details, given: dict[str, Any]) -> Details:
    """The details with what was given at the command line in place."""
    values = {name: value for name, value in given.items() if value not in (None, ())}
    for option, read in _READ.items():
        if option in values:
            values |= read(values.pop(option))
    return replace(details, **values)


def _read_items(items: tuple[str, ...]) -> dict[str, Any]:
    return {"question_set": OWN, "item_ids": items}


def _read_start(starts_on: datetime) -> dict[str, date]:
    return {"starts_on": starts_on.date()}


def _read_nation(nation: str) -> dict[str, str]:
    return {"nation": "" if nation == _NONE else nation}


def _read_weekdays(days: tuple[str, ...]) -> dict[str, str]:
    return {"weekdays": ",".join(day for day in WEEKDAYS if day in days)}


def _read_quiet(spells: tuple[str, ...]) -> dict[str, Any]:
    try:
        return {"quiet_periods": read_quiet_periods("\n".join(one for one in spells if one != _NONE))}
    except QuietTextError as error:
        raise click.ClickException(str(error)) from error


def _read_reminders(days: tuple[int, ...]) -> dict[str, Any]:
    return {"reminder_days": () if days == (0,) else days}


def _read_attributes(codes: tuple[str, ...]) -> dict[str, Any]:
    return {"attributes": tuple(code for code in codes if code != _NONE)}


def _read_languages(codes: tuple[str, ...]) -> dict[str, Any]:
    return {"languages": tuple(dict.fromkeys(code for code in codes if code != _NONE))}


def _read_crosses(texts: tuple[str, ...]) -> dict[str, Any]:
    return {"crosses": tuple(_pair_of(text) for text in texts if text != _NONE)}


def _pair_of(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2:
        raise click.ClickException("Write a cross as two codes with a comma between, such as grade,pattern.")
    return parts[0], parts[1]


def _read_unit(code: str) -> dict[str, int | None]:
    if code in ("", _NONE):
        return {"audience_unit_id": None}
    for unit in directory.list_units():
        if unit.code == code:
            return {"audience_unit_id": unit.id}
    raise click.ClickException(f'There is no open unit with the code "{code}": see `pulse roster show`.')


#: option -> how it becomes fields of Details
_READ: dict[str, Callable[[Any], dict[str, Any]]] = {
    "items": _read_items,
    "starts_on": _read_start,
    "nation": _read_nation,
    "weekdays": _read_weekdays,
    "quiet": _read_quiet,
    "reminder_days": _read_reminders,
    "attributes": _read_attributes,
    "crosses": _read_crosses,
    "languages": _read_languages,
    "unit": _read_unit,
}
