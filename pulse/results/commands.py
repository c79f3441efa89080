"""`pulse results`: take a released wave's figures out as a file."""

import sys
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup

from pulse.results.exporting import write_csv
from pulse.results.exporting_files import About
from pulse.results.exporting_ods import write_ods
from pulse.results.exporting_sheets import EverySheet
from pulse.results.exporting_xlsx import write_xlsx
from pulse.results.released import NotReleased, read_everything, read_groups, read_wave
from pulse.results.released_tables import ReleasedTable
from pulse.surveys import queries as surveys
from pulse.surveys.models import Wave
from pulse.web.arguments import RowNumber

_WAVE = RowNumber("There is no wave {}: take the first number in the address of its results page.")
_GROUP = (
    "The wave has no result of group {}: take the second number in the address of the team's results page."
)
_BOOKS = {"xlsx": write_xlsx, "ods": write_ods}

results_commands = AppGroup("results", help="What was released.")


@results_commands.command("export")
@click.argument("wave_id", type=_WAVE)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; the screen if left out."
)
@click.option("--format", "kind", type=click.Choice(["csv", *_BOOKS]), default="csv", show_default=True)
@click.option("--group", type=int, help="Only this team: the second number in the address of its results.")
def export(wave_id: int, out: Path | None, kind: str, group: int | None) -> None:
    """Write every figure of a wave as a table; WAVE_ID is the first number in the address of its results."""
    wave = surveys.find_wave(wave_id)
    if wave is None:
        raise _WAVE.unknown(wave_id)
    table = _figures(wave, group)
    if out is None:
        if kind in _BOOKS:
            raise click.ClickException(
                f"A workbook is no text for the screen: name a file with --out x.{kind}."
            )
        write_csv(table, sys.stdout)
        return
    try:
        _write(wave, table, kind, out)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {len(table):,} figures to {out}.")


def _figures(wave: Wave, number: int | None) -> ReleasedTable:
    """All of them, or those of one group."""
    try:
        table = read_everything(wave)
    except (NotReleased, surveys.NotFound):  # counted not yet, or not even opened
        raise click.ClickException(
            f"Wave {wave.id} has no results yet: export it once it has closed and been counted."
        ) from None
    if number is None:
        return table
    if all(group.number != number for group in read_groups(wave)):
        raise click.ClickException(_GROUP.format(number))
    return table.filtered(lambda _, figure: figure.group.number == number)


def _write(wave: Wave, table: ReleasedTable, kind: str, out: Path) -> None:
    if kind not in _BOOKS:
        with out.open("w", encoding="utf-8", newline="") as text:
            write_csv(table, text)
        return
    with out.open("wb") as file:
        _write_book(wave, table, kind, file)


def _write_book(wave: Wave, table: ReleasedTable, kind: str, file: BinaryIO) -> None:
    teams = sorted({(figure.group.number, figure.group.name) for figure in table.cells})
    named = teams[0][1] if len(teams) == 1 else "All teams with a result"
    method = f"{current_app.config['PULSE'].base_url}/method"
    about = About(read_wave(wave), wave.programme.name, named, method)
    _BOOKS[kind](about, [EverySheet("Every figure", "Every figure, in a row each", table)], file)
