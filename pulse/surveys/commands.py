"""`pulse programme`: set up a survey, see where it stands, open and close its waves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from pulse.directory import queries as directory
from pulse.domain.disclosure import PROFILES, STANDARD
from pulse.surveys import overview, programmes, queries
from pulse.surveys.key_commands import KEY_COMMANDS
from pulse.surveys.models import GUARDIAN, WORKER, Programme, Wave
from pulse.surveys.programmes import Details, ProgrammeError, WaveError
from pulse.surveys.question_sets import OWN
from pulse.web.arguments import WAVE

programme_commands = AppGroup("programme", help="Surveys that ask again and again, and their waves.")
for _command in KEY_COMMANDS:
    programme_commands.add_command(_command)

_PURPOSE = "We ask so that what is strong here can grow, and what is in the way can be moved."


@programme_commands.command("add")
@click.argument("name")
@click.option("--organisation", required=True, help="Who asks, as it signs its letters.")
@click.option(
    "--purpose", default=_PURPOSE, show_default=True, help="Why people are asked; they read it first."
)
@click.option("--questions", "question_set", default="quarterly", show_default=True, help="A ready-made set.")
@click.option(
    "--item", "items", multiple=True, help="Ask these questions instead; once for each id, in order."
)
@click.option(
    "--rule", default="FREQ=MONTHLY;INTERVAL=3", show_default=True, help="RFC 5545 rule of openings."
)
@click.option("--starts-on", type=click.DateTime(["%Y-%m-%d"]), help="First day; tomorrow if left out.")
@click.option("--hour", "opens_at_hour", default=9, show_default=True, help="Hour of opening.")
@click.option("--zone", default=Details.zone, show_default=True, help="Time zone of the hour.")
@click.option("--open-days", default=14, show_default=True, help="Days a wave is open.")
@click.option(
    "--remind-after",
    "reminder_days",
    multiple=True,
    type=int,
    default=(7,),
    show_default=True,
    help="Days after the opening; once for each reminder, 0 for none.",
)
@click.option(
    "--unit", default="", help="Code of the unit that is asked, with all below it; everyone if left out."
)
@click.option(
    "--profile",
    default=STANDARD,
    show_default=True,
    type=click.Choice(list(PROFILES)),
    help="The least that k may ever be: 10 (standard) or 11 (nhs).",
)
@click.option(
    "--k", type=int, help="Fewest answers that any figure is shown for; the profile's least if left out."
)
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    help="Code of an attribute of the staff list that results are also shown by; four at most.",
)
@click.option(
    "--cross",
    "crosses",
    multiple=True,
    help="Two of these codes with a comma between, to show results by both together; two at most.",
)
@click.option(
    "--key-mode",
    default=WORKER,
    show_default=True,
    type=click.Choice([WORKER, GUARDIAN]),
    help="Who holds the key of the answers. If guardians lose it, the wave is lost.",
)
@click.option("--ask-leaders", is_flag=True, help="Ask people who lead a few more questions.")
def add(
    items: tuple[str, ...],
    starts_on: datetime | None,
    unit: str,
    question_set: str,
    k: int | None,
    crosses: tuple[str, ...],
    reminder_days: tuple[int, ...],
    **given: Any,
) -> None:
    """Set up a survey called NAME and plan its first wave."""
    now = datetime.now(UTC)
    details = Details(
        question_set=OWN if items else question_set,
        item_ids=items,
        # never today by itself: the hour may have passed, and then letters would leave at the next tick
        starts_on=(starts_on or now + timedelta(days=1)).date(),
        audience_unit_id=_unit_id(unit),
        k=PROFILES[given["profile"]] if k is None else k,
        crosses=tuple(map(_pair_of, crosses)),
        reminder_days=() if reminder_days == (0,) else reminder_days,
        **given,
    )
    try:
        programme = programmes.create_programme(details, now)
    except ProgrammeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Set up {programme.name}. Letters leave by themselves once the first wave opens.")
    _echo_waves(programme)


@programme_commands.command("list")
def list_command() -> None:
    """List every survey with the wave that matters now."""
    for programme, wave in overview.list_overview():
        state = _describe(wave) if wave else ("finished" if programme.active else "paused")
        click.echo(f"{programme.name}\t{state}")


@programme_commands.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show what survey NAME asks, of whom and when."""
    page = overview.get_programme_page(_find(name).id, datetime.now(UTC))
    click.echo(f"{page.programme.name} ({page.programme.organisation})")
    click.echo(f"Asked: {page.audience}, {page.headcount:,} people today")
    click.echo(f"Questions: {page.questions}")
    click.echo(page.problem or f"Next: wave {page.number}, about {page.minutes} minutes")
    click.echo(f"k: {page.programme.k} ({page.programme.profile})")
    click.echo(f"Results by: {page.shown_by}")
    _echo_waves(page.programme)
    for moment in page.dates:
        click.echo(f"Date: {moment:%Y-%m-%d %H:%M}")


@programme_commands.command("open-now")
@click.argument("name")
def open_now(name: str) -> None:
    """Have the worker open the planned wave of survey NAME at its next tick."""
    wave = _only_wave(
        _find(name), "planned", "No wave of this survey is planned: see `pulse programme show`."
    )
    why_held = current_app.extensions["pulse.why_held"]
    _act(partial(programmes.open_wave_now, why_held=why_held), wave, "opens")


@programme_commands.command("open-unanswered")
@click.argument("wave_id", metavar="WAVE", type=WAVE)
@click.option("--because", "reason", required=True, help="Why; staff read it before they answer.")
def open_unanswered(wave_id: int, reason: str) -> None:
    """Let a planned wave open although no response to the last one is posted.

    WAVE is the number in the address of the wave's page.
    """
    if queries.find_wave(wave_id) is None:
        raise WAVE.unknown(wave_id)
    try:
        wave = programmes.let_open_unanswered(wave_id, reason, current_app.extensions["pulse.why_held"])
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"Wave {wave.number}, {wave.label}, may open without a posted response. Staff read the reason."
    )


@programme_commands.command("close-now")
@click.argument("name")
def close_now(name: str) -> None:
    """Have the worker close the open wave of survey NAME at its next tick."""
    wave = _only_wave(_find(name), "open", "No wave of this survey is open: see `pulse programme show`.")
    _act(programmes.close_wave_now, wave, "closes")


@programme_commands.command("set-k")
@click.argument("name")
@click.argument("k", type=int)
@click.option("--profile", type=click.Choice(list(PROFILES)), help="As it is if left out.")
def set_k(name: str, k: int, profile: str | None) -> None:
    """Show no figure of fewer than K people in survey NAME, from its next wave on.

    Once a wave has opened, K and the profile can only be raised.
    """
    try:
        programme = programmes.set_threshold(_find(name).id, k, profile, datetime.now(UTC))
    except ProgrammeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{programme.name} has k {programme.k} ({programme.profile}) from the next wave that opens.")


def _act(use_case: Callable[[int, datetime], Wave], wave: Wave, verb: str) -> None:
    try:
        wave = use_case(wave.id, datetime.now(UTC))
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wave {wave.number}, {wave.label}, {verb} at the worker's next tick.")


def _find(name: str) -> Programme:
    programme = queries.find_programme_named(name)
    if programme is None:
        raise click.ClickException(f'There is no survey called "{name}": see `pulse programme list`.')
    return programme


def _only_wave(programme: Programme, state: str, otherwise: str) -> Wave:
    """The oldest wave in this state; there is hardly ever a second."""
    found = [wave for wave in queries.list_waves(programme.id) if wave.state == state]
    if not found:
        raise click.ClickException(otherwise)
    return found[0]


def _pair_of(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2:
        raise click.ClickException("Write a cross as two codes with a comma between, such as grade,pattern.")
    return parts[0], parts[1]


def _unit_id(code: str) -> int | None:
    if not code:
        return None
    for unit in directory.list_units():
        if unit.code == code:
            return unit.id
    raise click.ClickException(f'There is no open unit with the code "{code}": see `pulse roster show`.')


def _echo_waves(programme: Programme) -> None:
    for wave in queries.list_waves(programme.id):
        click.echo(f"Wave {wave.number}: {_describe(wave)}")
        if wave.key_mode == GUARDIAN and wave.state not in ("released", "cancelled"):
            click.echo(f"  Its guardians' key: the commands for it take the number {wave.id}.")


def _describe(wave: Wave) -> str:
    word, _ = overview.state_of(wave)
    return f"{wave.label}, {word.lower()}, {wave.opens_at:%Y-%m-%d} to {wave.closes_at:%Y-%m-%d}"
