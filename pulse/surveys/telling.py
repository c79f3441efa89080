"""What the commands of surveys share: finding one by its name, and a line for each of its waves."""

import click

from pulse.surveys import overview, queries
from pulse.surveys.models import GUARDIAN, Programme, Wave


def find_named(name: str) -> Programme:
    """The survey of this name; a sentence, and the end of the command, if there is none."""
    programme = queries.find_programme_named(name)
    if programme is None:
        raise click.ClickException(f'There is no survey called "{name}": see `pulse programme list`.')
    return programme


def echo_waves(programme: Programme) -> None:
    """A line for each wave, with the number that stands in the address of its page."""
    for wave in queries.list_waves(programme.id):
        click.echo(f"Wave {wave.number}: {describe_wave(wave)} (number {wave.id})")
        if wave.key_mode == GUARDIAN and wave.state not in ("released", "cancelled"):
            click.echo(f"  Its guardians' key: the commands for it take the number {wave.id}.")


def describe_wave(wave: Wave) -> str:
    """Its label, where it stands, and its days."""
    word, _ = overview.state_of(wave)
    return f"{wave.label}, {word.lower()}, {wave.opens_at:%Y-%m-%d} to {wave.closes_at:%Y-%m-%d}"
