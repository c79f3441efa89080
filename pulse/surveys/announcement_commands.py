"""Channels in Teams and Slack by command."""

import click
from flask import current_app
from flask.cli import with_appcontext

from pulse.config import Settings
from pulse.messages.webhooks import LABELS, BadAddress
from pulse.surveys import announcements
from pulse.surveys.telling import find_named

_NAME = click.argument("name")


@click.command("announce-to")
@_NAME
@click.argument("kind", type=click.Choice(list(LABELS)))
@click.argument("url", required=False)
@with_appcontext
def announce_to(name: str, kind: str, url: str | None) -> None:
    """Tell a channel in Teams or Slack when a survey opens, is about to close, and has results.

    NAME is the survey's. Leave URL out to be asked for it: arguments show in the shell's history.
    """
    programme = find_named(name)
    settings: Settings = current_app.config["PULSE"]
    given: str = url or click.prompt("The address of the channel", hide_input=True)
    try:
        webhook = announcements.add_channel(programme.id, kind, given, settings.webhook_hosts)
    except BadAddress as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{LABELS[kind]} is told of {programme.name} from now on, as number {webhook.id}.")


@click.command("announce-remove")
@_NAME
@click.argument("number", type=int, required=False)
@with_appcontext
def announce_remove(name: str, number: int | None) -> None:
    """Tell a channel no more. Without NUMBER, list the channels and their numbers.

    NAME is the survey's.
    """
    programme = find_named(name)
    channels = {one.id: one for one in announcements.list_channels(programme.id)}
    if number is None:
        for one in channels.values():
            click.echo(f"{one.id}\t{one.label}\t{one.address}\t{one.told}")
        if not channels:
            click.echo("No channel is told.")
        return
    if number not in channels:
        raise click.ClickException(
            f"{programme.name} tells no channel {number}: run this without a number to see them."
        )
    announcements.remove_channel(programme.id, number)
    click.echo(f"{channels[number].label} ({channels[number].address}) is told no more.")


ANNOUNCEMENT_COMMANDS = (announce_to, announce_remove)
