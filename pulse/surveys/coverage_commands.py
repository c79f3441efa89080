"""`pulse programme coverage`: what a survey asks over its cycle of waves, as text."""

from collections.abc import Iterator

import click

from pulse.domain.rotation_coverage import Coverage
from pulse.surveys import coverage_words as words
from pulse.surveys import queries
from pulse.surveys.forecast_commands import columns
from pulse.surveys.models import Programme
from pulse.surveys.rotations import coverage_of


@click.command("coverage")
@click.argument("name")
def coverage_command(name: str) -> None:
    """Tell which questions survey NAME asks in which waves, and when each measure is whole."""
    programme = queries.find_programme_named(name)
    if programme is None:
        raise click.ClickException(f'There is no survey called "{name}": see `pulse programme list`.')
    try:
        found = coverage_of(programme.rotation)
    except KeyError as error:
        raise click.ClickException(
            f"Question {error.args[0]} is in no bank any more: change what this survey asks."
        ) from error
    for line in _lines(programme, found):
        click.echo(line)


def _lines(programme: Programme, found: Coverage) -> Iterator[str]:
    yield f"{programme.name}: {words.cycle_sentence(programme, found)}"
    yield ""
    yield from columns([words.WAVE_HEADINGS, *words.wave_rows(found)], numeric=range(5))
    yield ""
    yield from columns([words.MEASURE_HEADINGS, *words.measure_rows(found)], numeric=(1, 2, 3))
    yield ""
    yield from columns([words.ITEM_HEADINGS, *words.item_rows(found)], numeric=(1,))
