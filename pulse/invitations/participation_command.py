"""`pulse programme participation`: who has answered so far, as the page tells it."""

import click
from flask.cli import with_appcontext

from pulse.invitations.participation import find_participation
from pulse.web.arguments import WAVE


@click.command("participation")
@click.argument("wave_id", metavar="WAVE", type=WAVE)
@with_appcontext
def participation_command(wave_id: int) -> None:
    """Show what share of each large enough part of the organisation had answered.

    WAVE is the number in the address of the wave's page. Counted once a day, and rounded down.
    """
    found = find_participation(wave_id)
    if found is None:
        raise click.ClickException(f"Wave {wave_id} is not open: rates are shown only while a wave is.")
    whole = found.whole.words if found.whole else "Not shown"
    click.echo(f"{found.wave.programme.name}, {found.wave.label}: {whole}")
    for unit in found.units:
        click.echo(f"{'  ' * unit.depth}{unit.name}\t{unit.asked:,} asked\t{unit.words}")
    click.echo(f"Not listed: units of fewer than {found.shown_from} people asked.")
