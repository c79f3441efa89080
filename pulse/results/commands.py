"""`pulse results`: take a released wave's figures out as a file."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from pulse.results.exporting import write_csv
from pulse.results.released import NotReleased, read_everything
from pulse.surveys import queries as surveys

#: of a row, in both databases
_LARGEST_ID = 2**31 - 1

results_commands = AppGroup("results", help="What was released.")


@results_commands.command("export")
@click.argument("wave_id", type=int)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; the screen if left out."
)
def export(wave_id: int, out: Path | None) -> None:
    """Write every figure of a wave as CSV; WAVE_ID is the first number in the address of its results."""
    wave = surveys.find_wave(wave_id) if 0 < wave_id <= _LARGEST_ID else None
    if wave is None:
        raise click.ClickException(
            f"There is no wave {wave_id}: take the first number in the address of its results page."
        )
    try:
        table = read_everything(wave)
    except NotReleased:
        raise click.ClickException(
            f"Wave {wave_id} has no results yet: export it once it has closed and been counted."
        ) from None
    if out is None:
        write_csv(table, sys.stdout)
        return
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            write_csv(table, file)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {len(table):,} figures to {out}.")
