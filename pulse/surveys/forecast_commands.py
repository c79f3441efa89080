"""`pulse forecast`: before a wave opens, which units would have their own result, as text."""

from collections.abc import Iterator, Sequence

import click
from flask import current_app
from flask.cli import with_appcontext

from pulse.surveys import forecast_words as words
from pulse.surveys import queries
from pulse.surveys.forecast import (
    Asked,
    Before,
    ForecastError,
    find_turn,
    forecast_programme,
    list_asked_next,
    list_families,
    read_asked,
)
from pulse.surveys.models import Programme

_UNIT_HEADINGS = ("Unit", "People", "Likeliest", "How sure", "Shown in")


@click.command("forecast")
@click.argument("name")
@click.option("--response", help="Percent of people expected to answer; as in the last wave if left out.")
@click.option("--k", help="Fewest answers that any figure is shown for; the survey's own if left out.")
@with_appcontext
def forecast_command(name: str, response: str | None, k: str | None) -> None:
    """Tell which units would have their own result if a wave of survey NAME opened today."""
    programme = queries.find_programme_named(name)
    if programme is None:
        raise click.ClickException(f'There is no survey called "{name}": see `pulse programme list`.')
    before: Before = current_app.extensions["pulse.last_release"](programme.id)
    try:
        for line in _lines(programme, before, read_asked(programme, before, response, k)):
            click.echo(line)
    except ForecastError as error:
        raise click.ClickException(str(error)) from error


def _lines(programme: Programme, before: Before, asked: Asked) -> Iterator[str]:
    people = list_asked_next(programme) if programme.cohorts > 1 else None
    found = forecast_programme(programme, asked, before, people=people)
    turn = words.whose_turn(find_turn(programme, people))
    if turn:
        yield turn
    yield words.headline(found)
    if len(found.units) > 1:
        yield words.people_sentence(found)
    yield ""
    yield "What another k would do"
    yield from columns([words.totals_headings(), *words.totals_rows(found)], numeric=range(6))
    families = words.family_rows(list_families(programme, asked, people))
    if families:
        yield ""
        yield f"Categories with {max(20, asked.k)} expected answers or more (an upper limit)"
        yield from columns([words.family_headings(families), *families], numeric=range(1, 4))
    yield ""
    units = [
        (
            f"{'  ' * one.depth}{one.unit.name}",
            f"{one.people:,}",
            words.STANDINGS[one.standing],
            words.how_sure(one, found.draws),
            words.shown_in(one),
        )
        for one in found.units
    ]
    yield from columns([_UNIT_HEADINGS, *units], numeric=(1,))


def columns(rows: Sequence[Sequence[str]], numeric: Sequence[int]) -> Iterator[str]:
    """Lines of text whose cells stand below each other, two spaces apart; numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if at in numeric else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
