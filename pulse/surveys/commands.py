"""`pulse programme`: see where surveys stand, open and close their waves."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import click
from flask import current_app
from flask.cli import AppGroup

from pulse.domain.disclosure import PROFILES
from pulse.surveys import overview, programmes, queries, wizard_pages, wizard_words
from pulse.surveys.bridge_commands import bridge_command
from pulse.surveys.burden_commands import burden_commands
from pulse.surveys.coverage_commands import coverage_command
from pulse.surveys.details import details_of
from pulse.surveys.key_commands import KEY_COMMANDS
from pulse.surveys.models import Programme, Wave
from pulse.surveys.programme_checks import check_threshold
from pulse.surveys.programmes import ProgrammeError, WaveError
from pulse.surveys.setting_commands import SETTING_COMMANDS, ask_before_raising
from pulse.surveys.telling import describe_wave, echo_waves, find_named
from pulse.web.arguments import WAVE

#: settings that `show` tells as the pages do; it words the others itself
_TOLD = frozenset(
    (
        *("rotate_by", "cadence", "starts_on", "opens_at_hour", "open_days", "nation", "weekdays"),
        *("letters_from_hour", "quiet_periods", "cohorts", "ask_leaders", "channel_1", "reminder_days"),
        "languages",
        *("profile", "key_mode"),
    )
)
programme_commands = AppGroup("programme", help="Surveys that ask again and again, and their waves.")
for _command in (*SETTING_COMMANDS, *KEY_COMMANDS, bridge_command, burden_commands, coverage_command):
    programme_commands.add_command(_command)


@programme_commands.command("list")
def list_command() -> None:
    """List every survey with the wave that matters now."""
    for programme, wave in overview.list_overview():
        state = describe_wave(wave) if wave else ("finished" if programme.active else "paused")
        click.echo(f"{programme.name}\t{state}")


@programme_commands.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show what survey NAME asks, of whom and when."""
    page = overview.get_programme_page(find_named(name).id, datetime.now(UTC))
    click.echo(f"{page.programme.name} ({page.programme.organisation})")
    click.echo(f"Asked: {page.audience}, {page.headcount:,} people today")
    click.echo(f"Questions: {page.questions}")
    click.echo(page.problem or f"Next: wave {page.number}, about {page.minutes} minutes")
    click.echo(f"k: {page.programme.k} ({page.programme.profile})")
    click.echo(f"Results by: {page.shown_by}")
    for line in wizard_words.describe(details_of(page.programme), page.programme.rotation):
        if line.field in _TOLD:
            click.echo(f"{line.label}: {line.words}")
    echo_waves(page.programme)
    for row in wizard_pages.date_rows(page.programme, page.number, page.openings):
        click.echo(f"Date: {row.opens} to {row.closes}, {row.wave.lower()}{row.moved and ', ' + row.moved}")


@programme_commands.command("open-now")
@click.argument("name")
def open_now(name: str) -> None:
    """Have the worker open the planned wave of survey NAME at its next tick."""
    wave = _only_wave(
        find_named(name), "planned", "No wave of this survey is planned: see `pulse programme show`."
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
    wave = _only_wave(find_named(name), "open", "No wave of this survey is open: see `pulse programme show`.")
    _act(programmes.close_wave_now, wave, "closes")


@programme_commands.command("set-k")
@click.argument("name")
@click.argument("k", type=int)
@click.option("--profile", type=click.Choice(list(PROFILES)), help="As it is if left out.")
@click.option("--yes", is_flag=True, help="Do not ask before k is raised for good.")
def set_k(name: str, k: int, profile: str | None, yes: bool) -> None:
    """Show no figure of fewer than K people in survey NAME, from its next wave on.

    Once a wave has opened, K and the profile can only be raised: it asks first.
    """
    programme = find_named(name)
    try:
        check_threshold(k, profile or programme.profile, programme)
        if not yes:
            ask_before_raising(programme, k, profile or programme.profile)
        programme = programmes.set_threshold(programme.id, k, profile, datetime.now(UTC))
    except ProgrammeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{programme.name} has k {programme.k} ({programme.profile}) from the next wave that opens.")


def _act(use_case: Callable[[int, datetime], Wave], wave: Wave, verb: str) -> None:
    try:
        wave = use_case(wave.id, datetime.now(UTC))
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wave {wave.number}, {wave.label}, {verb} at the worker's next tick.")


def _only_wave(programme: Programme, state: str, otherwise: str) -> Wave:
    """The oldest wave in this state; there is hardly ever a second."""
    found = [wave for wave in queries.list_waves(programme.id) if wave.state == state]
    if not found:
        raise click.ClickException(otherwise)
    return found[0]
